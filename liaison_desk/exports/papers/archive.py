"""归档文件目录 and 归档章 of the papers of a year (DA/T 22-2015)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.opinion import Opinion
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.proposal import Proposal
from liaison_desk.exports.content import ArchiveStamp, ArchiveStamps, FormPaper
from liaison_desk.exports.papers.wording import (
    Wording,
    empty_rows,
    middle,
    row,
    source,
    table,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Paper, Source
    from liaison_desk.exports.papers.options import PaperOptions

FOREVER, THIRTY_YEARS = "永久", "30年"
_CODES = {FOREVER: "Y", THIRTY_YEARS: "D30", "10年": "D10"}
LABELS = ("序号", "档号", "文号", "责任者", "题名", "日期", "页数", "备注")
_WIDTHS = (3.2, 14.8, 7.4, 6.2, 15.4, 5.6, 3.2, 3.2)  # em of a small size
_BLANK_ROWS = 18


@dataclass(frozen=True)
class Piece:
    """One archived piece (件).

    Attributes:
        number: 件号 within its year and 保管期限, from 1.
        retention: 保管期限.
        code: 文号, or "".
        author: 责任者.
        name: 题名.
        dated: its day.
        record: what it is kept as.
    """

    number: int
    retention: str
    code: str
    author: str
    name: str
    dated: date | None
    record: Record

    @property
    def source(self) -> Source | None:
        """The record."""
        return source(self.record)

    def reference(self, options: PaperOptions) -> str:
        """档号: 0123-WS·2026-Y-0001; without 全宗号 its place stays free."""
        fonds = options.fonds or "　　　"
        return f"{fonds}-WS·{options.of_year}-{_CODES[self.retention]}-{self.number:04}"


def archive_list(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """归档文件目录 of `options.year`."""
    pages = dict(options.pages)
    rows = [
        row(
            middle(str(place), of=each.source),
            middle(each.reference(options), of=each.source),
            middle(each.code, of=each.source),
            middle(each.author, of=each.source),
            told(each.name, of=each.source),
            middle(f"{each.dated:%Y%m%d}" if each.dated else "", of=each.source),
            middle(str(pages.get(each.record.id, "")), of=each.source),
            told(""),
        )
        for place, each in enumerate(pieces_of(read, office, options), 1)
    ]
    rows += empty_rows(0 if rows else _BLANK_ROWS, len(LABELS))
    return (
        FormPaper(
            title="归档文件目录",
            parts=(table(_WIDTHS, LABELS, rows),),
            over_left=f"全宗号：{options.fonds}",
            over_right=f"年度：{options.of_year}",
            is_landscape=True,
        ),
    )


def archive_stamps(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """归档章 of every piece of `options.year`; empty ones to be filled by hand if there is none."""
    stamps = [(each.name, stamp_of(each, options)) for each in pieces_of(read, office, options)]
    blank = ("", ArchiveStamp(fonds=options.fonds, year=str(options.of_year)))
    title = f"{options.of_year}年度归档章"
    return (ArchiveStamps(title=title, stamps=tuple(stamps or [blank] * 8)),)


def stamp_of(piece: Piece, options: PaperOptions) -> ArchiveStamp:
    """归档章 of one piece, to be printed on its first page."""
    pages = dict(options.pages).get(piece.record.id)
    return ArchiveStamp(
        fonds=options.fonds,
        year=str(options.of_year),
        number=f"{piece.number:04}",
        retention=piece.retention,
        pages=str(pages) if pages else "",
        source=piece.source,
    )


def pieces_of(read: Reading, office: Office, options: PaperOptions) -> list[Piece]:
    """What is archived of a year, 永久 first, each 保管期限 by day and numbered from 1."""
    pieces: list[Piece] = []
    drafts = sorted(_drafts(read, office, options), key=lambda each: str(each.dated))
    for retention in (FOREVER, THIRTY_YEARS):
        kept = (each for each in drafts if each.retention == retention)
        pieces += [_numbered(each, number) for number, each in enumerate(kept, 1)]
    return pieces


def _numbered(piece: Piece, number: int) -> Piece:
    return Piece(
        number, piece.retention, piece.code, piece.author, piece.name, piece.dated, piece.record
    )


def _drafts(read: Reading, office: Office, options: PaperOptions) -> Iterator[Piece]:
    """Locked minutes, the last version of each; the year's plan; reports; proposals."""
    meant, say = options.is_in_year, Wording(read)
    for each in _latest([m for m in read.find(Minutes) if m.is_locked and meant(m.dated)]):
        title = "".join(each.heading.split("\n"))
        author = each.issuer or office.name
        yield Piece(0, FOREVER, each.full_number, author, title, each.dated, each)
    for plan in read.find(PlanItem, year=options.of_year)[:1]:
        yield Piece(0, FOREVER, "", office.name, f"{options.of_year}年度协商计划表", None, plan)
    for opinion in read.find(Opinion):
        if meant(opinion.reported_on):
            day = opinion.reported_on
            yield Piece(0, THIRTY_YEARS, opinion.number, office.name, opinion.name, day, opinion)
    for proposal in read.find(Proposal):
        if meant(proposal.submitted_on):
            day, code = proposal.submitted_on, proposal.number
            author = say.name(proposal.proposer) or office.name
            yield Piece(0, THIRTY_YEARS, code, author, proposal.name, day, proposal)


def _latest(minutes: list[Minutes]) -> list[Minutes]:
    """Of each meeting's minutes, the last version."""
    replaced = {each.replaces for each in minutes}
    return [each for each in minutes if each.id not in replaced]
