"""年度协商计划表: the year's consultations on sheets lying on their side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.exports.content import Align, FormPaper
from liaison_desk.exports.papers.wording import (
    Wording,
    day_text,
    empty_rows,
    middle,
    row,
    source,
    table,
    told,
)

if TYPE_CHECKING:
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Cell, Paper, Row
    from liaison_desk.exports.papers.options import PaperOptions

LABELS = (
    "序号", "议题", "协商形式", "牵头领导", "责任单位／召集人", "参加范围", "调研时间", "协商时间",
    "成果形式", "落实部门", "备注",
)  # fmt: skip
_FIELDS = (
    "topic", "form", "leader", "responsible", "scope", "survey_month", "meeting_month", "outcome",
    "agency",
)  # fmt: skip
_LONG = {"topic", "scope", "agency"}
_WIDTHS = (1.5, 5.4, 2.5, 2.3, 2.9, 3.6, 2, 2, 2.3, 3.6, 2.4)
_BLANK_ROWS = 8


def year_plan(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """年度协商计划表 of `options.year`."""
    items = plan_of(read, options.of_year)
    say = Wording(read)
    rows = [_row(say, place, each) for place, each in enumerate(items, 1)]
    spare = options.extra_rows if rows else _BLANK_ROWS
    rows += empty_rows(spare, len(LABELS), 12, first=len(rows) + 1)
    return (
        FormPaper(
            title=f"{options.of_year}年度协商计划表",
            parts=(table(_WIDTHS, LABELS, rows),),
            over_left=office.name,
            over_right=f"制表日期：{day_text(options.day)}",
            is_landscape=True,
        ),
    )


def plan_of(read: Reading, year: int) -> list[PlanItem]:
    """The items of a year in their own order."""
    found = read.find(PlanItem, year=year)
    return sorted(found, key=lambda each: (each.position is None, each.position or 0))


def _row(say: Wording, place: int, item: PlanItem) -> Row:
    """One consultation; what is not simply open yet stands under 备注."""
    remark = (
        "" if item.status == "未开始" else "：".join(filter(None, (item.status, item.delay_reason)))
    )
    cells = (_cell(say, item, name) for name in _FIELDS)
    return row(middle(str(item.position or place)), *cells, middle(remark), height=12)


def month_of(say: Wording, item: PlanItem, name: str) -> str:
    """A field of an item of the plan; its month without the year, which is in the title."""
    return say.of(item, name).removeprefix(f"{item.year}年")


def _cell(say: Wording, item: PlanItem, name: str) -> Cell:
    """A field: sentences at the left, short words in the middle."""
    align = Align.LEFT if name in _LONG else Align.CENTRE
    return told(month_of(say, item, name), of=source(item, name), align=align)
