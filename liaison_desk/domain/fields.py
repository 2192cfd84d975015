"""The kinds of field a record can have: label, rules, reading and writing of text.

A record says by the functions of `declare` which it has; whatever else is known of a kind is here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from liaison_desk.domain import dates, names

NAME_LENGTH = 60
LINE_LENGTH = 200
TEXT_LENGTH = 20_000

# No paper and no workbook can hold these; a lone surrogate not even the data file.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Marks of direction and width that are copied along with a number from a chat or a web page.
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LINE_BREAK = re.compile(r"\r\n|[\n\x0b\x0c\r\x85\u2028\u2029]")
LARGEST_NUMBER = 999_999_999_999
_HUNDREDTH = Decimal("0.01")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0[0-9]{2,3}-?)?[0-9]{7,8}(-[0-9]{1,6})?")


class WrongText(ValueError):
    """What was typed cannot be read as this kind of field; `str()` says what to type."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a record: its label, its rules, and how it is read and shown.

    Attributes:
        label: what the clerk sees; written here and nowhere else.
        required: whether a record without it is refused.
        max_length: the most characters it may hold.
        hint: an example shown in the empty editor.
        personal: masked in lists, prints and exports unless the clerk asks otherwise.
        listed: whether it is a column of the list when the clerk has chosen none.
        searched: whether its words are looked for; not for what the program writes for itself.
        words: the name of the list of words offered for it that the office may edit, or "".
    """

    label: str
    required: bool = False
    max_length: int = LINE_LENGTH
    hint: str = ""
    personal: bool = False
    listed: bool = False
    searched: bool = True
    words: str = ""

    column: ClassVar[str] = "TEXT"
    empty: ClassVar[Any] = ""

    def parse(self, text: str) -> Any:
        """Read what was typed or stood in a cell.

        Raises:
            WrongText: it cannot be read as this kind.
        """
        return clean_line(text)

    def format(self, value: Any) -> str:
        """Show a value as the clerk writes it."""
        return "" if value is None else str(value)

    def problem(self, value: Any) -> str | None:
        """Say what is wrong with a value, or None."""
        if self.is_empty(value):
            return f"请填写{self.label}" if self.required else None
        if isinstance(value, str) and len(value) > self.max_length:
            return f"{self.label}最多{self.max_length}个字，现在有{len(value)}个，请缩短"
        if isinstance(value, str) and _CONTROL.search(value):
            return f"{self.label}里有看不见的控制字符，请重新输入"
        return None

    def warning(self, value: Any) -> str | None:
        """Say what looks odd about a value that is kept all the same, or None."""
        return None

    def is_empty(self, value: Any) -> bool:
        """Whether nothing has been filled in."""
        return value is None or value == ""

    def veiled(self, text: str) -> str:
        """A shown value as it stands in lists, prints and exports: a personal one is masked."""
        return names.mask(text) if self.personal else text

    def to_column(self, value: Any) -> Any:
        """The value as SQLite keeps it."""
        return value

    def from_column(self, value: Any) -> Any:
        """The value as the record holds it."""
        return value


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """One line of text."""


@dataclass(frozen=True, kw_only=True)
class PersonName(Text):
    """A person's name: look-alike dots and private-use characters become the right ones."""

    max_length: int = NAME_LENGTH

    def parse(self, text: str) -> str:
        """Read a name; inner spaces of a two-character Chinese name are typing habit."""
        return names.normalise(text)


