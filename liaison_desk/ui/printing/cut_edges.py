"""What a printer's own margins would cut off a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from liaison_desk.ui.pdf_pages import draw_page
from liaison_desk.ui.printing.laid import MM_PER_INCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QMarginsF

    from liaison_desk.ui.printing.laid import Laid

DPI = 72
WHITE = 250
SIDES = ("左", "上", "右", "下")
SMALL_MM = 0.05
"""A margin below this is none."""


def cut_sentences(laid: Laid, margins: Sequence[tuple[float, float, float, float]]) -> list[str]:
    """A sentence for each page that the printer cuts; [] when all ink is within reach.

    Args:
        laid: what is printed.
        margins: for every page left, top, right and bottom, mm, that the printer cannot reach.
    """
    found = []
    for page, (own, size) in enumerate(zip(margins, laid.sizes, strict=True)):
        if max(own) < SMALL_MM:
            continue
        paper, number = laid.where(page)
        picture = draw_page(laid.papers[paper].pdf, number, DPI)
        cut = [side for side, strip in _strips(size, own) if has_ink(picture, strip)]
        if cut:
            found.append(_sentence(laid, page, own, cut))
    return found


def has_ink(picture: QImage, box: tuple[float, float, float, float]) -> bool:
    """Whether anything is drawn in a box: left, top, right, bottom, mm."""
    dots = DPI / MM_PER_INCH
    left, top, right, bottom = (round(each * dots) for each in box)
    if right <= left or bottom <= top:
        return False
    piece = picture.copy(left, top, right - left, bottom - top)
    grey = piece.convertToFormat(QImage.Format.Format_Grayscale8)
    bits, step = bytes(grey.constBits()), grey.bytesPerLine()
    rows = (bits[y * step : y * step + grey.width()] for y in range(grey.height()))
    return any(row and min(row) < WHITE for row in rows)


def millimetres(margins: QMarginsF) -> tuple[float, float, float, float]:
    """Qt's margins as a row."""
    return margins.left(), margins.top(), margins.right(), margins.bottom()


def _strips(
    size: tuple[float, float], margins: tuple[float, float, float, float]
) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """What is out of reach at each side."""
    width, height = size
    left, top, right, bottom = margins
    yield "左", (0, 0, left, height)
    yield "上", (0, 0, width, top)
    yield "右", (width - right, 0, width, height)
    yield "下", (0, height - bottom, width, height)


def _sentence(
    laid: Laid, page: int, margins: tuple[float, float, float, float], cut: list[str]
) -> str:
    """打印机四周有 4.2 毫米印不到，第2页的页码会被裁掉."""
    if max(margins) - min(margins) < SMALL_MM:
        where = f"四周有 {margins[0]:.1f} 毫米"
    else:
        named = dict(zip(SIDES, margins, strict=True))
        where = "、".join(f"{side}边有 {named[side]:.1f} 毫米" for side in cut)
    return f"打印机{where}印不到，第{page + 1}页{_what(laid, page, margins, cut)}会被裁掉"


def _what(laid: Laid, page: int, margins: tuple[float, float, float, float], cut: list[str]) -> str:
    """The page number, when no text of the paper reaches so far; else what stands at that edge."""
    strips = [box for side, box in _strips(laid.sizes[page], margins) if side in cut]
    for place in laid.by_page.get(page, []):
        for left, top, right, bottom in strips:
            if (
                place.left < right
                and place.right > left
                and place.top < bottom
                and place.bottom > top
            ):
                return f"{'、'.join(cut)}边的内容"
    return "的页码" if cut == ["下"] else f"{'、'.join(cut)}边的内容"
