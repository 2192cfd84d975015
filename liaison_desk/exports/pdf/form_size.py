"""Which size a form is set in: the largest that has room, smaller when a little runs over."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Grid
from liaison_desk.exports.pdf.breaking import is_wide
from liaison_desk.exports.pdf.cell_places import cell_places
from liaison_desk.exports.pdf.cell_text import TIGHT, WHOLE, side_of
from liaison_desk.exports.pdf.measures import BODY_SIZE, FORM_SIZES, FORM_SMALLEST
from liaison_desk.exports.pdf.titles import width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from liaison_desk.exports.content import Cell, FormPaper

LONG = 80  # rows; a longer form is not laid out to see how many pages it takes
LITTLE = 0.3  # of a page: so little on the last page is worth a smaller size
FEW = 3  # pages; of more, one saved is not worth it
LABEL_LINES = 3  # a label takes no more
_word = re.compile(r"〔\d{4}〕\d*号|[0-9A-Za-z*:./@·-]{5,}")

_bracketed = re.compile(r"（[^（）]{1,3}）")


def size_for(
    paper: FormPaper, width: float, measure: Callable[[float], tuple[int, float]]
) -> float:
    """Return the size of type of a form, pt.

    Args:
        paper: the form.
        width: of its 版心, pt.
        measure: tells for a size how many pages it takes and how full the last one is, 0 to 1.
    """
    sizes = [each.value for each in FORM_SIZES]
    if not any(isinstance(part, Grid) for part in paper.parts):
        sizes = [BODY_SIZE.value, *sizes]
    roomy = roomy_sizes(paper, width, sizes)
    if len(roomy) == 1 or _count_rows(paper) > LONG:
        return min(roomy[0], FORM_SIZES[1].value)
    best = roomy[0]
    pages, fullness = measure(best)
    for size in roomy[1:]:
        is_little = fullness <= LITTLE or size >= FORM_SIZES[1].value
        if pages == 1 or pages > FEW or not is_little:
            break
        fewer, fullness = measure(size)
        if fewer < pages:
            best, pages = size, fewer
    return best


def roomy_sizes(paper: FormPaper, width: float, sizes: Sequence[float]) -> list[float]:
    """Return those of some sizes in which no label or number is crowded; one at least."""
    roomy = [size for size in sizes if not _is_crowded(paper, width, size)]
    return roomy or [FORM_SMALLEST.value]


def _count_rows(paper: FormPaper) -> int:
    return sum(len(part.rows) for part in paper.parts if isinstance(part, Grid))


def _is_crowded(paper: FormPaper, width: float, size: float) -> bool:
    """Tell whether a label takes too many lines, or a number, word or name is cut in its cell."""
    for cell, share in _cells(paper):
        room = width * share / size - 2 * side_of(cell)
        if cell.is_label:
            is_long = cell.rows == 1 and width_of(cell.text) > LABEL_LINES * int(room)
            if is_long or any(width_of(each) > room for each in _bracketed.findall(cell.text)):
                return True
        else:
            is_cut = len(cell.text) <= WHOLE and width_of(cell.text) > room * TIGHT
            if is_cut or any(_least_width(word) > room for word in _word.findall(cell.text)):
                return True
    return False


def _least_width(word: str) -> float:
    """The em that a number, a Latin word or a document number with its gaps takes on one line."""
    narrow = 0.6 if "〔" in word else 0.5
    return sum(1.0 if is_wide(char) else narrow for char in word)


def _cells(paper: FormPaper) -> Iterator[tuple[Cell, float]]:
    """Yield the cells of the first rows of each grid, and their share of the width."""
    for part in paper.parts:
        if not isinstance(part, Grid):
            continue
        total = sum(part.widths)
        for places in islice(cell_places(part), LONG):
            for place in places:
                yield place.cell, sum(part.widths[place.first : place.end]) / total
