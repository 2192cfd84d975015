"""What a record's class body says of its fields: `name: str = text("名称", required=True)`.

A field is declared once: the form, the table, the store, the PDF and the workbook all derive from
it. The first argument is the label; the others are attributes of the field's kind, in `fields`.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.fields import (
    Amount,
    Choice,
    Day,
    Field,
    Flag,
    IdentityNumber,
    Link,
    LongText,
    Moment,
    Month,
    Number,
    PersonName,
    Phone,
    Several,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def text(label: str, **rules: Any) -> Any:
    """Declare one line of text."""
    return _declare(Text(label=label, **rules))


def person_name(label: str, **rules: Any) -> Any:
    """Declare a person's name."""
    return _declare(PersonName(label=label, **rules))


def long_text(label: str, **rules: Any) -> Any:
    """Declare several paragraphs of text."""
    return _declare(LongText(label=label, **rules))


def choice(label: str, options: Sequence[str], **rules: Any) -> Any:
    """Declare one of a list of words."""
    return _declare(Choice(label=label, options=tuple(options), **rules))


def several(label: str, options: Sequence[str], **rules: Any) -> Any:
    """Declare any number of a list of words."""
    return _declare(Several(label=label, options=tuple(options), **rules))


def phone(label: str, **rules: Any) -> Any:
    """Declare a telephone number."""
    return _declare(Phone(label=label, **rules))


def identity_number(label: str, **rules: Any) -> Any:
    """Declare a citizen's identity number."""
    return _declare(IdentityNumber(label=label, **rules))


def whole_number(label: str, **rules: Any) -> Any:
    """Declare a whole number."""
    return _declare(Number(label=label, **rules))


def amount(label: str, **rules: Any) -> Any:
    """Declare a sum of money or a measure with two decimals."""
    return _declare(Amount(label=label, **rules))


def flag(label: str, **rules: Any) -> Any:
    """Declare a yes or no."""
    return _declare(Flag(label=label, **rules))


def day(label: str, **rules: Any) -> Any:
    """Declare a calendar day."""
    return _declare(Day(label=label, **rules))


def moment(label: str, **rules: Any) -> Any:
    """Declare a day with a time."""
    return _declare(Moment(label=label, **rules))


def month(label: str, **rules: Any) -> Any:
    """Declare a year and month."""
    return _declare(Month(label=label, **rules))


def link(label: str, to: str, **rules: Any) -> Any:
    """Declare a link to a record of the table `to`."""
    return _declare(Link(label=label, to=to, **rules))


def _declare(kind: Field) -> Any:
    """Make the dataclass field that carries its kind."""
    default = kind.default if isinstance(kind, Choice) else kind.empty
    return dataclasses.field(default=default, metadata={"field": kind})
