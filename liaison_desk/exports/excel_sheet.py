"""One sheet of a workbook, written from top to bottom: title, head, rows, totals, page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from liaison_desk.exports import cells, ledger_model
from liaison_desk.exports.column_shares import shared_out
from liaison_desk.exports.ledger_model import Kind, LedgerNotWritten, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import xlsxwriter
    from xlsxwriter.format import Format

    from liaison_desk.exports.ledger_model import Column, Ledger

FONT = {"font_name": "宋体", "font_size": 11}
_TITLE_ROW, _SUBTITLE_ROW, _HEAD_ROW, _FIRST_ROW = range(4)
_SAMPLE = 200  # rows that the widths are measured on
_PAGE_WIDTH = 180  # characters across A4 landscape while the print stays readable
_NARROWEST = 12  # characters of a column that wraps
_LONGEST_HEAD = 8  # half-width characters of a head on one line
_PADDING = 2  # characters a cell keeps free at its sides
_LINE, _AIR, _HIGHEST = 16, 6, 409.5  # pt: a line of 11 pt, what surrounds it, Excel's limit
_STEP = 500  # rows between two calls of `progress`
_EPOCH = date(1900, 1, 1)  # a sheet knows no day before
_PLAIN_LENGTH = cells.CELL_LIMIT // 2  # a shorter text fits whatever its characters are
_FORMULA_STARTS = frozenset("=+-@＝＋－＠")
_CAREFUL_STARTS = _FORMULA_STARTS | frozenset(" <")
_LIGHTS = {
    "超期": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "临期": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "正常": {"bg_color": "#E2EFDA", "font_color": "#375623"},
    "办结": {"bg_color": "#EDEDED", "font_color": "#404040"},
}


@dataclass(frozen=True)
class _Style:
    """The formats of one column, by what a cell holds; made once, shared by all its rows."""

    text: Format
    guarded: Format
    date: Format
    moment: Format
    number: Format


class _Worksheet(Worksheet):  # type: ignore[misc]  # the library is untyped
    """A sheet whose rows come with a height that still follows when the clerk edits them.

    Rows without a height overlap in LibreOffice, which trusts the file as it would Excel's; and
    `set_row` fixes a height for good and keeps an object for each row.
    """

    def __init__(self) -> None:
        super().__init__()
        self.heights: dict[int, float] = {}
        """Heights in pt, by row, until the row is written."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, object]]) -> None:
        """Begin a row with its height, but without `customHeight`."""
        if tag == "row":
            row = int(str(attributes[0][1])) - 1
            attributes.append(("ht", f"{self.heights.pop(row, _LINE + _AIR):g}"))
        super()._xml_start_tag_unencoded(tag, attributes)


