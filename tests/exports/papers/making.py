"""Papers made as the window makes them, and what a test reads off them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from liaison_desk.exports.content import FormPaper, Grid, OfficialPaper, WallPaper
from liaison_desk.exports.papers.registry import paper_called
from liaison_desk.exports.papers.texts import texts_of
from tests.exports.papers.story import OPTIONS

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Paper
    from liaison_desk.services.desk import Desk

P = TypeVar("P")


def all_of(desk: Desk, key: str, record: Record | None = None, **options: Any) -> tuple[Paper, ...]:  # noqa: ANN401  (any choice)
    """The papers of a kind."""
    office = desk.office
    assert office is not None
    return paper_called(key).papers(desk, office, record, replace(OPTIONS, **options))


def form(desk: Desk, key: str, record: Record | None = None, **options: Any) -> FormPaper:  # noqa: ANN401
    """The only paper of a kind, which is a form."""
    return _only(all_of(desk, key, record, **options), FormPaper)


def letter(desk: Desk, key: str, record: Record | None = None, **options: Any) -> OfficialPaper:  # noqa: ANN401
    """The only paper of a kind, which is an official one."""
    return _only(all_of(desk, key, record, **options), OfficialPaper)


def wall(desk: Desk, key: str, **options: Any) -> WallPaper:  # noqa: ANN401
    """The only paper of a kind, which hangs on a wall."""
    return _only(all_of(desk, key, **options), WallPaper)


def text_of(desk: Desk, key: str, record: Record | None = None, **options: Any) -> str:  # noqa: ANN401
    """All words of a paper."""
    return whole_text(all_of(desk, key, record, **options)[0])


def whole_text(paper: Paper) -> str:
    """All texts of a paper, one below the other."""
    return "\n".join(text for text, _ in texts_of(paper))


def rows_of(paper: FormPaper | WallPaper, grid: int = 0) -> list[list[str]]:
    """The texts of one of its grids, row by row."""
    grids = [each for each in paper.parts if isinstance(each, Grid)]
    return [[cell.text for cell in row.cells] for row in grids[grid].rows]


def beside(paper: FormPaper, label: str) -> str:
    """What stands beside a label."""
    for grid in (each for each in paper.parts if isinstance(each, Grid)):
        for row in grid.rows:
            texts = [cell.text.replace("\n", "") for cell in row.cells]
            if label in texts:
                return row.cells[texts.index(label) + 1].text
    raise AssertionError(label)


def _only(papers: tuple[Paper, ...], kind: type[P]) -> P:
    assert len(papers) == 1
    assert isinstance(papers[0], kind)
    return papers[0]
