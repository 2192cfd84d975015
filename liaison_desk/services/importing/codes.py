"""The words of the national code tables, found by what people write for them.

The tables are in `resources/codes`: 民族 (GB/T 3304), 政治面貌 (GB/T 4762) and 界别. A word that no
table knows stays as it is: counties have sectors of their own.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES_FOLDER = Path(__file__).resolve().parents[3] / "resources" / "codes"
_MEMBER = re.compile(r"(党员|盟员|会员|社员|人士)$")
_TERM = re.compile(r"第?\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*届")
_DIGITS = "零一二三四五六七八九"
_USUAL_PARTIES = {
    "党员": "中共党员",
    "中共正式党员": "中共党员",
    "中国共产党": "中共党员",
    "预备党员": "中共预备党员",
    "团员": "共青团员",
    "共青团": "共青团员",
    "民革会员": "民革党员",
    "农工党": "农工党党员",
    "农工": "农工党党员",
    "致公": "致公党党员",
    "九三": "九三学社社员",
    "无党派民主人士": "无党派人士",
}

_USUAL_ETHNICITIES = {
    "维族": "维吾尔族",
    "维": "维吾尔族",
    "蒙族": "蒙古族",
    "蒙": "蒙古族",
    "朝族": "朝鲜族",
    "朝": "朝鲜族",
    "哈族": "哈萨克族",
    "柯族": "柯尔克孜族",
}


@cache
def ethnicities() -> Mapping[str, str]:
    """汉 → 汉族, for every ethnicity of the table."""
    found = dict(_USUAL_ETHNICITIES)
    for row in _rows("ethnic"):
        name = row["name"]
        found[name] = found[name.removesuffix("族")] = name
    return MappingProxyType(found)


@cache
def parties() -> Mapping[str, str]:
    """中共, 党员, 中国共产党党员 → 中共党员, and so on for every political status."""
    found = dict(_USUAL_PARTIES)
    for row in _rows("political_status"):
        short = row["short_name"]
        for written in (short, row["full_name"], _MEMBER.sub("", short)):
            found.setdefault(written, short)
    return MappingProxyType(found)


@cache
def sectors() -> Mapping[str, str]:
    """教育 → 教育界, 中国共产党 → 中共; of the two names of a 界 the county's stays."""
    found = {}
    for row in _rows("sectors"):
        full, short = row["full_name"], row["short_name"]
        names = (full, short) if row["group"] == "界" else (short,)
        found[full] = short
        for name in names:
            found[name] = found[re.sub(r"(界|人士)$", "", name)] = name
    return MappingProxyType(found)


def term(text: str) -> str:
    """The term that a title names, in Chinese figures: 第十二届; or ""."""
    found = _TERM.search(text)
    return f"第{_chinese_number(found[1])}届" if found else ""


def _chinese_number(written: str) -> str:
    """12 as 十二; Chinese figures stay."""
    if not written.isdigit():
        return written
    tens, ones = divmod(int(written), 10)
    leading = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return leading + (_DIGITS[ones] if ones or not tens else "")


def _rows(table: str) -> list[dict[str, str]]:
    """One code table."""
    with (CODES_FOLDER / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
