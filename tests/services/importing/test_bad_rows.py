"""Good rows come in; bad ones go out with the reason beside them, to be mended and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.exports.bad_rows import write_bad_rows
from liaison_desk.services.importing import (
    apply_import,
    open_source,
    plan_import,
    propose_mapping,
    take_stock,
    target_of,
)
from tests.services.importing import expected
from tests.services.importing.importing import INPUTS, imported, pasted, planned, table_in

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.importing import ImportPlan


def handed_back(plan: ImportPlan, path: Path) -> Path:
    """The workbook of bad rows."""
    write_bad_rows(path, plan.table.title, plan.table.source, plan.headings, plan.bad_rows)
    return path


def mend(path: Path, **cells: str) -> None:
    """Write cells as the clerk does."""
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    for place, text in cells.items():
        page[place] = text
    book.save(path)


def test_a_bad_row_keeps_its_columns_and_has_the_reason_beside_it(
    tmp_path: Path, desk: Desk
) -> None:
    table = table_in(INPUTS / expected.REGISTRATION)
    path = handed_back(planned(desk, table, term="第十二届"), tmp_path / "没有导入.xlsx")
    page = openpyxl.load_workbook(path).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3, max_row=4)]
    assert not any(cell.value for row in page.iter_rows(min_row=5) for cell in row)
    assert rows[0][1:4] == ["姓 名", "性别", "出生日期"]
    assert rows[0][-1] == "原因"
    [row] = rows[1:]
    assert row[1] == "张\u3000伟"
    assert row[9] == "340621198005201131"
    assert row[-1] == "J11：身份证号的校验位不对，多半有一位打错了，请逐位核对"
    assert page["J4"].data_type == "s"


def test_a_mended_cell_comes_in_and_changes_nothing_else(tmp_path: Path, desk: Desk) -> None:
    table = table_in(INPUTS / expected.REGISTRATION)
    plan = planned(desk, table, term="第十二届")
    path = handed_back(plan, tmp_path / "没有导入.xlsx")
    apply_import(desk, plan)
    mend(path, J4="340621198005201135")
    mended = planned(desk, table_in(path), term="第十二届")
    assert [(each.label, each.after) for each in mended.rows[0].changes] == [
        ("身份证号", "340621198005201135")
    ]
    before = len(desk.find(Person))
    apply_import(desk, mended)
    assert len(desk.find(Person)) == before


def test_the_reason_is_no_field_and_the_mapping_of_the_source_is_known_again(
    tmp_path: Path, desk: Desk
) -> None:
    table = pasted(("姓名", "血型", "电话"), ("", "A", "13800000001"), ("张伟", "B", "1390000"))
    target = target_of("person")
    mapping = propose_mapping(table, target).with_field(1, "person.note")
    plan = plan_import(table, mapping, take_stock(desk, target))
    apply_import(desk, plan)
    path = handed_back(plan, tmp_path / "没有导入.xlsx")
    again = propose_mapping(open_source(path).likely, target, desk)
    assert [(each.field, str(each.why)) for each in again.columns] == [
        ("person.name", "标题相同"),
        ("person.note", "上次的选择"),
        ("person.phone", "标题相同"),
        ("", "退回时写的原因，不导入"),
    ]


def test_a_due_date_that_was_none_makes_the_matter_once_it_is_mended(
    tmp_path: Path, desk: Desk
) -> None:
    table = table_in(INPUTS / expected.OLD_LEDGER)
    plan = planned(desk, table)
    path = handed_back(plan, tmp_path / "没有导入.xlsx")
    apply_import(desk, plan)
    meetings, matters = len(desk.find(Meeting)), len(desk.find(Matter))
    mend(path, I4="2025年12月31日")
    imported(desk, table_in(path))
    assert (len(desk.find(Meeting)), len(desk.find(Matter))) == (meetings, matters + 1)


def test_the_term_of_the_title_goes_with_the_bad_rows(tmp_path: Path, desk: Desk) -> None:
    title = "县政协第十一届委员名册\n"
    text = f"{title}姓名\t界别\t身份证号\n张伟\t教育\t123\n\t农业\t34062119790303125X\n"
    path = tmp_path / "名册.csv"
    path.write_text(text, "utf-8-sig")
    plan = planned(desk, open_source(path).likely)
    back = handed_back(plan, tmp_path / "没有导入.xlsx")
    apply_import(desk, plan)
    mend(back, A5="李娜")
    imported(desk, open_source(back).likely)
    assert sorted((each.term, each.sector) for each in desk.find(Membership)) == [
        ("第十一届", "农业界"),
        ("第十一届", "教育界"),
    ]


def test_what_a_joined_cell_says_goes_with_each_bad_row(desk: Desk) -> None:
    table = pasted(("姓名", "界别", "身份证号"), ("张伟", "教育", ""), ("李娜", "同上", "12"))
    plan = planned(desk, table, term="第十二届")
    assert plan.bad_rows == (("李娜", "教育", "12", "C3：身份证号应为18位，现在有2位，请核对"),)


def test_formulas_stay_text_in_the_bad_rows(tmp_path: Path, desk: Desk) -> None:
    table = pasted(("姓名", "电话"), ("", "=HYPERLINK(1)"))
    path = handed_back(planned(desk, table), tmp_path / "没有导入.xlsx")
    page = openpyxl.load_workbook(path).active
    assert page is not None
    assert (page["B4"].value, page["B4"].data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize("rows", [0, 3])
def test_only_rows_with_a_problem_are_handed_back(desk: Desk, rows: int) -> None:
    good = [("张伟", f"1380000000{at}") for at in range(rows)]
    plan = planned(desk, pasted(("姓名", "电话"), *good, ("", "13900000009")))
    assert [row[-1] for row in plan.bad_rows] == ["没有姓名"]
