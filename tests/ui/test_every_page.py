"""What holds for every page: entering, finding, changing, deleting, restoring, and fitting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from liaison_desk.domain.activity import Activity, ActivityParticipant, Visitor
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.domain.opinion import Adoption, Opinion, OpinionCosigner
from liaison_desk.domain.person import Person
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.proposal import Proposal, ProposalCosigner
from liaison_desk.domain.survey import Survey, SurveyParticipant
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff.making import PacketOrder
from liaison_desk.store.database import Database
from liaison_desk.ui.activity_page import VISITOR_WIDTHS, ActivityPage
from liaison_desk.ui.directive_page import DirectivePage
from liaison_desk.ui.meeting.line_table import LEAST_WRITING_PX
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.opinion_page import OpinionPage
from liaison_desk.ui.pages import COUNTY_PAGES, PAGES
from liaison_desk.ui.parts_page import PartsPage
from liaison_desk.ui.plan_page import PlanPage
from liaison_desk.ui.proposal_page import ProposalPage
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_pages import AgencyPage, PersonPage, TopicPage, VillagePage
from liaison_desk.ui.survey_page import SurveyPage
from tests import factory
from tests.services.handoff import packets
from tests.typing_as_ime import commit_text
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.page import Page


@dataclass(frozen=True)
class Entry:
    """What a clerk types into a page, and what she changes afterwards."""

    page: type[RecordPage]
    record_type: type[Record]
    typed: dict[str, str]
    word: str
    changed: tuple[str, str]
    parts: dict[type[Record], tuple[str, ...]] = field(default_factory=dict)


ENTRIES = (
    Entry(TopicPage, Topic, {"name": "桥口停车难"}, "停车", ("reason", "占道")),
    Entry(
        PlanPage,
        PlanItem,
        {"year": "2026", "topic": "桥口停车难", "meeting_month": "2026.5"},
        "停车",
        ("scope", "委员和商户"),
    ),
    Entry(
        SurveyPage,
        Survey,
        {"topic": "桥口停车难", "held_on": "0308", "situation": "走访商户三十六家"},
        "商户",
        ("people_heard", "52"),
        {SurveyParticipant: ("陈明", "李娜")},
    ),
    Entry(
        OpinionPage,
        Opinion,
        {"name": "反映校门口没有斑马线", "reporter": "陈明"},
        "斑马线",
        ("handling", "已踏勘"),
        {OpinionCosigner: ("李娜",), Adoption: ("县", "0308", "采用")},
    ),
    Entry(
        ProposalPage,
        Proposal,
        {"name": "关于养老服务站的提案", "proposer": "陈明", "agency": "镇民政办"},
        "养老",
        ("partners", "各村"),
        {ProposalCosigner: ("李娜",)},
    ),
    Entry(
        ActivityPage,
        Activity,
        {"kind": "接待日", "name": "三月接待日", "held_at": "3.8 8:30", "donated_money": "5000.5"},
        "接待",
        ("visits", "12"),
        {ActivityParticipant: ("陈明",), Visitor: ("马建国", "", "电动车没处充电")},
    ),
    Entry(DirectivePage, Directive, {"name": "请报送名册"}, "名册", ("answer", "已报送")),
    Entry(PersonPage, Person, {"name": "马建国", "post": "业委会主任"}, "业委会", ("note", "热心")),
    Entry(AgencyPage, Agency, {"name": "镇执法队"}, "执法", ("contact", "卜正")),
    Entry(VillagePage, Village, {"name": "桥口村"}, "桥口", ("contact", "何木兰")),
)
NAMES = [each.page.__name__ for each in ENTRIES]


def put(page: RecordPage, values: dict[str, str]) -> None:
    """Fill fields in, as typing does."""
    for name, text in values.items():
        editor = page.form.editors[name]
        editor.set_answer(text)
        editor.edited.emit()


def write(page: RecordPage, part_type: type[Record], cells: tuple[str, ...]) -> None:
    """Write a line into a list; several names of one column are several lines."""
    assert isinstance(page, PartsPage)
    lines = page.parts.tabs[part_type].table.lines
    many = part_type in {SurveyParticipant, OpinionCosigner, ProposalCosigner, ActivityParticipant}
    for row, line in enumerate([(each,) for each in cells] if many else [cells]):
        for column, text in enumerate(line):
            lines.setData(lines.index(row, column), text)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot)


def entered(window: MainWindow, entry: Entry) -> RecordPage:
    """The page, with the record entered and kept."""
    page = turn(window, entry.page)
    page.new()
    put(page, entry.typed)
    for part_type, cells in entry.parts.items():
        write(page, part_type, cells)
    assert page.save(), page.detail.whole.text()
    return page


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_a_record_is_entered_with_its_parts_and_one_undo_takes_all_back(
    window: MainWindow, desk: Desk, entry: Entry
) -> None:
    entered(window, entry)
    [record] = desk.find(entry.record_type)
    for name, text in entry.typed.items():
        kind = record.fields()[name]
        shown = desk.caption(kind.to, getattr(record, name)) if hasattr(kind, "to") else ""
        assert (shown or kind.format(getattr(record, name))) == (
            text if shown else kind.format(kind.parse(text))
        )
    for part_type in entry.parts:
        assert all(getattr(e, part_type.parent) == record.id for e in desk.find(part_type))
        assert desk.find(part_type)
    people = {each.name for each in desk.find(Person)}
    assert len(people) == len(desk.find(Person)), "a name typed twice is one person"
    window.undo_deed()
    assert not desk.find(entry.record_type)
    assert not any(desk.find(each) for each in entry.parts)


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_a_record_is_found_by_its_words(window: MainWindow, desk: Desk, entry: Entry) -> None:
    page = entered(window, entry)
    page.list.model.search(entry.word)
    assert page.list.model.rowCount() == 1
    page.list.model.search("没有这个词")
    assert page.list.model.rowCount() == 0


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_a_change_is_kept_and_shows_in_the_history(
    window: MainWindow, desk: Desk, entry: Entry
) -> None:
    page = entered(window, entry)
    name, text = entry.changed
    put(page, {name: text})
    assert page.is_dirty()
    assert page.save()
    [record] = desk.find(entry.record_type)
    kind = record.fields()[name]
    assert getattr(record, name) == kind.parse(text)
    assert record.id in page.history_ids(record)


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_a_record_is_deleted_and_restored_with_its_parts(
    window: MainWindow, desk: Desk, entry: Entry
) -> None:
    page = entered(window, entry)
    before = {each: desk.find(each) for each in (entry.record_type, *entry.parts)}
    page.remove()
    assert not any(desk.find(each) for each in before)
    window.undo_deed()
    assert {each: desk.find(each) for each in before} == before


@pytest.mark.parametrize(
    "entry", [each for each in ENTRIES if each.parts], ids=lambda each: each.page.__name__
)
def test_what_is_typed_in_a_list_survives_as_a_draft(
    window: MainWindow, desk: Desk, entry: Entry
) -> None:
    page = turn(window, entry.page)
    page.new()
    put(page, entry.typed)
    for part_type, cells in entry.parts.items():
        write(page, part_type, cells)
    page.keep_draft()
    [draft] = desk.drafts.all()
    page.discard()
    assert not page.is_dirty()
    page.resume(draft)
    assert page.save()
    assert all(desk.find(each) for each in (entry.record_type, *entry.parts))


def test_a_wrong_line_is_shown_in_its_list_and_nothing_is_kept(
    window: MainWindow, desk: Desk
) -> None:
    page = turn(window, OpinionPage)
    page.new()
    put(page, {"name": "反映停车难"})
    write(page, Adoption, ("县", "", "采用"))
    assert not page.save()
    assert page.tabs.currentWidget() is page.parts.tabs[Adoption]
    assert not desk.find(Opinion)
    lines = page.parts.tabs[Adoption].table.lines
    assert lines.has_faults()


def test_ctrl_and_a_number_goes_to_a_list(window: MainWindow, qtbot: QtBot) -> None:
    page = turn(window, OpinionPage)
    page.new()
    qtbot.keyClick(page.form, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.currentWidget() is page.parts.tabs[Adoption]
    qtbot.keyClick(
        page.parts.tabs[Adoption].table, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier
    )
    assert page.tabs.currentWidget() is page._content  # noqa: SLF001


def test_visitors_are_asked_for_at_a_reception_alone(window: MainWindow) -> None:
    page = turn(window, ActivityPage)
    page.new()
    place = page.tabs.indexOf(page.parts.tabs[Visitor])
    assert not page.tabs.isTabVisible(place)
    page.write_in(Visitor)
    assert page.tabs.currentIndex() == 0
    put(page, {"kind": "联络日"})
    assert page.tabs.isTabVisible(place)


def test_what_is_wrong_with_a_line_leaves_room_to_mend_it(window: MainWindow) -> None:
    page = turn(window, ActivityPage)
    page.new()
    put(page, {"kind": "接待日", "name": "接待"})
    page.write_in(Visitor)
    lines = page.parts.tabs[Visitor].table
    lines.lines.type_text(lines.lines.index(0, 0), "赵大爷")
    assert not page.save()
    assert lines.lines.has_faults()
    assert lines.columnWidth(list(VISITOR_WIDTHS).index("concern")) >= LEAST_WRITING_PX


def test_f2_in_a_list_writes_in_its_cell(window: MainWindow, qtbot: QtBot) -> None:
    page = turn(window, ActivityPage)
    page.new()
    put(page, {"kind": "接待日", "name": "接待"})
    page.write_in(Visitor)
    lines = page.parts.tabs[Visitor].table
    lines.lines.type_text(lines.lines.index(0, 0), "赵大爷")
    lines.setCurrentIndex(lines.lines.index(0, 3))
    lines.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)
    cell = QApplication.focusWidget()
    assert cell is not None
    assert lines.isAncestorOf(cell)
    commit_text(cell, "转社")
    qtbot.keyClick(cell, Qt.Key.Key_Return)
    assert lines.lines.index(0, 3).data() == "转社情民意"


def test_undo_of_what_is_shown_brings_the_cursor_to_the_list(window: MainWindow) -> None:
    page = turn(window, ActivityPage)
    for name in ("夏季走访", "冬季走访"):
        page.new()
        put(page, {"kind": "走访", "name": name})
        assert page.save()
    page.form.focus_first()
    window.undo_deed()
    assert page.record is None
    assert page.list.table.hasFocus()


def test_pairing_is_offered_to_members_of_the_party_and_seen_from_both_sides(
    window: MainWindow, desk: Desk
) -> None:
    seat = factory.member(desk, "陆明")
    partner = factory.member(desk, "王五")
    page = turn(window, MemberPage)
    page.choose(seat)
    place = page.tabs.indexOf(page.parts.tabs[Pairing])
    assert not page.tabs.isTabVisible(place)
    editor = page.form.person_form.editors["party"]  # type: ignore[attr-defined]
    editor.set_answer("中共党员")
    editor.edited.emit()
    assert page.tabs.isTabVisible(place)
    write(page, Pairing, ("王五", "2026.1.1"))
    assert page.save(), page.detail.whole.text()
    assert [each.partner for each in desk.find(Pairing)] == [partner.person]
    page.choose(partner)
    assert page.detail.source.text() == "由 陆明 联系"
    window.undo_deed()
    assert not desk.find(Pairing)
    assert not any(each.party for each in desk.find(Person))


def test_a_party_member_is_no_partner(window: MainWindow, desk: Desk) -> None:
    seat = desk.save(
        Membership(person=factory.person(desk, "陆明", party="中共党员").id, term="一")
    )
    factory.person(desk, "王五", party="中共党员")
    page = turn(window, MemberPage)
    page.choose(seat)
    write(page, Pairing, ("王五",))
    assert not page.save()
    assert "请选党外委员" in page.parts.tabs[Pairing].table.lines.fault(0, "partner")


@pytest.fixture
def sample(tmp_path: Path, sample_file: factory.Filled) -> Iterator[Desk]:
    """The sample office."""
    made = Desk(Database.open(tmp_path / "范例.db"), operator="李文书", now=factory.Clock())
    sample_file.copy_to(made)
    yield made
    made.database.close()


def cut(widget: QPushButton | QLabel) -> bool:
    """Whether it shows less than it says; a line of the first page says it whole in its tip."""
    if not widget.text() or widget.property("role") == "link":
        return False
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    return not wraps and widget.sizeHint().width() > widget.width() + 1


@pytest.mark.parametrize("zoom", [100, 150])
def test_no_page_cuts_its_buttons_and_labels_on_a_small_screen(
    sample: Desk, tmp_path: Path, qtbot: QtBot, zoom: int
) -> None:
    window = make_window(sample, tmp_path, qtbot, zoom=zoom, size=(1366, 768))
    for kind in PAGES:
        page = turn(window, kind)
        page.show_first()
        QApplication.processEvents()  # the layout of what has just been shown
        assert window.width() == 1366, kind
        shown: list[QPushButton | QLabel] = [
            *page.findChildren(QPushButton),
            *page.findChildren(QLabel),
        ]
        found = [each.text() for each in shown if each.isVisible() and cut(each)]
        assert not found, kind


@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_the_current_page_is_always_in_sight_in_the_sidebar(
    desk: Desk, tmp_path: Path, qtbot: QtBot, zoom: int
) -> None:
    window = make_window(desk, tmp_path, qtbot, zoom=zoom, size=(1366, 768))
    for kind in PAGES:
        turn(window, kind)
        place = window.sidebar.visualItemRect(window.sidebar.item_of(kind))
        assert window.sidebar.viewport().rect().contains(place), kind


def test_every_page_stands_in_the_sidebar_without_scrolling_on_a_small_screen(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(desk, tmp_path, qtbot, size=(1366, 728))
    assert not window.sidebar.verticalScrollBar().isVisible()


def test_the_arrow_keys_go_through_the_sidebar_and_pass_over_its_headings(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.sidebar.setFocus()
    seen: list[type[Page]] = [type(window.current)]
    for _step in PAGES[1:]:
        qtbot.keyClick(window.sidebar, Qt.Key.Key_Down)
        seen.append(type(window.current))
    assert seen == list(PAGES)


def test_a_county_desk_shows_all_pages_for_reading_only(
    county_desk: Desk, sample: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    order = PacketOrder(date(2025, 1, 1), date(2026, 12, 31))
    packets.received(county_desk, packets.made(sample, tmp_path / "U盘", order).path)
    sample.database.close()
    window = make_window(county_desk, tmp_path, qtbot)
    for kind in COUNTY_PAGES:
        page = turn(window, kind)
        if isinstance(page, RecordPage) and page.list.model.ids:
            page.show_first()
            assert page.record is not None
            is_foreign = page.record.office != county_desk.office_id
            assert page.save_button.isVisible() is not is_foreign, kind
            if isinstance(page, PartsPage) and is_foreign:
                for tab in page.parts.tabs.values():
                    rows = tab.table.lines.written_rows()
                    assert tab.table.lines.rowCount() == len(rows), kind
