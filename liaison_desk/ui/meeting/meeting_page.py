"""The page of the meetings: everything about one of them on one sheet, saved as one deed."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from liaison_desk.domain.meeting import (
    AgendaItem,
    Attendance,
    Consensus,
    Dissent,
    Meeting,
    MeetingTopic,
    Statement,
)
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.short import short
from liaison_desk.services.meeting_sheet import (
    PART_TYPES,
    MeetingSheet,
    blank_sheet,
    load_sheet,
    save_sheet,
)
from liaison_desk.services.minutes import draft_minutes
from liaison_desk.services.parts import PartNotValid
from liaison_desk.ui.button_keys import give_key
from liaison_desk.ui.convert_line import ConvertLineButton
from liaison_desk.ui.meeting.attendance_list import AttendanceList
from liaison_desk.ui.meeting.line_lists import FIRST_KEY, LISTS, LineLists
from liaison_desk.ui.meeting.sheet_names import SheetNames
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_table_model import Column
from liaison_desk.ui.roles import look_again, set_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.domain.errors import NotValid
    from liaison_desk.domain.record import Record
    from liaison_desk.store.drafts import Draft
    from liaison_desk.ui.context import Context

FACTS = ("name", "form", "held_at", "place", "host", "recorder")
AFTERWARDS = ("votes_for", "votes_against", "abstentions", "vote_way", "headcount", "note")
LIST_PX, FACTS_PX, PEOPLE_PX = 230, 430, 520


class MeetingPage(RecordPage):
    """The meetings at the left; the facts, people and lists of one at the right."""

    title = "协商会"
    icon_name = "messages-square"
    section = "协商"
    key = "Alt+4"
    record_type = Meeting
    record_types = (Meeting, *PART_TYPES, Minutes)
    empty_sentence = "一次协商会的人员、发言和共识都在这一页登记。按 Ctrl+N 登记第一次会议。"

    def __init__(self, context: Context) -> None:
        self.attendance = AttendanceList(context)
        self.names = SheetNames(context.desk, self.attendance.people)
        self.lists = LineLists(self.names, context.style)
        self.minutes_button = QPushButton("起草纪要")
        self._is_sheet_dirty = False
        self.record = None
        super().__init__(context)
        set_role(self.save_button, "")
        self.tabs.tabBar().setDrawBase(False)
        self.splitter.setSizes([LIST_PX, FACTS_PX + PEOPLE_PX])
        self.list.table.horizontalHeader().setStretchLastSection(True)
        self._connect_sheet()
        self.lists.add_button(ConvertLineButton(self, self.lists.tables[Dissent]), Dissent)

    # -- what it shows ---------------------------------------------------------------------------

    def make_columns(self) -> tuple[Column, ...]:
        """The list is narrow: when and what."""
        return (
            Column("日期", "held_at", compute=_day_of),
            Column("名称", "name"),
        )

    def make_form(self) -> RecordForm:
        """The facts."""
        self.afterwards = RecordForm(Meeting, self.choices, AFTERWARDS)
        return RecordForm(Meeting, self.choices, FACTS)

    def make_content(self) -> QWidget:
        """The facts and the people above, the lists below."""
        facts = QWidget()
        facts.setObjectName("form")
        column = QVBoxLayout(facts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form)
        column.addWidget(self.afterwards)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(facts)
        above = QSplitter(Qt.Orientation.Horizontal)
        above.addWidget(scroll)
        above.addWidget(self.attendance)
        above.setSizes([FACTS_PX, PEOPLE_PX])
        sheet = QSplitter(Qt.Orientation.Vertical)
        sheet.setObjectName("sheet")
        sheet.addWidget(above)
        sheet.addWidget(self.lists)
        sheet.setSizes([300, 240])
        for splitter in (above, sheet):
            splitter.setChildrenCollapsible(False)
            splitter.setStretchFactor(1, 1)
        return sheet

    def detail_buttons(self) -> list[QPushButton]:
        """The next step after a meeting is its minutes."""
        self.minutes_button.setObjectName("minutes")
        self.minutes_button.setProperty("role", "main")
        self.minutes_button.clicked.connect(self.go_to_minutes)
        give_key(self, self.minutes_button, "Alt+Q")
        return [self.minutes_button]

    def blank(self) -> Record:
        """A meeting this morning."""
        return blank_sheet(self.desk).meeting

    def choices(self, table: str) -> list[tuple[str, str]]:
        """Those the office knows, and the guests first met in this meeting."""
        known = super().choices(table)
        guests = self.attendance.people.new_people() if table == "person" else ()
        return [*known, *((each.id, each.caption) for each in guests)] if guests else known

    def history_ids(self, record: Record) -> list[str]:
        """The meeting's own changes, and those of its people and lines."""
        parts = (each for part in PART_TYPES for each in self.desk.find(part, meeting=record.id))
        return [record.id, *(each.id for each in parts)]

    def show_state(self, record: Record | None) -> None:
        """Show the people and the lists of a meeting."""
        sheet = self._sheet_of(record)
        is_own = record is not None and self.desk.is_own(record)
        self.names.start()
        self.attendance.set_read_only(not is_own)
        self.lists.set_read_only(not is_own)
        self.attendance.show_records(sheet.attendance)
        self.lists.show_sheet(sheet)
        self.afterwards.set_record(record or Meeting())
        self.afterwards.set_read_only(record is not None and not is_own)
        look_again(*(each.widget for each in self.afterwards.editors.values()))
        self._is_sheet_dirty = False
        self._offer_minutes()
        self._enable_save()

    # -- saving ----------------------------------------------------------------------------------

    def is_dirty(self) -> bool:
        """Whether a fact, a person or a line was changed."""
        return self._is_sheet_dirty or self.afterwards.is_dirty() or super().is_dirty()

    def keep(self) -> Record:
        """Save the whole sheet as one deed.

        Raises:
            NotValid: something is wrong; nothing has changed.
        """
        sheet = self.sheet()
        topics = self.names.new_records(each.topic for each in sheet.topics)
        with self.desk.deed(f"保存协商会“{short(sheet.meeting.name)}”"):
            self.desk.save_all(topics)
            kept = save_sheet(self.desk, sheet).meeting
        self.born = [*topics, *sheet.agencies]
        return kept

    def sheet(self) -> MeetingSheet:
        """What the page holds.

        Raises:
            NotValid: a text cannot be read; it is marked.
        """
        meeting, people = self._meeting_and_people()
        consensus = self.lists.records(Consensus)
        agencies = self.names.new_records(each.agency for each in consensus)
        return MeetingSheet(
            meeting=meeting,
            topics=self.lists.records(MeetingTopic),
            agenda=self.lists.records(AgendaItem),
            attendance=self.attendance.people.records(),
            statements=self.lists.records(Statement),
            consensus=consensus,
            dissents=self.lists.records(Dissent),
            people=people,
            agencies=tuple(agencies),  # type: ignore[arg-type]  # agencies are all it makes
        )

    def mark(self, error: NotValid) -> None:
        """Say what is wrong where it is wrong."""
        if not isinstance(error, PartNotValid) or error.part is Meeting:
            super().mark(error)
            self.afterwards.mark(error.problems)
            return
        self.form.mark([])
        self.show_form()
        if error.part is Attendance:
            self.attendance.mark(error.row, error.problems)
        else:
            self.lists.show_list(error.part).mark(error.row, error.problems)

    # -- draft -----------------------------------------------------------------------------------

    def answers(self) -> dict[str, Any]:
        """The whole sheet as it is typed."""
        return {
            "facts": self.form.answers(),
            "votes": self.afterwards.answers(),
            "people": self.attendance.people.answers(),
            "lists": self.lists.answers(),
        }

    def resume(self, draft: Draft) -> None:
        """Put a kept draft back into the sheet."""
        stored = self.desk.get(Meeting, draft.record) if draft.record else None
        self.list.choose_silently(draft.record)
        self.show_record(stored or self.blank())
        self.draft.take_up(draft)
        self.attendance.people.set_answers(draft.answers["people"])
        self.form.refill()
        self.form.set_answers(draft.answers["facts"])
        self.afterwards.set_answers(draft.answers["votes"])
        self.lists.show_answers(draft.answers["lists"])
        self._touch()

    # -- the next step ---------------------------------------------------------------------------

    def go_to_minutes(self) -> None:
        """Draft the minutes, or show those there are."""
        if not self.save() or self.record is None:
            return
        meeting = self.desk.get(Meeting, self.record.id)
        if meeting is not None:
            found = _newest(self.desk.find(Minutes, meeting=meeting.id))
            self.context.go(found or draft_minutes(self.desk, meeting))

    # -- inside ----------------------------------------------------------------------------------

    def _sheet_of(self, record: Record | None) -> MeetingSheet:
        """The sheet of a meeting, saved or new."""
        if not isinstance(record, Meeting):
            return MeetingSheet(meeting=Meeting())
        if self.desk.get(Meeting, record.id) is None:
            return dataclasses.replace(blank_sheet(self.desk), meeting=record)
        return load_sheet(self.desk, record)

    def _meeting_and_people(self) -> tuple[Meeting, tuple[Person, ...]]:
        """The meeting, and the people first met in it; one typed twice is one person."""
        after = self.afterwards.record()
        counted = {name: getattr(after, name) for name in AFTERWARDS}
        meeting = with_values(self.form.record(), counted)
        assert isinstance(meeting, Meeting)
        people = {each.name: each for each in self.attendance.people.new_people()}
        for made in self.form.new_records():
            assert isinstance(made, Person)
            kept = people.setdefault(made.name, made)
            for name in ("host", "recorder"):
                if getattr(meeting, name) == made.id:
                    meeting = with_values(meeting, {name: kept.id})
        return meeting, tuple(people.values())

    def _offer_minutes(self) -> None:
        """起草纪要, or 看纪要 when there are some."""
        record = self.record
        found = self.desk.find(Minutes, meeting=record.id) if record and record.id else []
        self.minutes_button.setText("看纪要" if found else "起草纪要")
        is_own = record is not None and self.desk.is_own(record)
        self.minutes_button.setVisible(bool(found) or is_own)
        is_kept = record is not None and self.desk.get(Meeting, record.id) is not None
        self.minutes_button.setEnabled(is_kept or self.is_dirty())

    def _typed(self) -> None:
        """A fact was typed: there is something to save, and minutes to draft."""
        super()._typed()
        self.minutes_button.setEnabled(True)

    def _touch(self) -> None:
        """Somebody or some line was changed."""
        self._is_sheet_dirty = True
        self._typed()

    def _connect_sheet(self) -> None:
        """Enter goes from the facts to the people to what was agreed; Ctrl+1 to 7 anywhere."""
        self.form.ended.connect(self.attendance.line.setFocus)
        self.afterwards.edited.connect(self._typed)
        self.attendance.finished.connect(partial(self.lists.write_in, Consensus))
        self.attendance.edited.connect(self._touch)
        self.attendance.people.rowsInserted.connect(lambda *_rows: self.form.refill())
        self.lists.edited.connect(self._touch)
        for table in self.lists.tables.values():
            table.finished.connect(self.minutes_button.setFocus)
        self._shortcut(1, self.form.focus_first)
        self._shortcut(2, self.attendance.line.setFocus)
        for place, (record_type, _title, _widths) in enumerate(LISTS):
            self._shortcut(FIRST_KEY + place, partial(self.lists.write_in, record_type))

    def _shortcut(self, number: int, go: Callable[[], None]) -> None:
        """Ctrl and a number: to one part of the sheet."""

        def bring_into_view() -> None:
            self.show_form()
            go()

        key = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(bring_into_view)


def _day_of(meeting: Meeting) -> str:
    """The day of a meeting, for the narrow list."""
    return f"{meeting.held_at:%Y-%m-%d}" if meeting.held_at else ""


def _newest(found: list[Minutes]) -> Minutes | None:
    """The latest version of some minutes."""
    return max(found, key=lambda each: each.version or 1, default=None)