@dataclass(frozen=True, kw_only=True)
class LongText(Field):
    """Several paragraphs; more characters than `advised_length` (0: any) are warned of.

    One that `holds_numbers` is a remark where second telephone numbers are put: those are masked.
    """

    max_length: int = TEXT_LENGTH
    advised_length: int = 0
    holds_numbers: bool = False

    def veiled(self, text: str) -> str:
        """The words as they are, numbers of people masked."""
        return names.mask_numbers(text) if self.holds_numbers else super().veiled(text)

    def parse(self, text: str) -> str:
        """Keep the clerk's paragraphs; drop only what surrounds them."""
        return clean_paragraphs(text)

    def warning(self, value: Any) -> str | None:
        """Say when the text is longer than whoever gets it wants it."""
        length = len(re.sub(r"\s", "", value))
        if not self.advised_length or length <= self.advised_length:
            return None
        return f"{self.label}有{length}个字，一般不超过{self.advised_length}个字"


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of a list of words; `open_list` lets the clerk write another one."""

    options: tuple[str, ...] = ()
    open_list: bool = False
    default: str = ""

    def problem(self, value: Any) -> str | None:
        """Refuse a word outside a closed list."""
        if value and not self.open_list and value not in self.options:
            return f"{self.label}请从 {'、'.join(self.options)} 中选一项"
        return super().problem(value)


@dataclass(frozen=True, kw_only=True)
class Several(Field):
    """Any number of a closed list of words, kept with 、 between them."""

    options: tuple[str, ...] = ()

    def parse(self, text: str) -> str:
        """Read words divided by 、 or a comma, in the order of the list, each once."""
        chosen = [each for each in re.split(r"[、，,]\s*", clean_line(text)) if each]
        known = [each for each in self.options if each in chosen]
        unknown = [each for each in chosen if each not in self.options]
        return "、".join([*known, *dict.fromkeys(unknown)])

    def problem(self, value: Any) -> str | None:
        """Refuse a word outside the list."""
        unknown = [each for each in value.split("、") if each and each not in self.options]
        if unknown:
            return f"{self.label}里没有“{unknown[0]}”，请从 {'、'.join(self.options)} 中选"
        return super().problem(value)


@dataclass(frozen=True, kw_only=True)
class Phone(Text):
    """A telephone number, kept as text; an odd one is warned of, never refused."""

    personal: bool = True

    def parse(self, text: str) -> str:
        """Full-width digits become plain; a mobile number loses +86, spaces and dashes."""
        plain = clean_line(unicodedata.normalize("NFKC", text))
        bare = re.sub(r"[\s\u2010-\u2015\u2212-]", "", plain)
        bare = re.sub(r"^\+?86(?=[0-9]{11}$)", "", bare)
        return bare if _MOBILE.fullmatch(bare) else plain

    def warning(self, value: Any) -> str | None:
        """Say when the number looks like neither a mobile nor a landline number."""
        if not value or _MOBILE.fullmatch(value) or _LANDLINE.fullmatch(value):
            return None
        return f"电话“{value}”不像手机号或带区号的座机号，请核对"


@dataclass(frozen=True, kw_only=True)
class IdentityNumber(Text):
    """A citizen's identity number, GB 11643."""

    personal: bool = True

    def parse(self, text: str) -> str:
        """Full-width digits become plain, a small x a large one."""
        return re.sub(r"\s", "", clean_line(unicodedata.normalize("NFKC", text))).upper()

    def problem(self, value: Any) -> str | None:
        """Refuse a wrong length, check digit or an impossible date, with the reason."""
        return super().problem(value) or (names.identity_problem(value) if value else None)

    def warning(self, value: Any) -> str | None:
        """Say when the area at its beginning is unknown."""
        return names.identity_warning(value) if value else None


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A whole number, not negative."""

    column: ClassVar[str] = "INTEGER"
    empty: ClassVar[Any] = None

    def parse(self, text: str) -> Any:
        """Read digits, full-width ones too."""
        plain = unicodedata.normalize("NFKC", text).strip()
        if not plain:
            return None
        if not re.fullmatch(r"[0-9]{1,12}(\.0+)?", plain):
            raise WrongText(f"{self.label}请填数字，例如 12")
        return int(plain.partition(".")[0])

    def problem(self, value: Any) -> str | None:
        """Refuse what is below zero or too large to be meant."""
        if value is not None and not 0 <= value <= LARGEST_NUMBER:
            return f"{self.label}请填 0 到 {LARGEST_NUMBER} 之间的数字"
        return super().problem(value)


@dataclass(frozen=True, kw_only=True)
class Amount(Number):
    """A sum of money or a measure, to two decimals, not negative; kept in hundredths.

    The value is a `Decimal` with two decimals, or None.
    """

    def parse(self, text: str) -> Any:
        """Read digits with up to two decimals; the commas of thousands are dropped."""
        plain = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))
        if not plain:
            return None
        if not re.fullmatch(r"[0-9]{1,10}(\.[0-9]{1,2}0*)?", plain):
            raise WrongText(f"{self.label}请填数字，最多两位小数，例如 1200.50")
        return Decimal(plain).quantize(_HUNDREDTH)

    def format(self, value: Any) -> str:
        """Without decimals that say nothing: 1200, 1200.5."""
        if value is None:
            return ""
        shown = f"{value:.2f}"
        return shown.rstrip("0").rstrip(".")

    def problem(self, value: Any) -> str | None:
        """Refuse what is below zero or too large to be meant."""
        if value is not None and not 0 <= value <= LARGEST_NUMBER // 100:
            return f"{self.label}请填 0 到 {LARGEST_NUMBER // 100} 之间的数字"
        return Field.problem(self, value)

    def to_column(self, value: Any) -> int | None:
        """Hundredths."""
        return None if value is None else int(value * 100)

    def from_column(self, value: Any) -> Decimal | None:
        """From hundredths."""
        return None if value is None else (Decimal(value) / 100).quantize(_HUNDREDTH)


@dataclass(frozen=True, kw_only=True)
class Flag(Field):
    """Yes or no."""

    column: ClassVar[str] = "INTEGER"
    empty: ClassVar[Any] = False

    def parse(self, text: str) -> bool:
        """Read 是, √, 1 as yes, anything else as no."""
        return clean_line(text) in {"是", "√", "✓", "✔", "☑", "1", "有"}

    def format(self, value: Any) -> str:
        """Show 是 or nothing."""
        return "是" if value else ""

    def to_column(self, value: Any) -> int:
        """0 or 1."""
        return int(bool(value))

    def from_column(self, value: Any) -> bool:
        """True or False."""
        return bool(value)


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A calendar day."""

    hint: str = "如 3.8、0308、昨天"
    empty: ClassVar[Any] = None

    def parse(self, text: str) -> date | None:
        """Read a day as people write it; see `dates.parse_day`."""
        if not text.strip():
            return None
        found = dates.parse_day(text)
        if found is None:
            raise WrongText(_unread(self.label, text, "2026-3-8、3.8 或 0308"))
        return found

    def format(self, value: Any) -> str:
        """2026-03-08."""
        return value.isoformat() if value else ""

    def to_column(self, value: Any) -> str | None:
        """ISO 8601."""
        return value.isoformat() if value else None

    def from_column(self, value: Any) -> date | None:
        """From ISO 8601."""
        return date.fromisoformat(value) if value else None


