"""Reading the text of one cell as one field, in the words the office uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import WrongText, clean_line
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing import codes
from liaison_desk.services.importing.sheet import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_GENDERS = {"男": "男", "女": "女", "男性": "男", "女性": "女", "M": "男", "F": "女"}
_EXPONENT = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")
_BARE_TENTH = re.compile(r"\d{4}\.1")
_EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; the rest have become zeros."""


class CellReader:
    """Reads cells of one sheet.

    Args:
        villages: ids of the villages by name.
        is_two_digit_month: whether numbers like 1974.03 show that .1 must stand for October.
    """

    def __init__(self, villages: Mapping[str, str], *, is_two_digit_month: bool) -> None:
        self._villages = villages
        self._is_two_digit_month = is_two_digit_month
        self._special: dict[str, Callable[[str], str]] = {
            "person.gender": _gender,
            "person.ethnicity": _coded(codes.ethnicities),
            "person.party": _coded(codes.parties),
            "membership.sector": _sector,
            "person.born": self._born,
            "person.phone": _phone,
            "person.identity": _identity,
            "person.village": self._village,
            "membership.village": self._village,
        }

    def read(self, field: str, text: str) -> str:
        """The value of a cell for a field such as `person.born`.

        Raises:
            WrongText: it cannot be that field; the sentence says why.
        """
        table, _, name = field.partition(".")
        kind = (Person if table == Person.table else Membership).fields()[name]
        special = self._special.get(field)
        value = str(special(text) if special else kind.parse(text))
        sentence = None if kind.is_empty(value) else kind.problem(value)
        if sentence:
            raise WrongText(sentence)
        return value

    def _born(self, text: str) -> str:
        """A month; 1974.1 as a number is October only where the column shows it."""
        if isinstance(text, Figure) and _BARE_TENTH.fullmatch(text):
            if not self._is_two_digit_month:
                raise WrongText(f"出生年月“{text}”分不清是1月还是10月，请核对后手工填写")
            text = f"{text}0"
        return str(Person.fields()["born"].parse(text))

    def _village(self, text: str) -> str:
        """The village of that name."""
        name = clean_line(text)
        if name not in self._villages:
            raise WrongText(f"村（社区）里还没有“{name}”，请先登记再补填")
        return self._villages[name]


def _coded(table: Callable[[], Mapping[str, str]]) -> Callable[[str], str]:
    """A reader that brings a word into the form of a code table, where the table knows it."""

    def read(text: str) -> str:
        plain = re.sub(r"\s", "", clean_line(text))
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
    plain = clean_line(text)
    return _GENDERS.get(plain.upper(), plain)


def _phone(text: str) -> str:
    """A telephone number whose digits are all there."""
    if _EXPONENT.fullmatch(text.strip()):
        raise WrongText(f"电话“{text.strip()}”已被表格改写成科学计数，号码不全，请核对后手工填写")
    return str(Person.fields()["phone"].parse(text))


def _identity(text: str) -> str:
    """An identity number whose digits are all there."""
    if isinstance(text, Figure) and len(text) > _EXACT_DIGITS:
        raise WrongText("身份证号在表里是数字格式，末几位已经丢失，请核对后手工填写")
    return str(Person.fields()["identity"].parse(text))
