"""Ledgers compared with the records they are made from."""

from __future__ import annotations

import dataclasses
import io
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from liaison_desk.domain.matter import Progress, Reply
from liaison_desk.domain.meeting import MeetingTopic
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.village import Village
from liaison_desk.exports import ledgers
from liaison_desk.exports.excel import write_ledger
from liaison_desk.exports.ledgers import Cover
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.exports.ledger_model import Ledger
    from liaison_desk.services.desk import Desk

COVER = Cover("柳河镇政协联络组", "2026年第一季度", date(2026, 3, 9))
IDENTITY, MOBILE = "11010519491231002X", "13856100001"


def read_back(ledger: Ledger) -> list[dict[str, object]]:
    """The rows of a written ledger by their heads, the totals last."""
    made = io.BytesIO()
    write_ledger(made, ledger)
    sheet = openpyxl.load_workbook(made, data_only=True).worksheets[0]
    assert sheet["A1"].value == ledger.title
    assert sheet["A2"].value == ledger.subtitle
    heads = [str(cell.value).replace("\n", "") for cell in sheet[3]]
    return [
        dict(zip(heads, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=4)
    ]


def a_member(desk: Desk, name: str = "陆䶮") -> Membership:
    village = desk.save(Village(name="桥口村"))
    person = factory.person(
        desk,
        name,
        gender="女",
        ethnicity="汉族",
        born="1974.03",
        party="中共党员",
        education="大学本科",
        post="柳河镇中心小学校长",
        phone=MOBILE,
        identity=IDENTITY,
    )
    seat = Membership(
        person=person.id,
        term="第十二届",
        sector="教育",
        duty="常委",
        card_number="0012",
        since=date(2022, 1, 8),
        village=village.id,
    )
    return desk.save(seat)


def test_the_roster_tells_what_the_records_say(desk: Desk) -> None:
    a_member(desk)
    row, totals = read_back(ledgers.roster(desk, COVER, show_personal=True))
    assert row == {
        "序号": 1,
        "姓名": "陆䶮",
        "性别": "女",
        "民族": "汉族",
        "出生年月": "1974.03",
        "政治面貌": "中共党员",
        "学历": "大学本科",
        "工作单位及职务": "柳河镇中心小学校长",
        "手机": MOBILE,
        "身份证号": IDENTITY,
        "届次": "第十二届",
        "级别": "县",
        "界别": "教育",
        "职务": "常委",
        "委员证号": "0012",
        "任职日期": datetime(2022, 1, 8),
        "状态": "在任",
        "联系村（社区）": "桥口村",
    }
    assert (totals["序号"], totals["姓名"]) == ("合计", 1)


def test_the_roster_hides_the_middle_of_personal_numbers_and_says_so(desk: Desk) -> None:
    a_member(desk)
    ledger = ledgers.roster(desk, COVER)
    row, _ = read_back(ledger)
    assert row["手机"] == "138****0001"
    assert row["身份证号"] == "110105********002X"
    assert "已隐去中间几位" in ledger.subtitle


def test_a_removed_person_still_has_a_name_in_the_roster(desk: Desk) -> None:
    seat = a_member(desk)
    kept = dataclasses.replace(seat)
    person = desk.many(Person, [seat.person or ""])[0]
    desk.remove(person)
    row, _ = read_back(ledgers.roster(desk, COVER, [kept]))
    assert row["姓名"] == "陆䶮"


def test_a_ledger_is_of_the_records_it_is_given_in_their_order(desk: Desk) -> None:
    first, second = (factory.member(desk, name) for name in ("张伟", "李娜"))
    factory.member(desk, "王强")
    rows = read_back(ledgers.roster(desk, COVER, [second, first]))
    assert [row["姓名"] for row in rows[:-1]] == ["李娜", "张伟"]


def test_the_cover_line_says_whose_ledger_it_is_of_when_and_made_when(desk: Desk) -> None:
    assert ledgers.meeting_ledger(desk, COVER).subtitle == (
        "柳河镇政协联络组　　2026年第一季度　　制表日期：2026年3月9日"
    )


def test_the_meeting_ledger_counts_who_was_there_and_what_was_agreed(desk: Desk) -> None:
    host = factory.person(desk, "陆䶮")
    held = factory.meeting(desk, host=host.id)
    for position, name in enumerate(("桥口村停车难问题", "老街改造"), start=1):
        topic = factory.topic(desk, name)
        desk.save(MeetingTopic(meeting=held.id, topic=topic.id, position=position))
    for number, presence in enumerate(("出席", "迟到", "早退", "列席", "列席", "请假", "缺席")):
        who = factory.person(desk, f"参会{number}")
        factory.attendance(desk, held, who, presence=presence)
    factory.consensus(desk, held)
    factory.minutes(desk, held, year=2026, number=3, prefix="柳协纪", status="已定稿", version=1)
    row, totals = read_back(ledgers.meeting_ledger(desk, COVER))
    assert row == {
        "序号": 1,
        "日期时间": datetime(2026, 3, 6, 9, 0),
        "名称": "桥口村停车难专题协商会",
        "形式": "专题协商",
        "地点": "镇政府三楼会议室",
        "主持人": "陆䶮",
        "议题": "1. 桥口村停车难问题\n2. 老街改造",
        "出席": 3,
        "列席": 2,
        "请假": 1,
        "共识事项": 1,
        "纪要编号": "柳协纪〔2026〕3号",
    }
    assert [totals[head] for head in ("名称", "出席", "列席", "请假", "共识事项")] == [
        1,
        3,
        2,
        1,
        1,
    ]


def test_a_number_stands_once_however_many_versions_the_minutes_have(desk: Desk) -> None:
    held = factory.meeting(desk)
    numbered = {"year": 2026, "number": 3, "status": "已定稿"}
    first = factory.minutes(desk, held, version=1, **numbered)
    factory.minutes(desk, held, version=2, replaces=first.id, **numbered)
    row, _ = read_back(ledgers.meeting_ledger(desk, COVER))
    assert row["纪要编号"] == "〔2026〕3号"


def test_the_matter_ledger_shows_the_latest_step_and_answer(desk: Desk) -> None:
    matter = factory.matter(
        desk,
        partners="镇城建办",
        handover_number="柳协交〔2026〕1号",
        handed_over_on=date(2026, 3, 7),
    )
    for day, content in ((date(2026, 3, 20), "已施划20个"), (date(2026, 3, 10), "已测量")):
        desk.save(Progress(matter=matter.id, reported_on=day, content=content))
    for day, result in (
        (date(2026, 3, 12), "B 正在解决或列入计划"),
        (date(2026, 3, 30), "A 已解决"),
    ):
        reply = Reply(matter=matter.id, replied_on=day, result=result, content="好")
        desk.save(dataclasses.replace(reply, reply_number=f"柳农函〔2026〕{day.day}号"))
    desk.save(dataclasses.replace(matter, closed_on=date(2026, 3, 31)))
    row, totals = read_back(ledgers.matter_ledger(desk, COVER))
    assert row == {
        "序号": 1,
        "办理状态": "办结",
        "事项": "新划停车位30个",
        "来源": "共识事项",
        "主办单位": "镇农业综合服务站",
        "协办": "镇城建办",
        "交办文号": "柳协交〔2026〕1号",
        "交办日期": datetime(2026, 3, 7),
        "时限": datetime(2026, 3, 31),
        "最新进展": "2026-03-20　已施划20个",
        "办理结果": "A 已解决",
        "复文号": "柳农函〔2026〕30号",
        "办结日期": datetime(2026, 3, 31),
    }
    assert (totals["事项"], totals["办结日期"]) == (1, 1)


@pytest.mark.parametrize(
    ("day", "light"),
    [(date(2026, 3, 27), "正常"), (date(2026, 3, 28), "临期"), (date(2026, 4, 1), "超期")],
)
def test_the_lights_are_of_the_day_asked_for(desk: Desk, day: date, light: str) -> None:
    factory.matter(desk)
    ledger = ledgers.matter_ledger(desk, COVER, as_of=day)
    assert f"办理状态截至：2026年{day.month}月{day.day}日" in ledger.subtitle
    assert read_back(ledger)[0]["办理状态"] == light


def test_the_number_of_questions_does_not_grow_with_the_rows(desk: Desk) -> None:
    asked: list[str] = []
    agency = factory.agency(desk)
    for number in range(60):
        factory.meeting(desk, f"第{number}次协商会")
        factory.matter(desk, f"第{number}件", agency=agency.id)
        factory.member(desk, f"委员{number}")
    desk.database.connection.set_trace_callback(asked.append)
    for make in (ledgers.roster, ledgers.meeting_ledger, ledgers.matter_ledger):
        rows = read_back(make(desk, COVER))
        assert len(rows) == 61
    assert len(asked) < 20


def test_many_meetings_have_the_same_rows_as_each_by_itself(desk: Desk) -> None:
    guest = factory.person(desk)
    held = [factory.meeting(desk, f"第{number}次协商会") for number in range(25)]
    for meeting in held[::2]:
        factory.attendance(desk, meeting, guest)
    together = read_back(ledgers.meeting_ledger(desk, COVER, held))[:-1]
    alone = [read_back(ledgers.meeting_ledger(desk, COVER, [each]))[0] for each in held]
    assert [row | {"序号": 1} for row in together] == alone
