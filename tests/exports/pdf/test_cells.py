"""How the words of a cell are broken and where they stand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from liaison_desk.exports.content import Align, Cell, FormPaper, Grid, Row
from liaison_desk.exports.pdf.cell_text import CellSetter
from liaison_desk.exports.pdf.render import render
from tests.exports.pdf.papers import label, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.words import RenderedPaper
    from tests.exports.pdf.printed import Printed

SIZE = 10.0
STORY = "逢集日占道停车严重，群众多次反映，商户也盼着早日解决。"


def lines(fonts: FontBook, cell: Cell, ems: float) -> list[str]:
    """Return the lines of a cell that is so many characters wide."""
    made = CellSetter(SIZE, fonts).set(cell, ems * SIZE)
    return [line.text for line in made.lines]


@pytest.mark.parametrize(
    ("text", "ems", "cut"),
    [
        ("中共党员", 4, ["中共", "党员"]),
        ("无党派人士", 4, ["无党派", "人士"]),
        ("九三学社社员", 5, ["九三学社", "社员"]),
        ("买买提·艾力", 5, ["买买提·", "艾力"]),
        ("列为议题", 4, ["列为", "议题"]),
    ],
)
def test_a_short_text_in_a_narrow_column_is_cut_by_sense(
    fonts: FontBook, text: str, ems: float, cut: list[str]
) -> None:
    assert lines(fonts, told(text, align=Align.CENTRE), ems) == cut


def test_a_longer_text_does_not_end_in_a_line_of_one_character(fonts: FontBook) -> None:
    for ems in (6, 7, 8, 9, 10, 11):
        for text in ("柳河镇中心卫生院副院长", "利用原粮站场院新划停车位三十个"):
            assert len(lines(fonts, told(text), ems)[-1]) > 1


def test_a_narrow_column_is_ragged_and_not_spaced_out(fonts: FontBook) -> None:
    setter = CellSetter(SIZE, fonts)
    made = setter.set(told("共识事项，见纪要〔2026〕1号"), 10.5 * SIZE)
    (run, *_), places = made.lines[0].runs, made.lines[0].runs[0].xs
    steps = [b - a for a, b in pairwise(places)]
    assert run.text.startswith("共识")
    assert max(steps) < 1.15 * SIZE


@pytest.mark.parametrize("ems", [9.2, 9.8, 10.8, 11.8, 13.8, 15.8])
def test_a_field_of_one_line_is_not_spaced_out(fonts: FontBook, ems: float) -> None:
    made = CellSetter(SIZE, fonts).set(told("柳河镇政协组"), ems * SIZE)
    ((run,),) = [line.runs for line in made.lines]
    steps = [b - a for a, b in pairwise(run.xs)]
    assert max(steps) < 1.05 * SIZE


@pytest.mark.parametrize(
    "text",
    [
        "列入2026年度协商计划，专题协商，计划2026年9月协商",
        "第3项：制定办法并公示：2026年9月9日办理，时限2026年9月18日",
    ],
)
def test_a_line_of_a_wide_cell_is_left_ragged_rather_than_loose(fonts: FontBook, text: str) -> None:
    for ems in range(15, 26):
        made = CellSetter(SIZE, fonts).set(told(text), ems * SIZE)
        for line in made.lines:
            steps = [b - a for run in line.runs for a, b in pairwise(run.xs)]
            assert max(steps) < 1.4 * SIZE


@pytest.mark.parametrize("ems", [5.5, 6.0, 6.5, 7.0, 8.0])
def test_a_document_number_is_not_parted_in_its_year(fonts: FontBook, ems: float) -> None:
    for text in ("柳协办〔2026〕12号", "濉住建函〔2026〕7号"):
        cut = lines(fonts, told(text, align=Align.CENTRE), ems)
        assert not any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(cut))


NAMES = "陆䶮、周㛃、王𬭚、陈𫖯、欧阳喆、司马堃、张伟、诸葛明月、买买提·艾力、马建国、卜正、何木兰"


@pytest.mark.parametrize("ems", range(9, 30))
def test_names_are_not_parted_between_lines(fonts: FontBook, ems: int) -> None:
    cut = lines(fonts, told(NAMES), ems)
    assert [each for line in cut for each in line.strip("、").split("、")] == NAMES.split("、")


def test_a_long_name_of_a_matter_is_not_indented(fonts: FontBook) -> None:
    name = "在移民安置社区东侧空地建设电动自行车集中充电棚，首批二十个充电位，由社区物业管理"
    made = CellSetter(SIZE, fonts).set(told(name), 16 * SIZE)
    assert len(made.lines) >= 3
    assert made.lines[0].runs[0].xs[0] < SIZE / 2
    assert not made.is_running


def test_a_list_of_two_lines_has_no_indent_but_a_story_has(fonts: FontBook) -> None:
    setter = CellSetter(SIZE, fonts)
    names = setter.set(told("陆䶮、周㛃、王𬭚、陈𫖯、欧阳喆、司马堃、张伟、李娜"), 20 * SIZE)
    assert len(names.lines) == 2
    assert names.lines[0].runs[0].xs[0] < SIZE / 2
    story = setter.set(Cell(text=STORY, is_prose=True), 20 * SIZE)
    assert story.is_running
    assert story.lines[0].runs[0].xs[0] == pytest.approx(2 * SIZE, rel=0.1)


def test_a_story_begins_at_the_top_of_its_cell_and_a_field_stands_in_the_middle(
    printing: Callable[[Paper], Printed],
) -> None:
    def top_of(cell: Cell) -> float:
        rows = (Row(cells=(label("经过"), replace(cell, span=1)), height=60),)
        printed = printing(FormPaper(title="表", parts=(Grid(widths=(1, 4), rows=rows),)))
        ink = printed.ink(0, (62, 52.5, 183, 105))
        assert ink is not None
        return ink.top

    assert top_of(told("逢集日占道停车")) > 70
    assert top_of(Cell(text="逢集日占道停车", is_prose=True)) < 58


def test_words_do_not_touch_the_rule_beside_them(printing: Callable[[Paper], Printed]) -> None:
    rows = (Row(cells=(told("国国国"),), height=20),)
    printed = printing(FormPaper(title="表", parts=(Grid(widths=(1,), rows=rows),)))
    ink = printed.ink(0, (28.6, 52.5, 100, 70))
    assert ink is not None
    assert ink.left - 28.0 > 2.0


def test_a_form_is_set_smaller_rather_than_a_name_in_two_lines(fonts: FontBook) -> None:
    rows = (Row(cells=tuple(told(text, align=Align.CENTRE) for text in ("召集人", "陆䶮" * 9))),)
    wide, narrow = (
        render(FormPaper(title="表", parts=(Grid(widths=widths, rows=rows),)), fonts)
        for widths in ((3, 20), (1.3, 20))
    )
    assert height_of(narrow) < height_of(wide)


def height_of(paper: RenderedPaper) -> float:
    """Return how high the first cell is, mm."""
    place = next(each for each in paper.places if each.part == "form")
    return place.bottom - place.top
