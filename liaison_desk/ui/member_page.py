"""委员: a member's seat and the person in it, on one form."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from liaison_desk.domain.errors import NotValid, Problem
from liaison_desk.domain.filters import IS, Filter
from liaison_desk.domain.membership import SERVING, TERM_OVER, Membership, Pairing
from liaison_desk.domain.person import Person
from liaison_desk.domain.work_rules import PARTY_MEMBER
from liaison_desk.services.pairing import contacts_of
from liaison_desk.services.terms import terms_and_states
from liaison_desk.ui.new_term_dialog import NewTermDialog
from liaison_desk.ui.parts_page import PartsPage
from liaison_desk.ui.parts_panel import PartList
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_pages import PERSON_NAMES
from liaison_desk.ui.record_table_model import Column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.editors import Choices

_PERSON = "person."
"""In front of a person's field where both forms speak with one voice."""


class MemberForm(RecordForm):
    """The seat's form with the person's form above it; to the page it is one."""

    def __init__(self, desk: Desk, choices: Choices) -> None:
        self._desk = desk
        self.person_form = RecordForm(Person, choices, PERSON_NAMES)
        seat = [name for name in Membership.fields() if name != "person"]
        super().__init__(Membership, choices, seat)
        self.person_form.edited.connect(self.edited)
        self.person_form.ended.connect(self._go_to_seat)

    def set_record(self, record: Record) -> None:
        """Show a seat and the person in it."""
        assert isinstance(record, Membership)
        super().set_record(record)
        self.person_form.set_record(self._desk.get(Person, record.person) or Person())

    def record(self) -> Record:
        """The seat, linked to the person of `new_records`."""
        return dataclasses.replace(super().record(), person=self.person().id)  # type: ignore[call-arg]

    def person(self) -> Person:
        """The person as the form has it, with an id.

        Raises:
            NotValid: something typed cannot be read.
        """
        try:
            person = self.person_form.record()
        except NotValid as error:
            raise NotValid(_of_person(error.problems)) from error
        if not person.id:
            person = dataclasses.replace(person, id=str(uuid4()))
            self.person_form.give_identity(person)
        assert isinstance(person, Person)
        return person

    def new_records(self) -> list[Record]:
        """What has to be saved before the seat: new villages, then the person."""
        villages = {each.id: each for each in super().new_records()}
        villages |= {each.id: each for each in self.person_form.new_records()}
        return [*villages.values(), self.person()]

    def mark(self, problems: Iterable[Problem]) -> None:
        """Stand each sentence beside its field, in the form it belongs to."""
        problems = list(problems)
        seat_names = self.editors.keys()
        own = [each for each in problems if each.field in seat_names]
        rest = [
            Problem(each.field.removeprefix(_PERSON), each.sentence)
            for each in problems
            if each not in own
        ]
        # What is said in the other form, as of a new village, stays true.
        if own or not rest:
            super().mark(own)
        if rest or not own:
            self.person_form.mark(rest)

    def is_dirty(self) -> bool:
        """Whether something was typed in either."""
        return super().is_dirty() or self.person_form.is_dirty()

    def answers(self) -> dict[str, str]:
        """What stands in both, for a draft."""
        person = {_PERSON + name: text for name, text in self.person_form.answers().items()}
        return person | super().answers()

    def set_answers(self, answers: dict[str, str]) -> None:
        """Put a draft back into both."""
        of_person = {
            name.removeprefix(_PERSON): text
            for name, text in answers.items()
            if name.startswith(_PERSON)
        }
        self.person_form.set_answers(of_person)
        super().set_answers({k: v for k, v in answers.items() if not k.startswith(_PERSON)})

    def set_read_only(self, read_only: bool) -> None:
        """Both, or neither."""
        super().set_read_only(read_only)
        self.person_form.set_read_only(read_only)

    def refill(self) -> None:
        """Offer in every link what there is now."""
        super().refill()
        self.person_form.refill()

    def focus_first(self) -> None:
        """The cursor goes to 姓名."""
        self.person_form.focus_first()

    def go_to_next_part(self) -> None:
        """From the person to the seat."""
        if self.person_form.isAncestorOf(self.focusWidget() or self):
            self._go_to_seat()
        else:
            super().go_to_next_part()

    def _go_to_seat(self) -> None:
        """From the last field of the person to the first of the seat."""
        super().focus_first()

    def arrange(self) -> None:
        """The person above, the seat below."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for heading, form in (("个人情况", self.person_form), ("本届任职", None)):
            label = QLabel(heading)
            label.setProperty("role", "heading")
            layout.addWidget(label)
            if form is not None:
                layout.addWidget(form)
        layout.addLayout(self.grid())
        layout.addStretch(1)


class MemberPage(PartsPage):
    """委员名册: one line for each seat."""

    title = "委员"
    icon_name = "users"
    section = "履职"
    key = "Alt+2"
    record_type = Membership
    record_types = (Membership, Person, Pairing)
    search_through = ("person", "village")
    part_lists = (
        PartList(
            Pairing,
            "联系党外委员",
            {"partner": 130, "since": 110, "until": 110, "note": 0},
            "中共党员每人联系1至3名党外委员；不再联系的填上结束日期。",
        ),
    )
    empty_sentence = "还没有委员。按 Ctrl+N 逐个登记；"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._member_form.person_form.editors["party"].edited.connect(self._name_tabs)
        self.term_button = QPushButton("换届…")
        self.term_button.setObjectName("new_term")
        self.term_button.setProperty("role", "tool")
        self.term_button.setToolTip("给连任的委员登记新一届任职，上一届转为届满")
        self.term_button.clicked.connect(self.start_term)
        self.list.tools.add_button(self.term_button)
        self.term_button.setVisible(not context.is_county)

        if self._has_past_term():
            self.show_serving()

    @property
    def noun(self) -> str:
        """A seat is known by who sits in it."""
        return "委员"

    def start_term(self) -> None:
        """Ask who goes on into the next term; the roster then shows those in office."""
        if self.leave() and NewTermDialog.ask(self.window(), self.context) is not None:
            self.show_serving()

    def show_serving(self) -> None:
        """Limit the list to those in office; the ✕ of the chip shows the past terms as well."""
        self.list.narrow_by((Filter("status", IS, SERVING),))

    def _has_past_term(self) -> bool:
        """Whether seats of a past term stand beside those held today."""
        states = {state for _term, state in terms_and_states(self.desk)}
        return TERM_OVER in states and not states.isdisjoint(SERVING)

    def make_columns(self) -> tuple[Column, ...]:
        """The columns of a roster."""
        person = Person.fields()
        seat = Membership.fields()
        of_person = ("name", "gender", "post", "phone")
        columns = [Column(person[name].label, f"person.{name}") for name in of_person]
        columns[2:2] = [Column(seat[name].label, name) for name in ("sector", "duty")]
        columns += [Column(seat[name].label, name) for name in ("term", "status", "card_number")]
        return tuple(columns)

    def make_form(self) -> RecordForm:
        """The seat and the person together."""
        return MemberForm(self.desk, self.choices)

    def blank(self) -> Record:
        """A new member of the term most members sit in now."""
        terms = [term for term, state in terms_and_states(self.desk) if state in SERVING]
        return Membership(term=max(set(terms), key=terms.count) if terms else "")

    def has_list(self, part_type: type[Record]) -> bool:
        """Members of the party keep in touch with others; what is written stays in sight."""
        party = self._member_form.person_form.editors["party"].answer().strip()
        written = self.parts.tabs[Pairing].table.lines.written_rows()
        return party in PARTY_MEMBER or bool(written)

    def show_state(self, record: Record | None) -> None:
        """Say from the partner's side as well who keeps in touch."""
        super().show_state(record)
        if isinstance(record, Membership) and record.person and self.desk.is_own(record):
            seats = contacts_of(self.desk, record.person)
            names = dict.fromkeys(self.desk.caption("person", each.person) for each in seats)
            if names:
                self.detail.show_source(f"由 {'、'.join(names)} 联系")

    def deed_title(self) -> str:
        """The member's name."""
        return f"保存委员“{self._member_form.person().caption}”"

    def keep_whole(self) -> Record:
        """Save the person and the seat."""
        seat = self.form.record()
        for record in self.form.new_records():
            try:
                self.desk.save(record)
            except NotValid as error:
                raise NotValid(_named_for(record, error.problems)) from error
        return self.desk.save(seat)

    def linked_records(self, record: Record) -> tuple[Record, ...]:
        """The seat, the person in it, and the pairings."""
        person = self._person_of(record)
        return (*super().linked_records(record), *((person,) if person else ()))

    def history_ids(self, record: Record) -> list[str]:
        """What changed in the seat, in the person and in the pairings."""
        person = self._person_of(record)
        own = super().history_ids(record)
        return [*own, person.id] if person else own

    @property
    def _member_form(self) -> MemberForm:
        """The form by what it is."""
        assert isinstance(self.form, MemberForm)
        return self.form

    def _person_of(self, record: Record) -> Person | None:
        assert isinstance(record, Membership)
        return self.desk.get(Person, record.person)


def _named_for(record: Record, problems: list[Problem]) -> list[Problem]:
    """The problems of what is saved before the seat, where the form can show them."""
    if isinstance(record, Person):
        return _of_person(problems)
    return [Problem("", each.sentence) for each in problems]


def _of_person(problems: list[Problem]) -> list[Problem]:
    """The same problems, named as the person's."""
    return [Problem(_PERSON + each.field, each.sentence) for each in problems]
