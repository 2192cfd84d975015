"""Before print: what is missing or looks wrong is found, with the way there; nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from liaison_desk.domain.activity import Activity
from liaison_desk.domain.topic import Topic
from liaison_desk.exports.content import (
    FormPaper,
    OfficialPaper,
    PaperStyle,
    Paragraph,
    Source,
    WallPaper,
)
from liaison_desk.exports.papers.checks import Finding, check_before_print
from liaison_desk.exports.papers.registry import PAPERS, PaperKind, paper_called
from tests import factory
from tests.exports.papers.making import all_of
from tests.exports.papers.story import IDENTITY, MOBILE, Story

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Paper
    from liaison_desk.services.desk import Desk

ANY = Source("meeting", "1", "point")


def found(
    desk: Desk,
    key: str,
    record: Record | None = None,
    papers: tuple[Paper, ...] = (),
    **options: Any,  # noqa: ANN401  (any choice)
) -> list[Finding]:
    made = papers or all_of(desk, key, record, **options)
    return check_before_print(desk, paper_called(key), record, made)


def said(*args: Any, **options: Any) -> str:  # noqa: ANN401  (as `found`)
    return "\n".join(each.sentence for each in found(*args, **options))


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.key)
def test_papers_of_a_well_kept_office_are_clean(desk: Desk, story: Story, kind: PaperKind) -> None:
    sentences = [each.sentence for each in found(desk, kind.key, story.record(kind.of))]
    meant = {
        "reminder": ["这件事项已有办理反馈，请看还要不要催办"],
        "notice": ["落款日期晚于会议日期（2月6日），请改“落款日期”"],  # its meeting has been held
    }
    assert sentences == meant.get(kind.key, [])


def test_a_notice_dated_after_its_meeting_is_told_of(desk: Desk, story: Story) -> None:
    assert story.meeting.held_at is not None
    day = story.meeting.held_at.date()
    late = said(desk, "notice", story.meeting, dated=day + timedelta(days=1))
    assert late == "落款日期晚于会议日期（2月6日），请改“落款日期”"
    assert said(desk, "notice", story.meeting, dated=day) == ""


def test_an_empty_field_is_named_and_leads_there(desk: Desk, story: Story) -> None:
    meeting = desk.save(replace(story.meeting, place="", host=None))
    findings = found(desk, "agenda", meeting)
    assert findings == [
        Finding("“地点”还没有填，打印出来是空的", Source("meeting", meeting.id, "place")),
        Finding("“主持人”还没有填，打印出来是空的", Source("meeting", meeting.id, "host")),
    ]


def test_a_list_nobody_has_entered_is_named(desk: Desk) -> None:
    assert "还没有出席，打印出来是空的" in said(desk, "sign_in", factory.meeting(desk))


def test_an_unfinished_day_in_a_text_is_found(desk: Desk, story: Story) -> None:
    paper = OfficialPaper(
        style=PaperStyle.PLAIN, title="关于停车的函",
        body="请于2026年　月　日前办结。\n会议定于X年X月X日召开。",
        sources={"body": ANY},
    )  # fmt: skip
    findings = found(desk, "reminder", None, (paper,))
    assert [each.source for each in findings] == [ANY] * len(findings)
    assert "日期“2026年 月 日”没有写完" in findings[0].sentence
    whole = replace(paper, body="请于2026年3月5日前办结，2026年3月报结果，2026年度总结。")
    assert found(desk, "reminder", None, (whole,)) == []


def test_a_letter_about_a_meeting_without_time_says_so(desk: Desk) -> None:
    matter = factory.matter(desk, handed_over_on=None)
    assert "“交办日期”还没有填" in said(desk, "reminder", matter)


@pytest.mark.parametrize("word", ["秘密", "机密", "绝密", "机 密"])
def test_a_word_of_secrecy_in_a_title_is_warned_of(desk: Desk, word: str) -> None:
    topic = desk.save(Topic(name=f"关于{word}事项", reason="有"))
    assert "本程序不能处理涉密内容" in said(desk, "typical_case", topic)


def test_a_telephone_number_on_a_wall_is_asked_about(desk: Desk, story: Story) -> None:
    assert found(desk, "wall_members") == []
    text = said(desk, "wall_members", show_phones_on_wall=True)
    assert f"上墙材料里有手机号“{MOBILE}”，请确认本人同意公开" in text


@pytest.mark.parametrize("text", [f"证号{IDENTITY}", "民族：维吾尔族", "政治面貌：群众"])
def test_what_is_sensitive_is_found_on_a_wall(desk: Desk, text: str) -> None:
    paper = WallPaper(title="委员", parts=(Paragraph(text=text, source=ANY),))
    (finding,) = found(desk, "wall_rights", None, (paper,))
    assert finding.source == ANY


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("陆岩说车位不够", "陆䶮"),
        ("买买堤·艾力主持", "买买提·艾力"),
        ("由王小名负责", "王小明"),
        ("由王晓明负责", "王小明"),
    ],
)
def test_a_name_written_like_one_of_the_roster_is_asked_about(
    desk: Desk, story: Story, text: str, right: str
) -> None:
    factory.member(desk, "王小明")
    paper = FormPaper(title="记录", parts=(Paragraph(text=text, source=ANY),))
    assert f"与名册里的“{right}”相近" in said(desk, "meeting_record", story.meeting, (paper,))


@pytest.mark.parametrize(
    "text", ["陆䶮和买买提·艾力都到了", "陆地运输", "王小明、王晓明都在", "大陆架", "张大伟是群众"]
)
def test_names_that_are_right_and_other_words_are_left_alone(
    desk: Desk, story: Story, text: str
) -> None:
    factory.member(desk, "王小明")
    factory.member(desk, "王晓明")
    paper = FormPaper(title="记录", parts=(Paragraph(text=text, source=ANY),))
    assert "相近" not in said(desk, "meeting_record", story.meeting, (paper,))


def test_only_free_texts_are_searched_for_names(desk: Desk, story: Story) -> None:
    paper = FormPaper(
        title="表", parts=(Paragraph(text="陆岩", source=Source("matter", "1", "handler")),)
    )
    assert "相近" not in said(desk, "meeting_record", story.meeting, (paper,))


def test_the_same_finding_is_told_once(desk: Desk, story: Story) -> None:
    activity = desk.save(Activity(kind="走访", name="走访", held_at=story.activity.held_at))
    findings = found(desk, "activity_form", activity)
    assert len(findings) == len(set(findings)) > 0
    assert not any("时间" in each.sentence for each in findings)
