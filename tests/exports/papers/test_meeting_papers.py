"""通知, 议程, 签到表, 席卡 and 会议记录 compared with the meeting they are of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.meeting import Attendance, Meeting
from liaison_desk.exports.content import NamePlates, OfficialPaper, PaperStyle
from tests import factory
from tests.exports.papers.making import all_of, beside, form, letter, rows_of, text_of
from tests.exports.papers.story import MOBILE

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk
    from tests.exports.papers.story import Story


def test_a_notice_tells_time_place_topics_agenda_and_who_comes(desk: Desk, story: Story) -> None:
    paper = letter(desk, "notice", story.meeting)
    assert paper.style is PaperStyle.LETTER
    assert paper.mark == paper.signature == "柳河镇政协联络组"
    assert paper.title == "关于召开桥口村停车难专题协商会的通知"
    assert paper.main_to == "各位委员，各位参会代表"
    assert paper.body.split("\n") == [
        "按照工作安排，定于2026年2月6日（星期五）下午2:30召开桥口村停车难专题协商会。"
        "现将有关事项通知如下：",
        "一、会议时间",
        "2026年2月6日（星期五）下午2:30。",
        "二、会议地点",
        "镇政府三楼会议室。",
        "三、会议议题",
        "桥口村停车难问题。",
        "四、会议议程",
        "1.通报调研结果（买买提·艾力）。",
        "2.委员和群众发言。",
        "五、参会人员",
        "委员：陆䶮、买买提·艾力。",
        "利益相关方：何木兰。",
        "六、有关要求",
        "1.请参会人员提前10分钟到会签到，并围绕议题做好发言准备。",
        "2.因故不能参会的，请会前向联络员请假，并填好回执送回。",
        "联系人：李文书，电话：0561-6000000。",
    ]
    assert (paper.has_seal, paper.signed_on) == (True, date(2026, 3, 9))


def test_chapters_without_words_are_left_out_and_the_rest_numbered_on(desk: Desk) -> None:
    paper = letter(desk, "notice", factory.meeting(desk))
    chapters = [line for line in paper.body.split("\n") if line[1:2] == "、"]
    assert chapters == ["一、会议时间", "二、会议地点", "三、有关要求"]


def test_the_title_of_a_notice_says_about_once(desk: Desk) -> None:
    held = factory.meeting(desk, "关于桥口村停车难问题的协商会")
    assert letter(desk, "notice", held).title == "关于召开桥口村停车难问题的协商会的通知"


def test_a_notice_leads_back_to_the_meeting(desk: Desk, story: Story) -> None:
    sources = letter(desk, "notice", story.meeting).sources
    assert (sources["title"].record, sources["title"].field) == (story.meeting.id, "name")


def test_everyone_who_is_asked_may_have_a_notice_of_their_own(desk: Desk, story: Story) -> None:
    papers = all_of(desk, "notice", story.meeting, is_each=True)
    assert all(isinstance(each, OfficialPaper) for each in papers)
    told = [each.main_to for each in papers if isinstance(each, OfficialPaper)]
    assert told == ["陆䶮委员", "买买提·艾力委员", "何木兰同志"]


def test_the_slip_has_the_name_of_whom_it_is_for(desk: Desk, story: Story) -> None:
    one, *_ = all_of(desk, "notice", story.meeting, is_each=True)
    assert isinstance(one, OfficialPaper)
    assert one.attachments == ("参会回执",)
    slip = one.enclosure
    assert slip is not None
    assert beside(slip, "姓名") == "陆䶮"
    assert beside(slip, "单位及职务") == "镇党委副书记"
    assert beside(slip, "联系电话") == ""
    assert beside(slip, "能否参会") == "□参会　□请假"
    general = letter(desk, "notice", story.meeting).enclosure
    assert general is not None
    assert beside(general, "姓名") == ""


def test_an_agenda_keeps_the_order_of_the_meeting(desk: Desk, story: Story) -> None:
    paper = form(desk, "agenda", story.meeting)
    assert rows_of(paper) == [
        ["序号", "时间", "议程", "发言人"],
        ["1", "14:30", "通报调研结果", "买买提·艾力"],
        ["2", "15:00", "委员和群众发言", ""],
    ]
    assert "主持：陆䶮（镇党委副书记）" in text_of(desk, "agenda", story.meeting)


def test_an_empty_agenda_has_rows_to_write_in(desk: Desk) -> None:
    rows = rows_of(form(desk, "agenda", factory.meeting(desk)))
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5", "6"]


def test_the_sign_in_sheet_lists_everyone_in_order_with_room_to_sign(
    desk: Desk, story: Story
) -> None:
    rows = rows_of(form(desk, "sign_in", story.meeting, extra_rows=2))
    assert rows[1] == ["1", "陆䶮", "镇党委副书记", "中共", "138****0001", "", ""]
    assert [row[1] for row in rows[1:]] == ["陆䶮", "买买提·艾力", "何木兰", "", ""]
    assert rows[3][6] == "请假"
    assert rows[3][3] == "利益相关方"
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5"]


def test_those_absent_stand_under_the_sheet_with_the_reason(desk: Desk, story: Story) -> None:
    assert "请假、缺席及原因：何木兰（外出务工）" in text_of(desk, "sign_in", story.meeting)


def test_who_came_is_counted_once_the_meeting_is_over(desk: Desk, story: Story) -> None:
    assert form(desk, "sign_in", story.meeting).over_right == "应到3人　　实到2人"
    before = form(desk, "sign_in", story.meeting, today=date(2026, 2, 1))
    assert before.over_right == "应到3人　　实到　　人"


def test_a_telephone_number_is_whole_only_when_the_clerk_says_so(desk: Desk, story: Story) -> None:
    assert MOBILE not in text_of(desk, "sign_in", story.meeting)
    assert MOBILE in text_of(desk, "sign_in", story.meeting, show_personal=True)


def test_a_list_a_little_too_long_for_a_page_has_lower_rows(desk: Desk) -> None:
    meeting = factory.meeting(desk)
    for place in range(15):
        person = factory.person(desk, f"王小{'一二三四五六七八九十甲乙丙丁戊'[place]}")
        factory.attendance(desk, meeting, person, position=place)
    paper = form(desk, "sign_in", meeting, extra_rows=3)
    grid = paper.parts[1]
    heights = {row.height for row in grid.rows[1:]}  # type: ignore[union-attr]
    assert len(heights) == 1
    assert 8 <= heights.pop() < 9


def test_plates_begin_with_the_host_and_leave_out_who_does_not_come(
    desk: Desk, story: Story
) -> None:
    (paper,) = all_of(
        desk, "name_plates", desk.save(replace(story.meeting, host=story.member.person))
    )
    assert isinstance(paper, NamePlates)
    assert [each.name for each in paper.plates] == ["买买提·艾力", "陆䶮"]
    assert all(each.source and each.source.table == "person" for each in paper.plates)


def test_a_record_of_a_meeting_has_who_what_and_the_vote(desk: Desk, story: Story) -> None:
    paper = form(desk, "meeting_record", story.meeting)
    assert beside(paper, "会议名称") == "桥口村停车难专题协商会"
    assert beside(paper, "起止时间").startswith("2026年2月6日（星期五）下午2:30至")
    assert beside(paper, "主持人（职务）") == "陆䶮（镇党委副书记）"
    assert beside(paper, "记录人") == "买买提·艾力"
    assert beside(paper, "出席") == "陆䶮、买买提·艾力"
    assert beside(paper, "请假缺席（原因）") == "何木兰（外出务工）"
    text = text_of(desk, "meeting_record", story.meeting)
    assert "买买提·艾力（问）：能否固定卸货时段。" in text
    assert (
        "1.新划停车位30个（责任单位：镇村镇建设办公室；协办：桥口村；时限：2026年3月1日）。" in text
    )
    assert "未达成共识：是否收停车费（部分商户；下次协商会再议）。" in text
    assert "表决（举手）：同意3票，反对0票，弃权1票。" in text


def test_a_meeting_without_a_list_shows_how_many_came(desk: Desk) -> None:
    held = desk.save(
        Meeting(name="院坝会", held_at=datetime(2026, 2, 1, 9, 0), headcount=23, note="冒雨开会")
    )
    paper = form(desk, "meeting_record", held)
    assert beside(paper, "出席") == "共23人"
    assert beside(paper, "备注") == "冒雨开会"


def test_someone_taken_off_the_list_is_on_no_paper(desk: Desk, story: Story) -> None:
    for seat in desk.find(Attendance, meeting=story.meeting.id, person=story.member.person):
        desk.remove(seat)
    assert "买买提·艾力" not in "".join(
        cell for row in rows_of(form(desk, "sign_in", story.meeting)) for cell in row
    )


def test_photos_of_a_meeting_stand_on_the_form_of_its_topic(desk: Desk, story: Story) -> None:
    desk.save(
        Attachment(owner_table="meeting", owner=story.meeting.id, name="会场.JPG", sha256="cd" * 32,
                   size=1, note="会场")
    )  # fmt: skip
    assert "现场照片\n会场" in text_of(desk, "loop_form", story.topic)
