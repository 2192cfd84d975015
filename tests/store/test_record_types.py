"""Every record type of the registry, kept and read back by the store."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desk.domain import fields
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.declare import text
from liaison_desk.domain.fields import (
    Amount,
    Choice,
    Day,
    Flag,
    IdentityNumber,
    Link,
    Moment,
    Month,
    Number,
    Several,
)
from liaison_desk.domain.matter import Rating
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.record import Record, with_values
from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES
from liaison_desk.store.check import faults
from liaison_desk.store.database import Database
from liaison_desk.store.repository import Deed, RecordChange, Repository, columns_of
from tests import factory

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.domain.fields import Field
    from liaison_desk.services.desk import Desk

of_every_type = pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda each: each.table)

CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
LATER = {
    Day: date(2026, 5, 1),
    Moment: datetime(2026, 5, 1, 15, 30),
    Number: 41,
    Amount: Decimal("41.50"),
    Flag: True,
    Month: "1975.03",
    IdentityNumber: "11010519491231002X",
}


def sample(kind: Field) -> Any:  # noqa: ANN401  # a field takes any value
    """A value that is not the empty one, with a rare character where text may stand."""
    if isinstance(kind, Choice | Several):
        return kind.options[0]
    return LATER.get(type(kind), "陆䶮𬭚"[: kind.max_length])


def linked(desk: Desk, kind: Link, depth: int) -> str | None:
    """A record for a link to lead to."""
    if kind.to == "office":
        return desk.office_id
    if not kind.required and depth > 1:
        return None
    return desk.save(filled(desk, BY_TABLE[kind.to], depth + 1)).id


def filled(desk: Desk, record_type: type[Record], depth: int = 0) -> Record:
    """An unsaved record with something in every field."""
    values = {
        name: linked(desk, kind, depth) if isinstance(kind, Link) else sample(kind)
        for name, kind in record_type.fields().items()
    }
    # What a closed matter, a second office and a new version must have besides.
    special: dict[str, dict[str, Any]] = {
        "matter": {"closed_on": None, "due_on": date(2027, 1, 1)},
        "office": {"level": "县级"},
        "minutes": {"version": depth + 1, "number": len(desk.find(Minutes)) + 1},
        "attachment": {"sha256": content(desk)},
        "opinion": {"number": f"第{len(desk.find(BY_TABLE['opinion']))}号"},
        "proposal": {"number": f"第{len(desk.find(BY_TABLE['proposal']))}号"},
        "extension": {"old_due_on": date(2026, 4, 1)},
        "conversion": dict.fromkeys(set(Conversion.links()) - {"from_visitor", "into_matter"}),
    }
    values |= special.get(record_type.table, {})
    return record_type(**values)  # type: ignore[arg-type]  # declared by each type


def content(desk: Desk) -> str:
    """The hash of something that an attachment can hold."""
    with desk.deed("附件"):
        return desk.contents.add("扫描件".encode())


@of_every_type
def test_a_record_is_read_back_whole(desk: Desk, record_type: type[Record]) -> None:
    record = filled(desk, record_type)
    kept = desk.save(record)
    assert desk.get(record_type, kept.id) == kept
    given_values = {name: getattr(record, name) for name in record_type.fields()}
    assert {name: getattr(kept, name) for name in record_type.fields()} == given_values
    assert kept in desk.find(record_type)
    assert faults(desk.database) == []


@of_every_type
def test_a_record_with_nothing_but_what_it_needs_is_read_back(
    desk: Desk, record_type: type[Record]
) -> None:
    full = filled(desk, record_type)
    needed = {name: getattr(full, name) for name, kind in full.fields().items() if kind.required}
    # What just has to be there in one of several fields.
    more = {
        Minutes: ("body",),
        Rating: ("outcome_fair",),
        Conversion: ("from_visitor", "into_matter"),
    }
    needed |= {name: getattr(full, name) for name in more.get(record_type, ())}
    kept = desk.save(record_type(**needed))
    assert desk.get(record_type, kept.id) == kept


@of_every_type
def test_a_record_has_a_history_and_can_be_undone_removed_and_done_again(
    desk: Desk, record_type: type[Record]
) -> None:
    full = filled(desk, record_type)
    texts = [
        name
        for name, kind in full.fields().items()
        if type(kind) in {fields.Text, fields.LongText, fields.PersonName, fields.Phone, Number}
    ]
    kept = desk.save(full)
    [(_, made)] = desk.log.history(kept.id)
    assert made.is_new
    new = 42 if isinstance(full.fields()[texts[-1]], Number) else "改"
    changed = desk.save(with_values(kept, {texts[-1]: new}))
    desk.undo()
    assert desk.get(record_type, kept.id) == kept
    desk.redo()
    assert desk.get(record_type, kept.id) == changed
    desk.remove(changed)
    assert changed not in desk.find(record_type)
    desk.undo()
    assert desk.get(record_type, kept.id) == changed
    told = [
        (deed.operator, deed.kind, sorted(change.after))
        for deed, change in desk.log.history(kept.id)
    ]
    assert told[:-1] == [
        ("李文书", "undo", ["removed_at"]),
        ("李文书", "do", ["removed_at"]),
        ("李文书", "redo", [texts[-1]]),
        ("李文书", "undo", [texts[-1]]),
        ("李文书", "do", [texts[-1]]),
    ]
    assert faults(desk.database) == []


@of_every_type
def test_the_table_has_just_the_columns_of_the_type(
    database: Database, record_type: type[Record]
) -> None:
    rows = database.read(f"PRAGMA table_info({record_type.table})")
    declared = {name: kind.column for name, kind in record_type.fields().items()}
    kept = {row["name"]: row["type"] for row in rows}
    assert (
        kept == {"id": "TEXT", "office": "TEXT", "removed_at": "TEXT", "stamps": "TEXT"} | declared
    )
    empty = columns_of(record_type())
    for row in rows:
        if row["name"] in declared and row["notnull"]:
            assert empty[row["name"]] is not None


@of_every_type
def test_every_link_is_a_foreign_key_with_an_index(
    database: Database, record_type: type[Record]
) -> None:
    keys = {
        row["from"]: row["table"]
        for row in database.read(f"PRAGMA foreign_key_list({record_type.table})")
    }
    links = {name: kind.to for name, kind in record_type.links().items()}
    assert keys == {"office": "office"} | links
    indexed = set()
    for row in database.read(f"PRAGMA index_list({record_type.table})"):
        indexed.add(database.read(f"PRAGMA index_info({row['name']})")[0]["name"])
    assert set(links) <= indexed


@of_every_type
def test_a_table_refuses_what_is_of_another_kind(
    database: Database, record_type: type[Record]
) -> None:
    [row] = database.read("SELECT strict FROM pragma_table_list(?)", (record_type.table,))
    assert row["strict"] == 1


def test_there_is_no_table_that_nobody_declares(database: Database) -> None:
    rows = database.read("SELECT name FROM sqlite_master WHERE type = 'table'")
    own = {"setting", "deed", "change", "draft", "attachment_content"}
    own |= {"search_record", "search_text"}
    internal = {
        row["name"]
        for row in rows
        if row["name"].startswith(("sqlite_", "_sqlite", "search_index"))
    }
    assert {row["name"] for row in rows} - internal - own == set(BY_TABLE)


def test_a_link_to_nothing_is_stopped_by_the_file_itself(desk: Desk) -> None:
    repository = Repository(desk.database)
    columns = columns_of(factory.office(id="o", office="o", township="x"))
    change = RecordChange("office", "o", None, columns | {"office": "nowhere"}, {"*": "s"})

    def write() -> None:
        with desk.database.transaction():
            repository.write(repository.begin(Deed("s", "2026-03-09", "李文书", "试")), [change])

    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        write()
    assert len(desk.find(Office)) == 1


def test_unknown_ids_are_left_out_and_the_order_is_that_asked_for(desk: Desk) -> None:
    first, second = factory.person(desk, "甲"), factory.person(desk, "乙")
    assert desk.many(type(first), [second.id, "nobody", first.id]) == [second, first]
    assert desk.get(type(first), "nobody") is None
    assert desk.get(type(first), None) is None


TYPED = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\uffff\ufffe"),
    max_size=60,
)


@settings(max_examples=60, deadline=None, suppress_health_check=CALM)
@given(name=TYPED.filter(str.strip), note=TYPED, number=st.integers(0, fields.LARGEST_NUMBER))
def test_any_text_and_number_is_read_back_as_it_was(
    desk: Desk, name: str, note: str, number: int
) -> None:
    village = desk.save(BY_TABLE["village"](name=name[:40], note=note))  # type: ignore[call-arg]
    assert desk.get(type(village), village.id) == village
    held = factory.meeting(desk, votes_for=number)
    again = desk.get(type(held), held.id)
    assert again is not None
    assert again.votes_for == number


def test_a_new_type_without_its_migration_is_found_out(tmp_path: Path) -> None:
    """The tests above fail for it: there is no table to read from."""
    from dataclasses import dataclass

    @dataclass(frozen=True, kw_only=True)
    class Note(Record):
        table = "note"
        title = "便条"
        name: str = text("标题")

    opened = Database.open(tmp_path / "资料.db")
    assert opened.read("PRAGMA table_info(note)") == []
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        Repository(opened).find(Note)
    opened.close()
