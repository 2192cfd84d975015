"""The roster as the county sent it: every person, column and left-out row, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing import apply_roster, plan_roster_file
from liaison_desk.services.importing.plan import RowState
from tests.services.importing import workbooks

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk

# As a clerk reads the workbook: name, gender, 民族, birth, party, education, post, phone | sector,
# duty, card number.
EXPECTED = [
    ("陆䶮", "男", "汉族", "1974.03", "中共党员", "大学", "柳河镇党委副书记", "13800000001",
     "中共", "召集人", "HX12-001"),
    ("周㛃", "女", "回族", "1983.11", "群众", "大专", "柳河镇回民小学教师", "13800000002",
     "民族宗教", "委员", "HX12-002"),
    ("王𬭚", "男", "汉族", "1969.07", "民建会员", "大学", "安徽柳河粮油有限公司董事长",
     "13800000003", "工商联", "委员", "HX12-003"),
    ("陈𫖯", "男", "汉族", "1978.01", "中共党员", "研究生", "镇农业综合服务站站长", "13800000004",
     "农业界", "委员", "HX12-004"),
    ("欧阳喆", "女", "汉族", "1986.09", "无党派人士", "硕士研究生", "柳河镇中心卫生院副院长",
     "13800000005", "医药卫生界", "委员", "HX12-005"),
    ("司马堃", "男", "汉族", "1971.12", "中共党员", "高中", "桥口村党总支书记", "13800000006",
     "农民", "委员", "HX12-006"),
    ("张伟", "男", "汉族", "1980.05", "群众", "大专", "柳河镇商会副会长", "13800000007",
     "经济界", "委员", "HX12-007"),
    ("李娜", "女", "汉族", "1990.02", "共青团员", "本科", "镇团委书记", "13800000008",
     "共青团", "委员", "HX12-008"),
    ("买买提·艾力", "男", "维吾尔族", "1976.08", "群众", "初中", "柳河农贸市场经营户",
     "13800000009", "民族宗教", "委员", "HX12-009"),
    ("赵犇", "男", "汉族", "1966.10", "中共党员", "中专", "退休教师", "13800000010",
     "特邀人士", "委员", "HX12-010"),
    ("钱淼", "女", "汉族", "1988.04", "民盟盟员", "大学", "柳河中学教师", "13800000011",
     "教育界", "委员", "HX12-011"),
    ("孙頔", "女", "满族", "1992.06", "群众", "大学", "镇文化站馆员", "13800000012",
     "文化艺术界", "委员", "HX12-012"),
    ("吴龑", "男", "汉族", "1979.03", "九三学社社员", "大学", "安徽柳河菌业有限公司技术总监",
     "13800000013", "科技界", "委员", "HX12-013"),
    ("郑贇", "男", "汉族", "1982.12", "中共党员", "大学", "镇民政办主任", "13800000014",
     "社会福利", "委员", "HX12-014"),
]  # fmt: skip


def in_the_file(desk: Desk) -> list[tuple[str, ...]]:
    """What the desk keeps, in the shape of `EXPECTED`."""
    found: list[tuple[str, ...]] = []
    for seat in desk.find(Membership):
        person = desk.get(Person, seat.person)
        assert person is not None
        about = ("name", "gender", "ethnicity", "born", "party", "education", "post", "phone")
        found.append(
            (
                *(getattr(person, name) for name in about),
                *(seat.sector, seat.duty, seat.card_number),
            )
        )
    return found


@pytest.mark.parametrize(
    "path",
    [workbooks.OFFICIAL, workbooks.FILES / "roster.xls", workbooks.FILES / "roster.ods"],
    ids=lambda path: path.suffix,
)
def test_fourteen_people_come_in_as_the_county_wrote_them(desk: Desk, path: Path) -> None:
    apply_roster(desk, plan_roster_file(desk, path))
    assert in_the_file(desk) == EXPECTED
    assert {seat.term for seat in desk.find(Membership)} == {"第十二届"}
    assert [person.note for person in desk.find(Person)] == [""] * 14


def test_the_preview_names_what_becomes_of_every_column(desk: Desk) -> None:
    columns = plan_roster_file(desk, workbooks.OFFICIAL).columns
    assert [(each.letter, each.heading, each.label) for each in columns] == [
        ("A", "序号", "序号"),
        ("B", "姓名", "姓名"),
        ("C", "性别", "性别"),
        ("D", "民族", "民族"),
        ("E", "出生年月", "出生年月"),
        ("F", "政治面貌", "政治面貌"),
        ("G", "学历", "学历"),
        ("H", "界别", "界别"),
        ("I", "工作单位及职务", "工作单位及职务"),
        ("J", "联系电话", "手机"),
        ("K", "委员证号", "委员证号"),
        ("L", "备注", "备注"),
    ]
    assert [each.heading for each in columns if not each.is_imported] == ["序号"]
    assert columns[0].note == "程序自己排序，不保存"


def test_the_preview_says_which_rows_are_left_out_and_why(desk: Desk) -> None:
    plan = plan_roster_file(desk, workbooks.OFFICIAL)
    assert [(each.row, each.text, each.reason) for each in plan.left_out] == [
        (1, "柳河镇县政协委员名册（第十二届）", "表头上方的标题"),
        (2, "填报单位：县政协委员联络室 2026年1月", "表头上方的标题"),
        (19, "合计 14人", "合计行"),
        (20, "填表人： 审核人：", "签名行"),
    ]
    assert plan.problems == ()
    assert [row.number for row in plan.rows] == list(range(4, 18))


def test_the_term_is_read_from_the_title_and_offered(desk: Desk) -> None:
    plan = plan_roster_file(desk, workbooks.OFFICIAL)
    assert (plan.offered_term, plan.term) == ("第十二届", "第十二届")
    other = plan_roster_file(desk, workbooks.OFFICIAL, term="第十三届")
    assert (other.offered_term, other.term) == ("第十二届", "第十三届")
    assert {row.membership.term for row in other.rows} == {"第十三届"}


def test_nothing_is_written_before_the_clerk_agrees(desk: Desk) -> None:
    before = desk.log.last_stamp()
    plan = plan_roster_file(desk, workbooks.OFFICIAL)
    assert plan.count(RowState.NEW) == 14
    assert plan.summary == "名册共14人：新增14人、更新0人、不变0人。"
    assert (desk.find(Person), desk.find(Membership)) == ([], [])
    assert desk.log.last_stamp() == before


def test_one_undo_takes_the_whole_import_back_and_one_redo_brings_it_again(desk: Desk) -> None:
    result = apply_roster(desk, plan_roster_file(desk, workbooks.OFFICIAL))
    assert (result.created, result.updated, result.unchanged) == (14, 0, 0)
    assert result.summary == "名册已导入：新增14人、更新0人、不变0人。按“撤销”可整批退回。"
    assert desk.log.deeds()[0].title == "导入委员名册（14人）"
    desk.undo()
    assert (desk.find(Person), desk.find(Membership)) == ([], [])
    desk.redo()
    assert in_the_file(desk) == EXPECTED


def test_the_same_roster_twice_changes_nothing_and_says_so(desk: Desk) -> None:
    apply_roster(desk, plan_roster_file(desk, workbooks.OFFICIAL))
    stamp = desk.log.last_stamp()
    again = plan_roster_file(desk, workbooks.OFFICIAL)
    assert again.summary == (
        "名册共14人：新增0人、更新0人、不变14人。资料已经和名册一致，不用导入。"
    )
    assert apply_roster(desk, again).summary == "14人都和名册一致，没有改动。"
    assert desk.log.last_stamp() == stamp
    assert in_the_file(desk) == EXPECTED


def test_sectors_that_no_national_table_has_stay_and_are_named(desk: Desk) -> None:
    plan = plan_roster_file(desk, workbooks.OFFICIAL)
    assert plan.notes == ("界别“民族宗教”“农民”“共青团”“社会福利”不在全国界别表里，按原文导入。",)
