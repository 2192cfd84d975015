"""What a paper says, apart from how it is set: one model for PDF and Word, light to import.

An official paper is words in the order of GB/T 9704-2012; a form is a title over grids, paragraphs
and photos. Where a text came from is kept beside it (`source`), so that the window can lead from
the paper back to the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """The field of a record that a text was taken from.

    Attributes:
        table: of the record.
        record: its id.
        field: the field's name, or "" for the record as a whole.
    """

    table: str
    record: str
    field: str = ""


class PaperStyle(StrEnum):
    """How an official paper is set (GB/T 9704-2012)."""

    MINUTES = "纪要"  # 10.3
    LETTER = "信函"  # 10.1
    PLAIN = "公文"  # 7


@dataclass(frozen=True, kw_only=True)
class NameList:
    """A labelled list of names under the text, such as 出席 (10.3)."""

    label: str
    names: str
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class OfficialPaper:
    """The words of one paper on the official grid; "" or None leaves a part out.

    Attributes:
        style: the page style.
        mark: 发文机关标志 or 纪要标志.
        number: 发文字号.
        issuer, dated: 机关 and date above the red line of 纪要.
        title: 标题; a line end in it is the clerk's own.
        main_to: 主送机关, without colon.
        body: 正文, one paragraph on each line, with its levels.
        attachments: names of the 附件, for the 附件说明.
        signature, signed_on: 署名 and 成文日期 under the text.
        has_seal: whether room for a seal is kept over them (7.3.5.1).
        note: 附注, without brackets.
        name_lists: 出席, 请假, 列席.
        copies: the lines above 印发机关 in the 版记.
        printed_by, printed_on: 印发机关 and 印发日期.
        enclosure: a form printed on pages of its own behind the text, such as 回执.
        sources: where each part came from, by the part's name.
    """

    style: PaperStyle
    title: str
    body: str = ""
    mark: str = ""
    number: str = ""
    issuer: str = ""
    dated: date | None = None
    main_to: str = ""
    attachments: tuple[str, ...] = ()
    signature: str = ""
    signed_on: date | None = None
    has_seal: bool = False
    note: str = ""
    name_lists: tuple[NameList, ...] = ()
    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    enclosure: FormPaper | None = None
    sources: dict[str, Source] = field(default_factory=dict)


class Align(StrEnum):
    """Where the text of a cell or paragraph stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a grid.

    Attributes:
        text: its words; line ends are kept.
        is_label: set in 黑体 and centred.
        span: how many columns it covers.
        rows: how many rows it covers.
        align: where its text stands; labels are centred whatever it says.
        is_prose: sentences in a large cell: they begin at its top, each paragraph indented.
        source: where its text came from.
    """

    text: str = ""
    is_label: bool = False
    span: int = 1
    rows: int = 1
    align: Align = Align.LEFT
    is_prose: bool = False
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a grid; cells covered by one above are left out.

    Attributes:
        cells: from left to right.
        height: the least height, mm; 0 for as much as the text takes.
    """

    cells: tuple[Cell, ...]
    height: float = 0


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A ruled table.

    Attributes:
        widths: of the columns, relative to one another.
        rows: from top to bottom.
        head: how many of the first rows are repeated on the pages that follow.
    """

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    head: int = 0


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Text between grids.

    Attributes:
        text: its words.
        align: where it stands; left text is indented by two characters unless `is_flush`.
        is_flush: whether it begins at the edge.
        is_heading: set in 黑体.
        source: where it came from.
    """

    text: str
    align: Align = Align.LEFT
    is_flush: bool = False
    is_heading: bool = False
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A picture kept as an attachment.

    Attributes:
        sha256: of its content.
        caption: the line under it.
        source: the attachment.
    """

    sha256: str
    caption: str = ""
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class Photos:
    """Pictures side by side, `across` in a row."""

    photos: tuple[Photo, ...]
    across: int = 2


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Part = Grid | Paragraph | Photos | PageBreak


class SheetSize(StrEnum):
    """The paper a form is printed on."""

    A4 = "A4"
    A3 = "A3"


@dataclass(frozen=True, kw_only=True)
class FormPaper:
    """A form of the office: a title, a line under it, and parts from top to bottom.

    Attributes:
        title: set in 2号小标宋, centred.
        over_left, over_right: small lines above the first part, such as 编号 and the date.
        parts: what stands under it.
        is_landscape: whether the sheet lies on its side.
        size: the sheet.
        foot: a line at the end, such as who has to sign.
        is_public: whether it hangs on a wall: personal data must not stand on it.
        author: whose paper it is, for the file's properties.
    """

    title: str
    parts: tuple[Part, ...]
    over_left: str = ""
    over_right: str = ""
    is_landscape: bool = False
    size: SheetSize = SheetSize.A4
    foot: str = ""
    is_public: bool = False
    author: str = ""


@dataclass(frozen=True, kw_only=True)
class NamePlate:
    """One folded plate.

    Attributes:
        name: as large as fits; a name of two characters is spread by a blank between them.
        source: the person.
    """

    name: str
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class NamePlates:
    """席卡: each on an A4 sheet lying on its side and folded, the far half upside down."""

    title: str
    plates: tuple[NamePlate, ...]
    author: str = ""


@dataclass(frozen=True, kw_only=True)
class WallPaper:
    """What hangs on a wall: one sheet, its type as large as its words allow.

    Attributes:
        title: in 小标宋, centred.
        parts: paragraphs, grids and photos from top to bottom.
        foot: the office's name, centred at the end.
        size: the sheet.
        is_landscape: whether it lies on its side.
    """

    title: str
    parts: tuple[Part, ...]
    foot: str = ""
    size: SheetSize = SheetSize.A3
    is_landscape: bool = False
    is_public: bool = True
    author: str = ""


@dataclass(frozen=True, kw_only=True)
class ArchiveStamp:
    """归档章 of one archived piece (DA/T 22-2015): six cells; "" is left to be written by hand."""

    fonds: str = ""
    year: str = ""
    number: str = ""
    section: str = ""
    retention: str = ""
    pages: str = ""
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class ArchiveStamps:
    """归档章 to be printed on a sheet, each beside the name of the piece it is for.

    Attributes:
        title: of the sheet.
        stamps: each with the name of its piece.
    """

    title: str
    stamps: tuple[tuple[str, ArchiveStamp], ...]
    author: str = ""


Paper = OfficialPaper | FormPaper | NamePlates | WallPaper | ArchiveStamps
