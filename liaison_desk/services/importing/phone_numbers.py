"""Telephone numbers as people crowd them into one cell: the first mobile one, and the others."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import WrongText, clean_line

if TYPE_CHECKING:
    from liaison_desk.domain.fields import Field

_EXPONENT = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")
_NUMBERS = re.compile(
    r"(?<!\d)(?:\+?86[-\s]?)?(1[3-9](?:[-\s]?\d){9}|(?:0\d{2,3}[-\s]?)?\d{7,8}(?:-\d{1,6})?)(?!\d)"
)
_AREA_CODE = re.compile(r"^\((0\d{2,3})\)\s*(?=\d)")
_EXTENSION = re.compile(r"(?<=\d{7})\s*(?:转|分机)\s*(?=\d{1,6}$)")
_REMARK = re.compile(r"(1[3-9]\d{9})\(([^()\d]{1,10})\)")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_RUN_TOGETHER = re.compile(r"(1[3-9]\d{9})\.?(1[3-9]\d{9})")
"""Two mobile numbers with nothing but a dot between them, and nothing else in the cell."""
_SHORT = re.compile(
    r"[\s,，;；、/|(]*(?:短号|集团号|虚拟网|虚拟号|小号)[:：]?\s*(\d{3,6})(?!\d)\)?"
)
_BEHIND = re.compile(r"(?<=\d{11})\s*(?:[/、,;|]\s*(\d{4,6})|\((\d{4,6})\))$")
"""A number of a few digits behind a mobile one, that nobody calls a short number."""
_BETWEEN = re.compile(
    r"[\s,，;；、/\\|()（）:：]*(?:或|和|及|手机|电话|座机|办|宅|家|办公|固话|短号)?[\s,，;；、/\\|()（）:：]*"
)


def read_phone(kind: Field, text: str) -> tuple[str, str]:
    """The number to be kept, and what belongs into 备注: other numbers, whose it is.

    Raises:
        WrongText: the spreadsheet has lost some of its digits.
    """
    plain = clean_line(unicodedata.normalize("NFKC", text)).strip("'")
    plain = re.sub(r"[\u2010-\u2015\u2212－]", "-", plain)
    if _EXPONENT.fullmatch(plain):
        raise WrongText(f"电话“{plain}”已被表格改写成科学计数，号码不全，请核对后手工填写")
    plain = re.sub(r"(?<=\d)\.0+$", "", plain)
    if not plain.strip("0"):
        raise WrongText(f"“{plain}”不是电话号码，请核对")
    short = "、".join(_SHORT.findall(plain))
    plain = _RUN_TOGETHER.sub(r"\1、\2", _SHORT.sub("", plain).strip(" ,，;；、/|"))
    number, others = _parted(kind, _EXTENSION.sub("-", _AREA_CODE.sub(r"\1-", plain)))
    return number, "\n".join(filter(None, (f"短号：{short}" if short else "", others)))


def _parted(kind: Field, plain: str) -> tuple[str, str]:
    """The number to be kept of a cell without short numbers, and the others."""
    whole = str(kind.parse(plain))
    if _MOBILE.fullmatch(whole):
        return whole, ""
    if remark := _REMARK.fullmatch(whole):
        return remark[1], f"电话{remark[1][-4:]}：{remark[2]}"
    behind = _BEHIND.search(plain)
    plain = _BEHIND.sub("", plain)
    found = [re.sub(r"\s", "", each) for each in _NUMBERS.findall(plain)]
    found = [re.sub(r"-", "", each) if each[0] == "1" else each for each in found]
    numbers = list(dict.fromkeys(found))
    if not numbers or _has_more(plain):
        return whole, ""
    mobile = next((each for each in numbers if _MOBILE.fullmatch(each)), numbers[0])
    others = [each for each in numbers if each != mobile]
    others += [behind[1] or behind[2]] if behind else []
    return mobile, f"另有电话：{'、'.join(others)}" if others else ""


def _has_more(text: str) -> bool:
    """Whether more than numbers and what divides them stands in a cell."""
    return any(not _BETWEEN.fullmatch(part) for part in _NUMBERS.sub("\0", text).split("\0"))
