"""委员: a member's seat and the person in it, on one form."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from liaison_desk.domain.errors import NotValid, Problem
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_page import RecordPage
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
        self.person_form = RecordForm(Person, choices)
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
        super().mark(own)
        rest = (each for each in problems if each not in own)
        self.person_form.mark(
            [Problem(each.field.removeprefix(_PERSON), each.sentence) for each in rest]
        )

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


class MemberPage(RecordPage):
    """委员名册: one line for each seat."""

    title = "委员"
    icon_name = "users"
    record_type = Membership
    record_types = (Membership, Person)
    search_through = ("person", "village")
    empty_sentence = "还没有委员。点“导入名册”读入县里下发的委员名册，或按 Ctrl+N 逐个登记。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.import_button = QPushButton("导入名册")
        self.import_button.setObjectName("import_roster")
        self.import_button.setIcon(context.style.icon("upload"))
        self.import_button.setToolTip("读入县里下发的委员名册，先看预览")
        self.import_button.clicked.connect(self.import_roster)
        self.import_button.setVisible(not context.is_county)
        self.list.add_button(self.import_button)

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
        seats = self.desk.find(Membership, office=self.desk.office_id)
        terms = [each.term for each in seats if each.is_serving]
        return Membership(term=max(set(terms), key=terms.count) if terms else "")

    def keep(self) -> Record:
        """Save the person and the seat as one deed."""
        assert isinstance(self.form, MemberForm)
        seat = self.form.record()
        records = self.form.new_records()
        name = self.form.person().caption
        with self.desk.deed(f"保存委员“{name}”"):
            for record in records:
                try:
                    self.desk.save(record)
                except NotValid as error:
                    raise NotValid(_named_for(record, error.problems)) from error
            return self.desk.save(seat)

    def linked_records(self, record: Record) -> tuple[Record, ...]:
        """The seat, and the person in it."""
        person = self._person_of(record)
        return (record, person) if person else (record,)

    def history_ids(self, record: Record) -> list[str]:
        """What changed in the seat and in the person."""
        return [each.id for each in self.linked_records(record)]

    def _person_of(self, record: Record) -> Person | None:
        assert isinstance(record, Membership)
        return self.desk.get(Person, record.person)

    def import_roster(self) -> None:
        """Ask for a roster and import it."""
        from liaison_desk.ui.roster_dialog import RosterDialog  # brings the readers of sheets

        if self.leave() and RosterDialog.ask(self, self.context):
            self.reload()


def _named_for(record: Record, problems: list[Problem]) -> list[Problem]:
    """The problems of what is saved before the seat, where the form can show them."""
    if isinstance(record, Person):
        return _of_person(problems)
    return [Problem("", each.sentence) for each in problems]


def _of_person(problems: list[Problem]) -> list[Problem]:
    """The same problems, named as the person's."""
    return [Problem(_PERSON + each.field, each.sentence) for each in problems]
