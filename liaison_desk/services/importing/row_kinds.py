"""Telling the rows of a table from what stands around them: titles, totals, signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import clean_line
from liaison_desk.services.importing import codes
from liaison_desk.services.importing.values import NUMBERED
from liaison_desk.services.importing.written_dates import read_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.services.importing.sheet import Row

TOTAL, GROUP, ASIDE = "合计行", "分组标题", "说明行"
_TOTALS = frozenset({"合计", "小计", "总计", "共计", "本页合计", "本页小计"})
_TOTAL = re.compile(r"(本页)?(合计|小计|总计|共计|总数)[：:]?[^，。]{0,20}$")
_ATTENDED = re.compile(r"(应到|实到|应出席|实出席|应参会|实参会)(会)?(人数)?[：:]?\d+")
_SIGNATURE = re.compile(
    r"(填表|填报|制表|审核|审批|复核|经办|核对|负责|联系|单位|主管|分管)"
    r"(人|日期|时间|领导|单位|负责人)?(\(.{0,4}\)|（.{0,4}）|签字|签名|盖章)*\s*[：:]"
)
_SIGNER = re.compile(r"(填表|填报|制表|审核|审批|复核|经办|核对)(人|日期|时间|领导|单位|负责人)?")
_REMARK = re.compile(r"(注|备注|说明|附注|填表说明|填写说明)\s*\d*\s*[：:]")
_SENTENCE = re.compile(r"[一-鿿].*[0-9０-９：:，。；;]|[0-9０-９].*[一-鿿]")
"""Words with signs that no name holds: in a lone cell, something said about the list."""
_EMPTY_BELOW = re.compile(r"[（(【\[].*[)）】\]]|[-—]*(以下|此行|下)(空白|无正文)[-—]*")
"""A lone cell that says there is nothing more."""
_BRACKETS = re.compile(r"(?<=.)[（(][^（()）\d]*[)）]")
"""What is said of a name: 李娜（女，满族）; a number in it counts those of a group."""
_GROUP = re.compile(r"([一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])")
"""How a lone cell above the people of a group begins: 二、教育界."""


def joined(row: Row) -> str:
    """A row's filled cells in one line."""
    return " ".join(clean_line(cell) for cell in row.cells if cell.strip())


def no_record_reason(row: Row, width: int) -> str:
    """Why a row among the records is none, or "".

    Args:
        row: with something in it.
        width: how many columns the table has.
    """
    filled = [cell for cell in row.cells if cell.strip()]
    opening = re.sub(r"\s", "", filled[0])
    if opening in _TOTALS:
        return TOTAL
    if _SIGNER.fullmatch(opening):
        return "签名行"
    if len(filled) > max(3, width // 3):
        return ""
    return sparse_reason([clean_line(cell) for cell in filled])


def sparse_reason(filled: Sequence[str]) -> str:
    """What a row with few cells is beside the records, or ""."""
    opening = re.sub(r"\s", "", filled[0])
    if _TOTAL.match(opening) or _ATTENDED.match(opening):
        return TOTAL
    if any(_SIGNATURE.match(cell) for cell in filled):
        return "签名行"
    if len(filled) == 1 and (_GROUP.match(opening) or opening in codes.sectors()):
        return GROUP
    is_sentence = len(filled) == 1 and (
        _SENTENCE.search(_BRACKETS.sub("", NUMBERED.sub("", opening)))
        or _EMPTY_BELOW.fullmatch(opening)
        or read_day(opening, 2000)
    )
    return ASIDE if is_sentence or _REMARK.match(opening) else ""
