"""Official papers (GB/T 9704-2012) as Word files: 纪要, 信函 and plain 公文."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from liaison_desk.exports.content import PaperStyle
from liaison_desk.exports.official_words import enclosure_label
from liaison_desk.exports.pdf.font_files import Role
from liaison_desk.exports.pdf.grid import Span
from liaison_desk.exports.pdf.measures import (
    ATTENDANCE_GAP,
    CELLS,
    FIRST_INDENT,
    SEAL_DATE_INSET,
    SEAL_GAP,
    SIGNATURE_GAP,
    SIGNATURE_INSET,
    TEXT_GAP,
    TEXT_WIDTH,
    TITLE_GAP,
    TITLE_SIZE,
)
from liaison_desk.exports.pdf.paragraphs import heading_spans, text_lines
from liaison_desk.exports.pdf.sheet import A4
from liaison_desk.exports.pdf.source import chinese_date
from liaison_desk.exports.pdf.titles import break_title, width_of
from liaison_desk.exports.word.forms import form_section, put_form
from liaison_desk.exports.word.grid import LINE, before, blank_lines, indent, runs
from liaison_desk.exports.word.heads import put_head
from liaison_desk.exports.word.imprint import imprint_table
from liaison_desk.exports.word.story import Section, Story
from liaison_desk.exports.word.xml import paragraph, run, w

if TYPE_CHECKING:
    from liaison_desk.exports.content import NameList, OfficialPaper
    from liaison_desk.exports.pdf.words import Pictures

_HALF = 0.5  # of a cell: what 1. is narrower than two characters


def write_official(paper: OfficialPaper, pictures: Pictures) -> Story:
    """Write a whole official paper, its words being those that are printed."""
    story = Story(_record_of(paper))
    story.begin(Section(A4, is_letter=paper.style is PaperStyle.LETTER))
    _put_title(story, paper, is_first=not put_head(story, paper))
    _put_text(story, paper)
    if paper.enclosure is not None:
        story.begin(form_section(paper.enclosure))
        put_form(story, paper.enclosure, pictures, label=enclosure_label(paper))
    imprint = imprint_table(story, paper)
    if imprint:
        story.add(imprint)
    return story


def _record_of(paper: OfficialPaper) -> str:
    """The record that its text comes from, or ""."""
    source = paper.sources.get("body") or paper.sources.get("title")
    return source.record if source else ""


def _put_title(story: Story, paper: OfficialPaper, *, is_first: bool) -> None:
    """2号小标宋, two lines under the red line, centred and broken by sense (7.3.1)."""
    title = paper.title
    lines = break_title(title, TEXT_WIDTH.pt / TITLE_SIZE.value)
    inner = run("\n".join(lines), Role.TITLE, TITLE_SIZE.value)
    marked = story.marked("title", 0, "".join(title.split("\n")), inner)
    space = "" if is_first else before(TITLE_GAP.value * LINE)
    marked = story.whose() + marked if is_first else marked
    story.add(paragraph(marked, keep=w("keepNext"), space=space, align="center", style="Title"))


def _put_text(story: Story, paper: OfficialPaper) -> None:
    """主送, the text, 附件说明, 署名, 附注 and the names, from top to bottom."""
    gap = blank_lines(TEXT_GAP.count)
    if paper.main_to:
        story.add(gap, paragraph(run(paper.main_to)))
        gap = ""
    is_signed = bool(paper.signature or paper.signed_on)
    body = _body(story, paper.body, is_kept=is_signed and not paper.attachments)
    if body:
        story.add(gap, *body)
    story.add(*_attachments(paper.attachments))
    signature = _sealed if paper.has_seal else _signed
    story.add(*signature(paper.signature, chinese_date(paper.signed_on)))
    if paper.note:
        story.add(paragraph(run(paper.note), indent=indent(first=2)))
    story.add(*_names(story, paper.name_lists))


def _body(story: Story, text: str, *, is_kept: bool) -> list[str]:
    """3号仿宋, two characters in; headings of the first two levels in 黑体 and 楷体.

    The last paragraph is kept with what is signed under it, so that no name stands alone on a page
    (7.3.5.5).
    """
    blocks = []
    lines = list(text_lines(text))
    for place, (number, line) in enumerate(lines, 1):
        spans = heading_spans(line)
        is_heading = len(spans) == 1 and spans[0].role is not Role.FANG
        blocks.append(
            paragraph(
                story.marked("body", number, line, runs(spans)),
                keep=w("keepNext") if is_heading or (is_kept and place == len(lines)) else "",
                indent=indent(first=FIRST_INDENT.value),
            )
        )
    return blocks


def _attachments(names: tuple[str, ...]) -> list[str]:
    """附件：1. 2. one line under the text, turn lines under the name (7.3.4)."""
    if not names:
        return []
    label = "附件："
    if len(names) == 1:
        hanging = indent(left=FIRST_INDENT.value + 3, hanging=3)
        only = paragraph(run(label + names[0]), keep=w("keepNext"), indent=hanging)
        return [blank_lines(1), only]
    tabbed = [name.replace(".", ".\t", 1) for name in names]
    number = 1 + _HALF
    left = FIRST_INDENT.value + 3 + number
    blocks = [paragraph(run(label + tabbed[0]), indent=indent(left, hanging=3 + number))]
    blocks += [
        paragraph(run(name), keep=w("keepNext"), indent=indent(left, hanging=number))
        for name in tabbed[1:]
    ]
    return [blank_lines(1), *blocks]


def _signed(signature: str, date: str) -> list[str]:
    """署名 two characters from the right, the date two right of its first one (7.3.5.2)."""
    if not (signature or date):
        return []
    inset, edge = SIGNATURE_INSET.value, CELLS.value - SIGNATURE_INSET.value
    longest = max(width_of(signature), width_of(date) + (inset if signature else 0))
    is_wide = width_of(signature) >= width_of(date) or not signature
    left = edge - (width_of(signature) if is_wide and signature else longest)
    lines = [(signature, left), (date, left + inset if signature else left)]
    return [_kept_blank_lines(SIGNATURE_GAP.count), *_kept_together(lines)]


def _sealed(signature: str, date: str) -> list[str]:
    """The date four characters from the right, 署名 centred over it, room for a seal (7.3.5.1)."""
    if not (signature or date):
        return []
    middle = CELLS.value - SEAL_DATE_INSET.value - width_of(date) / 2
    lines = [(each, middle - width_of(each) / 2) for each in (signature, date)]
    return [_kept_blank_lines(SEAL_GAP.count + 1), *_kept_together(lines)]


def _kept_blank_lines(count: int) -> str:
    """Empty lines that are kept with what follows."""
    return paragraph(keep=w("keepNext")) * count


def _kept_together(lines: list[tuple[str, float]]) -> list[str]:
    """Lines at their places, in cells from the left, never parted by a page's end."""
    shown = [(text, max(left, 0)) for text, left in lines if text]
    keeps = chain([w("keepNext")] * (len(shown) - 1), [""])
    return [
        paragraph(run(text), keep=keep, indent=indent(left=left))
        for (text, left), keep in zip(shown, keeps, strict=True)
    ]


def _names(story: Story, lists: tuple[NameList, ...]) -> list[str]:
    """出席 and the like: label in 黑体, turn lines under the first name (10.3)."""
    blocks: list[str] = []
    for number, each in enumerate(lists):
        part = (
            each.source.field
            if each.source and each.source.field
            else f"names_{'abcdefgh'[number]}"
        )
        left = FIRST_INDENT.value + len(each.label) + 1
        found = list(text_lines(each.names))
        for place, (line_number, line) in enumerate(found):
            spans = [Span(line)] if place else [Span(each.label, Role.HEI), Span("："), Span(line)]
            hanging = indent(left, hanging=0 if place else left - FIRST_INDENT.value)
            marked = story.marked(part, line_number, line, runs(spans))
            blocks.append(paragraph(marked, indent=hanging))
    return [blank_lines(ATTENDANCE_GAP.count), *blocks] if blocks else []
