"""The papers of the whole office: plan, ledgers, archive."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from liaison_desk.domain.activity import Activity
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.opinion import Opinion
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.exports import ledgers
from liaison_desk.exports.content import ArchiveStamps, Grid
from liaison_desk.exports.excel import write_ledger
from liaison_desk.exports.ledgers import Cover
from liaison_desk.exports.papers.ledger_papers import widths_for
from liaison_desk.exports.papers.plan import LABELS
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.render import render
from tests import factory
from tests.exports.papers.making import all_of, beside, form, rows_of
from tests.exports.pdf.printed import Printed

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk
    from tests.exports.papers.story import Story


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    """The bundled fonts alone, so that every computer prints alike."""
    return FontBook(bundled_only=True)


COVER = Cover("柳河镇政协联络组", "2026年", date(2026, 3, 9))


def test_a_plan_lies_on_its_side_in_its_own_order(desk: Desk, story: Story) -> None:
    for position, name in ((3, "丙"), (2, "乙")):
        topic = factory.topic(desk, name)
        desk.save(PlanItem(year=2026, position=position, topic=topic.id))
    desk.save(PlanItem(year=2027, position=1, topic=factory.topic(desk, "明年的事").id))
    paper = form(desk, "year_plan", extra_rows=1)
    assert paper.is_landscape
    rows = rows_of(paper)
    assert rows[0] == list(LABELS)
    assert [row[1] for row in rows[1:]] == ["桥口村停车难问题", "乙", "丙", ""]
    assert rows[1] == [
        "1", "桥口村停车难问题", "专题协商", "陆䶮", "买买提·艾力", "委员、商户", "1月", "2月",
        "协商纪要", "", "延期：等测绘",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "name", "of"),
    [
        ("roster", "roster", Membership),
        ("meeting_ledger", "meeting_ledger", Meeting),
        ("matter_ledger", "matter_ledger", Matter),
        ("opinion_ledger", "opinion_ledger", Opinion),
        ("activity_ledger", "activity_ledger", Activity),
    ],
)
def test_a_ledger_on_paper_has_the_columns_and_rows_of_the_workbook(
    desk: Desk, story: Story, key: str, name: str, of: type
) -> None:
    workbook = io.BytesIO()
    write_ledger(workbook, getattr(ledgers, name)(desk, COVER, desk.find(of)))
    sheet = openpyxl.load_workbook(workbook, data_only=True).worksheets[0]
    paper = form(desk, key)
    rows = rows_of(paper)
    assert paper.is_landscape
    assert paper.title == sheet["A1"].value
    heads = [str(cell.value).replace("\n", "") for cell in sheet[3]]
    printed = [each.replace("\n", "") for each in rows[0]]
    assert [each for each in heads if each in printed] == printed
    places = [heads.index(each) for each in printed]
    assert key == "roster" or printed == heads
    assert len(rows) == sheet.max_row - 2
    for number, row in enumerate(rows[1:-1]):
        for text, place in zip(row, places, strict=True):
            value = sheet[number + 4][place].value
            if isinstance(value, str):
                assert text == re.sub(r"(\d{4})-0?(\d+)-0?(\d+)", r"\1.\2.\3", value)
            elif isinstance(value, int | float):
                assert float(text) == value
            else:
                assert bool(text) == (value is not None)


def test_a_roster_on_paper_leaves_out_columns_that_say_nothing(desk: Desk, story: Story) -> None:
    paper = form(desk, "roster")
    assert "第十二届" in paper.over_left  # all of one term: said once
    assert not {"届次", "级别"} & set(rows_of(paper)[0])
    desk.save(replace(story.member, term="第十三届"))
    rows = rows_of(form(desk, "roster"))
    assert {row[rows[0].index("届次")] for row in rows[1:-1]} == {"第十二届", "第十三届"}
    assert all(any(column) for column in zip(*rows[1:-1], strict=True))


def test_every_cell_of_a_ledger_leads_to_the_record_of_its_row(desk: Desk, story: Story) -> None:
    grid = form(desk, "opinion_ledger").parts[0]
    assert isinstance(grid, Grid)
    assert {cell.source.record for cell in grid.rows[1].cells if cell.source} == {story.opinion.id}


def test_days_in_a_ledger_are_short(desk: Desk, story: Story) -> None:
    rows = rows_of(form(desk, "activity_ledger"))
    assert rows[1][1] == "2026.3.5\n8:30"
    assert rows[-1][0] == "合计"


def test_a_roster_may_be_of_an_earlier_term(desk: Desk, story: Story) -> None:
    old = factory.member(desk, "老委员", term="第十一届", status="届满")
    assert [row[1] for row in rows_of(form(desk, "roster"))[1:-1]] == ["陆䶮", "买买提·艾力"]
    rows = rows_of(form(desk, "roster", term=old.term))
    assert [row[1] for row in rows[1:-1]] == ["老委员"]


def test_matters_still_open_stand_in_the_ledger_of_a_later_year(desk: Desk, story: Story) -> None:
    done = factory.matter(desk, "去年办结的", handed_over_on=date(2025, 2, 1))
    desk.save(replace(story.reply, id="", matter=done.id, replied_on=date(2025, 2, 20)))
    desk.save(replace(done, closed_on=date(2025, 3, 1)))
    names = [row[2] for row in rows_of(form(desk, "matter_ledger"))[1:-1]]
    assert names == ["新划停车位30个"]
    names = [row[2] for row in rows_of(form(desk, "matter_ledger", year=2025))[1:-1]]
    assert set(names) == {"新划停车位30个", "去年办结的"}


def test_a_number_has_its_column_and_long_texts_share_the_rest() -> None:
    widths = widths_for(["序号", "手机", "内容"], [["1"], ["13856100001"], ["很长的内容" * 20]])
    assert widths[1] >= 11 * 0.55
    assert widths[2] > 3 * widths[0]


def test_a_crowded_ledger_spares_its_short_columns() -> None:
    columns = [["第十二届"]] * 14 + [["123456789012345678"]] * 6
    widths = widths_for(["届次"] * 14 + ["号码"] * 6, columns)
    assert sum(widths) <= 72.0  # characters of 9 pt across the sheet, or hardly more
    assert all(width >= 2.5 for width in widths[:14])


def test_the_column_whose_texts_make_rows_high_is_the_widest() -> None:
    matters = [
        "在移民安置社区东侧空地建设电动自行车集中充电棚，由社区物业负责日常管理" * 2,
        "划线",
    ] * 6
    agencies = ["镇综合行政执法大队（镇应急管理办公室）", ""] * 6
    once = ["已完成场地平整和立项，预计三天内完成。"] + [""] * 11
    widths = widths_for(["事项", "主办单位", "最新进展"], [matters, agencies, once])
    assert widths[0] > 1.5 * widths[1] >= 1.5 * widths[2]


def test_a_document_number_has_room_for_itself_in_a_ledger() -> None:
    long = ["很长的内容" * 10] * 9
    labels = ["序号", "交办文号", *["内容"] * 8]
    widths = widths_for(labels, [["1"] * 9, ["柳协办〔2026〕12号"] * 9, *[long] * 8])
    assert widths[1] >= 7.2  # 〔2026〕12号, and the white beside it


@pytest.mark.parametrize("fonds", ["X043", ""])
def test_a_file_number_stands_on_one_line(
    desk: Desk, story: Story, fonts: FontBook, fonds: str
) -> None:
    text = Printed(render(form(desk, "archive_list", fonds=fonds), fonts).pdf).document[0]
    lines = text.get_textpage().get_text_range().split()
    assert f"{fonds}-WS·2026-D30-0001" in lines


@pytest.mark.parametrize("key", ["matter_ledger", "archive_list"])
def test_a_document_number_is_whole_in_its_column(
    desk: Desk, story: Story, fonts: FontBook, key: str
) -> None:
    desk.save(replace(story.matter, handover_number="濉柳协办〔2026〕12号"))
    desk.save(replace(story.minutes, id="", prefix="濉柳协纪", number=12))
    text = Printed(render(form(desk, key, fonds="X043"), fonts).pdf).document[0]
    lines = text.get_textpage().get_text_range().split()
    assert "〔2026〕12号" in "".join(each for each in lines if "〔" in each)
    assert all("号" in each for each in lines if "〔" in each)


def test_what_is_archived_is_numbered_within_its_retention(desk: Desk, story: Story) -> None:
    rows = rows_of(form(desk, "archive_list", fonds="0123", pages=((story.minutes.id, 3),)))
    assert [row[1] for row in rows[1:]] == [
        "0123-WS·2026-Y-0001",
        "0123-WS·2026-Y-0002",
        "0123-WS·2026-D30-0001",
        "0123-WS·2026-D30-0002",
    ]
    assert rows[1][2:7] == [
        "〔2026〕1号", "柳河镇政协联络组", "关于桥口村停车难问题的协商纪要", "20260208", "3",
    ]  # fmt: skip
    assert rows[3][2:6] == ["第45号", "买买提·艾力", "关于增设停车位的提案", "20260120"]


def test_drafts_and_replaced_minutes_are_not_archived(desk: Desk, story: Story) -> None:
    factory.minutes(desk, story.meeting, heading="还是草稿")
    second = replace(
        story.minutes, id="", heading="改过的纪要", version=2, replaces=story.minutes.id
    )
    desk.save(second)
    names = [row[4] for row in rows_of(form(desk, "archive_list"))[1:]]
    assert "改过的纪要" in names
    assert "还是草稿" not in names
    assert story.minutes.heading not in names


def test_each_archived_piece_has_its_stamp(desk: Desk, story: Story) -> None:
    (paper,) = all_of(desk, "archive_stamps", fonds="0123")
    assert isinstance(paper, ArchiveStamps)
    name, stamp = paper.stamps[0]
    assert name == story.minutes.heading
    assert (stamp.fonds, stamp.year, stamp.number) == ("0123", "2026", "0001")
    assert (stamp.section, stamp.retention, stamp.pages) == ("", "永久", "")
    assert stamp.source is not None
    assert stamp.source.record == story.minutes.id


def test_an_empty_year_gives_stamps_to_fill_by_hand(desk: Desk) -> None:
    (paper,) = all_of(desk, "archive_stamps", year=2020)
    assert isinstance(paper, ArchiveStamps)
    assert len(paper.stamps) == 8
    assert {stamp.year for _, stamp in paper.stamps} == {"2020"}


def test_a_packet_sheet_tells_what_matters_and_both_copies_stand_on_one_page(
    desk: Desk, story: Story, fonts: FontBook
) -> None:
    told = (
        "本室1、村（社区）3、委员任期14、流程步骤4、协商会2、会上议题2、出席31、纪要1、办理事项3、"
    )
    packet = desk.save(replace(story.packet, contents=told * 3))
    paper = form(desk, "packet_sheet", packet)
    assert beside(paper, "内容") == "、".join(["委员任期14、协商会2、纪要1、办理事项3"] * 3)
    assert render(paper, fonts).pages == 1
