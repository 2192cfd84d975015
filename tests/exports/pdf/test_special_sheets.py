"""席卡, wall sheets and 归档章: sizes, places and words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from liaison_desk.exports.content import (
    ArchiveStamp,
    ArchiveStamps,
    NamePlate,
    NamePlates,
    Paper,
    Paragraph,
    Photo,
    Photos,
    SheetSize,
    Source,
    WallPaper,
)
from liaison_desk.exports.pdf.render import render
from liaison_desk.exports.pdf.words import CannotPrint
from tests.exports.pdf.papers import SUMMARY
from tests.exports.pdf.printed import POINTS_PER_MM, Printed
from tests.factory import SAMPLE

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.fonts import FontBook

Printing = Callable[[Paper], Printed]
NAMES = ("李䶮", "赵建国", "欧阳建国", "阿卜杜热合曼·吾布力卡斯木")


def plates(*names: str) -> NamePlates:
    """Return plates with these names."""
    return NamePlates(title="席卡", plates=tuple(NamePlate(name=name) for name in names))


def test_a_plate_has_its_name_on_both_halves_away_from_fold_and_edge(printing: Printing) -> None:
    printed = printing(plates(*NAMES))
    assert [text.count(name) for name, text in zip(NAMES, printed.texts, strict=True)] == [2] * 4
    for page in range(len(NAMES)):
        far = printed.ink(page, (0.0, 0.0, 297.0, 105.0), 150)
        near = printed.ink(page, (0.0, 105.0, 297.0, 210.0), 150)
        assert far is not None
        assert near is not None
        assert near.top > 115.0
        assert near.bottom < 200.0
        assert far.top == pytest.approx(210.0 - near.bottom, abs=0.4)
        assert (near.left + near.right) / 2 == pytest.approx(148.5, abs=0.4)
        assert near.left > 20.0


def test_two_characters_stand_as_wide_as_three(printing: Printing) -> None:
    printed = printing(plates("国国", "国国国"))
    two, three = (printed.ink(page, (0.0, 105.0, 297.0, 210.0)) for page in (0, 1))
    assert two is not None
    assert three is not None
    assert two.right - two.left == pytest.approx(three.right - three.left, abs=0.5)
    assert two.bottom - two.top == pytest.approx(three.bottom - three.top, abs=0.5)


def test_the_far_half_is_upside_down(fonts: FontBook) -> None:
    operators = Printed(render(plates("李䶮"), fonts).pdf).content[0]
    assert "-1 0 0 -1" in operators


def test_a_plate_leads_to_its_person(fonts: FontBook) -> None:
    source = Source("person", "p1", "name")
    paper = NamePlates(title="席卡", plates=(NamePlate(name="李䶮", source=source),))
    assert [each.source for each in render(paper, fonts).places] == [source]
    with pytest.raises(CannotPrint) as caught:
        render(replace(paper, plates=(NamePlate(name="陆𰻞", source=source),)), fonts)
    assert caught.value.missing[0].source == source


def test_a_wall_sheet_has_type_as_large_as_its_words_allow(printing: Printing) -> None:
    few, many = (
        WallPaper(
            title="工作职责", parts=(Paragraph(text=SUMMARY * count),), foot="柳河镇政协联络组"
        )
        for count in (3, 30)
    )
    heights = []
    for paper in (few, many):
        printed = printing(paper)
        assert len(printed) == 1
        assert printed.text.endswith("柳河镇政协联络组")
        width, height = (side / POINTS_PER_MM for side in printed.document[0].get_size())
        assert (width, height) == pytest.approx((297.0, 420.0), abs=0.1)
        heights.append(printed.bands(0, (28.0, 37.0, 271.0, 385.0))[1])
    first, second = (bottom - top for top, bottom in heights)
    assert first > 1.5 * second


def test_a_wall_sheet_can_be_a4_and_lie_on_its_side(printing: Printing) -> None:
    paper = WallPaper(
        title="接待流程", parts=(Paragraph(text=SUMMARY),), size=SheetSize.A4, is_landscape=True
    )
    width, height = printing(paper).document[0].get_size()
    assert (width, height) == pytest.approx((841.89, 595.276), abs=0.01)


def test_the_photos_of_a_wall_sheet_are_read_once_whatever_sizes_are_tried(
    fonts: FontBook,
) -> None:
    content, asked = (SAMPLE / "协商会现场.jpg").read_bytes(), list[str]()

    def pictures(sha256: str) -> bytes:
        asked.append(sha256)
        return content

    photos = Photos(photos=tuple(Photo(sha256=name, caption=SUMMARY) for name in "甲乙丙丁"))
    made = render(WallPaper(title="活动风采", parts=(photos,)), fonts, pictures)
    assert made.pages == 1
    assert asked == ["甲", "乙", "丙", "丁"]


def test_an_archive_stamp_is_45_by_16_mm_with_six_cells(printing: Printing) -> None:
    stamp = ArchiveStamp(
        fonds="X043", year="2026", number="0001", section="联络组", retention="永久", pages="3"
    )
    printed = printing(ArchiveStamps(title="归档章", stamps=(("关于停车难的协商纪要", stamp),)))
    assert printed.text == "归档章关于停车难的协商纪要X04320260001联络组永久3"
    box = printed.ink(0, (130.0, 50.0, 200.0, 120.0), 600)
    assert box is not None
    assert box.right - box.left == pytest.approx(45.0, abs=0.3)
    assert box.bottom - box.top == pytest.approx(16.0, abs=0.3)
    assert box.right <= 184.2
