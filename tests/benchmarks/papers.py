"""A ledger of 300 pages on paper against ten of 30: ten times the pages, ten times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.content import Align, Cell, FormPaper, Grid, Row
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.form import render_form
from tests.benchmarks.ratio import Ratio, compare

if TYPE_CHECKING:
    from pathlib import Path

ROWS_OF_30_PAGES, FEW_ROWS = 169, 6
TIMES = 10
_HEAD = ("序号", "事项", "主办单位", "承办人", "交办日期", "办理情况", "结果")
_STORY = "已完成现场勘察，正在施工划线，预计下月完工。"


def measure(folder: Path, *, is_tiny: bool = False) -> tuple[Ratio, ...]:
    """Print in memory; `folder` is not used."""
    fonts = FontBook(bundled_only=True)
    rows = FEW_ROWS if is_tiny else ROWS_OF_30_PAGES
    short, long = ledger(rows), ledger(TIMES * rows)
    pages = render_form(long, fonts).pages

    def ten_short_ones() -> None:
        for _ in range(TIMES):
            render_form(short, fonts)

    name = f"ledger of {pages} pages / {TIMES} of {render_form(short, fonts).pages}"
    repeats = 1 if is_tiny else 3
    return (compare(name, lambda: render_form(long, fonts), ten_short_ones, repeats),)


def ledger(rows: int) -> FormPaper:
    """A ledger lying on its side, each row unlike the others."""
    head = Row(cells=tuple(Cell(text=text, is_label=True) for text in _HEAD))
    body = (_row(number) for number in range(1, rows + 1))
    grid = Grid(widths=(1.2, 4, 3, 2, 2.5, 6, 2), head=1, rows=(head, *body))
    return FormPaper(title="办理事项台账", is_landscape=True, parts=(grid,))


def _row(number: int) -> Row:
    texts = (
        f"{number}",
        f"新划停车位{number}个，其中无障碍车位2个",
        "镇城建办",
        "王𬭚",
        "2026-03-08",
        f"第{number}次回复：{_STORY * (1 + number % 3)}",
        "A已解决",
    )
    cells = (
        Cell(text=each, align=Align.CENTRE if len(each) < 11 else Align.LEFT) for each in texts
    )
    return Row(cells=tuple(cells))
