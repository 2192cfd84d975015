"""Planning the import of a member roster: pure, from a sheet and what the desk knows."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import Record, with_values
from liaison_desk.services.importing import codes, matching
from liaison_desk.services.importing.columns import columns_of, find_header
from liaison_desk.services.importing.errors import NotARoster
from liaison_desk.services.importing.plan import (
    FieldChange,
    Known,
    LeftOut,
    RosterPlan,
    RosterRow,
    RowState,
)
from liaison_desk.services.importing.rows import STEP, joined, read_rows
from liaison_desk.services.progress import no_progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.services.importing.matching import Draft
    from liaison_desk.services.importing.plan import KnownPerson
    from liaison_desk.services.importing.rows import ReadRows
    from liaison_desk.services.importing.sheet import Row, Sheet
    from liaison_desk.services.progress import Progress

_TERM = re.compile(r"第?\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*届")
_DIGITS = "零一二三四五六七八九"
_PEOPLE = re.compile(r"(\d+)\s*[人名位]")


def plan_roster(
    sheet: Sheet,
    known: Known,
    *,
    term: str | None = None,
    level: str = "县",
    progress: Progress = no_progress,
) -> RosterPlan:
    """Say what importing a sheet would do; nothing is changed.

    An empty cell never clears what is known, and a remark is added to what is there. Planning
    what has just been imported finds everyone 不变.

    Args:
        sheet: as `read_sheet` gives it.
        known: as `known_people` gives it.
        term: the term to seat the members in; by default the one that the title names.
        level: of the seats, one of `LEVELS`.
        progress: called every 200 rows; it may raise `Cancelled`.

    Raises:
        NotARoster: there is no heading for names, or nobody below it.
    """
    header = _header_of(sheet)
    above = sheet.rows[:header]
    offered = _term_of(above, sheet.name)
    columns = columns_of(sheet, header)
    read = read_rows(sheet, header, columns, known.villages, progress)
    if not read.drafts and not read.problems:
        raise NotARoster(
            f"工作表“{sheet.name}”只有表头，下面一个人也没有。没有导入，资料没有改动。"
            "请核对是不是选错了文件或工作表。"
        )
    people, repeated = matching.first_of_each(read.drafts)
    _note_namesakes(people)
    planner = _Planner(offered if term is None else term, level, known, progress)
    titles = [LeftOut(row.number, joined(row), "表头上方的标题") for row in above]
    return RosterPlan(
        sheet=sheet.name,
        term=planner.term,
        offered_term=offered,
        columns=columns,
        rows=planner.rows(people),
        left_out=(*titles, *read.left_out),
        problems=_problems(sheet, read, repeated),
        notes=_notes(sheet, read, people),
        stamp=known.stamp,
    )


def _header_of(sheet: Sheet) -> int:
    """Where the headings are."""
    header = find_header(sheet)
    if header is None:
        raise NotARoster(
            f"工作表“{sheet.name}”里找不到“姓名”这一列，不知道哪些是委员。没有导入，资料没有改动。"
            "请在表头里写上“姓名”，或核对是不是选错了文件。"
        )
    return header


def _term_of(above: Sequence[Row], sheet_name: str) -> str:
    """The term that the title names, in Chinese figures: 第十二届; or ""."""
    for text in (*(joined(row) for row in above), sheet_name):
        found = _TERM.search(text)
        if found:
            return f"第{_chinese_number(found[1])}届"
    return ""


def _chinese_number(written: str) -> str:
    """12 as 十二; Chinese figures stay."""
    if not written.isdigit():
        return written
    tens, ones = divmod(int(written), 10)
    leading = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return leading + (_DIGITS[ones] if ones or not tens else "")


class _Planner:
    """Compares people of the roster with those the desk has."""

    def __init__(self, term: str, level: str, known: Known, progress: Progress) -> None:
        self.term = term.strip()
        self._level = level
        self._known = known.people
        self._known_names = {each.person.name for each in known.people}
        self._progress = progress

    def rows(self, people: Sequence[Draft]) -> tuple[RosterRow, ...]:
        """The plan of each person."""
        matched = matching.match(people, self._known, self._progress)
        found = []
        for done, draft in enumerate(people):
            if done % STEP == 0:
                self._progress(done, len(people))
            known = matched.get(draft.number)
            found.append(self._added(draft) if known is None else self._compared(draft, known))
        return tuple(found)

    def _added(self, draft: Draft) -> RosterRow:
        """The plan of somebody new."""
        notes = [*draft.notes]
        if draft.name in self._known_names:
            notes.append(
                f"资料里已有同名的“{draft.name}”，但电话、证号、出生年月都对不上，按新人导入"
            )
        person = Person(**_values_of(draft, Person))
        seat = Membership(**self._seat_values(draft))
        return RosterRow(draft.number, RowState.NEW, person, seat, notes=tuple(notes))

    def _compared(self, draft: Draft, known: KnownPerson) -> RosterRow:
        """The plan of somebody the desk has."""
        values, notes = _values_of(draft, Person), [*draft.notes]
        person = with_values(known.person, values | _kept_note(known.person, values))
        changes = _changes(known.person, person)
        held = self._held_seat(known)
        if held is None:
            seat = Membership(person=known.person.id, **self._seat_values(draft))
            changes += (FieldChange(Membership.title, "", self.term),)
        else:
            seat = with_values(held, self._seat_values(draft))
            changes += _changes(held, seat)
            if not held.is_serving:
                notes.append(f"资料里登记的状态是“{held.status}”，导入不会改动它，请核对")
        state = RowState.UPDATED if changes else RowState.SAME
        return RosterRow(draft.number, state, person, seat, changes, tuple(notes))

    def _seat_values(self, draft: Draft) -> dict[str, Any]:
        """A draft's values for its seat."""
        return _values_of(draft, Membership) | {"term": self.term, "level": self._level}

    def _held_seat(self, known: KnownPerson) -> Membership | None:
        """The seat that someone known holds in this term."""
        same = (self.term, self._level)
        return next((each for each in known.memberships if (each.term, each.level) == same), None)


