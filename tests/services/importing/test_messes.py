"""Tables as township offices really keep them, against what a careful person would have typed."""

from __future__ import annotations

import struct
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from liaison_desk.domain.activity import Activity, ActivityParticipant
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.matter import Progress
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting, MeetingTopic
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.progress import no_progress
from liaison_desk.domain.proposal import Proposal
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.importing import paste_source
from liaison_desk.services.importing.ole import xls_extents
from tests.services.importing import workbooks
from tests.services.importing.importing import imported, pasted, planned, table_in

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

IDENTITY = "340621197403121013"


def people_of(desk: Desk, parts: list[Record]) -> list[str]:
    """The names of the people that parts of a record are."""
    return [desk.caption("person", getattr(each, "person")) for each in parts]  # noqa: B009


@pytest.mark.parametrize(
    ("written", "leading", "helping"),
    [
        ("镇城建所（供电所配合）", "镇城建所", "供电所"),
        ("镇城建所\n派出所", "镇城建所", "派出所"),
        ("镇城建所/派出所", "镇城建所", "派出所"),
        ("镇城建所 派出所", "镇城建所", "派出所"),
        ("牵头单位：镇城建所；配合单位：派出所", "镇城建所", "派出所"),
        ("柳河镇 城建所", "柳河镇城建所", ""),
    ],
)
def test_agencies_in_one_cell_are_never_joined_into_one(
    desk: Desk, written: str, leading: str, helping: str
) -> None:
    table = pasted(
        ("协商时间", "协商议题", "共识事项", "责任单位", "完成时限"),
        ("2026.3.8", "路灯", "修复53盏", f'"{written}"', "2026.4.30"),
    )
    imported(desk, table, "meetings")
    [agreed] = desk.find(Consensus)
    assert (desk.caption("agency", agreed.agency), agreed.partners) == (leading, helping)


def test_who_came_is_told_from_offices_bodies_and_crowds(desk: Desk) -> None:
    table = pasted(
        ("会议时间", "会议议题", "主持人", "参会人员"),
        (
            "2026.3.8",
            "停车难",
            "张伟（召集人）",
            "委员张伟、李 娜，群众代表王芳、城建所、村两委、王主任、赵犇（请假）、钱淼等26人",
        ),
    )
    plan = planned(desk, table, "meetings")
    imported(desk, table, "meetings")
    assert people_of(desk, [*desk.find(Attendance)]) == ["张伟", "李娜", "王芳", "钱淼"]
    [meeting] = desk.find(Meeting)
    assert desk.caption("person", meeting.host) == "张伟"
    assert "“委员张伟”只记了姓名张伟" in plan.rows[0].notes
    [listed] = [each.reason for each in plan.problems if each.place == "D2"]
    for left in ("城建所", "村两委", "王主任", "赵犇（请假）"):
        assert left in listed


def test_people_with_spaces_between_and_within_their_names(desk: Desk) -> None:
    table = pasted(
        ("活动时间", "活动主题", "参加委员"), ("2026.1.20", "走访慰问", "张伟 李娜 王  芳 欧阳修远")
    )
    imported(desk, table, "activity")
    assert people_of(desk, [*desk.find(ActivityParticipant)]) == [
        "张伟",
        "李娜",
        "王芳",
        "欧阳修远",
    ]


def test_one_who_proposed_for_several_is_named_and_the_rest_listed(desk: Desk) -> None:
    table = pasted(("提案号", "案由", "提案人"), ("001", "关于管网的提案", "张伟等3人"))
    plan = planned(desk, table, "proposal")
    imported(desk, table, "proposal")
    [proposal] = desk.find(Proposal)
    assert desk.caption("person", proposal.proposer) == "张伟"
    assert [each.place for each in plan.problems] == ["C2"]


def test_a_column_headed_in_ten_thousands_is_not_taken_for_yuan(desk: Desk) -> None:
    table = pasted(("活动时间", "活动主题", "捐款（万元）"), ("2026.1.20", "助学", "2.3"))
    plan = planned(desk, table, "activity")
    imported(desk, table, "activity")
    assert desk.find(Activity)[0].donated_money == Decimal("23000.00")
    assert "捐款（元）“2.3万元”按23000登记" in plan.rows[0].notes


