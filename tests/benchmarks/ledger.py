"""A ledger of 50,000 rows and 20 columns against XlsxWriter alone writing the same cells."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast

import openpyxl
import xlsxwriter
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side

from liaison_desk.exports.excel import write_ledger
from liaison_desk.exports.ledger_model import Column, Kind, Ledger, Total
from tests.benchmarks.ratio import Ratio, compare

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ROWS, FEW_ROWS = 50_000, 50
COLUMNS = (
    Column("序号", Kind.NUMBER),
    Column("办理状态", Kind.LIGHT),
    Column("事项", total=Total.COUNT, unit="件"),
    *(Column(f"说明{number}") for number in range(1, 8)),
    *(Column(f"词语{number}", is_centred=True) for number in range(1, 4)),
    Column("文号", Kind.CODE),
    Column("手机", Kind.CODE),
    Column("交办日期", Kind.DATE),
    Column("时限", Kind.DATE),
    Column("时间", Kind.MOMENT),
    Column("人次", Kind.NUMBER, Total.SUM),
    Column("备注"),
)
_LONG = "新划停车位30个，其中无障碍车位2个，并在村口设置限高杆与指示牌"


def measure(folder: Path, *, is_tiny: bool = False) -> tuple[Ratio, ...]:
    """Write the same cells by each library into `folder`."""
    rows = _rows(FEW_ROWS if is_tiny else ROWS)
    repeats = 1 if is_tiny else 3
    name = f"ledger, {len(rows):,} rows x {len(COLUMNS)}"

    def ours() -> None:
        write_ledger(folder / "ours.xlsx", Ledger("办理事项台账", COLUMNS, rows))

    def bare() -> None:
        _by_xlsxwriter(folder / "bare.xlsx", rows)

    def write_only() -> None:
        _by_openpyxl(folder / "openpyxl.xlsx", rows)

    return (
        compare(f"{name} / bare XlsxWriter", ours, bare, repeats),
        compare(f"{name} / openpyxl write-only (for information)", ours, write_only, 1),
    )


def _rows(count: int) -> list[tuple[object, ...]]:
    """Rows as a ledger has them: short words, long texts, numbers as text, and days."""
    lights = ("正常", "临期", "超期", "办结")
    return [
        (
            number,
            lights[number % 4],
            f"{_LONG}（第{number}件）",
            *(f"{_LONG}{number}" if each % 3 == 0 else "镇农业综合服务站" for each in range(7)),
            *("共识事项", "A 已解决", "在任"),
            f"柳协交〔2026〕{number}号",
            f"138****{number % 10000:04}",
            date(2026, 1, 1) + timedelta(days=number % 365),
            date(2026, 3, 1) + timedelta(days=number % 365),
            datetime(2026, 3, 6, 9, number % 60),
            number % 50,
            "",
        )
        for number in range(1, count + 1)
    ]


def _by_xlsxwriter(target: Path, rows: Sequence[Sequence[object]]) -> None:
    """The cells alone, each by the one call it needs."""
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        base = {"font_name": "宋体", "font_size": 11, "border": 1, "text_wrap": True}
        plain = workbook.add_format(base)
        code = workbook.add_format(base | {"num_format": "@"})
        day = workbook.add_format(base | {"num_format": "yyyy-mm-dd"})
        moment = workbook.add_format(base | {"num_format": "yyyy-mm-dd hh:mm"})
        writers = {
            int: (sheet.write_number, plain),
            date: (sheet.write_datetime, day),
            datetime: (sheet.write_datetime, moment),
        }
        by_column = [
            (sheet.write_string, code if column.kind is Kind.CODE else plain)
            if isinstance(value, str)
            else writers[type(value)]
            for column, value in zip(COLUMNS, rows[0], strict=True)
        ]
        by_column[-1] = (sheet.write_blank, plain)
        for row, values in enumerate(rows):
            for column, (write, style) in enumerate(by_column):
                write(row, column, values[column], style)


def _by_openpyxl(target: Path, rows: Sequence[Sequence[object]]) -> None:
    """The same by openpyxl, which has a style for each cell."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    side = Side("thin")
    font, wrap = Font(name="宋体", size=11), Alignment(wrap_text=True)
    border = Border(left=side, right=side, top=side, bottom=side)
    for values in rows:
        cells = []
        for value in values:
            cell = WriteOnlyCell(sheet, cast("str", value))
            cell.font, cell.alignment, cell.border = font, wrap, border
            cells.append(cell)
        sheet.append(cells)
    book.save(target)
