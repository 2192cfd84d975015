"""Which column of a sheet is which field: the words of the heading row, as data."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing.sheet import column_letters

if TYPE_CHECKING:
    from liaison_desk.services.importing.sheet import Row, Sheet

SERIAL = "serial"
"""A column of running numbers: recognised, not kept."""
POSITION = "position"
"""A column 职务 beside one of the employer's: kept with it, or as the member's duty."""
NAME = "person.name"
NOT_IMPORTED = "未导入"
_SEARCHED_ROWS = 30
"""How many filled rows may stand above the heading row, titles and the like."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    SERIAL: ("序号", "编号", "序列", "序", "no", "no."),
    NAME: ("姓名", "委员姓名", "名字"),
    "person.gender": ("性别",),
    "person.ethnicity": ("民族",),
    "person.born": ("出生年月", "出生日期", "出生年月日", "出生时间", "生日"),
    "person.party": ("政治面貌", "政治面目", "党派", "所属党派", "党派名称"),
    "person.education": ("学历", "文化程度", "最高学历", "学历学位"),
    "person.post": (
        "工作单位及职务",
        "工作单位和职务",
        "工作单位与职务",
        "工作单位职务",
        "工作单位及职称",
        "现工作单位及职务",
        "单位及职务",
        "单位和职务",
        "单位职务",
        "单位/职务",
        "单位、职务",
        "工作单位",
        "现工作单位",
        "所在单位",
        "单位",
    ),
    POSITION: ("职务", "现任职务", "行政职务", "职务职称", "职务/职称"),
    "person.phone": (
        "联系电话",
        "手机",
        "手机号",
        "手机号码",
        "电话",
        "电话号码",
        "联系手机",
        "移动电话",
        "联系方式",
    ),
    "person.identity": ("身份证号", "身份证号码", "身份证", "公民身份号码"),
    "person.village": ("村(社区)", "村(社区)/网格", "所在村(社区)", "所在村", "村社区", "村"),
    "person.speciality": ("专长标签", "专长", "特长"),
    "membership.sector": ("界别", "所属界别", "所在界别"),
    "membership.committee": ("专委会", "所属专委会", "专门委员会", "所属专门委员会"),
    "membership.group": ("活动组", "所属活动组", "界别活动组", "活动小组", "小组"),
    "membership.duty": ("政协职务", "委员职务", "政协内职务", "本届政协职务"),
    "membership.card_number": ("委员证号", "委员证编号", "委员证号码", "委员编号", "证号"),
    "membership.village": (
        "联系村(社区)",
        "联系村",
        "联系村/社区",
        "进驻村(社区)",
        "进驻村",
    ),
    "person.note": ("备注", "备考", "说明"),
}
"""The headings that mean each field, without spaces, half-width; the first is the usual one."""

_FIELD_OF = {word: field for field, words in SYNONYMS.items() for word in words}


@dataclass(frozen=True)
class Column:
    """One column of the source and what becomes of it.

    Attributes:
        position: from 0.
        heading: as it stands in the file, or "" where there is none.
        field: a key of `SYNONYMS`, or "" when the column is not imported.
        label: the field's name for the clerk, or 未导入.
        note: why it is not imported or not kept, or "".
        filled: how many cells below the heading have content.
    """

    position: int
    heading: str
    field: str
    label: str
    note: str = ""
    filled: int = 0

    @property
    def letter(self) -> str:
        """Its name in the spreadsheet: A, B, AA."""
        return column_letters(self.position)

    @property
    def is_imported(self) -> bool:
        """Whether its cells go into records."""
        return self.field not in {"", SERIAL}


def field_of(heading: str) -> str:
    """The field that a heading means, or ""; what stands in brackets may be an explanation."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", heading)).lower().strip("*:")
    return _FIELD_OF.get(plain) or _FIELD_OF.get(re.sub(r"\(.*?\)", "", plain), "")


def label_of(field: str) -> str:
    """A field's name for the clerk."""
    table, _, name = field.partition(".")
    for record_type in (Person, Membership):
        if record_type.table == table:
            return record_type.fields()[name].label
    return {SERIAL: "序号", POSITION: "职务"}.get(field, NOT_IMPORTED)


def find_header(sheet: Sheet) -> int | None:
    """Where in `sheet.rows` the headings stand, or None; a heading for names is the mark.

    Of headings in two rows, 基本情况 above 性别 and 民族, it is the lower row.
    """
    best: tuple[int, int] | None = None
    for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        fields = {field_of(cell) for cell in row.cells} - {""}
        if NAME in fields and (best is None or len(fields) > best[0]):
            best = (len(fields), index)
    return None if best is None else best[1] + _is_continued(sheet, best[1])


def _is_continued(sheet: Sheet, index: int) -> bool:
    """Whether the row below a heading for names has headings too, and nobody's name."""
    if not 0 <= index < len(sheet.rows) - 1:
        return False
    upper, lower = sheet.rows[index : index + 2]
    names = [at for at, cell in enumerate(upper.cells) if field_of(cell) == NAME]
    is_next = lower.number == upper.number + 1 and bool(names)
    has_names = any(_is_filled(lower, at) for at in names)
    return is_next and not has_names and any(field_of(cell) for cell in lower.cells)


def has_header(sheet: Sheet) -> bool:
    """Whether a sheet has headings that could be a roster's."""
    return find_header(sheet) is not None


def columns_of(sheet: Sheet, header: int) -> tuple[Column, ...]:
    """What each column of a sheet is, the heading row known; of two alike the first counts."""
    below = sheet.rows[header + 1 :]
    first = header - _is_continued(sheet, header - 1)
    width = max(len(row.cells) for row in sheet.rows[first:])
    headings = _headings(sheet, sheet.rows[header], width)
    if first < header:
        above = _headings(sheet, sheet.rows[first], width)
        headings = [word or upper for word, upper in zip(headings, above, strict=True)]
    taken: dict[str, str] = {}
    found = []
    for position, heading in enumerate(headings):
        filled = sum(_is_filled(row, position) for row in below)
        if not heading and not filled:
            continue
        field = field_of(heading)
        note = "程序自己排序，不保存" if field == SERIAL else ""
        if not field:
            note = "没有对应的栏目" if heading else "没有标题"
        elif field in taken:
            field, note = "", f"与“{taken[field]}”重复"
        else:
            taken[field] = heading
        found.append(Column(position, heading, field, label_of(field), note, filled))
    return tuple(found)


def _headings(sheet: Sheet, header: Row, width: int) -> list[str]:
    """The words of the heading row; a cell joined with the one above has its word there."""
    cells = [*header.cells, *[""] * (width - len(header.cells))]
    above = {row.number: row for row in sheet.rows if row.number < header.number}
    for merge in sheet.merges:
        covers = merge.first < header.number <= merge.last
        if covers and merge.first in above and merge.column < width:
            cells[merge.column] = above[merge.first].cells[merge.column]
    return [re.sub(r"\s+", " ", cell).strip() for cell in cells]


def _is_filled(row: Row, position: int) -> bool:
    """Whether a row has something in a column."""
    return position < len(row.cells) and bool(row.cells[position].strip())
