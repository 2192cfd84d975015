"""The files an office really has import to what a careful person would have typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.domain.meeting import Consensus, Dissent, Meeting, MeetingTopic
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.importing import RowState
from tests.services.importing import expected
from tests.services.importing.importing import INPUTS, imported, planned, table_in

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

ALL = [
    (expected.REGISTRATION, "Sheet1", "第十二届"),
    (expected.REGISTRATION, "群众代表", None),
    (expected.ROSTER, "", None),
    (expected.PEOPLE, "", None),
    (expected.LEDGER, "", None),
    (expected.OLD_LEDGER, "", None),
]


def everything(desk: Desk) -> list[Record]:
    """Every record that is there."""
    return [record for each in RECORD_TYPES for record in desk.find(each)]


def people_of(desk: Desk, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Some fields of everyone."""
    seats = {seat.person: seat for seat in desk.find(Membership)}
    return [
        tuple(_told(desk, person, seats.get(person.id, Membership()), name) for name in names)
        for person in desk.find(Person)
    ]


def _told(desk: Desk, person: Person, seat: Membership, name: str) -> str:
    """One field of a person or their seat, a village by its name."""
    if name == "village":
        return desk.caption(Village.table, person.village)
    if name == "contact":
        return desk.caption(Village.table, seat.village)
    return str(getattr(person if name in Person.fields() else seat, name))


def test_the_registration_form_with_headings_in_two_rows(desk: Desk) -> None:
    plan = planned(desk, table_in(INPUTS / expected.REGISTRATION), term="第十二届")
    assert {each.place: each.text for each in plan.problems} == expected.REGISTERED_PROBLEMS
    imported(desk, table_in(INPUTS / expected.REGISTRATION), term="第十二届")
    names = (
        "name", "gender", "born", "party", "education", "phone", "post", "identity", "note",
        "sector", "contact",
    )  # fmt: skip
    assert sorted(people_of(desk, names)) == sorted(expected.lines(expected.REGISTERED))


def test_the_county_s_roster(desk: Desk) -> None:
    plan = planned(desk, table_in(INPUTS / expected.ROSTER))
    assert (plan.term, plan.problems) == ("第十二届", ())
    imported(desk, table_in(INPUTS / expected.ROSTER))
    names = (
        "name", "gender", "ethnicity", "born", "party", "education", "post", "phone", "note",
        "sector", "duty", "card_number",
    )  # fmt: skip
    assert sorted(people_of(desk, names)) == sorted(expected.lines(expected.SEATED))
    assert {(seat.term, seat.level, seat.status) for seat in desk.find(Membership)} == {
        ("第十二届", "县", "在任")
    }


def test_the_representatives_on_the_second_sheet(desk: Desk) -> None:
    table = table_in(INPUTS / expected.REGISTRATION, "群众代表")
    plan = planned(desk, table)
    [problem] = plan.problems
    assert (problem.row, problem.text) == (4, "13900000002 袁庄村 利益相关方")
    assert "没有姓名" in problem.reason
    assert "公式" in problem.reason
    imported(desk, table)
    names = ("name", "phone", "village", "note")
    assert sorted(people_of(desk, names)) == sorted(expected.lines(expected.REPRESENTATIVES))


def test_villagers_in_a_csv_of_gb18030(desk: Desk) -> None:
    table = table_in(INPUTS / expected.PEOPLE)
    assert planned(desk, table).problems == ()
    imported(desk, table)
    names = ("name", "gender", "village", "phone", "note")
    assert sorted(people_of(desk, names)) == sorted(expected.lines(expected.VILLAGERS))


