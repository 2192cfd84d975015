"""Reading the text of one cell as one field, as a careful clerk would copy it out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from liaison_desk.domain import names
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
from liaison_desk.services.importing import codes, written_dates
from liaison_desk.services.importing.sheet import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from liaison_desk.domain.fields import Field
    from liaison_desk.services.importing.targets import TargetField

_GENDERS = {"男": "男", "女": "女", "男性": "男", "女性": "女", "M": "男", "F": "女"}
_EXPONENT = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")
_EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; the rest have become zeros."""
_NUMBERS = re.compile(
    r"(?<!\d)(?:\+?86[-\s]?)?(1[3-9](?:[-\s]?\d){9}|(?:0\d{2,3}[-\s]?)?\d{7,8}(?:-\d{1,6})?)(?!\d)"
)
_AREA_CODE = re.compile(r"^\((0\d{2,3})\)\s*(?=\d)")
_EXTENSION = re.compile(r"(?<=\d{7})\s*(?:转|分机)\s*(?=\d{1,6}$)")
_PHONE_REMARK = re.compile(r"(1[3-9]\d{9})\(([^()\d]{1,10})\)")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_BETWEEN = re.compile(
    r"[\s,，;；、/\\|()（）:：]*(?:或|和|及|手机|电话|座机|办|宅|家|办公|固话|短号)?[\s,，;；、/\\|()（）:：]*"
)
_COUNT = re.compile(r"(?:共|约|近)?([0-9][0-9,]*)(?:\.0+)?(?:余|多)?[一-鿿]{0,3}")
_ABOUT = re.compile(r"约|近|余|多")
_NAME_REMARK = re.compile(r"^(.{2,30}?)\s*[（(]([^（）()]{1,30})[)）]$")
_SEVERAL = re.compile(r"[、，,；;/]")
_NO_NAME = re.compile(r"[=+@#%&*<>|\\?？!！]|\d{7}")
_LONG_NAME = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]{5,}")
_SHORT_YEAR = re.compile(r"[〇零一二三四五六七八九]{2}(?=年)")
_CHINESE_YEAR = re.compile(r"^[〇零一二三四五六七八九]{4}(?=年?$)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_ENDS = frozenset({"due_on", "until", "posted_until"})
"""Days by which something ends: a month alone means its last day there."""
_NO = frozenset({"否", "×", "✗", "x", "X", "0", "无", "不", "-", "—", "/"})
_YES = frozenset({"是", "√", "✓", "✔", "☑", "1", "有", "对", "Y", "y"})
NOTHING = frozenset({"无", "-", "—", "——", "/", "\\", "暂无", "无。", "--"})
"""What people write into a cell to say that there is nothing."""


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
    name = str(kind.parse(text))
    remark = ""
    if found := _NAME_REMARK.match(name):
        name, remark = found[1], found[2]
    if _NO_NAME.search(name) or name in NOTHING or not any(map(str.isalpha, name)):
        raise WrongText(f"“{short(name)}”不像姓名，请核对")
    if _SEVERAL.search(name):
        raise WrongText(f"“{short(name)}”像是几个人，请一行写一个人")
    is_odd = _LONG_NAME.fullmatch(name)
    return Value(name, remark, (f"姓名“{name}”有{len(name)}个字，请核对",) if is_odd else ())


def _phone(kind: Field, text: str, reading: Reading) -> Value:
    """Telephone numbers: the first mobile one is kept, the others are a remark."""
    plain = clean_line(unicodedata.normalize("NFKC", text)).strip("'")
    plain = re.sub(r"[\u2010-\u2015\u2212－]", "-", plain)
    if _EXPONENT.fullmatch(plain):
        raise WrongText(f"电话“{plain}”已被表格改写成科学计数，号码不全，请核对后手工填写")
    plain = re.sub(r"(?<=\d)\.0+$", "", plain)
    plain = _EXTENSION.sub("-", _AREA_CODE.sub(r"\1-", plain))
    whole = str(kind.parse(plain))
    if _MOBILE.fullmatch(whole):
        return Value(whole)
    if remark := _PHONE_REMARK.fullmatch(whole):
        return Value(remark[1], f"电话{remark[1][-4:]}：{remark[2]}")
    found = [re.sub(r"\s", "", each) for each in _NUMBERS.findall(plain)]
    found = [re.sub(r"-", "", each) if each[0] == "1" else each for each in found]
    numbers = list(dict.fromkeys(found))
    if not numbers or _has_more(plain):
        return Value(whole)
    mobile = next((each for each in numbers if _MOBILE.fullmatch(each)), numbers[0])
    others = [each for each in numbers if each != mobile]
    return Value(mobile, f"另有电话：{'、'.join(others)}" if others else "")


def _has_more(text: str) -> bool:
    """Whether more than numbers and what divides them stands in a cell."""
    return any(not _BETWEEN.fullmatch(part) for part in _NUMBERS.sub("\0", text).split("\0"))


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
        raise WrongText(f"{kind.label}“{short(clean_line(text), 30)}”不是日期，请写成 2026-3-8")
    if found.is_month_only and not is_last:
        found = replace(found, day=found.day.replace(day=1))
    return Value(found.day, notes=found.notes_for(kind.label, text))


def _moment(kind: Field, text: str, reading: Reading) -> Value:
    """A day with a time; 9:00 where none is written."""
    found = written_dates.read_day(text, reading.year)
    if found is None or (found.is_month_only and found.day is not None):
        raise WrongText(
            f"{kind.label}“{short(clean_line(text), 30)}”不是日期，请写成 2026-3-8 14:30"
        )
    moment = datetime.combine(found.day, found.time)
    return Value(moment, notes=found.notes_for(kind.label, text))


def _choice(kind: Field, text: str, reading: Reading) -> Value:
    """One of a list of words, which may be written without its letter, or with 会 behind it."""
    assert isinstance(kind, Choice)
    plain = clean_line(names.with_real_characters(text))
    if plain in kind.options or not plain:
        return Value(plain)
    bare = re.sub(r"\s", "", plain)
    for option in kind.options:
        close = re.sub(r"\s", "", option)
        if bare == close or bare == re.sub(r"^[A-D]", "", close) or bare == close + "会":
            return Value(option)
    if kind.options == RESULTS and bare in _RESULT_WORDS:
        return Value(_RESULT_WORDS[bare])
    starting = [each for each in kind.options if each.startswith(bare)]
    if len(starting) == 1:
        return Value(starting[0])
    return Value(plain)


def _number(kind: Field, text: str, reading: Reading) -> Value:
    """A whole number, with the word it counts: 26人; 约30人 is kept as 30 and told."""
    plain = clean_line(unicodedata.normalize("NFKC", text))
    plain = _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), plain)
    found = _COUNT.fullmatch(plain)
    if found is None:
        return Value(kind.parse(plain))
    notes = (f"{kind.label}“{plain}”按{found[1]}登记",) if _ABOUT.search(plain) else ()
    return Value(kind.parse(found[1].replace(",", "")), notes=notes)


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


def _sector(text: str) -> str:
    """A sector; whether people add 界 to its name is habit."""
    read = _coded(codes.sectors)
    plain = read(text)
    bare = plain.removesuffix("界")
    return read(bare) if bare in codes.sectors() else plain


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


_RESULT_WORDS = {
    **dict.fromkeys(("已办结", "办结", "已办理", "已完成", "已落实", "解决"), RESULTS[0]),
    **dict.fromkeys(("正在解决", "列入计划", "已列入计划"), RESULTS[1]),
    **dict.fromkeys(("暂不解决", "无法解决", "不能解决"), RESULTS[2]),
    **dict.fromkeys(("参考", "供参考"), RESULTS[3]),
}
"""What people write for the four results."""


def is_nothing(text: str) -> bool:
    """Whether a cell says in words that there is nothing."""
    return clean_line(text) in NOTHING


def year_in(text: str) -> int | None:
    """The year that a title or file name speaks of, or None."""
    return written_dates.year_in(text)