def test_headings_written_over_two_rows_letter_by_letter(desk: Desk) -> None:
    table = pasted(
        ("序", "姓  名", "性", "民", "身份证", "联系方式", "", "界 别"),
        ("号", "", "别", "族", "号  码", "手机", "座机/短号", ""),
        ("1", "张　伟（曾用名：张卫）", "男", "汉 族", IDENTITY, "138 0000 0001", "66102", "中 共"),
    )
    imported(desk, table, "roster", term="第十二届")
    [person] = desk.find(Person)
    assert (person.name, person.former_names, person.gender) == ("张伟", "张卫", "男")
    assert (person.ethnicity, person.identity, person.phone) == ("汉族", IDENTITY, "13800000001")
    assert person.note == "座机/短号：66102"


def test_groups_with_a_village_or_a_sector_over_them(desk: Desk) -> None:
    villagers = pasted(
        ("群众代表花名册",),
        ("", "桥口村"),
        ("序号", "姓名", "联系电话"),
        ("1", "张伟", "13800000001"),
        ("", "袁庄村（1人）"),
        ("序号", "姓名", "联系电话"),
        ("1", "李娜", "13800000002"),
    )
    plan = planned(desk, villagers, "person")
    assert plan.rows[1].notes == ("村（社区）按第5行的“袁庄村（1人）”登记为袁庄村",)
    imported(desk, villagers, "person")
    where = {each.name: desk.caption("village", each.village) for each in desk.find(Person)}
    assert where == {"张伟": "桥口村", "李娜": "袁庄村"}
    members = pasted(
        ("姓名", "性别", "职务"),
        ("一、教育界（1人）",),
        ("王芳", "女", "委员"),
        ("二、农业界",),
        ("赵犇", "男", "委员"),
    )
    imported(desk, members, "roster", term="第十二届")
    assert {each.sector for each in desk.find(Membership)} == {"教育界", "农业界"}


def test_a_sheet_for_each_village_says_where_its_people_live(desk: Desk, tmp_path: Path) -> None:
    path = workbooks.write(
        tmp_path / "花名册.xlsx", ("姓名", "电话"), ("张伟", "1"), sheet="桥口村"
    )
    imported(desk, table_in(path), "person")
    assert desk.caption("village", desk.find(Person)[0].village) == "桥口村"


@pytest.mark.parametrize("mark", ["同 上", "（同上）", "″", "''", "“", "--〃--", "ˮ", "上同"])
def test_every_sign_for_as_above(desk: Desk, mark: str) -> None:
    table = pasted(("姓名", "工作单位"), ("张伟", "镇政府"), ("李娜", mark))
    imported(desk, table, "person")
    assert [each.post for each in desk.find(Person)] == ["镇政府"] * 2


@pytest.mark.parametrize(
    "row",
    [
        ("", "填表人", "李文书", "审核人", "王组长"),
        ("", "二〇二六年三月一日"),
        ("", "（以下空白）"),
        ("", "——以下空白——"),
    ],
)
def test_lines_below_a_list_are_nobody(desk: Desk, row: tuple[str, ...]) -> None:
    table = pasted(("序号", "姓名", "性别", "电话", "村"), ("1", "张伟", "男", "", "桥口村"), row)
    plan = planned(desk, table, "person")
    assert [each.caption for each in plan.rows] == ["张伟"]
    assert plan.left_out[0].row == 3


def test_remarks_in_the_margin_are_listed_in_their_own_words(desk: Desk) -> None:
    table = pasted(("姓名", "电话", ""), ("张伟", "13800000001", "此人已调走"))
    [margin] = [each for each in planned(desk, table, "person").left_out if each.place]
    assert margin.text == "（没有标题）此人已调走"


