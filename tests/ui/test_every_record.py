"""Each type of record by the clerk's own ways: entered, found, changed, deleted, restored.

What the county sends (packets) and the office's own record are not deleted; they have tests of
their own in `test_handoff_page.py` and `test_pages.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from liaison_desk.domain.activity import Activity, ActivityParticipant, Visitor
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.matter import Extension, Matter, Progress, Rating, Reply, Revisit
from liaison_desk.domain.meeting import (
    AgendaItem,
    Attendance,
    Consensus,
    Dissent,
    Meeting,
    MeetingTopic,
    Statement,
)
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.opinion import Adoption, Opinion, OpinionCosigner
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.person import Person
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.proposal import Proposal, ProposalCosigner
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.survey import Survey, SurveyParticipant
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.domain.village import Village
from liaison_desk.domain.workflow import Workflow, WorkflowStep
from liaison_desk.ui.activity_page import ActivityPage
from liaison_desk.ui.bin_page import BinPage
from liaison_desk.ui.directive_page import DirectivePage
from liaison_desk.ui.history_page import HistoryPage
from liaison_desk.ui.lists_page import ListsPage
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.minutes.minutes_page import MinutesPage
from liaison_desk.ui.opinion_page import OpinionPage
from liaison_desk.ui.parts_page import PartsPage
from liaison_desk.ui.plan_page import PlanPage
from liaison_desk.ui.proposal_page import ProposalPage
from liaison_desk.ui.record_dialog import RecordDialog
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_pages import AgencyPage, PersonPage, TopicPage, VillagePage
from liaison_desk.ui.survey_page import SurveyPage
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.meeting.line_table import LineTable
    from liaison_desk.ui.page import Page

WORD = "木槿"
"""Stands in every record that is entered here, and nowhere else."""
OTHER = "银杏"
"""What it is changed to."""


class Way:
    """How the records of one type come, change and go in the window."""

    where: type[Page]
    """The page on which they are entered, and which finding one opens."""
    can_be_set_back = True

    def enter(self, window: MainWindow, desk: Desk) -> Record:
        """Enter one that has `WORD` in it, or in what it names."""
        raise NotImplementedError

    def change(self, window: MainWindow, desk: Desk, record: Record) -> None:
        """Change something in it."""
        raise NotImplementedError

    def delete(self, window: MainWindow, desk: Desk, record: Record) -> None:
        """Delete it."""
        raise NotImplementedError


# -- records with a page of their own --------------------------------------------------------------


def put(page: RecordPage, values: dict[str, str]) -> None:
    """Type into fields; a member's own are those of the person."""
    for name, text in values.items():
        form = getattr(page.form, "person_form", page.form)
        editor = (form if name in form.editors else page.form).editors[name]
        editor.set_answer(text)
        editor.edited.emit()