@dataclass(frozen=True, kw_only=True)
class Moment(Field):
    """A day and a time of day, to the minute."""

    hint: str = "如 3.8 14:30"
    empty: ClassVar[Any] = None

    def parse(self, text: str) -> datetime | None:
        """Read `3.8 14:30`, `昨天 9点半` and the like; see `dates.parse_moment`."""
        if not text.strip():
            return None
        found = dates.parse_moment(text)
        if found is None:
            raise WrongText(_unread(self.label, text, "2026-3-8 14:30 或 3.8 14:30"))
        return found

    def format(self, value: Any) -> str:
        """2026-03-08 14:30."""
        return f"{value:%Y-%m-%d %H:%M}" if value else ""

    def to_column(self, value: Any) -> str | None:
        """ISO 8601 to the second; the office's own local time."""
        return value.isoformat(timespec="seconds") if value else None

    def from_column(self, value: Any) -> datetime | None:
        """From ISO 8601."""
        return datetime.fromisoformat(value) if value else None


@dataclass(frozen=True, kw_only=True)
class Month(Field):
    """A year and month, as 出生年月 is written: 1974.03; one that `is_past` is not to come yet."""

    hint: str = "如 1974.03"
    is_past: bool = False

    def problem(self, value: Any) -> str | None:
        """Say when a month is to come that cannot be."""
        if self.is_past and value and value > f"{date.today():%Y.%m}":
            return f"{self.label}在今天之后，请核对"
        return super().problem(value)

    def parse(self, text: str) -> str:
        """Read a month as people write it; see `dates.parse_month`."""
        if not text.strip():
            return ""
        found = dates.parse_month(text)
        if found is None:
            raise WrongText(
                f"{self.label}“{text.strip()}”看不懂，请写成 {self.hint.removeprefix('如 ')}"
            )
        return found


@dataclass(frozen=True, kw_only=True)
class Link(Field):
    """The id of another record; `to` is that record's table."""

    to: str
    empty: ClassVar[Any] = None

    def to_column(self, value: Any) -> str | None:
        """None rather than "" where nothing is linked, or a foreign key would fail."""
        return value or None


def _unread(label: str, text: str, example: str) -> str:
    """Why a day was not read: there is no such day, or it is not understood."""
    reason = dates.impossible(text)
    if reason:
        return f"{label}“{text.strip()}”不对：{reason}，请核对"
    return f"{label}“{text.strip()}”看不懂，请写成 {example}"


def clean_line(text: str) -> str:
    """One line: no line breaks, no control characters, no space around it."""
    if text.isprintable():  # most are: nothing in them is to be looked for
        return text.strip()
    joined = re.sub(r"\s*[\t\n\x0b\x0c\r\x85\u2028\u2029]+\s*", " ", text)
    return _INVISIBLE.sub("", _CONTROL.sub("", joined)).strip()


def clean_paragraphs(text: str) -> str:
    """Paragraphs divided by single line breaks, nothing hanging at their ends."""
    lines = _LINE_BREAK.split(text)
    bare = (_INVISIBLE.sub("", _CONTROL.sub("", line)) for line in lines)
    return "\n".join(line.rstrip() for line in bare).strip("\n")
