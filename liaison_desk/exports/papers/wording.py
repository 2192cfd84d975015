"""Values of records as papers print them, in cells and lines that know where they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain import dates, fields
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.exports.content import Align, Cell, Grid, Paragraph, Row, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record

BLANK_DAY = "　　　年　　月　　日"
"""Room for a day to be written by hand."""
ROOM = "＿＿＿＿＿＿＿＿＿＿＿＿"
"""Room for words to be written by hand in running text."""
LINE = 9.0
"""The height of a row of a list, of one line, mm."""
FIELD = 11.0
"""The height of a row of a form, of one line, mm: all of them alike."""
_OWN_WORDS = {"组": "我组", "室": "我室", "委": "我委", "会": "我会", "站": "我站"}
_WEEKDAYS = "一二三四五六日"
_NOON = 12
_LONG_LABEL = 5


def day_text(day: date | None) -> str:
    """2026年3月5日, or room to write it."""
    return dates.chinese_day(day) if day else BLANK_DAY


def short_day(day: date | None) -> str:
    """2026.3.5, for a narrow column; or ""."""
    return f"{day.year}.{day.month}.{day.day}" if day else ""


def clock_text(moment: datetime) -> str:
    """上午9:00, 下午3:30: the hour as a notice says it."""
    part, hour = ("上午", moment.hour) if moment.hour < _NOON else ("下午", moment.hour - _NOON)
    return f"{part}{hour or _NOON}:{moment.minute:02}"


def moment_text(moment: datetime | None) -> str:
    """2026年3月5日（星期四）上午9:00, or room to write it."""
    if moment is None:
        return f"{BLANK_DAY}　　时"
    weekday = _WEEKDAYS[moment.weekday()]
    return f"{dates.chinese_day(moment.date())}（星期{weekday}）{clock_text(moment)}"


def month_text(month: str) -> str:
    """2026年4月, from 2026.04."""
    year, _, number = month.partition(".")
    return f"{year}年{int(number)}月" if number.isdigit() else month


def own_word(office: str) -> str:
    """What an office calls itself in a letter: 我组 for a 联络组, 我室 for a 联络室."""
    return _OWN_WORDS.get(office.removesuffix("员会")[-1:], "我单位")


def listed(texts: Iterable[str]) -> str:
    """Several things in one cell, each on a line and numbered; one alone without a number."""
    found = [each for each in texts if each]
    if len(found) < 2:
        return "".join(found)
    return "\n".join(f"{place}.{text}" for place, text in enumerate(found, 1))


def as_sentence(text: str) -> str:
    """The text with a full stop at its end."""
    bare = text.strip().rstrip("；;，,")
    return bare if not bare or bare[-1] in "。！？…”" else f"{bare}。"


def ticked(options: Sequence[str], chosen: str = "") -> str:
    """□满意　■基本满意: every choice with a box, the chosen one filled."""
    return "　".join(f"{'■' if each == chosen else '□'}{each}" for each in options)


def source(record: Record, name: str = "") -> Source | None:
    """Where a text came from; nowhere when the record is not kept yet."""
    return Source(record.table, record.id, name) if record.id else None


# -- cells and rows --------------------------------------------------------------------------


def head(text: str, span: int = 1, rows: int = 1) -> Cell:
    """A label."""
    return Cell(text=text, is_label=True, span=span, rows=rows)


def in_lines(label: str) -> str:
    """A long label with what stands in brackets on a line of its own: 捐物折价 over （元）."""
    before, bracket, rest = label.partition("（")
    return f"{before}\n（{rest}" if bracket and len(label) > _LONG_LABEL else label


def told(
    text: str,
    span: int = 1,
    *,
    of: Source | None = None,
    align: Align = Align.LEFT,
    rows: int = 1,
) -> Cell:
    """A text that is no field of its own."""
    return Cell(text=text, span=span, rows=rows, align=align, source=of)


def prose(text: str, span: int = 1, *, of: Source | None = None) -> Cell:
    """Sentences in a large cell."""
    return Cell(text=text, span=span, is_prose=True, source=of)


def middle(text: str, *, of: Source | None = None) -> Cell:
    """A short text in the middle of its column."""
    return told(text, of=of, align=Align.CENTRE)


def row(*cells: Cell, height: float = LINE) -> Row:
    """A row, one line high unless more is said."""
    return Row(cells=cells, height=height)


def field_row(*cells: Cell) -> Row:
    """A row of a form, one line high."""
    return row(*cells, height=FIELD)


def heads(*labels: str, height: float = LINE) -> Row:
    """The head of a list."""
    return row(*(head(each) for each in labels), height=height)


def empty_rows(count: int, columns: int, height: float = LINE, *, first: int = 0) -> list[Row]:
    """Rows to be written by hand, numbered on from `first` when it is not 0."""
    return [
        row(
            middle(str(first + each)) if first else told(""),
            *[told("")] * (columns - 1),
            height=height,
        )
        for each in range(count)
    ]


def table(
    widths: Sequence[float], labels: Sequence[str], rows: Iterable[Row], *, least: int = 0
) -> Grid:
    """A list with its head repeated on each page, with at least so many rows."""
    body = list(rows)
    body += empty_rows(least - len(body), len(widths))
    return Grid(widths=tuple(widths), rows=(heads(*labels), *body), head=1)


def writing_room(height: float) -> Grid:
    """A frame to be written in by hand.

    Args:
        height: in mm.
    """
    return Grid(widths=(1,), rows=(row(told(""), height=height),))


def heading(text: str) -> Paragraph:
    """A heading between grids."""
    return Paragraph(text=text, is_heading=True, is_flush=True)


# -- records ---------------------------------------------------------------------------------


class Wording:
    """Reads the fields of records as a paper prints them.

    Args:
        read: where the records are.
        show_personal: whether telephone and identity numbers are written out in full.
    """

    def __init__(self, read: Reading, *, show_personal: bool = False) -> None:
        self.read = read
        self._show_personal = show_personal

    def of(self, record: Record, name: str) -> str:
        """One field; a personal one with its middle hidden unless it may be shown."""
        kind, value = record.fields()[name], getattr(record, name)
        match kind:
            case fields.Day():
                return dates.chinese_day(value) if value else ""
            case fields.Moment():
                return moment_text(value) if value else ""
            case fields.Month():
                return month_text(value)
            case fields.Link():
                return self.caption(kind.to, value)
        text = kind.format(value)
        return text if self._show_personal else kind.veiled(text)

    def caption(self, table: str, record_id: str | None) -> str:
        """What a linked record is called, or ""; a link to a link is followed."""
        found = self.read.get(BY_TABLE[table], record_id)
        if found is None:
            return ""
        link = found.links().get(found.headline)
        return self.caption(link.to, getattr(found, found.headline)) if link else found.caption

    def cell(self, record: Record, name: str, span: int = 1, *, align: Align = Align.LEFT) -> Cell:
        """A cell with one field."""
        return told(self.of(record, name), span, of=source(record, name), align=align)

    def prose(self, record: Record, name: str, span: int = 1) -> Cell:
        """A large cell with one field of several sentences."""
        return prose(self.of(record, name), span, of=source(record, name))

    def pair(self, record: Record, name: str, span: int = 1, label: str = "") -> tuple[Cell, Cell]:
        """A field's label and its value, side by side."""
        return head(label or in_lines(record.fields()[name].label)), self.cell(record, name, span)

    def name(self, person: str | None) -> str:
        """The name of a person, or ""."""
        return self.caption(Person.table, person)

    def person(self, person: str | None) -> Person:
        """A person; an empty one when there is none."""
        return self.read.get(Person, person) or Person()

    def seat(self, person: str | None) -> Membership:
        """The seat a person holds now, else the last one; an empty one when there is none."""
        seats = self.read.find(Membership, person=person) if person else []
        serving = [each for each in seats if each.is_serving]
        return (serving or seats or [Membership()])[-1]

    def titled(self, person: str | None) -> str:
        """A name with the post in brackets: 陈𫖯（桥口村党总支书记）."""
        found = self.person(person)
        return f"{found.name}（{found.post}）" if found.post else found.name