class LedgerSheet:
    """One sheet of a workbook, written from top to bottom."""

    def __init__(self, workbook: xlsxwriter.Workbook, ledger: Ledger) -> None:
        self._workbook = workbook
        self._ledger = ledger
        self._columns = ledger.columns
        self._last = len(ledger.columns) - 1
        name = cells.sheet_name(ledger.sheet or ledger.title)
        self._sheet = workbook.add_worksheet(name, _Worksheet)
        self._room = [0] * len(ledger.columns)  # half-width characters on a line of each column
        self._styles = [self._style(column) for column in ledger.columns]
        self._totals: dict[int, float] = {
            place: 0 for place, column in enumerate(self._columns) if column.total is not Total.NONE
        }

    def write(self, progress: Callable[[int], object], done: int) -> int:
        """Write title, head, rows and totals, and set the page up.

        Args:
            progress: told how many rows of the workbook are written.
            done: how many of them are on the sheets before this one.

        Returns:
            How many there are with this one.
        """
        rows = iter(self._ledger.rows)
        sample = list(islice(rows, _SAMPLE))
        for place, width in enumerate(_widths(self._columns, sample)):
            self._sheet.set_column(place, place, width)
            self._room[place] = width - 1
        self._write_head()
        end = self._write_rows(chain(sample, rows), lambda count: progress(done + count))
        self._write_totals(end)
        self._colour_lights(end)
        self._set_page(end)
        return done + end - _FIRST_ROW

    def _format(self, **properties: object) -> Format:
        """A cell format of the workbook's font."""
        return self._workbook.add_format(FONT | {"valign": "vcenter"} | properties)

    def _style(self, column: Column) -> _Style:
        """The formats of a column's cells."""
        centred = column.is_centred or column.kind is not Kind.TEXT
        base = {"border": 1, "text_wrap": True, "align": "center" if centred else "left"}
        is_code = column.kind is Kind.CODE
        return _Style(
            text=self._format(**base, **({"num_format": "@"} if is_code else {})),
            guarded=self._format(**base, num_format="@", quote_prefix=True),
            date=self._format(**base, num_format=Kind.DATE.value),
            moment=self._format(**base, num_format=Kind.MOMENT.value),
            number=self._format(**base),
        )

    def _write_head(self) -> None:
        """Title, subtitle, and the head row."""
        title = self._format(bold=True, font_size=16, align="center")
        self._write_across(_TITLE_ROW, self._ledger.title, title, height=33)
        self._write_across(
            _SUBTITLE_ROW, self._ledger.subtitle, self._format(align="left"), height=20
        )
        head = self._format(bold=True, align="center", border=1, text_wrap=True, bg_color="#D9E1F2")
        labels = [_in_lines(cells.clean(column.label)) for column in self._columns]
        for place, label in enumerate(labels):
            self._write_text(_HEAD_ROW, place, label, head)
        lines = max(map(cells.lines, labels, self._room))
        self._sheet.heights[_HEAD_ROW] = lines * _LINE + 2 * _AIR

    def _write_across(self, row: int, text: str, style: Format, *, height: float) -> None:
        """One line over all columns, `height` in pt."""
        self._sheet.heights[row] = height
        if self._last > 0:
            # Without text: merge_range would take text with an equals sign for a formula.
            self._sheet.merge_range(row, 0, row, self._last, "", style)
        self._write_text(row, 0, cells.clean(text), style)

    def _write_rows(
        self, rows: Iterable[Sequence[object]], progress: Callable[[int], object]
    ) -> int:
        """Write the records; returns the row after the last one."""
        row, last = _FIRST_ROW, ledger_model.ROW_LIMIT - 1
        for values in rows:
            if row == last:
                raise LedgerNotWritten(
                    f"表格没有写成：记录超过{last - _FIRST_ROW}条，一张表放不下。"
                    "资料没有改动。请按年份或类别分开导出。"
                )
            self._write_row(row, values)
            row += 1
            if (row - _FIRST_ROW) % _STEP == 0:
                progress(row - _FIRST_ROW)
        progress(row - _FIRST_ROW)
        return row

    def _write_row(self, row: int, values: Sequence[object]) -> None:
        """Write one record. The innermost loop: plain text takes the shortest way."""
        write_string = self._sheet.write_string
        lines = 1
        for place, (value, style) in enumerate(zip(values, self._styles, strict=True)):
            if (
                type(value) is str
                and value
                and value[0] not in _CAREFUL_STARTS
                and len(value) <= _PLAIN_LENGTH
                and value.isprintable()
            ):
                write_string(row, place, value, style.text)
                if len(value) * 2 > self._room[place] * lines:
                    lines = max(lines, cells.lines(value, self._room[place]))
            elif value is None or value == "":
                self._sheet.write_blank(row, place, None, style.text)
            else:
                lines = max(lines, self._write_other(row, place, value, style))
        if lines > 1:
            self._sheet.heights[row] = min(lines * _LINE + _AIR, _HIGHEST)
        for place in self._totals:
            self._totals[place] += _counted(values[place], self._columns[place].total)

    def _write_other(self, row: int, place: int, value: object, style: _Style) -> int:
        """Write what is no plain text; returns the lines it takes."""
        if isinstance(value, datetime) and value.date() >= _EPOCH:
            self._sheet.write_datetime(row, place, value.replace(tzinfo=None), style.moment)
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= _EPOCH:
            self._sheet.write_datetime(row, place, value, style.date)
        elif cells.is_number(value):
            self._sheet.write_number(row, place, value, style.number)
        else:
            text = cells.clean(cells.as_text(value))
            is_risky = text.lstrip()[:1] in _FORMULA_STARTS
            self._write_text(row, place, text, style.guarded if is_risky else style.text)
            return cells.lines(text, self._room[place])
        return 1

    def _write_text(self, row: int, place: int, text: str, cell: Format) -> None:
        """Write cleaned text as text, whatever it looks like."""
        if not text:
            self._sheet.write_blank(row, place, None, cell)
        elif text.startswith("<r>") and text.endswith("</r>"):
            # The library would put such a text into the file as XML of its own; in two runs of
            # the same font it is text again.
            run = self._workbook.add_format(FONT)
            self._sheet.write_rich_string(row, place, text[:1], run, text[1:], cell)
        else:
            self._sheet.write_string(row, place, text, cell)

    def _write_totals(self, end: int) -> None:
        """The last row: 合计, and a formula where a column has a total."""
        if not self._ledger.has_totals:
            return
        base = {"bold": True, "border": 1, "align": "center", "bg_color": "#F2F2F2"}
        plain = self._format(**base)
        for place, column in enumerate(self._columns):
            if place not in self._totals:
                self._sheet.write_string(end, place, "合计" if place == 0 else "", plain)
                continue
            style = self._format(**base, num_format=f'0"{column.unit}"' if column.unit else "0")
            value = self._totals[place]
            if end == _FIRST_ROW:
                self._sheet.write_number(end, place, value, style)
                continue
            name = xl_col_to_name(place)
            formula = f"={column.total.value}({name}{_FIRST_ROW + 1}:{name}{end})"
            self._sheet.write_formula(end, place, formula, style, value)

    def _colour_lights(self, end: int) -> None:
        """Colour the lights by a rule, so that they follow when the clerk edits a word."""
        for place, column in enumerate(self._columns):
            if column.kind is not Kind.LIGHT or end == _FIRST_ROW:
                continue
            for word, colours in _LIGHTS.items():
                self._sheet.conditional_format(
                    _FIRST_ROW,
                    place,
                    end - 1,
                    place,
                    {
                        "type": "cell",
                        "criteria": "==",
                        "value": f'"{word}"',
                        "format": self._workbook.add_format(colours),
                    },
                )

    def _set_page(self, end: int) -> None:
        """A4 landscape, one page wide, the head on every page, page numbers at its foot."""
        sheet = self._sheet
        sheet.freeze_panes(_FIRST_ROW, 0)
        sheet.repeat_rows(_HEAD_ROW)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)  # inches
        sheet.set_footer("&C第 &P 页　共 &N 页")
        sheet.print_area(0, 0, end, self._last)


