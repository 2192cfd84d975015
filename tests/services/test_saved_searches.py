"""常用查找 in the data file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.filters import BETWEEN, FILLED, IS, PERIOD, Filter
from liaison_desk.domain.person import Person
from liaison_desk.domain.topic import Topic
from liaison_desk.services.saved_searches import SavedSearch, SavedSearches
from liaison_desk.store.backup import Backups
from liaison_desk.store.database import Database

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk

SEARCH = SavedSearch(
    "本季群众提题",
    "停车",
    (Filter("source", IS, ("群众提题",)), Filter("proposed_on", PERIOD, ("本季",))),
    ("-village.name",),
    ("名称", "提出日期"),
)


def test_a_search_is_kept_as_it_is_for_its_own_type_of_record(desk: Desk) -> None:
    SavedSearches(desk, Topic).keep(SEARCH)
    assert SavedSearches(desk, Topic).all() == [SEARCH]
    assert SavedSearches(desk, Person).all() == []


def test_a_search_of_the_same_name_takes_its_place(desk: Desk) -> None:
    kept = SavedSearches(desk, Topic)
    for each in (SEARCH, SavedSearch("另一个"), SavedSearch(SEARCH.name, "路灯")):
        kept.keep(each)
    assert [(each.name, each.words) for each in kept.all()] == [
        (SEARCH.name, "路灯"),
        ("另一个", ""),
    ]


def test_searches_travel_with_the_backup(desk: Desk, tmp_path: Path) -> None:
    SavedSearches(desk, Topic).keep(SEARCH)
    copy = Backups(tmp_path / "备份").make(desk.database.path, desk.now())
    database = Database.open(copy)
    try:
        assert SavedSearches(type(desk)(database), Topic).all() == [SEARCH]
    finally:
        database.close()


def test_what_another_version_kept_is_taken_as_far_as_it_is_known(desk: Desk) -> None:
    kept = {
        "name": "旧的",
        "words": "",
        "filters": [
            {"path": "gone", "way": "filled", "values": []},
            {"path": "source", "way": "filled", "values": []},
        ],
        "order": ["-gone", "name"],
        "columns": ["没有了", "名称"],
    }
    with desk.database.transaction():
        desk.database.set_setting("searches.topic", json.dumps([kept]))
    [found] = SavedSearches(desk, Topic).all()
    assert found.filters == (Filter("source", FILLED),)
    assert found.order == ("name",)


def test_one_that_was_damaged_by_hand_does_not_take_the_others_along(desk: Desk) -> None:
    kept = SavedSearches(desk, Topic)
    kept.keep(SEARCH)
    told = json.loads(desk.database.setting("searches.topic"))
    with desk.database.transaction():
        desk.database.set_setting("searches.topic", json.dumps([{"name": "坏的"}, None, *told]))
    kept.keep(SavedSearch("又一个"))
    assert [each.name for each in kept.all()] == [SEARCH.name, "又一个"]


def test_a_day_that_is_none_narrows_nothing(desk: Desk) -> None:
    wrong = Filter("proposed_on", BETWEEN, ("昨天", "2026-02-30"))
    right = Filter("proposed_on", BETWEEN, ("2028-02-29", ""))
    SavedSearches(desk, Topic).keep(SavedSearch("期间", filters=(wrong, right)))
    assert SavedSearches(desk, Topic).all()[0].filters == (right,)


@pytest.mark.parametrize("kept", ["", "{", "[1]", '[{"name": 1}]', '{"a": 1}', "null"])
def test_what_cannot_be_read_is_no_search(desk: Desk, kept: str) -> None:
    with desk.database.transaction():
        desk.database.set_setting("searches.topic", kept)
    assert SavedSearches(desk, Topic).all() == []
