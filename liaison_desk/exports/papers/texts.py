"""Every text of a paper with where it came from, for whoever checks, searches or compares it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.content import (
    ArchiveStamps,
    FormPaper,
    Grid,
    NamePlates,
    OfficialPaper,
    Paragraph,
    Photos,
    WallPaper,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.exports.content import ArchiveStamp, Paper, Part, Source

Text = tuple[str, "Source | None"]

_OFFICIAL = ("mark", "number", "issuer", "title", "main_to", "body", "signature", "note")


def texts_of(paper: Paper) -> Iterator[Text]:
    """Each text of a paper in reading order, the title among them; empty ones are left out."""
    return (each for each in _texts(paper) if each[0])


def _texts(paper: Paper) -> Iterator[Text]:
    match paper:
        case OfficialPaper():
            yield from _official(paper)
        case FormPaper():
            yield paper.title, None
            yield paper.over_left, None
            yield paper.over_right, None
            yield from _parts(paper.parts)
            yield paper.foot, None
        case WallPaper():
            yield paper.title, None
            yield from _parts(paper.parts)
            yield paper.foot, None
        case NamePlates():
            yield from ((each.name, each.source) for each in paper.plates)
        case ArchiveStamps():
            for name, stamp in paper.stamps:
                yield name, stamp.source
                yield from ((text, stamp.source) for text in stamp_texts(stamp))


def stamp_texts(stamp: ArchiveStamp) -> tuple[str, str, str, str, str, str]:
    """The six cells of 归档章: the upper row, then the lower one."""
    return (
        stamp.fonds, stamp.year, stamp.number, stamp.section, stamp.retention, stamp.pages
    )  # fmt: skip


def _official(paper: OfficialPaper) -> Iterator[Text]:
    for name in _OFFICIAL:
        yield getattr(paper, name), paper.sources.get(name)
    for attachment in paper.attachments:
        yield attachment, None
    for each in paper.name_lists:
        yield each.names, each.source
    for line in paper.copies:
        yield line, paper.sources.get("copies")
    yield paper.printed_by, paper.sources.get("printed_by")
    if paper.enclosure is not None:
        yield from _texts(paper.enclosure)


def _parts(parts: tuple[Part, ...]) -> Iterator[Text]:
    for part in parts:
        match part:
            case Paragraph():
                yield part.text, part.source
            case Grid():
                yield from ((c.text, c.source) for line in part.rows for c in line.cells)
            case Photos():
                yield from ((each.caption, each.source) for each in part.photos)
