"""Forms of the office in a Word file: a title, a line under it, and parts from top to bottom."""

from __future__ import annotations

from itertools import islice
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
from liaison_desk.exports.pdf.jpeg import jpeg_size
from liaison_desk.exports.pdf.measures import FORM_SIZES, POINTS_PER_MM, TITLE_SIZE
from liaison_desk.exports.pdf.photos import printable
from liaison_desk.exports.pdf.sheet import sheet_of
from liaison_desk.exports.pdf.source import clean, one_line
from liaison_desk.exports.pdf.titles import break_title
from liaison_desk.exports.pictures import NotPrintable
from liaison_desk.exports.word.grid import LINE, tab_stops
from liaison_desk.exports.word.story import Section
from liaison_desk.exports.word.table import grid_table, plain_table
from liaison_desk.exports.word.xml import indents, paragraph, run, spacing, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.exports.content import Part
    from liaison_desk.exports.pdf.words import Pictures
    from liaison_desk.exports.word.story import Story

Form = FormPaper | WallPaper

SIZE = FORM_SIZES[1].pt
"""小四, the size of what is filled in; Word breaks a cell into lines by itself."""
_LEADING = 1.3
_ABOVE = 3.0  # pt over a line of text between grids
_PHOTO_HEIGHT = 75 * POINTS_PER_MM
_PHOTO_GAP = 4 * POINTS_PER_MM
_ROOM_OF_TABLE = 1.0  # pt a row is less high than the page, or Word begins an empty one


def form_section(form: Form) -> Section:
    """The pages a form stands on."""
    return Section(sheet_of(form), on_grid=False)


def put_form(story: Story, form: Form, pictures: Pictures, *, label: str = "") -> None:
    """Write a form; over a 附件 of a paper stands its label (7.3.7)."""
    if label:
        story.add(paragraph(run(label, Role.HEI)), paragraph())
    _put_title(story, form)
    if isinstance(form, FormPaper):
        _put_over(story, form)
    is_broken = False
    for part in form.parts:
        if isinstance(part, PageBreak):
            is_broken = True
            continue
        _put_part(story, part, pictures, is_broken=is_broken)
        is_broken = False
    if form.foot:
        is_wall = isinstance(form, WallPaper)
        align = "center" if is_wall else ""
        story.add(_line(clean(form.foot), space=spacing(SIZE / 2), align=align))


def _put_title(story: Story, form: Form) -> None:
    """2号小标宋, centred."""
    width = story.sections[-1].sheet.text_width
    lines = break_title(clean(form.title), width / TITLE_SIZE.value)
    title = run("\n".join(lines), Role.TITLE, TITLE_SIZE.value)
    story.add(paragraph(title, keep=w("keepNext"), align="center", style="Title"))


def _put_over(story: Story, form: FormPaper) -> None:
    """The small lines over the first part."""
    left, right = one_line(form.over_left), one_line(form.over_right)
    if left or right:
        stops = tab_stops(("right", story.sections[-1].sheet.text_width))
        story.add(_line(f"{left}\t{right}" if right else left, tabs=stops, keep=w("keepNext")))


def _put_part(story: Story, part: Part, pictures: Pictures, *, is_broken: bool) -> None:
    """One part; on a new page when a break stands before it."""
    if is_broken and not isinstance(part, Paragraph):
        story.add(paragraph(keep=w("pageBreakBefore"), space=spacing(0, _ROOM_OF_TABLE)))
    sheet = story.sections[-1].sheet
    match part:
        case Paragraph():
            story.add(*_paragraphs(part, is_broken=is_broken))
        case Grid():
            story.add(grid_table(part, sheet.text_width, SIZE), _between())
        case Photos():
            _put_photos(story, part, pictures)


def _between() -> str:
    """A thin paragraph: two tables that touch would become one."""
    return paragraph(space=spacing(0, _ROOM_OF_TABLE * 2))


def _line(
    text: str,
    *,
    role: Role = Role.FANG,
    keep: str = "",
    tabs: str = "",
    indent: str = "",
    space: str = "",
    align: str = "",
) -> str:
    """A paragraph in the size of the form."""
    inner = run(text, role, SIZE)
    return paragraph(
        inner,
        keep=keep,
        tabs=tabs,
        indent=indent,
        space=space or spacing(_ABOVE, SIZE * _LEADING, "atLeast"),
        align=align,
    )


def _paragraphs(part: Paragraph, *, is_broken: bool) -> Iterator[str]:
    """A text between grids; each of its lines is a paragraph."""
    aligns = {Align.LEFT: "", Align.CENTRE: "center", Align.RIGHT: "right"}
    is_indented = part.align is Align.LEFT and not part.is_flush
    for place, line in enumerate(clean(part.text).split("\n")):
        keeps = w("keepNext") if part.is_heading else ""
        keeps += w("pageBreakBefore") if is_broken and place == 0 else ""
        yield _line(
            line,
            role=Role.HEI if part.is_heading else Role.FANG,
            keep=keeps,
            indent=indents(first=2, cell=SIZE) if is_indented else "",
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
