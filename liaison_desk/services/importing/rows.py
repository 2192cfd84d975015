"""Reading the rows below the heading: which are people, and what each of their cells says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import DUTIES
from liaison_desk.domain.fields import WrongText, clean_line
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing import codes
from liaison_desk.services.importing.cells import CellReader
from liaison_desk.services.importing.columns import NAME, POSITION, SERIAL, Column, field_of
from liaison_desk.services.importing.matching import Draft
from liaison_desk.services.importing.plan import LeftOut
from liaison_desk.services.importing.sheet import Figure, place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from liaison_desk.services.importing.sheet import Row, Sheet
    from liaison_desk.services.progress import Progress

STEP = 200
"""Rows between two calls of `progress`."""
_TOTALS = frozenset({"合计", "小计", "总计", "共计"})
_TOTAL = re.compile(r"(合计|小计|总计|共计|总数)[：:]?[^，。]{0,20}$")
_SIGNATURE = re.compile(
    r"(填表|填报|制表|审核|审批|复核|经办|核对|负责|联系|单位|主管|分管)"
    r"(人|日期|时间|领导|单位|负责人)?(\(.{0,4}\)|（.{0,4}）|签字|签名|盖章)*\s*[：:]"
)
_REMARK = re.compile(r"(注|备注|说明|附注|填表说明|填写说明)\s*\d*\s*[：:]")
_SENTENCE = re.compile(r"[一-鿿].*[0-9０-９：:，。；;]|[0-9０-９].*[一-鿿]")
"""Words with signs that no name holds: in a lone cell, something said about the list."""
_GROUP = re.compile(r"([一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])")
"""How a lone cell above the people of a group begins: 二、教育界."""
_SHARED = frozenset(
    {
        "person.ethnicity",
        "person.party",
        "person.village",
        "membership.sector",
        "membership.committee",
        "membership.group",
        "membership.village",
    }
)
"""Fields that one cell joined downwards says for several people."""
_PERSONAL = frozenset(
    f"{record_type.table}.{name}"
    for record_type in (Person, Membership)
    for name, kind in record_type.fields().items()
    if kind.personal
)


@dataclass
class ReadRows:
    """What the rows below the heading come to."""

    drafts: list[Draft] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[LeftOut] = field(default_factory=list)


def read_rows(
    sheet: Sheet,
    header: int,
    columns: Sequence[Column],
    villages: Mapping[str, str],
    progress: Progress,
) -> ReadRows:
    """Read every row below the heading.

    Args:
        sheet: the source.
        header: where in `sheet.rows` the headings are.
        columns: what each column is.
        villages: ids of the villages by name.
        progress: called every 200 rows; it may raise `Cancelled`.
    """
    rows = sheet.rows[header + 1 :]
    wanted = [each for each in columns if each.is_imported]
    cells = CellReader(villages, is_two_digit_month=_has_two_digit_month(rows, wanted))
    shared = _shared_cells(sheet, wanted)
    read = ReadRows()
    for done, row in enumerate(rows):
        if done % STEP == 0:
            progress(done, len(rows))
        texts = _texts(row, wanted, shared)
        reason = _no_person(row, columns, texts)
        if reason:
            read.left_out.append(LeftOut(row.number, joined(row), reason))
        else:
            _read_person(row, wanted, texts, cells, read)
    return read


def joined(row: Row) -> str:
    """A row's filled cells in one line."""
    return " ".join(clean_line(cell) for cell in row.cells if cell.strip())


def _texts(
    row: Row, wanted: Sequence[Column], shared: Mapping[tuple[int, int], str]
) -> dict[str, str]:
    """The filled cells of a row by field."""
    found = {}
    for column in wanted:
        at = column.position
        text = row.cells[at] if at < len(row.cells) else ""
        text = text if text.strip() else shared.get((row.number, at), "")
        if text.strip():
            found[column.field] = text
    return found