@dataclass
class OnPage(Way):
    """By Ctrl+N on its page, F2, and Delete in the list."""

    where: type[RecordPage]
    record_type: type[Record]
    typed: dict[str, str]
    changed: str

    def enter(self, window: MainWindow, desk: Desk) -> Record:
        page = turn(window, self.where)
        window.new()
        put(page, self.typed)
        assert page.save(), page.detail.whole.text()
        assert page.record is not None
        return page.record

    def change(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = turn(window, self.where)
        page.choose(record)
        put(page, {self.changed: OTHER})
        assert page.save(), page.detail.whole.text()

    def delete(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = turn(window, self.where)
        page.choose(record)
        page.list.table.setFocus()
        page.remove()


class OfMinutes(OnPage):
    """Minutes are drafted from their meeting; `can_be_set_back` while they are a draft."""

    def enter(self, window: MainWindow, desk: Desk) -> Record:
        factory.meeting(desk, f"{WORD}路协商会")
        page = turn(window, MeetingPage)
        page.show_first()
        page.go_to_minutes()
        assert isinstance(window.current, MinutesPage)
        (found,) = desk.find(Minutes)
        return found


# -- lines of a list under a record ----------------------------------------------------------------


def write(table: LineTable, row: int, cells: dict[str, str]) -> None:
    """Write into the cells of a line, by the names of their columns."""
    for name, text in cells.items():
        label = table.lines.record_type.fields()[name].label
        heads = [
            str(table.lines.headerData(column, Qt.Orientation.Horizontal))
            for column in range(table.lines.columnCount())
        ]
        table.lines.type_text(table.lines.index(row, heads.index(label)), text)


@dataclass
class InList(Way):
    """By writing in a list of its whole; deleted by Ctrl+Delete."""

    where: type[RecordPage]
    record_type: type[Record]
    whole: Callable[[Desk], Record]
    typed: dict[str, str]
    changed: tuple[str, str]

    def table(self, page: RecordPage) -> LineTable:
        if isinstance(page, MeetingPage):
            return page.lists.show_list(self.record_type)
        assert isinstance(page, PartsPage)
        tab = page.parts.tabs[self.record_type]
        page.tabs.setCurrentWidget(tab)
        return tab.table

    def enter(self, window: MainWindow, desk: Desk) -> Record:
        whole = self.whole(desk)
        page = turn(window, self.where)
        page.choose(whole)
        write(self.table(page), 0, self.typed)
        assert page.save(), page.detail.whole.text()
        (found,) = desk.find(self.record_type)
        return found

    def change(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = turn(window, self.where)
        write(self.table(page), 0, dict([self.changed]))
        assert page.save(), page.detail.whole.text()

    def delete(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = turn(window, self.where)
        table = self.table(page)
        table.setCurrentIndex(table.lines.index(0, 0))
        table.act("remove")
        assert page.save(), page.detail.whole.text()


class OfAttendance(Way):
    """By typing a name over the list of people of a meeting; deleted by Ctrl+Delete."""

    where = MeetingPage

    def enter(self, window: MainWindow, desk: Desk) -> Record:
        meeting = factory.meeting(desk)
        page = turn(window, MeetingPage)
        page.choose(meeting)
        page.attendance.line.setFocus()
        commit_text(page.attendance.line, WORD)
        page.attendance.line.returnPressed.emit()
        assert page.save(), page.detail.whole.text()
        (found,) = desk.find(Attendance)
        return found

    def change(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = turn(window, MeetingPage)
        page.attendance.table.choose(0)
        QApplication.processEvents()
        people = page.attendance.people
        people.set_presence([0], "请假")
        assert page.save(), page.detail.whole.text()

    def delete(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = turn(window, MeetingPage)
        page.attendance.people.remove(0)
        assert page.save(), page.detail.whole.text()


# -- what is done with a matter --------------------------------------------------------------------


@dataclass
class OfMatter(Way):
    """By the buttons of a matter, each with a dialog; changed and deleted in the follow-up."""

    record_type: type[Record]
    button: str
    typed: dict[str, str]
    changed: dict[str, str]
    patch: pytest.MonkeyPatch | None = None
    where = MatterPage

    def fill(self, page: MatterPage, button: str, values: dict[str, str]) -> None:
        def typed(dialog: RecordDialog) -> None:
            for name, text in values.items():
                dialog.form.editors[name].set_answer(text)
            dialog.save()

        assert self.patch is not None
        self.patch.setattr(RecordDialog, "exec", typed)
        for owner in (page, page.follow_up):
            if hasattr(owner, button):
                getattr(owner, button).click()

    def pick(self, page: MatterPage) -> None:
        item = page.follow_up.tree.topLevelItem(0)
        assert item is not None
        page.follow_up.tree.setCurrentItem(item)

    def enter(self, window: MainWindow, desk: Desk) -> Record:
        page = turn(window, MatterPage)
        page.choose(factory.matter(desk))
        self.fill(page, self.button, self.typed)
        (found,) = desk.find(self.record_type)
        return found

    def change(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = turn(window, MatterPage)
        self.pick(page)
        self.fill(page, "edit_button", self.changed)

    def delete(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = turn(window, MatterPage)
        self.pick(page)
        page.follow_up.remove_button.click()


# -- the rest --------------------------------------------------------------------------------------


class OfStep(Way):
    """By ticking a step of the topic's workflow, and taking the tick back."""

    where = TopicPage
    can_be_set_back = False

    def steps(self, window: MainWindow) -> TopicPage:
        page = turn(window, TopicPage)
        page.tabs.setCurrentWidget(page.steps)
        page.steps.choose("群众点单")
        return page

    def enter(self, window: MainWindow, desk: Desk) -> Record:
        topic = factory.topic(desk, workflow="四单闭环")
        turn(window, TopicPage).choose(topic)
        page = self.steps(window)
        page.steps.note_line.setText(WORD)
        page.steps.tick_button.click()
        (found,) = desk.find(TopicStep)
        return found

    def change(self, window: MainWindow, desk: Desk, record: Record) -> None:
        """Ticked again it would be done twice: what is written of it is taken back and redone."""
        page = self.steps(window)
        page.steps.undo_button.click()
        page.steps.choose("群众点单")
        page.steps.note_line.setText(OTHER)
        page.steps.tick_button.click()

    def delete(self, window: MainWindow, desk: Desk, record: Record) -> None:
        self.steps(window).steps.undo_button.click()


@dataclass
class InWords(Way):
    """By writing in a list of 名单与流程; the words that were shipped become the office's own."""

    wordlist: str
    record_type: type[Record]
    where = ListsPage

    def page(self, window: MainWindow) -> ListsPage:
        page = turn(window, ListsPage)
        page.show_list(self.wordlist)
        return page

    def last(self, page: ListsPage) -> int:
        return max(page.panel.table.lines.written_rows(), default=-1)

    def write(self, window: MainWindow, row: int, text: str) -> None:
        page = self.page(window)
        lines = page.panel.table.lines
        lines.setData(lines.index(row, 0), text)
        assert page.save(), page.fault.text()

    def named(self, desk: Desk, name: str) -> Record:
        (found,) = [each for each in desk.find(self.record_type) if each.caption == name]
        return found

    def enter(self, window: MainWindow, desk: Desk) -> Record:
        self.write(window, self.last(self.page(window)) + 1, WORD)
        return self.named(desk, WORD)

    def change(self, window: MainWindow, desk: Desk, record: Record) -> None:
        self.write(window, self.last(self.page(window)), OTHER)

    def delete(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = self.page(window)
        page.panel.table.lines.remove(self.last(page))
        assert page.save(), page.fault.text()


class OfWorkflow(InWords):
    """A workflow of the office's own goes with 恢复原来的; its name is changed in its line."""

    def page(self, window: MainWindow) -> ListsPage:
        page = turn(window, ListsPage)
        if page.wordlist != self.wordlist:
            page.show_list(self.wordlist)
        return page

    def name(self, window: MainWindow, name: str) -> None:
        page = self.page(window)
        page.workflows.name_line.setText(name)
        page.workflows.name_line.textEdited.emit(name)
        assert page.save(), page.fault.text()

    def enter(self, window: MainWindow, desk: Desk) -> Record:
        page = self.page(window)
        page.workflows.add_button.click()
        lines = page.panel.table.lines
        lines.setData(lines.index(0, 0), "点题")
        self.name(window, WORD)
        return self.named(desk, WORD)

    def change(self, window: MainWindow, desk: Desk, record: Record) -> None:
        self.name(window, OTHER)

    def delete(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = self.page(window)
        page.workflows.restore_button.click()


class OfFile(Way):
    """By adding a file to a record; its note is written beside it, Delete removes it."""

    where = TopicPage

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def enter(self, window: MainWindow, desk: Desk) -> Record:
        path = self.folder / f"{WORD}.txt"
        path.write_text("现场情况", "utf-8")
        page = turn(window, TopicPage)
        page.choose(factory.topic(desk))
        page.tabs.setCurrentWidget(page.attachments)
        page.attachments.attach_files([path])
        (found,) = desk.find(Attachment)
        return found

    def change(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = turn(window, TopicPage)
        page.attachments.files.setCurrentRow(0)
        page.attachments.note_line.setText(OTHER)
        page.attachments.keep_note()

    def delete(self, window: MainWindow, desk: Desk, record: Record) -> None:
        page = turn(window, TopicPage)
        page.attachments.files.setCurrentRow(0)
        page.attachments.remove_button.click()


class OfLink(Way):
    """By 转为 on one record; taken back by 取消关联. It is found as what it links."""

    where = OpinionPage
    can_be_set_back = False

    def act(self, window: MainWindow, words: str) -> None:
        page = turn(window, OpinionPage)
        page.convert_button.convert_menu.aboutToShow.emit()
        actions = page.convert_button.convert_menu.actions()
        next(each for each in actions if words in each.text()).trigger()

    def enter(self, window: MainWindow, desk: Desk) -> Record:
        turn(window, OpinionPage).choose(factory.opinion(desk, f"反映{WORD}路停车难"))
        self.act(window, "转为议题")
        assert window.current.save()
        (found,) = desk.find(Conversion)
        return found

    def change(self, window: MainWindow, desk: Desk, record: Record) -> None:
        """A link is there or not: it is taken back and made again by one 撤销 each."""
        self.act(window, "取消关联")
        window.undo_deed()

    def delete(self, window: MainWindow, desk: Desk, record: Record) -> None:
        self.act(window, "取消关联")


# -- all of them -----------------------------------------------------------------------------------

MEETING_LINES: tuple[tuple[type[Record], tuple[dict[str, str], tuple[str, str]]], ...] = (
    (MeetingTopic, ({"topic": f"{WORD}路停车难"}, ("topic", f"{OTHER}路停车难"))),
    (AgendaItem, ({"name": f"看{WORD}路"}, ("speaker", OTHER))),
    (Statement, ({"person": "张伟", "point": f"{WORD}路很窄"}, ("point", OTHER))),
    (Consensus, ({"name": f"修{WORD}路", "agency": "镇城建所"}, ("name", OTHER))),
    (Dissent, ({"name": f"{WORD}路收费"}, ("raised_by", OTHER))),
)


def a_sheet(desk: Desk) -> Record:
    """A meeting with somebody in it who can speak."""
    meeting = factory.meeting(desk)
    factory.attendance(desk, meeting, factory.person(desk, "张伟"))
    return meeting


def a_reception(desk: Desk) -> Record:
    """A day when members of the public are received."""
    return factory.activity(desk, kind="接待日")


def a_party_member(desk: Desk) -> Record:
    """A member who keeps in touch with others."""
    factory.member(desk, WORD)
    who = factory.person(desk, "陆明", party="中共党员")
    return desk.save(Membership(person=who.id, term="第十二届"))


ON_PAGES = (
    OnPage(TopicPage, Topic, {"name": f"{WORD}路停车难"}, "reason"),
    OnPage(PlanPage, PlanItem, {"year": "2026", "topic": f"{WORD}路停车难"}, "scope"),
    OnPage(
        SurveyPage,
        Survey,
        {"topic": "停车难", "held_on": "0308", "situation": f"走访{WORD}路"},
        "shortcomings",
    ),
    OnPage(MeetingPage, Meeting, {"name": f"{WORD}路协商会", "held_at": "3.8 9:00"}, "place"),
    OfMinutes(MinutesPage, Minutes, {}, "heading"),
    OnPage(
        MatterPage,
        Matter,
        {"name": f"修{WORD}路", "agency": "镇城建所", "due_on": "2026-6-1"},
        "partners",
    ),
    OnPage(MemberPage, Membership, {"name": WORD, "term": "第十二届"}, "committee"),
    OnPage(OpinionPage, Opinion, {"name": f"反映{WORD}路停车难"}, "handling"),
    OnPage(ProposalPage, Proposal, {"name": f"关于{WORD}路的提案"}, "partners"),
    OnPage(
        ActivityPage,
        Activity,
        {"kind": "走访", "name": f"走访{WORD}路", "held_at": "3.8 8:30"},
        "place",
    ),
    OnPage(DirectivePage, Directive, {"name": f"关于{WORD}路的通知"}, "answer"),
    OnPage(PersonPage, Person, {"name": WORD}, "post"),
    OnPage(AgencyPage, Agency, {"name": f"{WORD}路居委会"}, "contact"),
    OnPage(VillagePage, Village, {"name": f"{WORD}村"}, "contact"),
)
IN_LISTS = (
    InList(
        SurveyPage,
        SurveyParticipant,
        lambda desk: factory.survey(desk, factory.topic(desk)),
        {"person": WORD},
        ("person", OTHER),
    ),
    InList(OpinionPage, OpinionCosigner, factory.opinion, {"person": WORD}, ("person", OTHER)),
    InList(
        OpinionPage,
        Adoption,
        factory.opinion,
        {"level": "县", "adopted_on": "2026-3-8", "instruction": f"{WORD}路请办"},
        ("instructed_by", OTHER),
    ),
    InList(ProposalPage, ProposalCosigner, factory.proposal, {"person": WORD}, ("person", OTHER)),
    InList(ActivityPage, ActivityParticipant, a_reception, {"person": WORD}, ("person", OTHER)),
    InList(
        ActivityPage,
        Visitor,
        a_reception,
        {"name": "赵大爷", "concern": f"{WORD}路没灯"},
        ("concern", OTHER),
    ),
    InList(
        MemberPage,
        Pairing,
        a_party_member,
        {"partner": WORD, "since": "2026-1-1"},
        ("note", OTHER),
    ),
    *(InList(MeetingPage, kind, a_sheet, *told) for kind, told in MEETING_LINES),
)
OF_MATTERS = (
    OfMatter(Progress, "progress_button", {"content": f"看了{WORD}路"}, {"content": OTHER}),
    OfMatter(
        Extension,
        "extend_button",
        {"new_due_on": "2026-4-30", "reason": f"{WORD}路下雨"},
        {"reason": OTHER},
    ),
    OfMatter(
        Reply,
        "reply_button",
        {"result": "A 已解决", "content": f"{WORD}路已修好"},
        {"content": OTHER},
    ),
    OfMatter(
        Rating,
        "rate_button",
        {"rater": "委员", "work_good": "3", "reason": f"{WORD}路快"},
        {"reason": OTHER},
    ),
    OfMatter(Revisit, "revisit_button", {"situation": f"{WORD}路亮了"}, {"situation": OTHER}),
)
OTHERS: dict[type[Record], Callable[[Path], Way]] = {
    Attendance: lambda _folder: OfAttendance(),
    TopicStep: lambda _folder: OfStep(),
    CodeWord: lambda _folder: InWords("活动组", CodeWord),
    Workflow: lambda _folder: OfWorkflow("工作流程", Workflow),
    WorkflowStep: lambda _folder: InWords("工作流程", WorkflowStep),
    Attachment: OfFile,
    Conversion: lambda _folder: OfLink(),
}
WAYS: dict[type[Record], Callable[[Path], Way]] = {
    **{each.record_type: partial(lambda way, _folder: way, each) for each in ON_PAGES},
    **{each.record_type: partial(lambda way, _folder: way, each) for each in IN_LISTS},
    **{each.record_type: partial(lambda way, _folder: way, each) for each in OF_MATTERS},
    **OTHERS,
}
NOT_DELETED = {Office, Packet}


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot)


@pytest.fixture
def way(record_type: type[Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Way:
    """How the records of a type are handled."""
    found = WAYS[record_type](tmp_path)
    if isinstance(found, OfMatter):
        found.patch = monkeypatch
    return found


def find(window: MainWindow, qtbot: QtBot, way: Way, record_type: type[Record]) -> None:
    """Type the word into Ctrl+K and press Enter on the record, which is under its own heading."""
    box = window.toolbar.search_box
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(box.hasFocus)
    box.clear()
    box.panel.hide()
    commit_text(box, WORD)

    def places() -> list[int]:
        rows = box.panel.rows.rows if box.panel.isVisible() else []
        heads = {row.text.split("　")[0]: place for place, row in enumerate(rows) if row.is_head}
        return [heads[each] for each in (record_type.title, way.where.title) if each in heads]

    qtbot.waitUntil(lambda: bool(places()))
    row = places()[0] + 1
    assert box.panel.rows.rows[row].deed is not None
    box.panel.list.setCurrentIndex(box.panel.rows.index(row, 0))
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert type(window.current) is way.where
    if isinstance(window.current, RecordPage):
        assert window.current.record is not None


def set_back(window: MainWindow) -> None:
    """On the page of all changes, take the newest value that can be set back."""
    page = turn(window, HistoryPage)
    page.take_cursor()
    tree = page.changes.tree
    for place in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(place)
        assert top is not None
        for row in range(top.childCount()):
            line = top.child(row)
            assert line is not None
            tree.setCurrentItem(line)
            if page.value_button.isEnabled():
                page.value_button.click()
                return
    pytest.fail("no value can be set back")


def bring_back(window: MainWindow, record: Record) -> None:
    """Find it in the recycle bin and press Enter."""
    page = turn(window, BinPage)
    page.take_cursor()
    rows = [
        row
        for row, gone in enumerate(page.model.shown)
        if record.id in {gone.record.id, *(each.record.id for each in gone.parts)}
    ]
    assert rows, f"{record.title} is not in the recycle bin"
    page.table.choose_row(rows[0])
    page.restore()
    assert not page.wrong.isVisible(), page.wrong.text()


def test_every_type_is_walked_through() -> None:
    assert set(WAYS) | NOT_DELETED == set(RECORD_TYPES)


@pytest.mark.parametrize("record_type", WAYS, ids=lambda each: each.__name__)
def test_a_record_is_entered_found_changed_set_back_deleted_and_restored(
    window: MainWindow, desk: Desk, qtbot: QtBot, way: Way, record_type: type[Record]
) -> None:
    entered = way.enter(window, desk)
    assert type(entered) is record_type
    find(window, qtbot, way, record_type)

    way.change(window, desk, entered)
    changed = desk.find(record_type)
    assert entered.id in {each.id for each in changed} or not way.can_be_set_back
    if way.can_be_set_back:
        assert entered not in changed
        set_back(window)
        now = desk.get(record_type, entered.id)
        assert now == entered
        window.undo_deed()
        assert desk.find(record_type) == changed

    record = next((each for each in changed if each.id == entered.id), changed[-1])
    way.delete(window, desk, record)
    assert record.id not in {each.id for each in desk.find(record_type)}
    window.undo_deed()
    assert record in desk.find(record_type)
    window.redo()
    bring_back(window, record)
    assert record in desk.find(record_type)
