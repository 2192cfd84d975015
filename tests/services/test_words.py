"""The lists of words an office edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.codes import MEETING_FORMS, WORD_LISTS
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.workflow import SHIPPED
from liaison_desk.services.parts import PartNotValid
from liaison_desk.services.words import (
    copy_words,
    own_words,
    rename_in_records,
    restore_words,
    save_words,
    terms_of,
    users_of,
    words_for,
    words_now,
    words_of,
)
from tests import factory

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


def test_every_field_with_words_names_a_list_there_is() -> None:
    named = {kind.words for each in RECORD_TYPES for kind in each.fields().values() if kind.words}
    assert named <= {*WORD_LISTS, "工作流程"}
    assert "界别" in named


@pytest.mark.parametrize(
    ("wordlist", "word"),
    [("民族", "汉族"), ("政治面貌", "中共党员"), ("学历", "大学本科"), ("界别", "教育界")],
)
def test_the_national_lists_are_offered_until_the_office_has_its_own(
    desk: Desk, wordlist: str, word: str
) -> None:
    words = words_for(desk, wordlist)
    assert word in words
    assert len(words) == len(set(words))


def test_workflows_are_offered_by_name(desk: Desk) -> None:
    assert words_for(desk, "工作流程") == list(SHIPPED)


def test_added_renamed_moved_and_removed_words_are_kept_as_one_deed(desk: Desk) -> None:
    words = words_of(desk, "协商形式")
    first, second = words[0], words[1]
    changed = [second, with_values(first, {"name": "专题协商会"}), CodeWord(name="田间会")]
    save_words(desk, "协商形式", "", changed)
    assert words_for(desk, "协商形式") == ["对口协商", "专题协商会", "田间会"]
    desk.undo()
    assert words_for(desk, "协商形式") == list(MEETING_FORMS)


def test_a_word_written_twice_is_refused_with_its_line(desk: Desk) -> None:
    with pytest.raises(PartNotValid, match="第2条选项，“甲”写了两次") as refused:
        save_words(desk, "专委会", "", [CodeWord(name="甲"), CodeWord(name="甲")])
    assert refused.value.row == 1
    assert not desk.find(CodeWord)


def test_words_of_a_term_count_for_that_term_alone(desk: Desk) -> None:
    save_words(desk, "界别", "第十二届", [CodeWord(name="新农人")])
    assert words_for(desk, "界别", "第十二届") == ["新农人"]
    assert "新农人" not in words_for(desk, "界别", "第十一届")
    assert words_now(desk, "界别") != ["新农人"]
    factory.member(desk)
    assert words_now(desk, "界别") == ["新农人"]


def test_a_term_begins_with_the_words_of_the_last(desk: Desk) -> None:
    save_words(desk, "界别", "第十二届", [CodeWord(name="新农人"), CodeWord(name="教育")])
    copy_words(desk, "界别", "第十二届", "第十三届")
    assert words_for(desk, "界别", "第十三届") == ["新农人", "教育"]
    assert set(terms_of(desk)) == {"第十二届", "第十三届"}
    assert len(own_words(desk, "界别", "第十二届")) == 2


def test_the_shipped_words_come_back(desk: Desk) -> None:
    save_words(desk, "协商形式", "", [CodeWord(name="田间会")])
    restore_words(desk, "协商形式", "")
    assert words_for(desk, "协商形式") == list(MEETING_FORMS)


def test_a_renamed_word_is_changed_in_the_records_that_use_it(desk: Desk) -> None:
    seat = factory.member(desk, sector="教育")
    other = factory.member(desk, "李娜", sector="农业")
    assert [each.id for each in users_of(desk, "界别", "教育")] == [seat.id]
    assert rename_in_records(desk, "界别", "教育", "教育界") == 1
    assert {e.sector for e in desk.find(Membership)} == {"教育界", "农业"}
    desk.undo()
    assert {e.sector for e in desk.find(Membership)} == {"教育", "农业"}
    assert desk.get(Membership, other.id) == other