def _no_person(row: Row, columns: Sequence[Column], texts: Mapping[str, str]) -> str:
    """Why a row is not meant to be a person, or ""."""
    filled = [cell for cell in row.cells if cell.strip()]
    if re.sub(r"\s", "", filled[0]) in _TOTALS:
        return "合计行"
    if len(filled) <= max(3, len(columns) // 3):
        reason = _sparse_reason([clean_line(cell) for cell in filled])
        if reason:
            return reason
    headed = [each for each in columns if each.field]
    if len(headed) > 1 and field_of(texts.get(NAME, "")) == NAME:
        return "重复的表头"
    serials = {each.position for each in columns if each.field == SERIAL}
    if all(not cell.strip() or at in serials for at, cell in enumerate(row.cells)):
        return "只有序号，没有内容"
    return ""


def _sparse_reason(filled: Sequence[str]) -> str:
    """What a row with few cells is beside the people, or ""."""
    opening = re.sub(r"\s", "", filled[0])
    if _TOTAL.match(opening):
        return "合计行"
    if any(_SIGNATURE.match(cell) for cell in filled):
        return "签名行"
    if len(filled) == 1 and (_GROUP.match(opening) or opening in codes.sectors()):
        return "分组标题"
    is_sentence = len(filled) == 1 and _SENTENCE.search(opening)
    return "说明行" if is_sentence or _REMARK.match(opening) else ""


def _read_person(
    row: Row, wanted: Sequence[Column], texts: dict[str, str], cells: CellReader, read: ReadRows
) -> None:
    """Read a row that should be a person; what cannot be read is listed."""
    values: dict[str, str] = {}
    for column in wanted:
        text = texts.get(column.field)
        if text is None or column.field == POSITION:
            continue
        try:
            value = cells.read(column.field, text)
        except WrongText as error:
            if column.field == NAME:
                read.problems.append(LeftOut(row.number, joined(row), str(error)))
                return
            read.problems.append(_wrong_cell(row, column, text, str(error)))
        else:
            if value:
                values[column.field] = value
    if NAME not in values:
        read.problems.append(LeftOut(row.number, joined(row), "没有姓名"))
        return
    _place_position(values, texts.get(POSITION, ""))
    _place_duty(values)
    warning = Person.fields()["phone"].warning(values.get("person.phone", ""))
    read.drafts.append(Draft(row.number, values, [warning] if warning else []))


def _wrong_cell(row: Row, column: Column, text: str, reason: str) -> LeftOut:
    """A cell that cannot be read as its field."""
    where = place(row.number, column.position)
    is_personal = column.field in _PERSONAL
    return LeftOut(row.number, clean_line(text), reason, where, is_personal=is_personal)


def _place_position(values: dict[str, str], text: str) -> None:
    """A column 职务 names the seat's duty, or else completes the employer."""
    position = clean_line(text)
    post = values.get("person.post", "")
    if position in DUTIES and "membership.duty" not in values:
        values["membership.duty"] = position
    elif position and not post.endswith(position):
        values["person.post"] = post + position


def _place_duty(values: dict[str, str]) -> None:
    """A remark such as 召集人 is the member's duty."""
    if values.get("person.note") in DUTIES and "membership.duty" not in values:
        values["membership.duty"] = values.pop("person.note")


def _has_two_digit_month(rows: Sequence[Row], wanted: Sequence[Column]) -> bool:
    """Whether months kept as numbers have two digits: 1974.03 is there, so .1 is October."""
    at = next((each.position for each in wanted if each.field == "person.born"), None)
    return at is not None and any(
        isinstance(row.cells[at], Figure) and re.fullmatch(r"\d{4}\.0\d", row.cells[at])
        for row in rows
        if at < len(row.cells)
    )


def _shared_cells(sheet: Sheet, wanted: Sequence[Column]) -> dict[tuple[int, int], str]:
    """The text of cells joined downwards, for every row and column that they cover."""
    shared = {each.position for each in wanted if each.field in _SHARED}
    rows = {row.number: row for row in sheet.rows}
    return {
        (number, merge.column): rows[merge.first].cells[merge.column]
        for merge in sheet.merges
        if merge.column in shared and merge.first in rows
        for number in range(merge.first + 1, merge.last + 1)
    }
