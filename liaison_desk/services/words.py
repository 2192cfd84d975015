"""The lists of words that an office edits: its own where it has some, else those shipped."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.codes import TERM_LISTS, WORD_LISTS
from liaison_desk.domain.errors import Problem
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.services.parts import PartNotValid
from liaison_desk.services.workflows import workflow_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

WORKFLOW_LIST = "工作流程"
"""The list of words that `services.workflows` gives."""
CODES_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "codes"
_NATIONAL = {
    "界别": ("sectors", "short_name"),
    "民族": ("ethnic", "name"),
    "政治面貌": ("political_status", "short_name"),
    "学历": ("education", "usual_form_label"),
}
"""The lists that come from the national tables, and the column that people write."""


def words_for(desk: Desk, wordlist: str, term: str = "") -> list[str]:
    """The words offered for a field: the office's own of the term, or of all terms, or shipped."""
    if wordlist == WORKFLOW_LIST:
        return workflow_names(desk)
    return [each.name for each in words_of(desk, wordlist, term)]


def words_now(desk: Desk, wordlist: str) -> list[str]:
    """The words offered today: those of the present term where lists differ by term."""
    return words_for(desk, wordlist, present_term(desk) if wordlist in TERM_LISTS else "")


def words_of(desk: Desk, wordlist: str, term: str = "") -> list[CodeWord]:
    """The words of a list as records; those not kept yet have an id of their own already."""
    for which in dict.fromkeys((term, "")):
        kept = own_words(desk, wordlist, which)
        if kept:
            return kept if which == term else [_anew(each.name, wordlist, term) for each in kept]
    return [_anew(name, wordlist, term) for name in shipped_words(wordlist)]


def own_words(desk: Desk, wordlist: str, term: str) -> list[CodeWord]:
    """The words the office has entered for a list and a term."""
    return desk.find(CodeWord, office=desk.office_id, wordlist=wordlist, term=term)


def shipped_words(wordlist: str) -> tuple[str, ...]:
    """The words a list has before an office changes it."""
    return WORD_LISTS.get(wordlist) or _national(wordlist)


def save_words(desk: Desk, wordlist: str, term: str, words: Sequence[CodeWord]) -> None:
    """Make these the words of a list, in this order, as one deed.

    Raises:
        PartNotValid: a word is wrong; nothing has changed.
    """
    placed = [
        with_values(each, {"wordlist": wordlist, "term": term, "position": row + 1})
        for row, each in enumerate(words)
    ]
    staying = {each.id for each in placed}
    with desk.deed(f"修改名单“{named(wordlist, term)}”"):
        for old in own_words(desk, wordlist, term):
            if old.id not in staying:
                desk.remove(old)
        _refuse_repeated(placed)
        desk.save_all(placed)


def restore_words(desk: Desk, wordlist: str, term: str) -> None:
    """Give a list the shipped words back, as one deed."""
    with desk.deed(f"恢复名单“{named(wordlist, term)}”"):
        for each in own_words(desk, wordlist, term):
            desk.remove(each)


def copy_words(desk: Desk, wordlist: str, from_term: str, to_term: str) -> None:
    """Let a term begin with the words of another, as one deed."""
    words = words_of(desk, wordlist, from_term)
    save_words(desk, wordlist, to_term, [_anew(each.name, wordlist, to_term) for each in words])


def users_of(desk: Desk, wordlist: str, word: str) -> list[Record]:
    """The office's records that use a word of a list."""
    found: dict[str, Record] = {}
    for record_type, name in _fields_of(wordlist):
        equals = {"office": desk.office_id, name: word}
        found |= {each.id: each for each in desk.find(record_type, **equals)}
    return list(found.values())


def rename_in_records(desk: Desk, wordlist: str, old: str, new: str) -> int:
    """Write a word anew in every record of the office that uses it, as one deed.

    Returns:
        How many records have changed.

    Raises:
        NotValid: one of them may not be changed; none is.
    """
    users = users_of(desk, wordlist, old)
    names: dict[type[Record], list[str]] = {}
    for record_type, name in _fields_of(wordlist):
        names.setdefault(record_type, []).append(name)
    changed = [
        with_values(each, {n: new for n in names[type(each)] if getattr(each, n) == old})
        for each in users
    ]
    desk.save_all(changed, f"把“{old}”改为“{new}”")
    return len(changed)


def present_term(desk: Desk) -> str:
    """The term most members sit in now; "" while there are none."""
    seats = desk.find(Membership, office=desk.office_id)
    terms = Counter(each.term for each in seats if each.is_serving)
    return terms.most_common(1)[0][0] if terms else ""


def terms_of(desk: Desk) -> list[str]:
    """Every term that has members or words, the present one first."""
    seats = desk.find(Membership, office=desk.office_id)
    words = desk.find(CodeWord, office=desk.office_id)
    found = {each.term for each in seats} | {each.term for each in words}
    present = present_term(desk)
    return sorted(found - {""}, key=lambda each: (each != present, each))


def named(wordlist: str, term: str) -> str:
    """What a list is called in the history."""
    return f"{wordlist}（{term}）" if term else wordlist


def _anew(name: str, wordlist: str, term: str) -> CodeWord:
    """A word that is not kept yet."""
    return CodeWord(id=str(uuid4()), wordlist=wordlist, term=term, name=name)


def _fields_of(wordlist: str) -> Iterator[tuple[type[Record], str]]:
    """The fields that are filled with the words of a list."""
    for record_type in RECORD_TYPES:
        for name, kind in record_type.fields().items():
            if kind.words == wordlist:
                yield record_type, name


def _refuse_repeated(words: Sequence[CodeWord]) -> None:
    """Say which line holds a word for the second time.

    Raises:
        PartNotValid: one does.
    """
    seen: set[str] = set()
    for row, each in enumerate(words):
        problems = each.problems()
        if each.name in seen:
            problems = [Problem("name", f"“{each.name}”写了两次，请去掉一个")]
        if problems:
            raise PartNotValid(CodeWord, row, problems)
        seen.add(each.name)


@cache
def _national(wordlist: str) -> tuple[str, ...]:
    """The words of a national table, each once."""
    if wordlist not in _NATIONAL:
        return ()
    table, column = _NATIONAL[wordlist]
    with (CODES_FOLDER / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(dict.fromkeys(row[column] for row in csv.DictReader(file)))
