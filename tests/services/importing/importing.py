"""Importing as the wizard does it, in a line, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from liaison_desk.services.importing import (
    Options,
    apply_import,
    likely_target,
    open_source,
    paste_source,
    plan_import,
    propose_mapping,
    take_stock,
    target_of,
)

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.importing import ImportPlan, ImportResult, Table

INPUTS = Path(__file__).parent / "inputs"


def table_in(path: Path, sheet: str = "") -> Table:
    """The likely table of a file, or that of a sheet."""
    source = open_source(path)
    return next((each for each in source.tables if each.sheet.name == sheet), source.likely)


def pasted(*rows: tuple[str, ...]) -> Table:
    """A table as it comes from the clipboard."""
    return paste_source("\n".join("\t".join(row) for row in rows)).likely


def planned(
    desk: Desk,
    table: Table,
    target: str = "",
    *,
    term: str | None = None,
    decisions: dict[int, str] | None = None,
) -> ImportPlan:
    """The plan of a table with what is proposed."""
    chosen = target_of(target) if target else likely_target(table, desk)
    mapping = propose_mapping(table, chosen, desk)
    return plan_import(table, mapping, take_stock(desk, chosen), Options(term=term), decisions)


def imported(
    desk: Desk,
    table: Table,
    target: str = "",
    *,
    term: str | None = None,
    decisions: dict[int, str] | None = None,
) -> ImportResult:
    """A table imported with what is proposed."""
    return apply_import(desk, planned(desk, table, target, term=term, decisions=decisions))
