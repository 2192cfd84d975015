"""Cells go to a spreadsheet and come from it without a loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desk.ui.cells_clipboard import from_text, to_html, to_text

CELLS = st.lists(
    st.lists(st.text("甲乙\"'0 1=,;x\n\t", max_size=8), min_size=2, max_size=4),
    min_size=1,
    max_size=4,
)


@given(CELLS)
def test_every_block_comes_back_as_it_was(cells: list[list[str]]) -> None:
    assert from_text(to_text(cells)) == cells


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ("甲\t乙", [["甲", "乙"]]),
        ("甲\t\r\n\t丁\r\n", [["甲", ""], ["", "丁"]]),
        ('"一行\n两行"\t乙\r\n', [["一行\n两行", "乙"]]),
        ('"说""好"""\t乙', [['说"好"', "乙"]]),
        ('"协商"会\t乙', [['"协商"会', "乙"]]),
        ('"协商"\t乙', [['"协商"', "乙"]]),
        ('5" 管\t乙', [['5" 管', "乙"]]),
        ('"没有关上\t乙', [['"没有关上', "乙"]]),
        ("007\t320102197001011234\n", [["007", "320102197001011234"]]),
        ("甲\n\n乙\n", [["甲"], [""], ["乙"]]),
        ("", []),
    ],
)
def test_what_excel_and_wps_copy_is_read_cell_by_cell(text: str, cells: list[list[str]]) -> None:
    assert from_text(text) == cells


def test_numbers_that_are_text_stay_text_in_a_spreadsheet() -> None:
    html = to_html([["007", "320102197001011234", "=1+1"]], ["编号", "号码", "式子"])
    assert html.count("mso-number-format:'\\@'") == 6
    assert ">007<" in html
    assert ">=1+1<" in html


def test_signs_of_html_and_lines_stay_inside_their_cell() -> None:
    html = to_html([["<b>甲</b>\n乙"]])
    assert "&lt;b&gt;甲&lt;/b&gt;<br>乙" in html
