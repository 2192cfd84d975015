"""The names of an own form: which there are, what they stand for, and what hangs together."""

from __future__ import annotations

import io
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import openpyxl
import pytest

from liaison_desk.domain.meeting import MeetingTopic
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.exports.fill_in import fill_in
from liaison_desk.exports.form_names import FormValues
from liaison_desk.exports.form_reach import FORM_TYPES
from tests import factory
from tests.exports.own_forms import TODAY, meeting_with, saved, values

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk


@pytest.fixture
def sample(desk: Desk, sample_file: factory.Filled) -> Desk:
    """A desk with the sample office's records."""
    sample_file.copy_to(desk)
    return desk


def text(of: FormValues, name: str) -> str:
    """What a name stands for, as it is written."""
    found = of.one(name)
    assert found is not None, name
    return found.text


@pytest.mark.parametrize("record_type", [each for each in FORM_TYPES if not each.parent])
def test_every_name_there_is_fills_with_its_value(
    sample: Desk, tmp_path: Path, record_type: type
) -> None:
    record = next(iter(sample.find(record_type)), None)
    of = values(sample, record)
    names = [each.name for each in of.names_there_are()]
    assert len(names) == len(set(names)) > 500
    book = openpyxl.Workbook()
    for group, own in groupby(names, key=lambda name: name.partition(".")[0]):
        written = [f"{{{{{name}}}}}|" for name in own]
        book.create_sheet(group).append(["{{出席.次序}}", *written] if group == "序号" else written)
    form = fill_in(saved(book, tmp_path), of)
    assert form.unknown == ()
    assert set(form.names) == {*names, "出席.次序"}
    read = openpyxl.load_workbook(io.BytesIO(form.content))
    first = {str(cell.value) for sheet in read.worksheets for cell in next(sheet.iter_rows(), ())}
    assert not [each for each in first if "{{" in each]
    assert {f"{text(of, name)}|" for name in names if name != "序号"} <= first


def test_every_field_of_every_type_is_among_the_names(desk: Desk) -> None:
    names = {each.name for each in values(desk, factory.meeting(desk)).names_there_are()}
    missing = [
        f"{kind.title}.{field.label}"
        for kind in FORM_TYPES
        for name, field in kind.fields().items()
        if name != kind.parent and f"{kind.title}.{field.label}" not in names
    ]
    assert missing == []


def test_the_names_of_the_chosen_record_come_first_and_unrelated_lists_last(desk: Desk) -> None:
    names = list(values(desk, factory.meeting(desk)).names_there_are())
    groups = list(dict.fromkeys(each.name.partition(".")[0] for each in names))
    assert groups[:4] == ["今天", "序号", "协商会", "本室"]
    every = [each.is_every for each in names]
    assert every == sorted(every)
    listed = {each.name: each.is_listed for each in names}
    assert not listed["协商会.名称"]
    assert listed["共识事项.事项"]
    assert not listed["共识事项.条数"]


def test_a_link_leads_on_to_what_it_names(desk: Desk) -> None:
    host = factory.person(desk, "单丽", post="镇党委副书记", phone="13805610001")
    held = factory.meeting(desk, host=host.id)
    of = values(desk, held)
    assert text(of, "会议.主持人") == "单丽"
    assert text(of, "会议.主持人.工作单位及职务") == "镇党委副书记"
    assert text(of, "会议.主持人.手机") == "138****0001"
    assert text(values(desk, held, show_personal=True), "会议.主持人.手机") == "13805610001"
    assert of.one("会议.主持人.星座") is None
    assert of.one("会议.地点.手机") is None


def test_a_whole_list_of_people_stands_in_a_line_and_of_texts_in_lines(desk: Desk) -> None:
    held = meeting_with(desk, 2)
    for name in ("甲", "乙"):
        factory.attendance(desk, held, factory.person(desk, name))
    of = values(desk, held)
    assert text(of, "全部出席.姓名") == text(of, "全部出席.人员") == "甲、乙"
    assert text(of, "全部共识事项.事项") == "事项1\n事项2"


def test_brackets_and_strokes_of_half_width_are_the_same(desk: Desk) -> None:
    of = values(desk, factory.meeting(desk))
    assert text(of, "本室.县(市、区)") == text(of, "本室.县（市、区）") == "濉溪县"


