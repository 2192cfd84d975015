"""The ledgers of an office on paper: sheets lying on their side, their heads repeated."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from liaison_desk.domain import dates
from liaison_desk.domain.activity import Activity
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.opinion import Opinion
from liaison_desk.exports.column_shares import shared_out
from liaison_desk.exports.content import Align, Cell, FormPaper, Grid, Row, Source
from liaison_desk.exports.papers.wording import LINE, head, heads, in_lines, middle, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.ledger_model import Column, Ledger
    from liaison_desk.exports.ledgers import Cover
    from liaison_desk.exports.papers.options import PaperOptions

_SHORT = 3  # characters of a word that is not broken
_COMFORT, _NARROWEST = 6.0, 4.0  # characters of a column of longer texts: wanted, and at least
_SAMPLE = 200  # rows that the widths are measured on
_SHEETS = (60.0, 70.0)  # characters of 10.5 pt across A4 on its side, and of 9 pt
_LONG_NAME = 12  # characters of a name with ·
_STEP = 0.5  # characters by which widths differ
_SPARED = 4.0  # characters a crowded column keeps
_PADDING = 1.0  # characters at the sides of a column
_SHARED = ("届次", "级别")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMBER = re.compile(r"〔\d{4}〕\d*号|[!-~]+")


def roster_paper(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """委员名册 of a term, or of the members now serving."""
    from liaison_desk.exports.ledgers import roster

    seats = read.find(Membership)
    chosen = [e for e in seats if (e.term == options.term if options.term else e.is_serving)]
    terms = {each.term for each in chosen}
    cover = _cover(office, options, options.term or (terms.pop() if len(terms) == 1 else ""))
    ledger = roster(read, cover, chosen, show_personal=options.show_personal)
    hidden = "" if options.show_personal else "个人号码已隐去中间几位。"
    return (_sheet(_without_what_all_share(ledger), chosen, cover, hidden),)


def meeting_paper(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """协商活动台账 of a year."""
    from liaison_desk.exports.ledgers import meeting_ledger

    chosen = [e for e in read.find(Meeting) if e.held_at and options.is_in_year(e.held_at.date())]
    chosen.reverse()  # by day, as a ledger is kept
    cover = _of_year(office, options)
    return (_sheet(meeting_ledger(read, cover, chosen), chosen, cover),)


def matter_paper(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """办理事项台账: what was handed over in a year, and what is still open."""
    from liaison_desk.exports.ledgers import matter_ledger

    chosen = [
        each
        for each in read.find(Matter)
        if each.closed_on is None or options.is_in_year(each.handed_over_on or each.closed_on)
    ]
    cover = _of_year(office, options)
    ledger = matter_ledger(read, cover, chosen, as_of=options.today)
    return (_sheet(ledger, chosen, cover),)


def opinion_paper(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """社情民意台账 of a year."""
    from liaison_desk.exports.ledgers import opinion_ledger

    chosen = [e for e in read.find(Opinion) if options.is_in_year(e.reported_on)]
    chosen.reverse()
    cover = _of_year(office, options)
    return (_sheet(opinion_ledger(read, cover, chosen), chosen, cover),)


def activity_paper(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """活动台账 of a year."""
    from liaison_desk.exports.ledgers import activity_ledger

    chosen = [e for e in read.find(Activity) if e.held_at and options.is_in_year(e.held_at.date())]
    chosen.reverse()
    cover = _of_year(office, options)
    return (_sheet(activity_ledger(read, cover, chosen), chosen, cover),)


# -- from a ledger to a sheet ----------------------------------------------------------------


def _of_year(office: Office, options: PaperOptions) -> Cover:
    return _cover(office, options, f"{options.of_year}年")


def _cover(office: Office, options: PaperOptions, period: str) -> Cover:
    from liaison_desk.exports.ledgers import Cover

    return Cover(office.name, period, options.day)


def _without_what_all_share(ledger: Ledger) -> Ledger:
    """The roster without columns that say nothing: empty ones, and 届次 and 级别 of all alike."""
    rows = list(ledger.rows)
    if not rows:
        return replace(ledger, rows=rows)
    seen = [{line[place] for line in rows} for place in range(len(ledger.columns))]
    kept = [
        place
        for place, column in enumerate(ledger.columns)
        if seen[place] - {None, ""} and not (column.label in _SHARED and len(seen[place]) == 1)
    ]
    return replace(
        ledger,
        columns=tuple(ledger.columns[place] for place in kept),
        rows=[[line[place] for place in kept] for line in rows],
    )


def _sheet(ledger: Ledger, records: Sequence[Record], cover: Cover, foot: str = "") -> FormPaper:
    """The ledger with its head repeated; every cell leads to the record of its row."""
    texts = [[_text(value) for value in line] for line in ledger.rows]
    labels = [each.label for each in ledger.columns]
    heads_ = [in_lines(each) for each in labels]
    totals = _totals(ledger.columns, texts) if ledger.has_totals else []
    sample = [*texts[:_SAMPLE], *filter(None, [totals])]
    widths = widths_for(heads_, [[line[place] for line in sample] for place in range(len(labels))])
    rows = [
        _row(ledger.columns, line, Source(record.table, record.id))
        for line, record in zip(texts, records, strict=True)
    ]
    if totals:
        rows.append(row(head(totals[0]), *(middle(each) for each in totals[1:])))
    return FormPaper(
        title=ledger.title,
        parts=(Grid(widths=widths, rows=(heads(*heads_), *rows), head=1),),
        over_left="　　".join(filter(None, (cover.office, cover.period))),
        over_right=f"制表日期：{dates.chinese_day(cover.made_on)}",
        foot=foot,
        is_landscape=True,
    )


def widths_for(labels: Sequence[str], columns: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """How wide columns are to be, in characters: what each cannot do without, then what it wants.

    A head takes two lines at most, and a number or date is never broken. What room is left goes
    to where it saves most lines.
    """
    both = list(zip(labels, columns, strict=True))
    needs, floors = (
        [
            max(_least_of_label(label), *(_least(e, most) for e in texts), 1.0)
            for label, texts in both
        ]
        for most in (_COMFORT, _NARROWEST)
    )
    longest = [
        max((_length(e) for text in texts for e in text.split("\n")), default=0.0)
        for texts in columns
    ]
    padding = _PADDING * len(labels)
    sheet = next((each for each in _SHEETS if padding + sum(needs) <= each), _SHEETS[-1])
    room = sheet - padding
    widths = _cut(floors, room)
    lengths = [[_length(e) for text in texts for e in text.split("\n")] for texts in columns]
    widths = shared_out(widths, longest, lengths, room, _STEP)
    return tuple(width + _PADDING for width in widths)


def _cut(needs: Sequence[float], room: float) -> list[float]:
    """The same where there is room; else the wide columns give up what is too much."""
    excess = sum(needs) - room
    spare = sum(max(0.0, each - _SPARED) for each in needs)
    part = min(1.0, max(0.0, excess / spare)) if spare else 0.0
    return [each - max(0.0, each - _SPARED) * part for each in needs]


def _least_of_label(label: str) -> float:
    """Two lines, where the label does not say itself how it is broken."""
    lines = label.replace("（", "\n（").split("\n")
    if len(lines) > 1 or len(label) == _SHORT:
        return max(map(len, lines))
    return math.ceil(len(label) / 2)


def _least(text: str, most: float) -> float:
    """The least width of a text: its longest number, or half of a word, but no more than `most`."""
    numbers = max(map(_length, _NUMBER.findall(text)), default=0.0)
    words = max((len(line) for line in text.split("\n")), default=0)
    if "·" in text and words <= _LONG_NAME:
        return max(numbers, max(map(len, text.split("·"))) + 1.0)  # 买买提· over 艾力
    return max(numbers, min(math.ceil(words / 2), most) if words > _SHORT else words)


def _length(text: str) -> float:
    """Characters of a text; Latin letters and digits take half."""
    return sum(0.55 if each.isascii() else 1 for each in text)


def _row(columns: Sequence[Column], texts: list[str], of: Source) -> Row:
    return Row(
        cells=tuple(
            Cell(text=text, align=_align(column), source=of)
            for column, text in zip(columns, texts, strict=True)
        ),
        height=LINE,
    )


def _align(column: Column) -> Align:
    is_text = column.kind.name == "TEXT" and not column.is_centred
    return Align.LEFT if is_text else Align.CENTRE


def _totals(columns: Sequence[Column], texts: list[list[str]]) -> list[str]:
    """合计: counts and sums, as the workbook has them."""
    found = ["合计"]
    for place, column in enumerate(columns[1:], 1):
        found.append(_total(column, [line[place] for line in texts if line[place]]))
    return found


def _total(column: Column, values: list[str]) -> str:
    match column.total.name:
        case "COUNT":
            return f"{len(values)}{column.unit}"
        case "SUM":
            return f"{_plain(sum((Decimal(each) for each in values), Decimal(0)))}{column.unit}"
    return ""


def _text(value: object) -> str:
    """A value of a ledger as a narrow column has it: 2026.3.5."""
    if isinstance(value, datetime):
        return f"{value.year}.{value.month}.{value.day}\n{value.hour}:{value.minute:02}"
    if isinstance(value, date):
        return f"{value.year}.{value.month}.{value.day}"
    if isinstance(value, float):
        return _plain(Decimal(value))
    return "" if value is None else _ISO_DAY.sub(_short, str(value))


def _short(day: re.Match[str]) -> str:
    """2026.3.5 for 2026-03-05, the one way of writing days in a ledger."""
    return ".".join(part.lstrip("0") for part in day.groups())


def _plain(value: Decimal) -> str:
    """1200, 1200.5: without decimals that say nothing."""
    shown = f"{value:.2f}"
    return shown.rstrip("0").rstrip(".")
