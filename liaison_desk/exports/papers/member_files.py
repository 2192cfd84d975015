"""委员履职登记表 of a year, and 委员履职档案 of a term: one file for each member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.exports.content import Align, FormPaper, Grid, PageBreak
from liaison_desk.exports.papers.duties import KINDS, Entry, duties_of
from liaison_desk.exports.papers.photos import photos_of
from liaison_desk.exports.papers.wording import (
    BLANK_DAY,
    LINE,
    Wording,
    empty_rows,
    field_row,
    head,
    heading,
    heads,
    middle,
    row,
    short_day,
    source,
    table,
    ticked,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.person import Person
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Cell, Paper, Part, Row
    from liaison_desk.exports.papers.options import PaperOptions

_ABOUT = (1.85, 2.85, 1.85, 2.85, 1.85, 2.85)
_DONE = (2.1, 1.2, 2.2, 5.6, 4.3)
_DENSE = 7.0  # mm: the height of a row that need not be written in by hand
_GRADES = ("优秀", "良好", "称职", "不称职")
_NUMERALS = "一二三四五六七八九十"


def member_year(
    read: Reading, office: Office, seat: Membership, options: PaperOptions
) -> tuple[Paper, ...]:
    """委员履职登记表 of `options.year`: all of a member's year on a sheet or two."""
    say = Wording(read, show_personal=options.show_personal)
    person = say.person(seat.person)
    duties = duties_of(read, seat.person, options.is_in_year)
    return (
        FormPaper(
            title=f"{options.of_year}年度委员履职登记表",
            parts=(
                Grid(widths=_ABOUT, rows=tuple(_short(say, person, seat))),
                Grid(widths=_DONE, rows=tuple(_listing(duties)), head=1),
                _judged(),
            ),
            over_left=office.name,
            over_right=seat.term,
        ),
    )


def member_file(
    read: Reading, office: Office, seat: Membership, options: PaperOptions
) -> tuple[Paper, ...]:
    """委员履职档案 of one term: who the member is, then each kind of work by day, and the years."""
    say = Wording(read, show_personal=options.show_personal)
    person = say.person(seat.person)
    duties = duties_of(read, seat.person, lambda day: _is_in_term(seat, day))
    parts: list[Part] = [
        heading("基本情况"),
        Grid(widths=_ABOUT, rows=tuple(_full(say, person, seat))),
    ]
    photos = photos_of(
        read.find(Attachment, owner=person.id) if person.id else [], across=3, most=1
    )
    if photos.photos:
        parts.append(photos)
    parts += [heading("履职情况汇总"), _years(duties), PageBreak()]
    for number, kind in zip(_NUMERALS, KINDS, strict=False):
        rows = [_entry_row(place, each) for place, each in enumerate(duties[kind], 1)]
        parts += [heading(f"{number}、{kind}"), _kind_table(rows)]
    parts.append(_judged())
    return (
        FormPaper(
            title="委员履职档案",
            parts=tuple(parts),
            over_left=office.name,
            over_right=f"{seat.term}　{person.name}",
            foot="本档案由联络组填写，委员本人签字确认，届满后归档。",
        ),
    )


def _is_in_term(seat: Membership, day: date | None) -> bool:
    """Whether a day lies in the time the seat was held; an undated entry is shown."""
    if day is None:
        return True
    return (seat.since is None or seat.since <= day) and (seat.until is None or day <= seat.until)


# -- who the member is -----------------------------------------------------------------------


def _short(say: Wording, person: Person, seat: Membership) -> Iterator[Row]:
    yield row(*say.pair(person, "name"), *say.pair(person, "gender"), *say.pair(person, "born"))
    yield row(*say.pair(seat, "sector"), *say.pair(seat, "duty"), *say.pair(seat, "card_number"))
    yield row(*say.pair(person, "post", 3), *say.pair(person, "phone"))
    yield row(
        *say.pair(seat, "group"),
        *say.pair(seat, "village", label="联系村"),
        *say.pair(seat, "status"),
    )


