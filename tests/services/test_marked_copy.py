"""A leader's marked Word file, brought back to the minutes it is about."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.minutes import FINAL, Minutes
from liaison_desk.domain.record import with_values
from liaison_desk.exports.papers import minutes_paper
from liaison_desk.exports.word.document import render_docx
from liaison_desk.exports.word.reading import read_marked
from liaison_desk.services.marked_copy import MarkedCopy, NotDraft, compare, take
from liaison_desk.services.minutes import new_version
from tests import factory
from tests.exports.word.marking import Marked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from liaison_desk.services.desk import Desk

SUMMARY = "2026年3月6日上午，联络组在镇政府三楼会议室召开停车难专题协商会。会议由陆䶮主持。"
LINES = (
    "一、会议交流情况",
    "周㛃提出，老街夜间停车位不足，救护车进不来。",
    "王𬭚认为，菜场东侧空地可以改成停车场，费用不大。",
    "二、会议议定事项",
    "(一)新划停车位30个。责任单位：镇城建办；完成时限：2026年6月30日。",
    "（二）协调学校夜间开放操场停车。责任单位：镇中心校。",
    "会议要求，各责任单位每月向联络组报告一次进展。",
)


@pytest.fixture
def minutes(desk: Desk) -> Minutes:
    """A draft of two fields of text and three lists of names."""
    held = factory.meeting(desk)
    return factory.minutes(
        desk,
        held,
        summary=SUMMARY,
        body="\n".join(LINES),
        present="陆䶮　周㛃　王𬭚",
        on_leave="赵建国",
        nonvoting="韩雪梅",
        main_to="县政协办公室",
        copies="各村（社区）",
        issuer="柳河镇政协联络组",
        version=1,
    )


@pytest.fixture
def marked(minutes: Minutes) -> Marked:
    """The file that went out."""
    return Marked(render_docx(minutes_paper(minutes)))


@pytest.fixture
def back(desk: Desk, minutes: Minutes, tmp_path: Path) -> Callable[[Marked], MarkedCopy]:
    """Bring an edited file back."""

    def bring(marked: Marked) -> MarkedCopy:
        now = desk.get(Minutes, minutes.id)
        assert now is not None
        return compare(desk, now, read_marked(marked.save(tmp_path)))

    return bring


def told(copy: MarkedCopy) -> list[tuple[str, str]]:
    """Kind and place of every change."""
    return [(each.kind, each.place) for each in copy.changes]


def body(desk: Desk, minutes: Minutes) -> tuple[str, ...]:
    now = desk.get(Minutes, minutes.id)
    assert now is not None
    return tuple(now.body.split("\n"))


def test_a_file_given_back_as_it_went_out_says_nothing(
    marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    copy = back(marked)
    assert copy.changes == ()
    assert copy.notes == ()


def test_a_file_saved_again_by_another_office_program_says_nothing(
    desk: Desk, minutes: Minutes, marked: Marked, tmp_path: Path
) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    again = tmp_path / "again"
    done = [program, profile, "--headless", "--convert-to", "docx", "--outdir", str(again)]
    subprocess.run([*done, str(marked.save(tmp_path))], check=True, capture_output=True)
    copy = compare(desk, minutes, read_marked(next(again.iterdir())))
    assert copy.is_sure
    assert told(copy) == []


def test_words_typed_over_are_a_change_of_their_paragraph(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    copy = back(marked.replace("老街夜间停车位不足", "老街夜间停车位严重不足"))
    (change,) = copy.changes
    assert (change.kind, change.place) == ("改动", "正文第3段")
    assert [each.text for each in change.pieces if each.kind == "in"] == ["严重"]
    take(desk, minutes, copy, copy.changes)
    assert body(desk, minutes)[1] == "周㛃提出，老街夜间停车位严重不足，救护车进不来。"
    assert body(desk, minutes)[4] == LINES[4]


def test_tracked_changes_are_read_as_accepted_with_who_made_them(
    marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    (change,) = back(marked.track("费用不大", "费用约三万元")).changes
    assert change.authors == ("王镇长",)
    kinds = [(each.kind, each.text) for each in change.pieces if each.kind != "same"]
    assert ("in", "约三万元") in kinds
    assert "".join(text for kind, text in kinds if kind == "out") == "不大"


def test_a_comment_stands_beside_its_paragraph_and_changes_nothing(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    copy = back(marked.comment("每月", "改成每季度是否更好？"))
    (change,) = copy.changes
    assert change.kind == "批注"
    assert not change.can_take
    (remark,) = change.remarks
    assert (remark.author, remark.about) == ("王镇长", "每月")
    assert remark.text == "改成每季度是否更好？"
    assert take(desk, minutes, copy, copy.changes) == minutes


def test_a_new_paragraph_comes_after_the_one_it_stands_under(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    copy = back(marked.add_after("费用不大", "李䶮建议，收费标准应先公示。"))
    assert told(copy) == [("新加", "正文第4段之后")]
    take(desk, minutes, copy, copy.changes)
    assert body(desk, minutes)[3] == "李䶮建议，收费标准应先公示。"
    assert len(body(desk, minutes)) == len(LINES) + 1


def test_a_deleted_paragraph_goes_when_that_is_accepted(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    copy = back(marked.remove("会议要求"))
    assert told(copy) == [("删去", "正文第8段")]
    take(desk, minutes, copy, copy.changes)
    assert body(desk, minutes) == LINES[:-1]


def test_a_tracked_deletion_of_a_whole_paragraph_is_a_deletion(
    marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    def strike(xml: str) -> str:
        run = re.sub(
            r"<w:r>(.*?)<w:t[^>]*>(.*?)</w:t></w:r>",
            r"<w:del w:author='王'><w:r><w:delText>\2</w:delText></w:r></w:del>",
            xml,
        )
        return run.replace("</w:pPr>", "<w:rPr><w:del w:id='1' w:author='王'/></w:rPr></w:pPr>", 1)

    assert told(back(marked.change("会议要求", strike))) == [("删去", "正文第8段")]


def test_a_paragraph_that_was_moved_is_known_and_put_where_it_went(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    moved = marked.paragraph("会议要求")
    copy = back(marked.remove("会议要求").change("二、会议议定事项", lambda xml: xml + moved))
    assert told(copy) == [("移动", "正文第8段，移到第5段之后")]
    take(desk, minutes, copy, copy.changes)
    assert body(desk, minutes) == (*LINES[:4], LINES[6], *LINES[4:6])


def test_a_paragraph_split_in_two_stays_one_change(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    def split(xml: str) -> str:
        return xml.replace(
            "责任单位：镇中心校", "</w:t></w:r></w:p><w:p><w:r><w:t>责任单位：镇中心校"
        )

    copy = back(marked.change("协调学校", split))
    assert told(copy) == [("改动", "正文第7段")]
    take(desk, minutes, copy, copy.changes)
    assert body(desk, minutes)[5:7] == (
        "（二）协调学校夜间开放操场停车。",
        "责任单位：镇中心校。",
    )


def test_two_paragraphs_made_one_stay_one_change(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    second = marked.paragraph("菜场东侧")
    inner = second[second.index("<w:bookmarkStart") : second.rindex("</w:p>")]
    marked.remove("菜场东侧").change(
        "老街夜间", lambda xml: xml.replace("</w:p>", inner + "</w:p>")
    )
    copy = back(marked)
    assert told(copy) == [("改动", "正文第3段")]
    take(desk, minutes, copy, copy.changes)
    assert body(desk, minutes)[1] == LINES[1] + LINES[2]
    assert body(desk, minutes)[2] == LINES[3]


def test_a_paragraph_rewritten_beyond_recognition_is_known_by_its_mark(
    marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    copy = back(marked.replace(LINES[2], "大家还讨论了别的办法"))
    assert told(copy) == [("改动", "正文第4段")]


def test_title_names_and_copies_are_taken_into_their_fields(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    marked.replace("关于桥口村停车难问题的协商纪要", "关于解决桥口村停车难问题的协商纪要")
    marked.replace("赵建国", "赵建国　钱进").replace("各村（社区）。", "各村（社区）、镇派出所。")
    copy = back(marked)
    assert told(copy) == [("改动", "标题"), ("改动", "请假"), ("改动", "抄送")]
    kept = take(desk, minutes, copy, copy.changes)
    assert kept.heading == "关于解决桥口村停车难问题的协商纪要"
    assert kept.on_leave == "赵建国　钱进"
    assert kept.copies == "各村（社区）、镇派出所"
    assert kept.present == minutes.present


def test_the_summary_stays_apart_from_the_text_under_it(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    marked.replace("会议由陆䶮主持", "会议由召集人陆䶮主持")
    marked.add_after("一、会议交流情况", "会上先通报了调研情况。")
    copy = back(marked)
    kept = take(desk, minutes, copy, copy.changes)
    assert kept.summary == SUMMARY.replace("由陆䶮", "由召集人陆䶮")
    assert kept.body.split("\n")[:2] == ["一、会议交流情况", "会上先通报了调研情况。"]


def test_only_what_is_ticked_is_taken_and_one_undo_takes_it_back(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    marked.replace("费用不大", "费用不高").replace("每月", "每季度").replace("赵建国", "钱进")
    copy = back(marked)
    assert len(copy.changes) == 3
    take(desk, minutes, copy, [copy.changes[1], copy.changes[2]])
    now = desk.get(Minutes, minutes.id)
    assert now is not None
    assert "费用不大" in now.body
    assert "每季度" in now.body
    assert now.on_leave == "钱进"
    assert desk.undo().title == "采用修改稿“修改稿.docx”"
    assert desk.get(Minutes, minutes.id) == minutes


def test_what_was_changed_here_since_is_said(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    desk.save(with_values(minutes, {"body": minutes.body.replace("救护车进不来", "消防车进不来")}))
    copy = back(marked.replace("费用不大", "费用不高"))
    assert [each.is_outdated for each in copy.changes] == [True, False]
    assert "1处也改过" in copy.notes[0]


def test_a_paragraph_added_here_since_does_not_mix_the_others_up(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    desk.save(with_values(minutes, {"body": f"（通报）会前已调研。\n{minutes.body}"}))
    copy = back(marked.replace("费用不大", "费用不高"))
    assert ("改动", "正文第5段") in told(copy)


def test_a_file_without_marks_is_compared_by_its_words_and_that_is_said(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    marked.replace("费用不大", "费用不高").remove("会议要求")
    copy = back(marked.without_marks())
    assert told(copy) == [("改动", "正文第4段"), ("删去", "正文第8段")]
    assert "没有本程序留下的记号" in copy.notes[0]


def test_a_file_made_from_other_minutes_is_said_to_be(
    desk: Desk, minutes: Minutes, back: Callable[[Marked], MarkedCopy]
) -> None:
    other = factory.minutes(desk, factory.meeting(desk, "另一次会"), heading="关于饮水问题的纪要")
    copy = back(Marked(render_docx(minutes_paper(other))))
    assert "不是从这份纪要存出的（“关于饮水问题的纪要”）" in copy.notes[0]


def test_final_minutes_take_nothing_but_their_new_version_does(
    desk: Desk, minutes: Minutes, marked: Marked, tmp_path: Path
) -> None:
    final = desk.save(with_values(minutes, {"status": FINAL, "year": 2026, "number": 1}))
    file = read_marked(marked.replace("费用不大", "费用不高").save(tmp_path))
    copy = compare(desk, final, file)
    with pytest.raises(NotDraft, match="另起新版本"):
        take(desk, final, copy, copy.changes)
    draft = new_version(desk, final)
    copy = compare(desk, draft, file)
    assert copy.notes == ()
    assert "费用不高" in take(desk, draft, copy, copy.changes).body


def test_a_title_too_long_is_refused_and_nothing_changes(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    copy = back(marked.replace("关于桥口村停车难问题的协商纪要", "长" * 121))
    with pytest.raises(NotValid, match="标题最多120个字"):
        take(desk, minutes, copy, copy.changes)
    assert desk.get(Minutes, minutes.id) == minutes


def test_taking_everything_gives_the_text_of_the_file(
    desk: Desk, minutes: Minutes, marked: Marked, back: Callable[[Marked], MarkedCopy]
) -> None:
    moved = marked.paragraph("老街夜间")
    marked.remove("老街夜间").change("协调学校", lambda xml: xml + moved)
    marked.replace("费用不大", "费用不高").remove("会议要求").add_after("新划停车位", "新的一段。")
    copy = back(marked)
    take(desk, minutes, copy, copy.changes)
    assert back(marked).changes == ()


def test_five_hundred_changed_paragraphs_without_marks_are_compared_in_a_moment(
    desk: Desk, tmp_path: Path
) -> None:
    lines = [f"第{n}段，{'讨论停车的办法' * 8}。" for n in range(500)]
    long = factory.minutes(desk, factory.meeting(desk), body="\n".join(lines))
    marked = Marked(render_docx(minutes_paper(long)))
    marked.xml = marked.xml.replace("讨论停车的办法。", "讨论了停车的各种办法。")
    file = read_marked(marked.without_marks().save(tmp_path))
    copy = compare(desk, long, file)
    assert len(copy.changes) == 500
    assert {each.kind for each in copy.changes} == {"改动"}
