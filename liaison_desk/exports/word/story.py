"""What a Word file is put together from: blocks in sections, hidden bookmarks and pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from liaison_desk.domain.marked_text import mark_name, whose_name
from liaison_desk.exports.word.xml import w

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.sheet import Sheet

EMU_PER_POINT = 12_700


@dataclass
class Section:
    """Pages of one sheet.

    Attributes:
        sheet: its measures.
        blocks: paragraphs and tables, as XML.
        is_letter: whether its first page has the head and foot of a letter.
        on_grid: whether its text stands on the official grid.
        has_numbers: whether its pages are numbered.
    """

    sheet: Sheet
    blocks: list[str] = field(default_factory=list)
    is_letter: bool = False
    on_grid: bool = True
    has_numbers: bool = True


class Story:
    """A document while it is written.

    Attributes:
        sections: from first to last.
        pictures: JPEGs, in the order of their relations.
    """

    def __init__(self, record: str = "") -> None:
        self.sections: list[Section] = []
        self.pictures: list[bytes] = []
        self._record = record
        self._marks = 0

    def begin(self, section: Section) -> None:
        """What follows stands in another section."""
        self.sections.append(section)

    def add(self, *blocks: str) -> None:
        """Put blocks at the end."""
        self.sections[-1].blocks += blocks

    def marked(self, part: str, place: int, text: str, inner: str) -> str:
        """Runs inside the hidden bookmark of their paragraph."""
        return self._bookmark(mark_name(part, place, text), inner)

    def whose(self) -> str:
        """The bookmark of the record it is made from, or "" when there is none."""
        return self._bookmark(whose_name(self._record), "") if self._record else ""

    def picture(self, jpeg: bytes, width: float, height: float) -> str:
        """A run with a picture, pt wide and high, in the line."""
        self.pictures.append(jpeg)
        number = len(self.pictures)
        size = f'cx="{round(width * EMU_PER_POINT)}" cy="{round(height * EMU_PER_POINT)}"'
        source = "http://schemas.openxmlformats.org/drawingml/2006/picture"
        name = f'id="{number}" name="照片{number}"'
        return w(
            "r",
            w(
                "drawing",
                f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
                f'<wp:docPr {name}/><a:graphic><a:graphicData uri="{source}"><pic:pic>'
                f"<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
                f'<pic:blipFill><a:blip r:embed="picture{number}"/>'
                "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
                f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
                '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
                "</pic:pic></a:graphicData></a:graphic></wp:inline>",
            ),
        )

    def _bookmark(self, name: str, inner: str) -> str:
        self._marks += 1
        start = w("bookmarkStart", id=self._marks, name=name)
        return start + inner + w("bookmarkEnd", id=self._marks)
