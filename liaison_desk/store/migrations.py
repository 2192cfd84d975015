"""The schema, step by step. A step is never edited once it has been released."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlite_utils
from sqlite_utils import Migrations

from liaison_desk.store import schema_003

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database as SqliteDatabase

migrations = Migrations("liaison_desk")
"""Every step in order; `PRAGMA user_version` holds how many a file has been through."""


def apply_migrations(connection: sqlite3.Connection, *, stop_before: str | None = None) -> int:
    """Take the steps a file has not been through; call it inside a transaction.

    Returns:
        How many steps the file has been through now.
    """
    wrapped = sqlite_utils.Database(connection)
    migrations.apply(wrapped, stop_before=stop_before)
    return len(migrations.applied(wrapped))


def run_script(database: SqliteDatabase, script: str) -> None:
    """Run several statements inside the running transaction (`executescript` would commit it)."""
    for statement in script.split(";\n"):
        if statement.strip():
            database.execute(statement)


@migrations()
def m001_desk(database: SqliteDatabase) -> None:
    """What the desk keeps about itself: settings, deeds and their changes, drafts, search."""
    run_script(
        database,
        """
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE deed (
    number INTEGER PRIMARY KEY,
    stamp TEXT NOT NULL UNIQUE,
    done_at TEXT NOT NULL,
    operator TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
    target INTEGER REFERENCES deed(number),
    is_undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX deed_open ON deed(kind, is_undone, number);
CREATE TABLE change (
    deed INTEGER NOT NULL REFERENCES deed(number),
    record_table TEXT NOT NULL,
    record TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    stamps TEXT NOT NULL
) STRICT;
CREATE INDEX change_by_deed ON change(deed);
CREATE INDEX change_by_record ON change(record);
CREATE TABLE draft (
    record_table TEXT NOT NULL,
    record TEXT NOT NULL,
    answers TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (record_table, record)
) STRICT;
CREATE TABLE attachment_content (
    sha256 TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
CREATE TABLE search_text (
    number INTEGER PRIMARY KEY,
    record TEXT NOT NULL UNIQUE,
    record_table TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', tokenize='ascii');
""",
    )


@migrations()
def m002_records(database: SqliteDatabase) -> None:
    """The first records: office to packet, as the domain declares them."""
    run_script(
        database,
        """
CREATE TABLE office (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    level TEXT NOT NULL DEFAULT '',
    province TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    county TEXT NOT NULL DEFAULT '',
    township TEXT NOT NULL DEFAULT '',
    region_code TEXT NOT NULL DEFAULT '',
    convener TEXT NOT NULL DEFAULT '',
    clerk TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    mark TEXT NOT NULL DEFAULT '',
    number_prefix TEXT NOT NULL DEFAULT '',
    numbering TEXT NOT NULL DEFAULT '',
    practices TEXT NOT NULL DEFAULT '',
    main_to TEXT NOT NULL DEFAULT '',
    copies TEXT NOT NULL DEFAULT '',
    printed_by TEXT NOT NULL DEFAULT '',
    workflow TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE village (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE agency (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    short_name TEXT NOT NULL DEFAULT '',
    leader TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    gender TEXT NOT NULL DEFAULT '',
    ethnicity TEXT NOT NULL DEFAULT '',
    born TEXT NOT NULL DEFAULT '',
    party TEXT NOT NULL DEFAULT '',
    education TEXT NOT NULL DEFAULT '',
    post TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    identity TEXT NOT NULL DEFAULT '',
    village TEXT REFERENCES village(id) DEFERRABLE INITIALLY DEFERRED,
    speciality TEXT NOT NULL DEFAULT '',
    pool TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX person_by_village ON person(village);
CREATE TABLE membership (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    person TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    term TEXT NOT NULL DEFAULT '',
    level TEXT NOT NULL DEFAULT '',
    sector TEXT NOT NULL DEFAULT '',
    committee TEXT NOT NULL DEFAULT '',
    "group" TEXT NOT NULL DEFAULT '',
    duty TEXT NOT NULL DEFAULT '',
    card_number TEXT NOT NULL DEFAULT '',
    since TEXT,
    until TEXT,
    status TEXT NOT NULL DEFAULT '',
    change_reason TEXT NOT NULL DEFAULT '',
    village TEXT REFERENCES village(id) DEFERRABLE INITIALLY DEFERRED,
    paired_with TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX membership_by_person ON membership(person);
CREATE INDEX membership_by_village ON membership(village);
CREATE TABLE topic (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    proposer TEXT NOT NULL DEFAULT '',
    proposed_on TEXT,
    village TEXT REFERENCES village(id) DEFERRABLE INITIALLY DEFERRED,
    category TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    policy TEXT NOT NULL DEFAULT '',
    present_state TEXT NOT NULL DEFAULT '',
    shortcomings TEXT NOT NULL DEFAULT '',
    direction TEXT NOT NULL DEFAULT '',
    weight TEXT NOT NULL DEFAULT '',
    screening TEXT NOT NULL DEFAULT '',
    approver TEXT NOT NULL DEFAULT '',
    approved_on TEXT,
    posted_from TEXT,
    posted_until TEXT,
    is_planned INTEGER NOT NULL,
    workflow TEXT NOT NULL DEFAULT '',
    step TEXT NOT NULL DEFAULT '',
    convener TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX topic_by_village ON topic(village);
CREATE INDEX topic_by_convener ON topic(convener);
CREATE TABLE meeting (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    form TEXT NOT NULL DEFAULT '',
    held_at TEXT,
    place TEXT NOT NULL DEFAULT '',
    host TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    recorder TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    votes_for INTEGER,
    votes_against INTEGER,
    abstentions INTEGER,
    vote_way TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX meeting_by_host ON meeting(host);
CREATE INDEX meeting_by_recorder ON meeting(recorder);
CREATE TABLE meeting_topic (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    meeting TEXT REFERENCES meeting(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    topic TEXT REFERENCES topic(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX meeting_topic_by_meeting ON meeting_topic(meeting);
CREATE INDEX meeting_topic_by_topic ON meeting_topic(topic);
CREATE TABLE agenda_item (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    meeting TEXT REFERENCES meeting(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    name TEXT NOT NULL DEFAULT '',
    starts TEXT NOT NULL DEFAULT '',
    speaker TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX agenda_item_by_meeting ON agenda_item(meeting);
CREATE TABLE attendance (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    meeting TEXT REFERENCES meeting(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    person TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    capacity TEXT NOT NULL DEFAULT '',
    presence TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX attendance_by_meeting ON attendance(meeting);
CREATE INDEX attendance_by_person ON attendance(person);
CREATE TABLE statement (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    meeting TEXT REFERENCES meeting(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    person TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL DEFAULT '',
    point TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX statement_by_meeting ON statement(meeting);
CREATE INDEX statement_by_person ON statement(person);
CREATE TABLE consensus (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    meeting TEXT REFERENCES meeting(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    name TEXT NOT NULL DEFAULT '',
    agency TEXT REFERENCES agency(id) DEFERRABLE INITIALLY DEFERRED,
    partners TEXT NOT NULL DEFAULT '',
    due_on TEXT
) STRICT;
CREATE INDEX consensus_by_meeting ON consensus(meeting);
CREATE INDEX consensus_by_agency ON consensus(agency);
CREATE TABLE dissent (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    meeting TEXT REFERENCES meeting(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    name TEXT NOT NULL DEFAULT '',
    raised_by TEXT NOT NULL DEFAULT '',
    handling TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX dissent_by_meeting ON dissent(meeting);
CREATE TABLE minutes (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    meeting TEXT REFERENCES meeting(id) DEFERRABLE INITIALLY DEFERRED,
    heading TEXT NOT NULL DEFAULT '',
    mark TEXT NOT NULL DEFAULT '',
    issuer TEXT NOT NULL DEFAULT '',
    dated TEXT,
    summary TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    present TEXT NOT NULL DEFAULT '',
    on_leave TEXT NOT NULL DEFAULT '',
    nonvoting TEXT NOT NULL DEFAULT '',
    main_to TEXT NOT NULL DEFAULT '',
    copies TEXT NOT NULL DEFAULT '',
    printed_by TEXT NOT NULL DEFAULT '',
    printed_on TEXT,
    prefix TEXT NOT NULL DEFAULT '',
    year INTEGER,
    number INTEGER,
    status TEXT NOT NULL DEFAULT '',
    version INTEGER,
    replaces TEXT REFERENCES minutes(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX minutes_by_meeting ON minutes(meeting);
CREATE INDEX minutes_by_replaces ON minutes(replaces);
CREATE TABLE matter (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    consensus TEXT REFERENCES consensus(id) DEFERRABLE INITIALLY DEFERRED,
    minutes TEXT REFERENCES minutes(id) DEFERRABLE INITIALLY DEFERRED,
    agency TEXT REFERENCES agency(id) DEFERRABLE INITIALLY DEFERRED,
    partners TEXT NOT NULL DEFAULT '',
    handler TEXT NOT NULL DEFAULT '',
    handover_number TEXT NOT NULL DEFAULT '',
    handed_over_on TEXT,
    signed_on TEXT,
    due_on TEXT,
    requirement TEXT NOT NULL DEFAULT '',
    is_posted INTEGER NOT NULL,
    closed_on TEXT
) STRICT;
CREATE INDEX matter_by_consensus ON matter(consensus);
CREATE INDEX matter_by_minutes ON matter(minutes);
CREATE INDEX matter_by_agency ON matter(agency);
CREATE TABLE progress (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    matter TEXT REFERENCES matter(id) DEFERRABLE INITIALLY DEFERRED,
    reported_on TEXT,
    content TEXT NOT NULL DEFAULT '',
    handler TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX progress_by_matter ON progress(matter);
CREATE TABLE reply (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    matter TEXT REFERENCES matter(id) DEFERRABLE INITIALLY DEFERRED,
    replied_on TEXT,
    result TEXT NOT NULL DEFAULT '',
    content TEXT NOT NULL DEFAULT '',
    reply_number TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX reply_by_matter ON reply(matter);
CREATE TABLE attachment (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    owner_table TEXT NOT NULL DEFAULT '',
    owner TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    size INTEGER
) STRICT;
CREATE TABLE packet (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    direction TEXT NOT NULL DEFAULT '',
    sender TEXT REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    year INTEGER,
    number INTEGER,
    period_from TEXT,
    period_until TEXT,
    handled_at TEXT,
    file_name TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    stamp TEXT NOT NULL DEFAULT '',
    contents TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX packet_by_sender ON packet(sender);
CREATE UNIQUE INDEX minutes_by_number ON minutes(office, prefix, year, number, version)
    WHERE number IS NOT NULL AND removed_at = '';
CREATE INDEX matter_by_due_on ON matter(due_on);
CREATE INDEX attachment_by_owner ON attachment(owner)
""",
    )


@migrations()
def m003_more_records(database: SqliteDatabase) -> None:
    """Plan to directive, workflows and lists of words, and what was turned into what."""
    run_script(database, schema_003.SCRIPT)


@migrations()
def m004_search(database: SqliteDatabase) -> None:
    """An index of every character, numbered by type of record; `migrate` fills it."""
    run_script(
        database,
        """
DROP TABLE search_index;
DROP TABLE search_text;
CREATE TABLE search_record (
    number INTEGER PRIMARY KEY,
    record TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE search_text (
    number INTEGER PRIMARY KEY,
    head TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search_index USING fts5(head, body, content='', tokenize='ascii')
""",
    )