def _counted(value: object, total: Total) -> float:
    """What a cell adds to its column's total."""
    if total is Total.COUNT:
        return int(value is not None and cells.clean(cells.as_text(value)) != "")
    return value if isinstance(value, int | float) and cells.is_number(value) else 0


def _widths(columns: Sequence[Column], sample: Sequence[Sequence[object]]) -> list[int]:
    """How wide each column has to be, in characters; those that can wrap share what is left."""
    least = [_least_width(column) for column in columns]
    lengths = [
        [cells.width(row[place]) + _PADDING for row in sample] for place in range(len(columns))
    ]
    wanted = [max(width, *texts, 0) for width, texts in zip(least, lengths, strict=True)]
    narrow = [
        max(width, min(want, _NARROWEST)) if column.kind is Kind.TEXT else want
        for column, width, want in zip(columns, least, wanted, strict=True)
    ]
    return [int(each) for each in shared_out(narrow, wanted, lengths, _PAGE_WIDTH, 1)]


def _in_lines(label: str) -> str:
    """A long head with what stands in brackets at its end on a line of its own."""
    at = label.find("（")
    if cells.width(label) <= _LONGEST_HEAD or at <= 0 or not label.endswith("）"):
        return label
    return f"{label[:at]}\n{label[at:]}"


def _least_width(column: Column) -> int:
    """What a column needs for its label, which may stand in two lines, and for its total."""
    in_lines = _in_lines(column.label)
    label = cells.width(in_lines)
    head = label if label <= 8 or "\n" in in_lines else (label + 1) // 2 + 1
    return (
        max(head, cells.width(column.unit) + 4 if column.total is not Total.NONE else 0) + _PADDING
    )