def test_a_form_about_one_meeting_shows_nothing_of_another(desk: Desk) -> None:
    held, other = meeting_with(desk, 1), meeting_with(desk, 3)
    factory.attendance(desk, other, factory.person(desk, "别人"))
    of = values(desk, held)
    assert text(of, "共识事项.条数") == "1"
    assert text(of, "出席.条数") == "0"
    assert text(of, "出席.姓名") == ""


def test_from_a_topic_one_comes_to_its_meetings_minutes_and_matters_alone(desk: Desk) -> None:
    topic, other = factory.topic(desk), factory.topic(desk, "另一个议题")
    held, elsewhere = meeting_with(desk, 1), meeting_with(desk, 1)
    desk.save(MeetingTopic(meeting=held.id, topic=topic.id))
    desk.save(MeetingTopic(meeting=elsewhere.id, topic=other.id))
    for each, name in ((held, "本题"), (elsewhere, "他题")):
        made = factory.minutes(desk, each, heading=f"{name}纪要")
        factory.matter(desk, f"{name}事项", minutes=made.id)
    of = values(desk, topic)
    assert text(of, "全部纪要.标题") == "本题纪要"
    assert text(of, "全部办理事项.事项") == "本题事项"
    assert text(of, "全部协商会.名称") == held.name


def test_a_topic_without_a_meeting_has_no_minutes_rather_than_those_of_others(desk: Desk) -> None:
    factory.minutes(desk, meeting_with(desk, 1))
    of = values(desk, factory.topic(desk))
    assert text(of, "纪要.条数") == "0"
    assert text(of, "纪要.标题") == ""


def test_minutes_that_were_replaced_are_left_out(desk: Desk) -> None:
    held = meeting_with(desk, 0)
    first = factory.minutes(desk, held, heading="第一版")
    factory.minutes(desk, held, heading="第二版", replaces=first.id)
    assert text(values(desk, held), "全部纪要.标题") == "第二版"


def test_a_form_about_the_whole_office_lists_everything(desk: Desk) -> None:
    for name in ("甲会", "乙会"):
        factory.meeting(desk, name)
    of = FormValues(desk, desk.office or factory.office(), TODAY)
    assert text(of, "协商会.条数") == "2"
    assert text(of, "本室.名称") == "柳河镇政协联络组"


def test_a_day_and_a_moment_lead_on_to_their_parts(desk: Desk) -> None:
    held = meeting_with(desk, 1)
    of = values(desk, held)
    parts = ("年", "月", "日", "日期", "时间")
    shown = [text(of, f"会议.日期时间.{part}") for part in parts]
    assert shown == ["2026", "3", "6", "2026年3月6日", "09:00"]
    assert [text(of, f"共识事项.时限.{part}") for part in parts[:3]] == ["2026", "3", "31"]
    assert of.one("共识事项.时限.时间") is None
    assert of.one("会议.名称.年") is None
    found = of.one("会议.日期时间.日期")
    assert found is not None
    assert found.raw == date(2026, 3, 6)
    undated = values(desk, factory.opinion(desk, reported_on=None))
    assert text(undated, "社情民意.报送日期.月") == ""


def test_the_time_of_a_meeting_has_the_short_name_that_forms_give_it(desk: Desk) -> None:
    of = values(desk, meeting_with(desk, 1))
    assert text(of, "会议.时间") == text(of, "协商会.日期时间") == "2026年3月6日09:00"


def test_the_place_in_a_list_may_be_named_with_its_list(desk: Desk) -> None:
    of = values(desk, meeting_with(desk, 3))
    assert of.list_of("共识事项.序号") == of.list_of("共识事项.事项") != ""
    rows = of.rows([of.list_of("共识事项.序号")])
    assert [found.raw for row in rows if (found := row.one("共识事项.序号"))] == [1, 2, 3]
    assert of.one("全部共识事项.序号") is None
    assert of.one("会议.序号") is None
    item = desk.save(PlanItem(year=2026, topic=factory.topic(desk).id, position=7))
    assert text(values(desk, item), "年度协商计划.序号") == "7"


def test_the_parts_of_today_are_numbers(desk: Desk) -> None:
    of = values(desk, None)
    assert [text(of, f"今天.{part}") for part in ("年", "月", "日")] == ["2026", "3", "9"]
    assert of.one("今天.时") is None