def test_rows_and_columns_that_the_file_hides_are_pointed_out(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "筛选过.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("名单")
        page.write_column("A1", ["姓名", "张伟", "李娜", "王芳"])
        page.write_column("B1", ["电话", "1", "2", "3"])
        page.set_row(2, None, None, {"hidden": True})
        page.set_column("B:B", 10, None, {"hidden": True})
    plan = planned(desk, table_in(path), "person")
    assert "B列在文件里是隐藏的，也会导入；不要的请改成不导入。" in plan.notes
    notes = {each.caption: each.notes for each in plan.rows}
    assert [name for name in notes if any("隐藏" in each for each in notes[name])] == ["李娜"]


def test_a_sex_that_only_the_identity_number_tells_is_taken_and_told(desk: Desk) -> None:
    table = pasted(("姓名", "性别", "身份证号"), ("周㛃", "", "340621198311021028"))
    plan = planned(desk, table, "person")
    imported(desk, table, "person")
    assert (desk.find(Person)[0].gender, desk.find(Person)[0].born) == ("女", "1983.11")
    assert "性别按身份证号登记为女" in plan.rows[0].notes
    assert planned(desk, table, "person").is_empty


@pytest.mark.parametrize(
    ("written", "village", "note"),
    [
        ("柳河镇桥口村", "桥口村", ""),
        ("桥口村三组", "桥口村", "桥口村三组"),
        ("桥口村委会", "桥口村委会", ""),
        ("柳河社区阳光小区5号楼", "柳河社区", "柳河社区阳光小区5号楼"),
    ],
)
def test_a_village_with_more_behind_it(desk: Desk, written: str, village: str, note: str) -> None:
    table = pasted(("姓名", "住址"), ("张伟", written))
    imported(desk, table, "person")
    [person] = desk.find(Person)
    assert (desk.caption("village", person.village), person.note) == (village, note)


def test_an_address_makes_no_village(desk: Desk) -> None:
    table = pasted(("姓名", "住址"), ("张伟", "县城人民路12号"))
    plan = planned(desk, table, "person")
    imported(desk, table, "person")
    assert not desk.find(Village)
    assert "不像是一个村（社区）的名称" in plan.problems[0].reason


def test_an_agency_with_its_duty_behind_it_is_the_agency(desk: Desk) -> None:
    table = pasted(
        ("事项", "责任单位", "时限"),
        ("甲", "派出所（牵头）", "2026.5.1"),
        ("乙", "派出所等", "2026年5月1日前完成"),
    )
    plan = planned(desk, table, "matters")
    imported(desk, table, "matters")
    assert [each.name for each in desk.find(Agency)] == ["派出所"]
    assert plan.rows[1].notes == ("“派出所等”记为派出所",)


def test_somebody_else_s_name_is_never_that_of_the_row(desk: Desk) -> None:
    table = pasted(
        ("来访人姓名", "联系电话", "反映问题", "接待委员"), ("刘大爷", "1", "路灯", "张伟")
    )
    plan = planned(desk, table, "person")
    assert [each.caption for each in plan.rows] == ["刘大爷"]
    assert "接待委员" in [each.text for each in plan.left_out]


def test_numbers_that_a_system_guards_against_rounding(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "导出.csv"
    path.write_bytes(f'姓名,手机,身份证号\r\n张伟,="13800000001",="{IDENTITY}"\r\n'.encode())
    imported(desk, table_in(path), "person")
    [person] = desk.find(Person)
    assert (person.phone, person.identity) == ("13800000001", IDENTITY)


def test_headings_joined_over_two_rows_are_no_record_below(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "社情民意.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.merge_range("A1:A2", "标题")
        page.merge_range("B1:B2", "反映人")
        page.merge_range("C1:D1", "采用级别")
        page.write_row("C2", ["县", "市"])
        page.write_row("A3", ["关于养老的建议", "张伟", "√"])
    plan = planned(desk, table_in(path), "opinion")
    assert [each.caption for each in plan.rows] == ["关于养老的建议"]


def test_a_list_that_goes_on_beside_itself_is_two_tables(desk: Desk) -> None:
    source = paste_source(
        "通讯录\n序号\t姓名\t电话\t\t序号\t姓名\t电话\n"
        "1\t张伟\t13800000001\t\t3\t王芳\t13800000003\n2\t李娜\t13800000002\t\t\t\t\n"
    )
    left, right = source.tables
    assert source.likely is left
    assert right.caption.endswith("（E列起）")
    plan = planned(desk, left, "person")
    assert [each.caption for each in plan.rows] == ["张伟", "李娜"]
    assert [each.place for each in plan.left_out if "旁边的另一个表" in each.reason] == [
        "E列", "F列", "G列",
    ]  # fmt: skip
    for table in (left, right):
        imported(desk, table, "person")
    assert {each.name for each in desk.find(Person)} == {"张伟", "李娜", "王芳"}


def test_a_row_with_two_people_in_it_is_not_two_tables(desk: Desk) -> None:
    source = paste_source("姓名\t电话\t姓名\t电话\t备注\n张伟\t1\t王芳\t2\t夫妻\n")
    assert len(source.tables) == 1
    plan = planned(desk, source.likely, "person")
    assert [each.text for each in plan.left_out] == ["姓名", "电话"]


def test_numbered_topics_of_one_meeting_are_topics_of_their_own(desk: Desk) -> None:
    table = pasted(("协商时间", "协商议题"), ("2026.3.8", "1.不文明养犬；2.小区种菜"))
    imported(desk, table, "meetings")
    assert {each.name for each in desk.find(Topic)} == {"不文明养犬", "小区种菜"}
    assert len(desk.find(Meeting)) == 1
    assert len(desk.find(MeetingTopic)) == 2
    assert planned(desk, table, "meetings").is_empty


def test_what_stands_elsewhere_is_no_agreement(desk: Desk) -> None:
    table = pasted(("协商时间", "协商议题", "共识事项"), ("2026.3.8", "路灯", "详见纪要"))
    plan = planned(desk, table, "meetings")
    imported(desk, table, "meetings")
    assert not desk.find(Consensus)
    assert [each.told for each in plan.cells if each.place == "C2"] == [
        "写的是“详见纪要”，没有内容"
    ]


def test_after_the_head_of_an_unknown_group_nothing_is_guessed(desk: Desk) -> None:
    table = pasted(
        ("姓名", "性别", "职务"),
        ("教育界（1人）",),
        ("王芳", "女", "委员"),
        ("三、其他（1人）",),
        ("赵犇", "男", "县政协常委"),
    )
    imported(desk, table, "roster", term="第十二届")
    assert {each.sector for each in desk.find(Membership)} == {"教育界", ""}


def test_counts_of_those_present_are_nobody(desk: Desk) -> None:
    table = pasted(("姓名", "单位", "电话"), ("张伟", "镇党委", "1"), ("应到2人", "", "实到2人"))
    assert [each.caption for each in planned(desk, table, "person").rows] == ["张伟"]


def test_what_stands_behind_a_name_in_brackets_finds_its_field(desk: Desk) -> None:
    table = pasted(
        ("姓名", "民族"),
        ("王芳（女）", ""),
        ("李娜（女，满族，无党派）", ""),
        ("马明（回族）", "汉族"),
        ("白雪（白）", ""),
    )
    imported(desk, table, "person")
    said = {each.name: (each.gender, each.ethnicity, each.note) for each in desk.find(Person)}
    assert said == {
        "王芳": ("女", "", ""),
        "李娜": ("女", "满族", "无党派"),
        "马明": ("", "汉族", "回族"),
        "白雪": ("", "", "白"),
    }


@pytest.mark.parametrize(
    "written", ["桥口村、袁庄村", "桥口村 袁庄村", "全镇", "各村", "镇直", "机关"]
)
def test_several_villages_or_none_make_no_village(desk: Desk, written: str) -> None:
    table = pasted(("姓名", "界别", "联系村"), ("张伟", "教育", written))
    plan = planned(desk, table, "roster", term="第十二届")
    imported(desk, table, "roster", term="第十二届")
    assert not desk.find(Village)
    assert [each.place for each in plan.problems] == ["C2"]


@pytest.mark.parametrize(
    "written", ["月底", "月底前", "下周三", "本周五", "周五", "3天后", "当天", "下月初", "15日"]
)
def test_a_day_that_counts_from_an_unknown_today_is_never_guessed(desk: Desk, written: str) -> None:
    table = pasted(("2026年台账",), ("事项", "主办单位", "时限"), ("甲", "镇城建所", written))
    plan = planned(desk, table, "matters")
    assert plan.is_empty
    assert f"“{written}”不是日期" in plan.problems[0].reason


def test_an_old_workbook_s_hidden_rows_and_columns_are_known(tmp_path: Path) -> None:
    stream = workbooks.records(
        (0x0809, struct.pack("<HH", 0x0600, 0x0010)),
        (0x007D, struct.pack("<6H", 1, 2, 2048, 15, 1, 0)),
        (0x0208, struct.pack("<8H", 2, 0, 3, 255, 0, 0, 0x0120, 15)),
        (0x0208, struct.pack("<8H", 3, 0, 3, 255, 0, 0, 0x0100, 15)),
    )
    path = workbooks.compound_file(tmp_path / "旧.xls", "Workbook", stream)
    [extent] = xls_extents(path, path.read_bytes(), no_progress)
    assert (set(extent.hidden_rows), set(extent.hidden_columns)) == ({3}, {1, 2})


def test_a_village_in_the_column_of_names_is_nobody_unless_more_is_told(desk: Desk) -> None:
    table = pasted(("姓名", "电话", "村"), ("袁庄村", "", "袁庄村"), ("王文镇", "13800000001", ""))
    village, man = planned(desk, table, "person").rows
    assert village.notes == ("“袁庄村”不像一个人的姓名，请核对",)
    assert man.notes == ("姓名“王文镇”像是地方或单位的名称，请核对",)
    imported(desk, table, "person")
    assert [each.name for each in desk.find(Person)] == ["王文镇"]


@pytest.mark.parametrize(
    "name", ["北街社区", "人民路社区", "市场村", "县前社区", "中村湾", "新村社区"]
)
def test_a_village_may_be_called_after_a_street(desk: Desk, name: str) -> None:
    imported(desk, pasted(("姓名", "所在村"), ("张伟", name)), "person")
    [person] = desk.find(Person)
    assert desk.caption("village", person.village) == name


def test_what_is_known_of_somebody_outweighs_the_head_of_a_group(desk: Desk) -> None:
    known = pasted(("姓名", "电话", "村"), ("张伟", "13800000001", "柳河社区"))
    imported(desk, known, "person")
    table = pasted(("桥口村",), ("姓名", "电话", "学历"), ("张伟", "13800000001", "大学"))
    [row] = planned(desk, table, "person").rows
    assert [each.label for each in row.changes] == ["学历"]
    assert row.notes[-1] == "资料里的村（社区）没有改动"


def test_a_consensus_due_within_some_days_is_due_on_the_last(desk: Desk) -> None:
    table = pasted(
        ("时间", "议题", "共识事项", "责任单位", "完成时限"),
        ("2026.1.5", "甲", "修路", "桥口村村委会", "2026.6.1-6.30"),
        ("2026.1.6", "乙", "种树", "桥口村委会", "2026.7.1"),
    )
    imported(desk, table, "meetings")
    assert {each.due_on for each in desk.find(Consensus)} == {date(2026, 6, 30), date(2026, 7, 1)}
    assert len(desk.find(Agency)) == 1


def test_people_listed_by_their_part_in_it(desk: Desk) -> None:
    table = pasted(
        ("时间", "主题", "参加人员"), ("2026.1.5", "座谈", "组长：张伟；成员：李娜、王芳")
    )
    imported(desk, table, "activity")
    assert people_of(desk, [*desk.find(ActivityParticipant)]) == ["张伟", "李娜", "王芳"]


def test_spaces_after_commas_do_not_hide_quotes(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "导出.csv"
    path.write_bytes('姓名, 单位, 电话\n张伟, "镇党委, 副书记", 13800000001\n'.encode("gbk"))
    imported(desk, table_in(path), "person")
    [person] = desk.find(Person)
    assert (person.post, person.phone) == ("镇党委, 副书记", "13800000001")


def test_a_row_of_one_cell_below_joined_ones_goes_on_with_them(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "2026年台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("办理台账")
        page.write_row("A1", ["事项", "责任单位", "时限", "办理进展"])
        for column, said in enumerate(("修路", "镇城建所", "2026.3.1")):
            page.merge_range(1, column, 2, column, said)
        page.write_column("D2", ["1月10日：已立项", "2月10日：已开工"])
    imported(desk, table_in(path), "matters")
    assert {each.content for each in desk.find(Progress)} == {"已立项", "已开工"}


def test_a_list_of_nothing_but_numbered_names(desk: Desk) -> None:
    imported(desk, pasted(("姓名",), ("1.张伟",), ("2、李娜（女）",), ("③王芳",)), "person")
    assert {each.name for each in desk.find(Person)} == {"张伟", "李娜", "王芳"}


def test_a_total_below_joined_cells_is_still_a_total(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row("A1", ["界别", "姓名", "性别"])
        page.merge_range("A2:A4", "教育界")
        page.write_column("B2", ["张伟", "李娜", "小计2人"])
    plan = planned(desk, table_in(path), "roster", term="第十二届")
    assert [each.caption for each in plan.rows] == ["张伟", "李娜"]
    assert [each.reason for each in plan.left_out if not each.place] == ["合计行"]
