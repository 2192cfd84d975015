"""The one table of measures: each number with its unit, its clause, and what it is in points."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from liaison_desk.exports.pdf import measures
from liaison_desk.exports.pdf.measures import CELL, LINE, Measure, to_mm

UNITS = {"mm", "pt", "字", "行", "个"}
CLAUSE = re.compile(r"\d{1,2}(\.\d){0,3}|custom|DA/T 22-2015")
PACKAGE = Path(measures.__file__).parents[1]
EVERY = {
    f"{name} {number}" if number else name: measure
    for name, value in vars(measures).items()
    for number, measure in enumerate(value if isinstance(value, tuple) else (value,))
    if isinstance(measure, Measure)
}
OWN = frozenset({37, 28, 156, 225, 72, 170, 262, 269, 442.205, 637.795, 28.991, 15.793})
"""Numbers of the standard that stand nowhere but in the table."""


@pytest.mark.parametrize("name", EVERY)
def test_every_measure_has_a_unit_and_names_its_clause(name: str) -> None:
    measure = EVERY[name]
    assert measure.unit in UNITS
    assert CLAUSE.fullmatch(measure.clause)
    if measure.unit in {"mm", "pt"}:
        assert measure.pt > 0
        with pytest.raises(ValueError, match="not a count"):
            _ = measure.count
    else:
        assert measure.count >= 1
        with pytest.raises(ValueError, match="not a length"):
            _ = measure.pt


def test_the_grid_fills_the_type_area_to_the_point() -> None:
    assert pytest.approx(442.205, abs=0.001) == measures.TEXT_WIDTH.pt
    assert pytest.approx(637.795, abs=0.001) == measures.TEXT_HEIGHT.pt
    assert pytest.approx(15.793, abs=0.001) == CELL
    assert pytest.approx(28.991, abs=0.001) == LINE
    assert to_mm(measures.row_top(22)) == pytest.approx(262)
    sides = (measures.TEXT_LEFT, measures.TEXT_WIDTH, measures.TEXT_RIGHT)
    assert sum(each.value for each in sides) == measures.PAPER_WIDTH.value
    heights = (measures.TEXT_TOP, measures.TEXT_HEIGHT, measures.TEXT_BOTTOM)
    assert sum(each.value for each in heights) == measures.PAPER_HEIGHT.value


def test_a_seal_has_room_over_signature_and_date() -> None:
    rows = measures.SEAL_GAP.count + 2 + measures.SEAL_BELOW.count
    assert rows * LINE >= measures.SEAL.pt
    assert (rows - 1) * LINE < measures.SEAL.pt  # and no more than it needs


def test_no_number_of_the_standard_stands_outside_the_table() -> None:
    found = []
    for folder in ("pdf", "word"):
        for path in (PACKAGE / folder).glob("*.py"):
            if path.name == "measures.py":
                continue
            tree = ast.parse(path.read_text("utf-8"))
            found += [
                f"{path.name}:{node.lineno} {node.value}"
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and node.value in OWN
            ]
    assert found == []
