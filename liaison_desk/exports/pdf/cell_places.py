"""Which columns and rows of a grid each cell covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.exports.content import Grid


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell, its number in the grid, its first column, the one after its last, its last row."""

    cell: Cell
    number: int
    first: int
    end: int
    last_row: int


def cell_places(grid: Grid) -> Iterator[list[CellPlace]]:
    """Yield the cells of each row; a row that ends early is filled up with an empty one.

    Raises:
        ValueError: a row has more cells than columns are left for.
    """
    columns, rows = len(grid.widths), len(grid.rows)
    free_from = [0] * columns  # for each column, the first row that nothing covers
    number = 0
    for row_number, row in enumerate(grid.rows):
        places: list[CellPlace] = []
        column = 0
        for cell in row.cells:
            column = _next_free(free_from, column, row_number)
            end = min(column + cell.span, _next_covered(free_from, column, row_number))
            last = min(row_number + cell.rows, rows) - 1
            free_from[column:end] = [last + 1] * (end - column)
            if end == column:
                raise ValueError(f"row {row_number} has no column left for its cell {cell.text!r}")
            places.append(CellPlace(cell, number, column, end, last))
            column, number = end, number + 1
        while (column := _next_free(free_from, column, row_number)) < columns:
            end = _next_covered(free_from, column, row_number)
            free_from[column:end] = [row_number + 1] * (end - column)
            places.append(CellPlace(Cell(), number, column, end, row_number))
        yield places


def _next_free(free_from: list[int], column: int, row: int) -> int:
    """Return the first column from `column` on that is free in a row."""
    while column < len(free_from) and free_from[column] > row:
        column += 1
    return column


def _next_covered(free_from: list[int], column: int, row: int) -> int:
    """Return the first column from `column` on that is covered in a row."""
    while column < len(free_from) and free_from[column] <= row:
        column += 1
    return column
