"""People's names and identity numbers."""

from __future__ import annotations

import re
from datetime import date

# Fourteen characters of GBK's row FE had no place in Unicode when GB 18030-2000 was written.
_LATE_CHARACTERS = {
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5,
    0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F,
    0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip
_NUMBERS = re.compile(
    r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|0\d{2,3}-?\d{7,8})(?!\d)"  # mobile, identity, landline
    r"|(?<=[：、])\d{7,8}(?!\d)"  # one without its area code
)


def _private_use() -> dict[int, int]:
    """Map what old Windows files keep at U+E815..E864 (GBK FE50..FEA0) to real characters."""
    trails = [trail for trail in range(0x50, 0xA1) if trail != 0x7F]
    mapped = {
        0xE815 + place: ord(bytes((0xFE, trail)).decode("gb18030"))
        for place, trail in enumerate(trails)
    }
    return mapped | _LATE_CHARACTERS


_PRIVATE_USE = _private_use()
_DOTS = str.maketrans(dict.fromkeys("•‧・･∙⋅．ꞏ᛫⸱⸳\u2024\u0387", "·"))
_HAN = r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]"
_DOT_BETWEEN = re.compile(rf"\s*·\s*|(?<={_HAN})\s*[.。｡]\s*(?={_HAN})")
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f\ud800-\udfff\ufffe\uffff]"
)
_SPACED = re.compile(rf"(?<={_HAN})[\s\u3000\u00a0]+(?={_HAN})")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_AREAS = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)}
    | {*range(61, 66), 71, 81, 82, 83}
)
"""The provinces of GB/T 2260, and 83 for residents from Taiwan; 9 begins a foreigner's number."""


def normalise(text: str) -> str:
    """A name as the register writes it: 张　伟 → 张伟, 买买提•艾力 → 买买提·艾力.

    Rare characters stay as they are; only private-use stand-ins of old files are replaced.
    """
    plain = _INVISIBLE.sub("", re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text)).translate(_PRIVATE_USE)
    dotted = _DOT_BETWEEN.sub("·", plain.translate(_DOTS))
    return re.sub(r"\s+", " ", _SPACED.sub("", dotted)).strip()


def with_real_characters(text: str) -> str:
    """A text of an old file with its private-use stand-ins replaced: 䶮 for U+E863."""
    return text.translate(_PRIVATE_USE)


def mask(value: str) -> str:
    """Hide the middle of a phone or identity number: 138****0001; of a short one its beginning."""
    if len(value) < 7:
        return "*" * len(value)
    tail = 4
    head = 0 if len(value) < 9 else 3 if len(value) < 15 else 6
    return value[:head] + "*" * (len(value) - head - tail) + value[-tail:]


def mask_numbers(text: str) -> str:
    """A remark whose telephone and identity numbers are hidden, and its other words are not."""
    return _NUMBERS.sub(lambda found: mask(found[0]), text)


def identity_problem(value: str) -> str | None:
    """Say why an identity number cannot be one (GB 11643), or None."""
    if len(value) != 18:
        return f"身份证号应为18位，现在有{len(value)}位，请核对"
    if not re.fullmatch(r"[0-9]{17}[0-9X]", value):
        return "身份证号只能有数字，最后一位可以是X，请核对"
    try:
        born = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError:
        return "身份证号里的出生日期不存在，请核对第7至14位"
    if born.year < 1900:
        return "身份证号里的出生日期早于1900年，请核对第7至14位"
    if born > date.today():
        return "身份证号里的出生日期在今天之后，请核对第7至14位"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, value[:17], strict=True))
    if _CHECK_CHARACTERS[total % 11] != value[17]:
        return "身份证号的校验位不对，多半有一位打错了，请逐位核对"
    return None


def identity_warning(value: str) -> str | None:
    """Say what is odd about an identity number that passes: an area nobody knows; or None."""
    if value[:1] == "9" or not value[:2].isdigit() or int(value[:2]) in _AREAS:
        return None
    return f"身份证号前两位“{value[:2]}”不是哪个省的代码，请核对"
