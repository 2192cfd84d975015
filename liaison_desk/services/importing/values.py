"""Reading the text of one cell as one field, as a careful clerk would copy it out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from liaison_desk.domain import dates, names
from liaison_desk.domain.codes import RESULTS
from liaison_desk.domain.fields import (
    Choice,
    Day,
    Flag,
    IdentityNumber,
    Moment,
    Month,
    Number,
    PersonName,
    Phone,
    WrongText,
    clean_line,
)
from liaison_desk.domain.short import short
from liaison_desk.services.importing import codes, phone_numbers, written_dates, written_names
from liaison_desk.services.importing.sheet import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from liaison_desk.domain.fields import Field
    from liaison_desk.services.importing.targets import TargetField

_GENDERS = {"男": "男", "女": "女", "男性": "男", "女性": "女", "M": "男", "F": "女"}
_GENDERS |= {"1": "男", "2": "女"}  # GB/T 2261.1
_EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; the rest have become zeros."""
_COUNT = re.compile(
    r"(?:共计?|合计|价值|折价|折合|约|近|¥)*\s*([0-9][0-9,]*(?:\.[0-9]+)?)(?:余|多)?([百千万亿]?)(?:余|多)?"
    r"(?![一二三四五六七八九十半])[一-鿿]{0,4}"
)
_ABOUT = re.compile(r"约|近|余|多|左右|上下|以上")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_IN_THOUSANDS = re.compile(r"[（(:：]?(?:单位[:：])?([百千万亿])元")
_NAME_REMARK = re.compile(r"^(.{2,30}?)\s*[（(]([^（）()]{1,30})[)）]$")
NUMBERED = re.compile(r"^(?:\d{1,3}[.、．)）]|[①-⑳]|[（(]\d{1,3}[)）])\s*(?=\D)")
"""A running number before a name: 1.张伟, ③王芳."""
_NO_NAME = re.compile(r"[:：]|\d+[人名位户]|[=+@#%&*<>|\\?？!！]|\d{7}")
_DAY_ZERO = re.compile(r"(1900[-./年]0?1[-./月]0?0|0000)(?!\d)")
"""What a spreadsheet makes of nothing where a date should be."""
_SHORT_YEAR = re.compile(r"[〇零一二三四五六七八九]{2}(?=年)")
_CHINESE_YEAR = re.compile(r"^[〇零一二三四五六七八九]{4}(?=年?$)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_ENDS = frozenset({"due_on", "until", "posted_until"})
"""Days by which something ends: a month alone means its last day there."""
_NO = frozenset({"否", "×", "✗", "x", "X", "0", "无", "不", "-", "—", "/"})
_YES = frozenset({"是", "√", "✓", "✔", "☑", "1", "有", "对", "Y", "y"})
NOTHING = frozenset(
    {"无", "-", "—", "——", "/", "\\", "暂无", "无。", "--", "不详", "未知", "不清楚", "未填"}
)
"""What people write into a cell to say that there is nothing."""
_ELSEWHERE = re.compile(r"[（(]?详?见(?:附|另|会议纪要|纪要|后|材料)[^，。；]{0,6}[)）]?")


@dataclass(frozen=True)
class Value:
    """What a cell says.

    Attributes:
        value: for the record; the field's `empty` when the cell says nothing.
        spill: what did not fit the field and belongs into 备注: a second telephone number.
        notes: what the clerk should look at, in sentences.
    """

    value: Any
    spill: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What the cells of one table are read with.

    Attributes:
        year: of a day written without one; from the title or the rows above.
        this_year: on this PC; 75 is 1975 until 2075.
        is_two_digit_month: whether numbers like 1974.03 show that .1 must stand for October.
    """

    year: int
    this_year: int
    is_two_digit_month: bool = False


def read_value(field: TargetField, text: str, reading: Reading) -> Value:
    """The value of a cell for a field that is no link.

    Raises:
        WrongText: it cannot be that field; the sentence says why.
    """
    special = _BY_KEY.get(field.key)
    if special:
        word = special(text)
        found = Value(word, notes=_unknown_word(field, word))
    elif isinstance(field.kind, Day):
        found = _day(field.kind, text, reading, is_last=field.name in _ENDS)
    else:
        found = _by_kind(field.kind, text, reading)
    kind = field.kind
    sentence = None if kind.is_empty(found.value) else kind.problem(found.value)
    if sentence:
        raise WrongText(sentence)
    warning = None if kind.is_empty(found.value) else kind.warning(found.value)
    if warning and kind.personal:  # the list of rows hides the number as well
        warning = warning.replace(found.value, names.mask(found.value))
    return Value(found.value, found.spill, (*found.notes, *([warning] if warning else ())))


def _by_kind(kind: Field, text: str, reading: Reading) -> Value:
    """The value of a cell, read as its kind of field is written."""
    for kind_type, read in _BY_KIND.items():
        if isinstance(kind, kind_type):
            return read(kind, text, reading)
    return Value(kind.parse(names.with_real_characters(text)))


def _name(kind: Field, text: str, reading: Reading) -> Value:
    """A name; what stands behind it in brackets is a remark.

    Raises:
        WrongText: it is no name, or the names of several people.
    """
    text = NUMBERED.sub("", text.strip())
    name = str(kind.parse(text))
    remark = ""
    if found := _NAME_REMARK.match(name):
        name, remark = found[1], found[2]
    if _NO_NAME.search(name) or name in NOTHING or not any(map(str.isalpha, name)):
        raise WrongText(f"“{short(name)}”不像姓名，请核对")
    if written_names.is_body(name):
        raise WrongText(f"“{short(name)}”不像一个人的姓名，请核对")
    if written_names.is_several(text if not remark else name):
        raise WrongText(f"“{short(clean_line(text))}”像是几个人，请一行写一个人")
    is_odd = written_names.is_odd(name)
    return Value(name, remark, (f"姓名“{name}”有{len(name)}个字，请核对",) if is_odd else ())


def _phone(kind: Field, text: str, reading: Reading) -> Value:
    """Telephone numbers: the first mobile one is kept, the others are a remark."""
    return Value(*phone_numbers.read_phone(kind, text))


def _identity(kind: Field, text: str, reading: Reading) -> Value:
    """An identity number whose digits are all there."""
    if isinstance(text, Figure) and len(text) > _EXACT_DIGITS:
        raise WrongText("身份证号在表里是数字格式，末几位已经丢失，请核对后手工填写")
    return Value(kind.parse(text.strip("'’‘")))


def _month(kind: Field, text: str, reading: Reading) -> Value:
    """A month; 1974.1 as a number is October only where the column shows it.

    A month of birth alone is of no year that the table could name.
    """
    assert isinstance(kind, Month)
    if isinstance(text, Figure) and re.fullmatch(r"(\d{2}|\d{4})\.1", text):
        if not reading.is_two_digit_month:
            sentence = f"{kind.label}“{text}”分不清是1月还是10月，请核对后手工填写"
            raise WrongText(sentence)
        text = f"{text}0"
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if _DAY_ZERO.match(plain):
        raise WrongText(f"{kind.label}“{plain}”是空的日期，请核对后手工填写")
    plain = _SHORT_YEAR.sub(lambda year: year[0].translate(_DIGITS), plain, count=1)
    if found := re.fullmatch(r"(\d{2})([.年/-].+)", plain):
        century = 20 if int(found[1]) <= reading.this_year % 100 else 19
        text = f"{century}{found[1]}{found[2]}"
    elif found := re.fullmatch(r"(\d{1,2})月份?", plain):
        if kind.is_past:
            raise WrongText(f"{kind.label}“{plain}”没有写年份，请核对后手工填写")
        text = f"{reading.year}.{found[1]}"
    return Value(kind.parse(text))


def _day(kind: Field, text: str, reading: Reading, *, is_last: bool) -> Value:
    """A day; of a range the first, of a month the first or the last, and the clerk is told."""
    found = written_dates.read_day(text, reading.year)
    if found is None:
        raise WrongText(_no_day(kind, text, reading, "2026-3-8"))
    if is_last:
        found = found.by_its_end()
    elif found.is_month_only:
        found = replace(found, day=found.day.replace(day=1))
    return Value(found.day, notes=found.notes_for(kind.label, text))


def _moment(kind: Field, text: str, reading: Reading) -> Value:
    """A day with a time; 9:00 where none is written."""
    found = written_dates.read_day(text, reading.year)
    if found is None or (found.is_month_only and found.day is not None):
        raise WrongText(_no_day(kind, text, reading, "2026-3-8 14:30"))
    moment = datetime.combine(found.day, found.time)
    return Value(moment, notes=found.notes_for(kind.label, text))


def _no_day(kind: Field, text: str, reading: Reading, example: str) -> str:
    """Why a cell is no day, and how to write one."""
    why = dates.impossible(text, date(reading.year, 1, 1))
    if written_dates.has_lost_its_end(text):
        why = f"表里是数字，分不清是{text}还是{text}0"
    told = f"“{short(clean_line(text), 30)}”不是日期{f'：{why}' if why else ''}"
    return f"{kind.label}{told}，请写成 {example}"


def _choice(kind: Field, text: str, reading: Reading) -> Value:
    """One of a list of words, which may be written without its letter, or with 会 behind it."""
    assert isinstance(kind, Choice)
    plain = clean_line(names.with_real_characters(text))
    if plain in kind.options or not plain:
        return Value(plain)
    bare = re.sub(r"[\s“”\"‘’《》]|^(?:已经|已|现)", "", plain)
    for option in kind.options:
        close = re.sub(r"\s", "", option)
        if bare == close or bare == re.sub(r"^[A-D]", "", close) or bare == close + "会":
            return Value(option)
    if kind.options == RESULTS and bare in _RESULT_WORDS:
        return Value(_RESULT_WORDS[bare])
    if kind.options == RESULTS and (letter := _RESULT_LETTER.match(bare)):
        return Value(next(each for each in kind.options if each[0] == letter[1]))
    starting = [each for each in kind.options if each.startswith(bare)]
    if len(starting) == 1:
        return Value(starting[0])
    return Value(plain)


def _number(kind: Field, text: str, reading: Reading) -> Value:
    """A number with the word it counts: 26人, 2.3万元; 约30人 is kept as 30 and told."""
    plain = clean_line(unicodedata.normalize("NFKC", text))
    plain = _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), plain)
    found = _COUNT.fullmatch(plain)
    if found is None:
        return Value(kind.parse(plain))
    number = Decimal(found[1].replace(",", "")) * _SCALES[found[2]]
    value = kind.parse(f"{number:f}")
    is_told = found[2] or _ABOUT.search(plain)
    notes = (f"{kind.label}“{plain}”按{kind.format(value)}登记",) if is_told else ()
    return Value(value, notes=notes)


def in_unit_of(heading: str, text: str) -> str:
    """A bare number below a heading such as 捐款（万元）, with the unit that the heading says."""
    unit = _IN_THOUSANDS.search(heading)
    is_bare = re.fullmatch(r"[0-9０-９.．,，]+", text.strip())
    return f"{text.strip()}{unit[1]}元" if unit and is_bare else text


def _flag(kind: Field, text: str, reading: Reading) -> Value:
    """Yes or no; anything else is no answer."""
    plain = clean_line(text)
    if plain not in _YES and plain not in _NO:
        raise WrongText(f"{kind.label}“{short(plain, 30)}”看不懂，请写 是 或 否")
    return Value(plain in _YES)


_BY_KIND: dict[type[Field], Callable[[Field, str, Reading], Value]] = {
    PersonName: _name,
    Phone: _phone,
    IdentityNumber: _identity,
    Month: _month,
    Moment: _moment,
    Choice: _choice,
    Number: _number,
    Flag: _flag,
}


def _coded(table: Callable[[], Mapping[str, str]]) -> Callable[[str], str]:
    """A reader that brings a word into the form of a code table, where the table knows it."""

    def read(text: str) -> str:
        plain = re.sub(r"\s", "", clean_line(names.with_real_characters(text)))
        return table().get(plain, plain)

    return read


_HEADCOUNT = re.compile(r"\s*[（(]\s*(?:共|计)?\s*\d+\s*[人名位]?\s*[)）]\s*$")
"""How many there are, behind the name of their group: 教育界（3人）."""


def _sector(text: str) -> str:
    """A sector; whether people add 界 to its name is habit."""
    read = _coded(codes.sectors)
    plain = read(_HEADCOUNT.sub("", text))
    bare = plain.removesuffix("界")
    return read(bare) if bare in codes.sectors() else plain


def _together(text: str) -> str:
    """Words without the spaces that make columns even: 大 学."""
    plain = clean_line(names.with_real_characters(text))
    return re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿])", "", plain)


def _gender(text: str) -> str:
    """男 or 女; anything else is left for the field to refuse."""
    plain = clean_line(unicodedata.normalize("NFKC", text))
    return _GENDERS.get(plain.upper(), plain)


def _term(text: str) -> str:
    """第十二届, however it is written."""
    return codes.term(text) or clean_line(text)


_BY_KEY: dict[str, Callable[[str], str]] = {
    "person.gender": _gender,
    "person.ethnicity": _coded(codes.ethnicities),
    "person.party": _coded(codes.parties),
    "person.education": _together,
    "membership.sector": _sector,
    "membership.term": _term,
}


_NATIONAL: dict[str, Callable[[], Mapping[str, str]]] = {
    "person.ethnicity": codes.ethnicities,
    "person.party": codes.parties,
}
"""Fields whose words the country has a closed list of."""


def _unknown_word(field: TargetField, word: str) -> tuple[str, ...]:
    """What the clerk is told of a word that no national list has; it is kept as it stands."""
    table = _NATIONAL.get(field.key)
    if not word or table is None or word in table().values():
        return ()
    return (f"{field.kind.label}“{short(word)}”不在国家标准的名单里，请核对",)


_RESULT_LETTER = re.compile(r"([A-D])(?:[类级]|$|[（(])")
_RESULT_WORDS = {
    **dict.fromkeys(("已办结", "办结", "已办理", "已完成", "已落实", "解决"), RESULTS[0]),
    **dict.fromkeys(("正在解决", "列入计划", "已列入计划"), RESULTS[1]),
    **dict.fromkeys(("暂不解决", "无法解决", "不能解决"), RESULTS[2]),
    **dict.fromkeys(("参考", "供参考"), RESULTS[3]),
}
"""What people write for the four results."""


def is_nothing(text: str) -> bool:
    """Whether a cell says in words that there is nothing, or that it stands elsewhere."""
    plain = clean_line(text)
    return plain in NOTHING or bool(_ELSEWHERE.fullmatch(plain))


def year_in(text: str) -> int | None:
    """The year that a title or file name speaks of, or None."""
    return written_dates.year_in(text)