@pytest.mark.parametrize("file", [expected.LEDGER, expected.OLD_LEDGER])
def test_an_old_ledger_becomes_topics_meetings_and_matters(desk: Desk, file: str) -> None:
    table = table_in(INPUTS / file)
    plan = planned(desk, table)
    assert {each.text: each.place[0] for each in plan.problems} == expected.LEDGER_PROBLEMS
    imported(desk, table)
    assert {each.name for each in desk.find(Topic)} == {
        name for (name,) in expected.lines(expected.TOPICS)
    }
    assert set(_meetings(desk)) == set(expected.lines(expected.MEETINGS))
    assert set(_agreed(desk)) == set(expected.lines(expected.AGREED))
    assert set(_open(desk)) == set(expected.lines(expected.OPEN))
    assert set(_matters(desk)) == set(expected.lines(expected.MATTERS))


def _meetings(desk: Desk) -> list[tuple[str, ...]]:
    """Every meeting with its topic."""
    topics = {each.meeting: desk.caption("topic", each.topic) for each in desk.find(MeetingTopic)}
    return [
        (each.name, str(each.held_at)[:10], each.form, each.place, topics[each.id])
        for each in desk.find(Meeting)
    ]


def _agreed(desk: Desk) -> list[tuple[str, ...]]:
    """Every agreed matter."""
    return [
        (
            desk.caption("meeting", each.meeting),
            str(each.position),
            each.name,
            desk.caption(Agency.table, each.agency),
            each.partners,
            each.shown("due_on"),
        )
        for each in desk.find(Consensus)
    ]


def _open(desk: Desk) -> list[tuple[str, ...]]:
    """What stayed open."""
    return [
        (desk.caption("meeting", each.meeting), each.name, each.handling)
        for each in desk.find(Dissent)
    ]


def _matters(desk: Desk) -> list[tuple[str, ...]]:
    """Every matter with what came of it."""
    found = []
    for each in desk.find(Matter):
        told = [f"{reply.result}：{reply.content}" for reply in desk.find(Reply, matter=each.id)]
        told += [f"{s.reported_on}：{s.content}" for s in desk.find(Progress, matter=each.id)]
        agency = desk.caption(Agency.table, each.agency)
        closed = each.shown("closed_on")
        found.append((each.name, agency, each.partners, each.shown("due_on"), closed, *told))
        assert (each.source, desk.caption("consensus", each.consensus)) == ("共识事项", each.name)
    return found


@pytest.mark.parametrize(("file", "sheet", "term"), ALL)
def test_the_same_file_again_changes_nothing(
    desk: Desk, file: str, sheet: str, term: str | None
) -> None:
    table = table_in(INPUTS / file, sheet)
    first = planned(desk, table, term=term)
    imported(desk, table, term=term)
    before, stamp = everything(desk), desk.log.last_stamp()
    plan = planned(desk, table, term=term)
    assert plan.is_empty
    assert plan.count(RowState.SAME) == len(first.rows) - first.count(RowState.BAD)
    assert "没有改动" in imported(desk, table, term=term).summary
    assert (everything(desk), desk.log.last_stamp()) == (before, stamp)


@pytest.mark.parametrize(("file", "sheet", "term"), ALL)
def test_one_undo_takes_an_import_back_and_redo_brings_it_again(
    desk: Desk, file: str, sheet: str, term: str | None
) -> None:
    before = everything(desk)
    imported(desk, table_in(INPUTS / file, sheet), term=term)
    after = everything(desk)
    desk.undo()
    assert everything(desk) == before
    desk.redo()
    assert everything(desk) == after


def test_both_forms_of_the_ledger_are_the_same_eight_meetings(desk: Desk) -> None:
    imported(desk, table_in(INPUTS / expected.OLD_LEDGER))
    assert planned(desk, table_in(INPUTS / expected.LEDGER)).is_empty


@pytest.mark.parametrize(("file", "sheet", "term"), ALL)
def test_every_cell_of_the_source_is_imported_or_listed(
    desk: Desk, file: str, sheet: str, term: str | None
) -> None:
    table = table_in(INPUTS / file, sheet)
    plan = planned(desk, table, term=term)
    filled = {
        (row.number, at): cell
        for row in table.sheet.rows
        for at, cell in enumerate(row.cells)
        if cell.strip()
    }
    assert len(plan.cells) == len(filled) + len(table.sheet.lost)
    assert all(each.told for each in plan.cells)
