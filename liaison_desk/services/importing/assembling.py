"""Making records of one row: the parts that every kind of table shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from liaison_desk.domain.fields import Link, WrongText
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.domain.short import short
from liaison_desk.services.importing.linking import link_to, listed_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from liaison_desk.domain.record import Record
    from liaison_desk.services.importing.entries import Entry
    from liaison_desk.services.importing.import_plan import Candidate, Options
    from liaison_desk.services.importing.workspace import Clash, Workspace


_TELLING = 6
"""Characters of a remark by which the cell it came from is found."""


class RowRefused(Exception):
    """The row cannot become a record; `str()` is the reason for the clerk."""


@dataclass(frozen=True)
class Outcome:
    """What a row came to.

    Attributes:
        record: its own record, or None while the clerk has to say which it is.
        candidates: which it may be.
    """

    record: Record | None
    candidates: tuple[Candidate, ...] = ()


@dataclass
class Context:
    """What rows are made into records with.

    Attributes:
        work: the records.
        options: what the clerk has been asked.
        term: the term members are seated in, or "".
        year: of the table.
        today: the date on this PC.
        township: the office's, with which agencies' names may begin.
        title: what stands above the table, with the names of its sheet and file.
        decisions: what the clerk said of rows that could be more than one record.
    """

    work: Workspace
    options: Options
    term: str
    year: int
    today: date
    township: str = ""
    title: str = ""
    decisions: dict[int, str] = field(default_factory=dict)


class Assembler(Protocol):
    """Makes the records of one row."""

    def __call__(self, entry: Entry, context: Context) -> Outcome:
        """Make them.

        Raises:
            RowRefused: the row cannot become a record.
        """
        ...


def resolve_links(entry: Entry, context: Context) -> None:
    """Turn what link cells name into ids; a cell that names nobody is listed.

    Raises:
        RowRefused: a required one names nobody.
    """
    for cell in entry.cells:
        key, kind = cell.field.key, cell.field.kind
        if not isinstance(kind, Link) or key not in entry.values:
            continue
        try:
            entry.values[key] = _linked(entry, key, kind.to, context)
        except WrongText as error:
            if cell.field.required:
                raise RowRefused(str(error)) from error
            entry.refuse(key, str(error))


def _linked(entry: Entry, key: str, table: str, context: Context) -> str:
    """The id of what a cell names."""
    text = entry.text(key)
    if table == "agency":
        text = _leading_agency(entry, key, text)
    linked = link_to(table, text, context.work, context.township)
    if linked.rest:
        entry.remarks.append(linked.rest)
    return linked.id


def _leading_agency(entry: Entry, key: str, text: str) -> str:
    """Of several agencies the first, which leads; the others help."""
    leading, *others = listed_names(text) or [text]
    helping = "、".join(others)
    table = key.partition(".")[0]
    if others and "partners" in BY_TABLE[table].fields():
        partners = f"{table}.partners"
        entry.values[partners] = "、".join(filter(None, (helping, entry.text(partners))))
        entry.notes.append(f"“{leading}”记为主办，{helping}记为协办")
    elif others:
        entry.remarks.append(f"另有单位：{helping}")
    elif leading != text:
        entry.notes.append(f"“{short(text)}”记为{leading}")
    return leading


def add_remarks(entry: Entry, values: dict[str, Any], record_type: type[Record]) -> None:
    """Put what fits nowhere else into 备注; without one the clerk is told."""
    if not entry.remarks:
        return
    remark = "\n".join(dict.fromkeys(entry.remarks))
    if "note" in record_type.fields():
        values["note"] = "\n".join(filter(None, (values.get("note"), remark)))
        return
    for each in entry.remarks:
        said = each.rpartition("：")[2][:_TELLING]
        for cell in entry.cells:
            if said in cell.text:
                entry.list_cell(cell, f"“{each}”没有栏目可记，只导入了其余的内容")


def list_clashes(
    entry: Entry, clashes: Sequence[Clash], table: str, alias: Mapping[str, str] | None = None
) -> None:
    """List the cells that say something else than an earlier row of the same thing.

    Args:
        entry: the row.
        clashes: as `Workspace.fill` tells them.
        table: of the record.
        alias: the keys of columns that go into one of its fields under a name of their own.
    """
    for clash in clashes:
        keys = {(alias or {}).get(clash.name), f"{table}.{clash.name}"}
        reason = f"和第{clash.row}行是同一个，这一格却不一样，按第{clash.row}行导入，请核对"
        for cell in entry.cells:
            if cell.field.key in keys:
                entry.list_cell(cell, reason)


def required(entry: Entry, keys: Iterable[tuple[str, str]]) -> None:
    """Refuse a row that lacks what it cannot be without.

    Raises:
        RowRefused: with the cell's own reason where it has one.
    """
    for key, label in keys:
        if key in entry.values:
            continue
        places = {cell.column.letter for cell in entry.cells if cell.field.key == key}
        told = [each.reason for each in entry.problems if each.place.rstrip("0123456789") in places]
        raise RowRefused(told[0] if told else f"没有{label}")