def _full(say: Wording, person: Person, seat: Membership) -> Iterator[Row]:
    yield row(
        *say.pair(person, "name"), *say.pair(person, "gender"), *say.pair(person, "ethnicity")
    )
    yield row(*say.pair(person, "born"), *say.pair(person, "party"), *say.pair(person, "education"))
    yield row(*say.pair(person, "post", 3), *say.pair(person, "phone"))
    yield row(*say.pair(person, "identity", 3), *say.pair(person, "village", label="所在村"))
    yield row(*say.pair(seat, "term"), *say.pair(seat, "level"), *say.pair(seat, "sector"))
    yield row(*say.pair(seat, "duty"), *say.pair(seat, "committee"), *say.pair(seat, "group"))
    yield row(*say.pair(seat, "card_number"), *say.pair(seat, "since"), *say.pair(seat, "until"))
    yield row(*say.pair(seat, "status"), *say.pair(seat, "change_reason", 3))
    pairings = say.read.find(Pairing, membership=seat.id) if seat.id else []
    names = "、".join(say.name(each.partner) for each in pairings) or seat.paired_with
    yield row(
        *say.pair(seat, "village", label="联系村"),
        head("联系党外委员"), told(names, 3, of=source(seat, "paired_with")),
    )  # fmt: skip
    yield row(*say.pair(person, "speciality"), *say.pair(person, "pool", 3))
    yield row(head("备注"), say.cell(person, "note", 5))


# -- what the member did ---------------------------------------------------------------------


def _listing(duties: dict[str, list[Entry]]) -> Iterator[Row]:
    """Every kind with its entries under one head; a kind without any keeps a row to write in."""
    height = _DENSE if any(duties.values()) else LINE
    yield heads("类别", "序号", "时间", "内容", "情况")
    for kind in KINDS:
        entries = duties[kind]
        count = max(1, len(entries))
        label = head(f"{kind}\n（{len(entries)}）" if entries else kind, rows=count)
        lines = [_cells(place, each) for place, each in enumerate(entries, 1)]
        for place, cells in enumerate(lines or [tuple(told("") for _ in range(4))]):
            yield row(*([label] if place == 0 else []), *cells, height=height)


def _cells(place: int, entry: Entry) -> tuple[Cell, ...]:
    day = short_day(entry.on)
    return (
        middle(str(place)),
        middle(day, of=entry.source),
        told(entry.text, of=entry.source),
        told(entry.outcome, of=entry.source),
    )


def _entry_row(place: int, entry: Entry) -> Row:
    return row(*_cells(place, entry))


def _kind_table(rows: list[Row]) -> Grid:
    return table((1.2, 2.3, 7.5, 4), ("序号", "时间", "内容", "情况"), rows, least=2)


def _years(duties: dict[str, list[Entry]]) -> Grid:
    """How much of each kind in each year."""
    years = sorted({each.on.year for every in duties.values() for each in every if each.on})
    rows = [
        row(
            middle(f"{year}年"),
            *(middle(str(_count(duties[kind], year) or "")) for kind in KINDS),
            told(""),
        )
        for year in years
    ]
    rows += empty_rows(4 - len(rows), len(KINDS) + 2)
    sums = (middle(str(len(duties[kind]) or "")) for kind in KINDS)
    rows.append(row(head("合计"), *sums, told("")))
    labels = ("年度", *(_in_two(kind) for kind in KINDS), "积分\n等次")
    return Grid(
        widths=(2, *[1.5] * len(KINDS), 1.8), rows=(heads(*labels, height=14), *rows), head=1
    )


def _in_two(kind: str) -> str:
    """A head of four characters in two lines: 会议 over 出席."""
    return f"{kind[:2]}\n{kind[2:4]}" if len(kind) > 2 else kind


def _count(entries: list[Entry], year: int) -> int:
    return sum(each.on is not None and each.on.year == year for each in entries)


def _judged() -> Grid:
    """Points, and who signs."""
    sign = told(f"\n签名：　　　　　　\n{BLANK_DAY}", align=Align.RIGHT)
    grades = "\n".join(ticked(each) for each in (_GRADES[:2], _GRADES[2:]))
    rows = (
        field_row(head("积分合计"), told(""), head("等次"), told(grades)),
        row(head("本人签字"), sign, head("联络组\n审核"), sign, height=22),
    )
    return Grid(widths=(2, 5, 2, 6.5), rows=rows)