def _values_of(draft: Draft, record_type: type[Record]) -> dict[str, Any]:
    """A draft's values for one type of record."""
    beginning = f"{record_type.table}."
    return {
        name.removeprefix(beginning): value
        for name, value in draft.values.items()
        if name.startswith(beginning)
    }


def _kept_note(before: Person, values: dict[str, str]) -> dict[str, str]:
    """The clerk's own remark stays; the roster's is added unless it is there already."""
    note = values.get("note", "")
    if not note or not before.note:
        return {}
    return {"note": before.note if note in before.note else f"{before.note}\n{note}"}


def _changes(before: Record, after: Record) -> tuple[FieldChange, ...]:
    """The fields in which two states of a record differ."""
    return tuple(
        FieldChange(kind.label, before.shown(name), after.shown(name), kind.personal)
        for name, kind in before.fields().items()
        if getattr(before, name) != getattr(after, name)
    )


def _note_namesakes(people: Sequence[Draft]) -> None:
    """Tell the clerk of people in the file who share a name."""
    in_file = Counter(draft.name for draft in people)
    for draft in people:
        if in_file[draft.name] > 1:
            draft.notes.append(f"名册里有{in_file[draft.name]}个“{draft.name}”，按不同的人导入")


def _problems(
    sheet: Sheet, read: ReadRows, repeated: Sequence[tuple[Draft, str]]
) -> tuple[LeftOut, ...]:
    """Everything that should have been imported and cannot be, by row."""
    rows = {row.number: row for row in sheet.rows}
    no_people = {each.row for each in read.left_out}
    found = [
        *read.problems,
        *(LeftOut(draft.number, joined(rows[draft.number]), reason) for draft, reason in repeated),
        *(
            LeftOut(lost.row, "", lost.reason, lost.place)
            for lost in sheet.lost
            if lost.row not in no_people
        ),
    ]
    return tuple(sorted(found, key=lambda each: each.row))


def _notes(sheet: Sheet, read: ReadRows, people: Sequence[Draft]) -> tuple[str, ...]:
    """Sentences about the sheet as a whole."""
    notes = []
    if sheet.others:
        names = "、".join(f"“{name}”" for name in sheet.others)
        notes.append(f"只读了工作表“{sheet.name}”；工作表{names}没有导入。")
    table = set(codes.sectors().values())
    own = dict.fromkeys(draft.value("membership.sector") for draft in people)
    unknown = [sector for sector in own if sector and sector not in table]
    if unknown:
        notes.append(f"界别“{'”“'.join(unknown[:20])}”不在全国界别表里，按原文导入。")
    stated = {
        int(n) for row in read.left_out if row.reason == "合计行" for n in _PEOPLE.findall(row.text)
    }
    if stated and len(read.drafts) not in stated:
        said = "、".join(str(each) for each in sorted(stated))
        notes.append(f"合计行写的是{said}人，实际读到{len(read.drafts)}人，请核对。")
    return tuple(notes)
