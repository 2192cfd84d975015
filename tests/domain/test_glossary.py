"""One English word for each Chinese one: resources/codes/glossary.csv holds them all."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.registry import RECORD_TYPES

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record

GLOSSARY = Path(__file__).parents[2] / "resources" / "codes" / "glossary.csv"


def glossary() -> list[tuple[str, str]]:
    with GLOSSARY.open(encoding="utf-8-sig", newline="") as file:
        return [(row["english"], row["chinese"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda each: each.table)
def test_every_record_type_and_field_has_its_row(record_type: type[Record]) -> None:
    used = [
        (record_type.table, record_type.title),
        *((name, kind.label) for name, kind in record_type.fields().items()),
    ]
    missing = [
        f"{english},{chinese}" for english, chinese in used if (english, chinese) not in glossary()
    ]
    assert not missing, f"add to {GLOSSARY.name}: {missing}"


def test_no_row_is_left_of_a_word_that_is_gone() -> None:
    used = {(each.table, each.title) for each in RECORD_TYPES} | {
        (name, kind.label) for each in RECORD_TYPES for name, kind in each.fields().items()
    }
    assert set(glossary()) <= used


def test_no_row_stands_twice() -> None:
    assert len(set(glossary())) == len(glossary())


def test_a_kind_of_record_has_one_word_in_each_language() -> None:
    tables = [each.table for each in RECORD_TYPES]
    titles = [each.title for each in RECORD_TYPES]
    assert len(set(tables)) == len(tables)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda each: each.table)
def test_a_link_is_called_after_what_it_leads_to_or_its_part_in_it(
    record_type: type[Record],
) -> None:
    titles = {each.table: each.title for each in RECORD_TYPES}
    for name, link in record_type.links().items():
        if name in titles:
            assert link.to == name
