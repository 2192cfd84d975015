"""What a clerk may do, by chance: one function for each kind of deed, done on what is there.

`Doings(desk, dice).one()` does one of them and gives its name, or "" when the office, as it stands,
does not allow it; then nothing has changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.fields import (
    Amount,
    Choice,
    Day,
    Field,
    Flag,
    IdentityNumber,
    Link,
    Moment,
    Month,
    Number,
    Several,
)
from liaison_desk.domain.matter import Matter, Reply
from liaison_desk.domain.meeting import Consensus, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import DRAFT, Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.person import Person
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.record import Record, with_values
from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.domain.village import Village
from liaison_desk.domain.workflow import Workflow
from liaison_desk.services import (
    conversions,
    matters,
    minutes,
    planning,
    terms,
    words,
    workflows,
)
from liaison_desk.services.attaching import attach_content, rename
from liaison_desk.services.history import History
from liaison_desk.services.importing import ROSTER, Options, apply_import, plan_file
from liaison_desk.services.importing.targets import MEETINGS
from liaison_desk.services.meeting_sheet import load_sheet, save_sheet
from liaison_desk.services.merging import merge, merged_values
from liaison_desk.services.recycle_bin import RecycleBin

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from pathlib import Path

    from liaison_desk.services.desk import Desk

T = TypeVar("T")
R = TypeVar("R", bound=Record)

FIRST_DAY = date(2025, 1, 1)
OWN_WAY = (Office, Packet, Conversion, Attachment)
"""What is not entered in a form."""
ENTERED = tuple(each for each in RECORD_TYPES if each not in OWN_WAY)
IDENTITIES = ("", "11010519491231002X")
WORDS = ("停车", "路灯", "陆䶮", "王𬭚", "养老 服务", "5号楼")
TERMS = ("第十二届", "第十三届")


class NotNow(Exception):
    """There is nothing to do this with; no error."""


@dataclass
class Doings:
    """Does things at a desk, by chance.

    Attributes:
        desk: where.
        dice: the chance; of one seed the same things are done.
        folder: where files to import are put.
    """

    desk: Desk
    dice: random.Random
    folder: Path

    def one(self) -> str:
        """Do one thing; its name, or "" when nothing was done."""
        name = self.dice.choice(CHOICES)
        before = self.desk.log.last_stamp()
        try:
            getattr(self, name)()
        except (NotNow, DeskError):
            assert self.desk.log.last_stamp() == before, f"{name} was refused and did something"
            return ""
        return name if self.desk.log.last_stamp() != before else ""

    def several(self, count: int) -> list[str]:
        """Do so many things; their names."""
        return [name for _ in range(count) if (name := self.one())]

    # -- forms -----------------------------------------------------------------------------

    def enter(self) -> None:
        """A new record of any kind."""
        self._entered(self.dice.choice(ENTERED))

    def change(self) -> None:
        """Some fields of any record."""
        record: Record = self._any(self.dice.choice((*ENTERED, Office, Attachment)))
        kinds = {
            name: kind
            for name, kind in record.fields().items()
            if name not in _PROGRAM_S.get(type(record), ())
            and not (isinstance(kind, Link) and kind.to == record.table)
        }
        names = self.dice.sample(sorted(kinds), min(len(kinds), 3))
        values = {name: self._value(kinds[name], record) for name in names}
        self.desk.save(with_values(record, values))

    def remove(self) -> None:
        """Any record goes to the recycle bin."""
        kinds = tuple(each for each in RECORD_TYPES if each not in (Office, Packet))
        self.desk.remove(self._any(self.dice.choice(kinds)))

    def restore(self) -> None:
        """Some of what is in the recycle bin comes back."""
        trash = RecycleBin(self.desk)
        gone = [each.record for each in trash.contents(older_too=True)]
        trash.restore(self._some(gone, 3))

    def restore_value(self) -> None:
        """An earlier value of a field."""
        record = self._any(self.dice.choice(ENTERED))
        told = History(self.desk)
        entries = told.of_records([record.id])
        lines = [line for entry in entries for each in entry.happenings for line in each.lines]
        told.restore_value(self._one(lines))

    def restore_moment(self) -> None:
        """A record with its parts as it was earlier."""
        record = self._any(self.dice.choice(ENTERED))
        told = History(self.desk)
        entry = self._one(told.of_records([record.id]))
        told.restore_moment([(record.table, record.id)], entry.deed)

    # -- files -----------------------------------------------------------------------------

    def attach(self) -> None:
        """A file for any record, now and then one that is there already."""
        owner = self._any(self.dice.choice(ENTERED))
        content = f"扫描{self.dice.randrange(6)}".encode()
        attach_content(self.desk, owner, f"附件{self.dice.randrange(4)}.txt", content)

    def rename_file(self) -> None:
        """Another name for a file."""
        rename(self.desk, self._any(Attachment), f"改名{self.dice.randrange(9)}.txt")

    # -- many at once ----------------------------------------------------------------------

    def merge(self) -> None:
        """Two people, agencies or villages become one."""
        kind = self.dice.choice((Person, Person, Agency, Village))
        kept, other = self._two(kind)
        merge(self.desk, kept, other, merged_values(kept, other))

    def convert(self) -> None:
        """Something becomes something else."""
        source = self._any(self.dice.choice(list(conversions.SOURCES)))
        into: type[Record] = self.dice.choice(conversions.targets_of(type(source)))
        made = conversions.convert(self.desk, source, into)
        needed = {
            name: self._value(kind, made)
            for name, kind in made.fields().items()
            if kind.required and kind.is_empty(getattr(made, name))
        }
        whole = with_values(made, needed)
        conversions.keep_converted(self.desk, source, lambda: self.desk.save(whole))

    def link_existing(self) -> None:
        """Something is said to have become what is there already."""
        source = self._any(self.dice.choice(list(conversions.SOURCES)))
        target = self._any(self.dice.choice(conversions.targets_of(type(source))))
        conversions.link_existing(self.desk, source, target)

    def unlink(self) -> None:
        """That is taken back."""
        conversions.unlink(self.desk, self._any(Conversion))

    def start_term(self) -> None:
        """换届."""
        old = self._one(terms.terms(self.desk))
        seats = terms.serving(self.desk, old)
        going_on = frozenset(each.id for each in seats if self.dice.random() < 0.7)
        chosen = terms.NewTerm(old, terms.next_term(old), date(2027, 1, 1), going_on)
        terms.start_term(self.desk, chosen)

    def import_roster(self) -> None:
        """People from a file, some of them known."""
        people = self.desk.find(Person)[:2]
        rows = [(each.name, each.phone, "教育") for each in people]
        rows += [(f"新来{self.dice.randrange(99)}", f"1380561{self.dice.randrange(9999):04}", "")]
        path = self._table("名册.csv", ("姓名", "手机", "界别"), rows)
        apply_import(self.desk, plan_file(self.desk, path, ROSTER, Options(term=TERMS[0])))

    def import_ledger(self) -> None:
        """An old ledger: topics, meetings, matters."""
        heads = ("时间", "议题", "地点", "共识事项", "责任单位", "时限", "办理情况")
        name = f"旧题{self.dice.randrange(99)}"
        row = ("2025.3.8", name, "村委会", f"{name}办理", "城建所", "2025.4.30", "已办结")
        path = self._table("台账.csv", heads, [row])
        apply_import(self.desk, plan_file(self.desk, path, MEETINGS))

    # -- the office's own lists -------------------------------------------------------------

    def edit_workflow(self) -> None:
        """A workflow gets its steps in another order, one of them less."""
        name = self._one(workflows.workflow_names(self.desk))
        workflow = workflows.workflow_called(self.desk, name)
        steps = workflows.steps_of(self.desk, workflow)
        self.dice.shuffle(steps)
        placed = [with_values(each, {"position": row + 1}) for row, each in enumerate(steps[1:])]
        workflows.save_workflow(self.desk, workflow, placed)

    def restore_workflow(self) -> None:
        """A workflow as it was shipped."""
        workflows.restore_workflow(self.desk, self._any(Workflow))

    def step_on(self) -> None:
        """A topic passes, skips or takes back a step."""
        topic = self._any(Topic)
        topic = with_values(topic, {"workflow": topic.workflow or "四单闭环"})
        state = self._one(workflows.states_of(self.desk, topic))
        if state.passed is not None:
            workflows.untick_step(self.desk, topic, state.passed)
        elif state.may_skip:
            workflows.skip_step(self.desk, topic, state)
        else:
            workflows.tick_step(self.desk, topic, state, note="补记")

    def edit_words(self) -> None:
        """A list of words gets one more, one less, another order."""
        term = self.dice.choice(("", *TERMS))
        there = words.words_of(self.desk, "界别", term)
        self.dice.shuffle(there)
        more = CodeWord(id=str(uuid4()), name=f"界别{self.dice.randrange(99)}")
        words.save_words(self.desk, "界别", term, [*there[:5], more])

    def rename_word(self) -> None:
        """A word is written anew everywhere."""
        seat = self._any(Membership)
        words.rename_in_records(self.desk, "界别", seat.sector, f"改{self.dice.randrange(9)}")

    def plan(self) -> None:
        """Topics go into the year's plan."""
        year = self.dice.choice((2025, 2026))
        planning.plan_topics(
            self.desk, year, self._some(planning.topics_to_plan(self.desk, year), 2)
        )

    def take_out(self) -> None:
        """And out of it."""
        planning.take_out(self.desk, [self._any(PlanItem)])

    # -- the main line -----------------------------------------------------------------------

    def rewrite_sheet(self) -> None:
        """A meeting's lists, each in another order and one line less."""
        sheet = load_sheet(self.desk, self._any(Meeting))
        held = with_values(sheet.meeting, {"place": self.dice.choice(WORDS)})
        attendance = list(sheet.attendance)
        self.dice.shuffle(attendance)
        save_sheet(
            self.desk,
            type(sheet)(
                meeting=held,
                topics=sheet.topics[1:],
                agenda=sheet.agenda,
                attendance=tuple(attendance[1:]),
                statements=sheet.statements[::-1],
                consensus=sheet.consensus,
                dissents=sheet.dissents,
            ),
        )

    def draft(self) -> None:
        """Draft minutes."""
        minutes.draft_minutes(self.desk, self._any(Meeting))

    def finalise(self) -> None:
        """Draft minutes get their number."""
        drafts = [each for each in self.desk.find(Minutes) if each.status == DRAFT]
        chosen = self._one(drafts)
        for each in self.desk.find(Consensus, meeting=chosen.meeting):
            if each.agency is None or each.due_on is None:
                raise NotNow
        minutes.finalise(self.desk, with_values(chosen, {"present": "陆䶮"}))

    def issue(self) -> None:
        """Final minutes are sent."""
        minutes.mark_issued(self.desk, self._one(self._final()))

    def new_version(self) -> None:
        """Final minutes get a second version."""
        minutes.new_version(self.desk, self._one(self._final()))

    def close(self) -> None:
        """A matter that was answered is closed."""
        reply = self._any(Reply)
        matter = self.desk.get(Matter, reply.matter)
        if matter is None or matter.removed_at:
            raise NotNow
        matters.close_matter(self.desk, matter)

    def reopen(self) -> None:
        """A closed matter is open again."""
        closed = [each for each in self.desk.find(Matter) if each.closed_on]
        matters.reopen_matter(self.desk, self._one(closed))

    # -- what is there ------------------------------------------------------------------------

    def _final(self) -> list[Minutes]:
        return [each for each in self.desk.find(Minutes) if each.is_locked]

    def _one(self, things: Sequence[T]) -> T:
        if not things:
            raise NotNow
        return self.dice.choice(things)

    def _some(self, things: Sequence[T], most: int) -> list[T]:
        if not things:
            raise NotNow
        return self.dice.sample(list(things), min(len(things), self.dice.randint(1, most)))

    def _any(self, kind: type[R]) -> R:
        return self._one(self.desk.find(kind, office=self.desk.office_id))

    def _two(self, kind: type[R]) -> tuple[R, R]:
        there = self.desk.find(kind, office=self.desk.office_id)
        if len(there) < 2:
            raise NotNow
        one, other = self.dice.sample(there, 2)
        return one, other

    def _table(self, name: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
        path = self.folder / name
        lines = [",".join(row) for row in (heads, *rows)]
        path.write_text("\n".join(lines), encoding="utf-8-sig")
        return path

    def _entered(self, kind: type[R]) -> R:
        """A new record that names what is there, and what it cannot be without."""
        blank = kind()
        left_alone = _PROGRAM_S.get(kind, ())
        values = {
            name: self._value(field, blank)
            for name, field in kind.fields().items()
            if name not in left_alone
        }
        with self.desk.deed(f"新增{kind.title}"):
            needed = {
                name: self._entered(BY_TABLE[field.to]).id
                for name, field in kind.links().items()
                if field.required and values[name] is None
            }
            return self.desk.save(kind(**{**values, **needed}))

    def _value(self, kind: Field, record: Record) -> Any:  # noqa: ANN401  # a field takes any value
        """A value for a field, empty now and then."""
        if isinstance(kind, Link):
            return self._target(kind)
        if not kind.required and self.dice.random() < 0.3:
            return kind.empty
        return self._filled(kind)

    def _target(self, kind: Link) -> str | None:
        """What a link leads to, if there is any."""
        if kind.to == Office.table:
            return self.desk.office_id
        there = self.desk.find(BY_TABLE[kind.to], office=self.desk.office_id)
        return self.dice.choice(there).id if there else None

    def _filled(self, kind: Field) -> Any:  # noqa: ANN401  # a field takes any value
        """Something that the rules of a field allow."""
        day = FIRST_DAY + timedelta(days=self.dice.randrange(700))
        made: dict[type[Field], Any] = {
            Day: day,
            Moment: datetime(day.year, day.month, day.day, 9, 30),
            Number: self.dice.randint(1, 9),
            Amount: Decimal(self.dice.randrange(9999)) / 100,
            Flag: self.dice.random() < 0.5,
            Month: f"19{self.dice.randint(50, 99)}.{self.dice.randint(1, 12):02}",
            IdentityNumber: self.dice.choice(IDENTITIES),
        }
        if type(kind) in made:
            return made[type(kind)]
        if isinstance(kind, Choice) and kind.options:
            return self.dice.choice(kind.options)
        if isinstance(kind, Several):
            return kind.options[0]
        if kind.label == Membership.fields()["term"].label:
            return self.dice.choice(TERMS)
        return f"{self.dice.choice(WORDS)}{self.dice.randrange(99)}"[: kind.max_length]


_PROGRAM_S: dict[type[Record], tuple[str, ...]] = {
    Person: ("merged_into", "former_names"),
    Minutes: ("status", "number", "year", "version", "replaces"),
    Matter: ("closed_on", "minutes", "consensus"),
    Attachment: ("owner_table", "owner", "sha256", "size"),
    TopicStep: ("evidence", "evidence_table"),
    Directive: ("packet",),
    Office: ("level",),
}
"""Fields that the program fills in itself."""

DOINGS = tuple(
    name
    for name, each in vars(Doings).items()
    if callable(each) and not name.startswith("_") and name not in {"one", "several"}
)
"""Every kind of deed."""
CHOICES = (*DOINGS, *["enter"] * 12, *["change"] * 6, *["attach"] * 2, *["remove"] * 3)
"""Entering and changing come more often, as they do."""
