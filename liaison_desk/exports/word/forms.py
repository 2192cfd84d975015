"""Forms of the office in a Word file: a title, a line under it, and parts from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from liaison_desk.exports.content import (
    Align,
    FormPaper,
    Grid,
    PageBreak,
    Paragraph,
    Photo,
    Photos,
    WallPaper,
)
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.form_size import roomy_sizes
from liaison_desk.exports.pdf.grid import Span
from liaison_desk.exports.pdf.jpeg import jpeg_size
from liaison_desk.exports.pdf.measures import FORM_SIZES, POINTS_PER_MM, TITLE_SIZE, WALL_SIZES
from liaison_desk.exports.pdf.paragraphs import heading_spans
from liaison_desk.exports.pdf.photos import printable
from liaison_desk.exports.pdf.sheet import sheet_of
from liaison_desk.exports.pdf.source import clean, one_line
from liaison_desk.exports.pdf.titles import break_title, width_of
from liaison_desk.exports.pdf.wall import TITLE_OVER_TEXT
from liaison_desk.exports.pictures import NotPrintable
from liaison_desk.exports.word.form_heights import fits
from liaison_desk.exports.word.grid import LINE, tab_stops
from liaison_desk.exports.word.story import Section
from liaison_desk.exports.word.table import grid_table, plain_table
from liaison_desk.exports.word.xml import indents, paragraph, run, spacing, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.exports.content import Part
    from liaison_desk.exports.pdf.sheet import Sheet
    from liaison_desk.exports.pdf.words import Pictures
    from liaison_desk.exports.word.story import Story

Form = FormPaper | WallPaper

SIZE = FORM_SIZES[1].pt
"""小四, the size of what is filled in; Word breaks a cell into lines by itself."""
_LEADING = 1.3
_ABOVE = 3.0  # pt over a line of text between grids
_BELOW = 4.0  # pt under the line over the first part
_UNDER_TITLE = 10.0  # pt under a title where no such line is
_FILLED = 0.9  # of a wall sheet: Word needs a little more room than is reckoned
_PHOTO_HEIGHT = 75 * POINTS_PER_MM
_PHOTO_GAP = 4 * POINTS_PER_MM
_ROOM_OF_TABLE = 1.0  # pt a row is less high than the page, or Word begins an empty one


def form_section(form: Form) -> Section:
    """The pages a form stands on; what hangs on a wall bears no number."""
    return Section(sheet_of(form), on_grid=False, has_numbers=not form.is_public)


def put_form(story: Story, form: Form, pictures: Pictures, *, label: str = "") -> None:
    """Write a form; over a 附件 of a paper stands its label (7.3.7)."""
    if label:
        story.add(paragraph(run(label, Role.HEI)), paragraph())
    sheet = story.sections[-1].sheet
    is_wall = isinstance(form, WallPaper)
    sizes = _sizes_of(form, sheet, is_enclosure=bool(label))
    _put_title(story, form, sizes.text * TITLE_OVER_TEXT if is_wall else TITLE_SIZE.value)
    if isinstance(form, FormPaper):
        _put_over(story, form)
    is_broken = False
    for part in form.parts:
        if isinstance(part, PageBreak):
            is_broken = True
            continue
        _put_part(story, part, pictures, sizes, is_broken=is_broken)
        is_broken = False
    if form.foot:
        align, size = "center" if is_wall else "", sizes.text
        space = spacing(size / 2, size * _LEADING, "atLeast")
        story.add(_line(clean(form.foot), size=size, space=space, align=align))


@dataclass(frozen=True)
class _Sizes:
    """The sizes of type of a form: of its lines and of what its grids hold, pt."""

    text: float = SIZE
    grid: float = SIZE


def _sizes_of(form: Form, sheet: Sheet, *, is_enclosure: bool) -> _Sizes:
    """Grids are smaller where a number would be broken; a wall sheet is as large as it can be.

    All is smaller where a little too much would run over to another page.
    """
    if isinstance(form, WallPaper):
        size = wall_size(form, sheet)
        return _Sizes(size, size)
    usual = [each.pt for each in FORM_SIZES if each.pt <= SIZE]
    roomy = roomy_sizes(form, sheet.text_width, usual)
    page = (sheet.text_width, sheet.text_height)
    for size in roomy:
        if fits(form, *page, size, is_enclosure=is_enclosure):
            return _Sizes(size if size < roomy[0] else SIZE, size)
    return _Sizes(grid=roomy[0])


def wall_size(form: WallPaper, sheet: Sheet) -> float:
    """The largest size in which a wall sheet is likely to take one page, pt."""
    if any(isinstance(part, Photos) for part in form.parts):
        return SIZE * 1.5
    for each in WALL_SIZES:
        lines = sum(_lines_of(part, sheet.text_width / each.pt) for part in form.parts)
        around = 2 * TITLE_OVER_TEXT + 1  # title and foot
        if (lines + around) * each.pt * _LEADING <= sheet.text_height * _FILLED:
            return each.pt
    return SIZE


def _lines_of(part: Part, most: float) -> float:
    """How many lines a part takes at most, `most` em wide; a row takes half a line more."""
    if isinstance(part, Paragraph):
        return sum(ceil((width_of(line) + 2) / most) for line in part.text.split("\n"))
    if not isinstance(part, Grid):
        return 0.0
    room = most / sum(part.widths)
    return sum(
        0.5
        + max(
            sum(ceil(width_of(line) / max(1.0, width * room - 1)) for line in cell.text.split("\n"))
            for cell, width in zip(row.cells, part.widths, strict=False)
        )
        for row in part.rows
    )


def _put_title(story: Story, form: Form, size: float) -> None:
    """小标宋, centred; 2号 unless it hangs on a wall."""
    width = story.sections[-1].sheet.text_width
    lines = break_title(clean(form.title), width / size)
    title = run("\n".join(lines), Role.TITLE, size)
    is_wall = isinstance(form, WallPaper)
    space = spacing(0, size * _LEADING, "atLeast", after=size) if is_wall else ""
    if isinstance(form, FormPaper) and not (form.over_left or form.over_right):
        space = spacing(after=_UNDER_TITLE)
    story.add(paragraph(title, keep=w("keepNext"), space=space, align="center", style="Title"))


def _put_over(story: Story, form: FormPaper) -> None:
    """The small lines over the first part."""
    left, right = one_line(form.over_left), one_line(form.over_right)
    if left or right:
        stops = tab_stops(("right", story.sections[-1].sheet.text_width))
        space = spacing(_ABOVE, SIZE * _LEADING, "atLeast", after=_BELOW)
        text = f"{left}\t{right}" if right else left
        story.add(_line(text, tabs=stops, keep=w("keepNext"), space=space))


def _put_part(
    story: Story, part: Part, pictures: Pictures, sizes: _Sizes, *, is_broken: bool
) -> None:
    """One part; on a new page when a break stands before it."""
    if is_broken and not isinstance(part, Paragraph):
        story.add(paragraph(keep=w("pageBreakBefore"), space=spacing(0, _ROOM_OF_TABLE)))
    sheet = story.sections[-1].sheet
    match part:
        case Paragraph():
            story.add(*_paragraphs(part, sizes.text, is_broken=is_broken))
        case Grid():
            story.add(grid_table(part, sheet.text_width, sizes.grid), _between())
        case Photos():
            _put_photos(story, part, pictures)


def _between() -> str:
    """A thin paragraph: two tables that touch would become one."""
    return paragraph(space=spacing(0, _ROOM_OF_TABLE * 2))


def _line(
    text: str,
    *,
    role: Role = Role.FANG,
    size: float = SIZE,
    keep: str = "",
    tabs: str = "",
    indent: str = "",
    space: str = "",
    align: str = "",
) -> str:
    """A paragraph in the size of the form."""
    inner = run(text, role, size)
    return paragraph(
        inner,
        keep=keep,
        tabs=tabs,
        indent=indent,
        space=space or _space(size),
        align=align,
    )


def _space(size: float) -> str:
    """Round a line in the size of the form."""
    return spacing(_ABOVE, size * _LEADING, "atLeast", after=_BELOW)


def _paragraphs(part: Paragraph, size: float, *, is_broken: bool) -> Iterator[str]:
    """A text between grids; each of its lines is a paragraph."""
    aligns = {Align.LEFT: "", Align.CENTRE: "center", Align.RIGHT: "right"}
    is_indented = part.align is Align.LEFT and not part.is_flush
    for place, line in enumerate(clean(part.text).split("\n")):
        keeps = w("keepNext") if part.is_heading else ""
        keeps += w("pageBreakBefore") if is_broken and place == 0 else ""
        role = Role.HEI if part.is_heading else Role.FANG
        is_running = is_indented and not part.is_heading
        spans = heading_spans(line) if is_running else [Span(line, role)]
        yield paragraph(
            *(run(each.text, each.role, size) for each in spans),
            keep=keeps,
            indent=indents(first=2, cell=size) if is_indented else "",
            space=_space(size),
            align=aligns[part.align],
        )


def _put_photos(story: Story, part: Photos, pictures: Pictures) -> None:
    """Pictures side by side with their captions, in a table without rules."""
    across = max(part.across, 1)
    width = story.sections[-1].sheet.text_width / across
    rows: list[list[str]] = []
    photos = iter(part.photos)
    while row := list(islice(photos, across)):
        cells = [_photo(story, each, pictures, width) for each in row]
        rows.append(cells + [paragraph()] * (across - len(cells)))
    if rows:
        story.add(plain_table(rows, width), _between())


def _photo(story: Story, photo: Photo, pictures: Pictures, width: float) -> str:
    """A picture as large as its cell allows, and its caption; in a lost one's place, why."""
    room = width - _PHOTO_GAP
    try:
        jpeg = printable(photo, pictures, room / POINTS_PER_MM, _PHOTO_HEIGHT / POINTS_PER_MM)
    except NotPrintable as error:
        return _line(str(error))
    across, down, _colours = jpeg_size(jpeg)
    scale = min(room / across, _PHOTO_HEIGHT / down)
    shown = story.picture(jpeg, across * scale, down * scale)
    picture = paragraph(
        shown, keep=w("keepNext"), space=spacing(4, LINE, "atLeast"), align="center"
    )
    return picture + _line(one_line(photo.caption), align="center")
