"""A row that is one record: villages, agencies, topics, reports, activities, matters …."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liaison_desk.domain.fields import Day, Moment
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.names import mask
from liaison_desk.domain.person import Person
from liaison_desk.services.importing.assembling import (
    Context,
    Outcome,
    add_remarks,
    list_clashes,
    required,
    resolve_links,
)
from liaison_desk.services.importing.followup import add_progress, add_reply, is_done, settle
from liaison_desk.services.importing.import_plan import ANOTHER, Candidate
from liaison_desk.services.importing.named_people import add_people, link_people
from liaison_desk.services.importing.synonyms import ACTIVITY_WORDS
from liaison_desk.services.importing.targets import TOLD_OTHERWISE, people_parts
from liaison_desk.services.importing.written_names import is_name, listed_people

if TYPE_CHECKING:
    from datetime import date

    from liaison_desk.domain.record import Record
    from liaison_desk.services.importing.entries import Entry
    from liaison_desk.services.importing.workspace import Workspace

_TELLING = frozenset({"number", "year", "kind"})
"""Fields beside the days that tell two records of one name apart."""
_NOT_TELLING = frozenset({"due_on", "closed_on", "replied_on", "approved_on", "signed_on"})
"""Days that change while a record stays the same."""


def single_row(record_type: type[Record], entry: Entry, context: Context) -> Outcome:
    """Make or fill one record of a row.

    Raises:
        RowRefused: something required is missing or wrong.
    """
    names = record_type.fields()
    table = record_type.table
    _tell_otherwise(record_type, entry, context)
    _set_others_apart(record_type, entry)
    required(
        entry, [(f"{table}.{name}", kind.label) for name, kind in names.items() if kind.required]
    )
    resolve_links(entry, context)
    values = entry.of_table(table, names)
    add_remarks(entry, values, record_type)
    found = _same(record_type, values, context, context.decisions.get(entry.number, ""), entry)
    if isinstance(found, tuple):
        return Outcome(None, found)
    if found is None:
        record = context.work.new(record_type(**values), values)
    else:
        record, clashes = context.work.fill(found, values)
        list_clashes(entry, clashes, table)
    for part in people_parts(record_type):
        people = link_people(entry, f"{part.table}.person", context)
        add_people(part, record, people, context.work)
    return Outcome(record)


def _tell_otherwise(record_type: type[Record], entry: Entry, context: Context) -> None:
    """What a row need not say: the table says the year, its name the kind of an activity."""
    for name in ("year", "kind"):
        key = f"{record_type.table}.{name}"
        if key not in TOLD_OTHERWISE or key in entry.values:
            continue
        told = context.year if name == "year" else _kind_of_activity(entry, context)
        label = record_type.fields()[name].label
        is_there = any(cell.field.key == key for cell in entry.cells)
        why = f"{label}这一格没有读出来" if is_there else f"表里没有{label}这一列"
        entry.values[key] = told
        entry.notes.append(f"{why}，按{told}{'年' if name == 'year' else ''}登记")


def _kind_of_activity(entry: Entry, context: Context) -> str:
    """The kind that the name of an activity speaks of, or the title of the table; else 其他."""
    for text in (entry.text("activity.name"), context.title):
        for kind, words in ACTIVITY_WORDS.items():
            if any(word in text for word in words):
                return kind
    return "其他"


def _set_others_apart(record_type: type[Record], entry: Entry) -> None:
    """Of several people in a field for one, the first stays and the others have signed too."""
    parts = people_parts(record_type)
    for name, link in record_type.links().items():
        key = f"{record_type.table}.{name}"
        listed = listed_people(entry.text(key)) if link.to == Person.table else []
        if not parts or len(listed) < 2 or not all(map(is_name, listed)):
            continue
        others = f"{parts[0].table}.person"
        entry.values[key] = listed[0]
        entry.values[others] = "、".join(filter(None, (*listed[1:], entry.text(others))))
        entry.notes.append(f"“{listed[0]}”记为{link.label}，{'、'.join(listed[1:])}记为联名")


def matter_row(entry: Entry, context: Context) -> Outcome:
    """办理事项台账: a matter with its last progress and its answer, before it is closed."""
    closed_on = entry.values.pop("matter.closed_on", None)
    outcome = single_row(Matter, entry, context)
    matter = outcome.record
    if not isinstance(matter, Matter):
        return outcome
    answer = _answer(entry, closed_on)
    content = entry.text("progress.content")
    if not answer:
        if content or closed_on:
            matter = settle(matter, content, closed_on, entry, context)
        return Outcome(matter)
    if content and content != answer:
        add_progress(matter, content, entry, context)
    number = entry.text("reply.reply_number")
    result = entry.text("reply.result")
    add_reply(matter, answer, result, closed_on, entry, context, number=number)
    matter, clashes = context.work.fill(matter, {"closed_on": closed_on})
    list_clashes(entry, clashes, Matter.table)
    return Outcome(matter)


def _answer(entry: Entry, closed_on: date | None) -> str:
    """The words of the answer; a number alone answers only what is settled."""
    result, content = entry.text("reply.result"), entry.text("progress.content")
    answer = entry.text("reply.content") or (f"办理结果：{result}" if result else "")
    if answer or not entry.text("reply.reply_number"):
        return answer
    if closed_on or is_done(content):
        return content or "已办结"
    entry.refuse("reply.reply_number", "没有办理结果，也没有办结，复文号没有地方记")
    return ""


def _same(
    record_type: type[Record], values: dict[str, Any], context: Context, decision: str, entry: Entry
) -> Record | tuple[Candidate, ...] | None:
    """The record that a row means, None for a new one, or those it may mean."""
    work = context.work
    if decision and decision != ANOTHER:
        found = work.get(record_type, decision)
        if found is not None:
            return found
    headline = record_type.headline
    named = work.find(record_type, **{headline: values.get(headline)})
    possible = [each for each in named if not _differs(record_type, each, values)]
    if decision == ANOTHER or not possible:
        if named:
            entry.notes.append(f"已有同名的{record_type.title}，日期或编号不同，按另一条导入")
        return None
    best = [each for each in possible if _agrees(record_type, each, values)] or possible
    if len(best) == 1:
        return best[0]
    return tuple(_candidate(each, values, work) for each in best)


def _keys(record_type: type[Record], values: dict[str, Any]) -> list[str]:
    """The fields of a row that tell its record from others of that name."""
    return [
        name
        for name, kind in record_type.fields().items()
        if not kind.is_empty(values.get(name))
        and name not in _NOT_TELLING
        and (kind.required or name in _TELLING or isinstance(kind, Day | Moment))
    ]


def _differs(record_type: type[Record], record: Record, values: dict[str, Any]) -> bool:
    """Whether a record and a row contradict each other in what tells them apart."""
    fields = record_type.fields()
    return any(
        not fields[name].is_empty(getattr(record, name)) and not _equal(record, name, values[name])
        for name in _keys(record_type, values)
    )


def _agrees(record_type: type[Record], record: Record, values: dict[str, Any]) -> bool:
    """Whether they agree in every telling field."""
    return all(_equal(record, name, values[name]) for name in _keys(record_type, values))


def _equal(record: Record, name: str, value: Any) -> bool:  # noqa: ANN401
    """Whether a field has a value; of a moment the day counts."""
    current = getattr(record, name)
    if isinstance(record.fields()[name], Moment) and current and value:
        return bool(current.date() == value.date())
    return bool(current == value)


def _candidate(record: Record, values: dict[str, Any], work: Workspace) -> Candidate:
    """A record a row may mean, as the clerk is shown it."""
    said = (
        (kind, work.shown(record, name))
        for name, kind in record.fields().items()
        if kind.listed and name != record.headline
    )
    about = [f"{kind.label}{mask(text) if kind.personal else text}" for kind, text in said if text]
    changes = work.preview(record, values)
    return Candidate(record.id, work.caption(record.table, record.id), "，".join(about), changes)
