"""上墙材料: large sheets, the office's own words, and nothing that is nobody's business."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.attachment import Attachment
from liaison_desk.exports.content import Paragraph, Photos, SheetSize
from liaison_desk.exports.papers.templates import DUTIES, RECEPTION, RIGHTS, read_template
from tests import factory
from tests.exports.papers.making import rows_of, text_of, wall
from tests.exports.papers.story import MOBILE, PHOTO

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk
    from tests.exports.papers.story import Story


def test_members_are_shown_without_telephones_until_the_clerk_says_so(
    desk: Desk, story: Story
) -> None:
    rows = rows_of(wall(desk, "wall_members"))
    assert rows[0] == ["序号", "姓名", "政协职务", "单位及职务", "联系村（社区）"]
    assert rows[1] == ["1", "陆䶮", "召集人", "镇党委副书记", "桥口村"]
    shown = rows_of(wall(desk, "wall_members", show_phones_on_wall=True))
    assert shown[1][-1] == MOBILE


def test_no_empty_column_hangs_on_the_wall(desk: Desk, story: Story) -> None:
    for seat in (story.chair, story.member):
        desk.save(replace(seat, village=None))
    rows = rows_of(wall(desk, "wall_members", show_phones_on_wall=True))
    assert rows[0] == ["序号", "姓名", "政协职务", "单位及职务", "联系电话"]
    assert rows[1] == ["1", "陆䶮", "召集人", "镇党委副书记", MOBILE]


def test_only_members_now_serving_hang_on_the_wall(desk: Desk, story: Story) -> None:
    desk.save(replace(story.member, status="辞去"))
    assert [row[1] for row in rows_of(wall(desk, "wall_members"))[1:]] == ["陆䶮"]


@pytest.mark.parametrize(
    "text",
    [
        "委员守则\n## 学习\n1. 多读书。",
        "#委员守则\n##学习\n1. 多读书。",
        "＃ 委员守则\n＃＃学习\n1. 多读书。",
    ],
)
def test_a_sheet_has_its_title_however_the_marks_are_typed(
    desk: Desk, story: Story, text: str
) -> None:
    paper = wall(desk, "wall_rights", wall_texts=((RIGHTS, text),))
    assert paper.title == "委员守则"
    assert [
        (each.is_heading, each.text) for each in paper.parts if isinstance(each, Paragraph)
    ] == [
        (True, "学习"),
        (False, "1.多读书。"),
    ]


def test_a_sheet_is_as_large_as_the_clerk_says(desk: Desk, story: Story) -> None:
    for key in ("wall_rights", "wall_plan"):
        assert wall(desk, key).size is SheetSize.A3
        assert wall(desk, key, size=SheetSize.A4).size is SheetSize.A4


@pytest.mark.parametrize("name", [RIGHTS, DUTIES, RECEPTION])
def test_a_shipped_text_has_a_title_and_leaves_no_brace_behind(name: str) -> None:
    read = read_template(name, factory.office())
    assert read.title
    assert len(read.lines) > 5
    assert not any("{" in line or "#" in line for _, line in read.lines)


def test_the_office_stands_in_its_own_duties(desk: Desk) -> None:
    paper = wall(desk, "wall_duties")
    assert paper.title == "柳河镇政协联络组工作职责"
    assert "在柳河镇党委领导和濉溪县政协指导下" in text_of(desk, "wall_duties")


def test_headings_are_told_from_lines(desk: Desk) -> None:
    parts = [each for each in wall(desk, "wall_reception").parts if isinstance(each, Paragraph)]
    assert [each.text for each in parts if each.is_heading][:2] == ["一、热情接待", "二、认真登记"]
    assert "1.能当场答复的，当场答复、讲清政策。" in [each.text for each in parts]


def test_the_offices_own_text_comes_first(desk: Desk) -> None:
    own = ((RIGHTS, "# 我们的权利\n\n一条，{{本室.名称}}\n{{本室.没有的}}\n"),)
    paper = wall(desk, "wall_rights", wall_texts=own)
    assert paper.title == "我们的权利"
    texts = [each.text for each in paper.parts if isinstance(each, Paragraph)]
    assert texts == ["一条，柳河镇政协联络组", "{{本室.没有的}}"]
    assert wall(desk, "wall_duties", wall_texts=own).title == "柳河镇政协联络组工作职责"


def test_the_plan_on_the_wall_names_months_and_no_leader(desk: Desk, story: Story) -> None:
    rows = rows_of(wall(desk, "wall_plan"))
    assert rows[1][:5] == ["1", "桥口村停车难问题", "专题协商", "买买提·艾力", "2月"]
    assert "牵头领导" not in rows[0]


def test_photos_say_what_they_show_the_latest_first(desk: Desk, story: Story) -> None:
    desk.save(
        Attachment(owner_table="meeting", owner=story.meeting.id, name="会.png", sha256="cd" * 32,
                   size=1)
    )  # fmt: skip
    (photos,) = wall(desk, "wall_photos").parts
    assert isinstance(photos, Photos)
    assert [each.caption for each in photos.photos] == [
        "2026年3月5日　委员接待群众",
        "2026年2月6日　桥口村停车难专题协商会",
    ]
    assert photos.photos[0].sha256 == PHOTO


def test_a_year_without_photos_says_so(desk: Desk, story: Story) -> None:
    assert "2024年还没有活动照片" in text_of(desk, "wall_photos", year=2024)
