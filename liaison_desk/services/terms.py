"""换届: everyone who goes on gets a seat of the new term; the old term is closed and stays."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.errors import NotValid, Problem
from liaison_desk.domain.membership import SERVING, TERM_OVER, Membership, Pairing
from liaison_desk.domain.record import with_values
from liaison_desk.services.record_changes import change_between

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

CARRIED = ("level", "sector", "committee", "group", "duty", "village")
"""What a seat of the new term takes over from the old one, unless the clerk clears it."""
_DIGITS = "一二三四五六七八九"


@dataclass(frozen=True)
class NewTerm:
    """What the clerk chose.

    Attributes:
        old: the term that ends.
        name: the new one.
        since: its first day.
        going_on: ids of the seats of the old term whose members go on.
        carried: the fields of `CARRIED` that they keep.
    """

    old: str
    name: str
    since: date
    going_on: frozenset[str]
    carried: frozenset[str] = frozenset(CARRIED)


@dataclass(frozen=True)
class Turned:
    """What the change of term did: seats made, seats closed, pairings ended, words copied."""

    made: int
    closed: int
    ended: int
    words: int

    @property
    def summary(self) -> str:
        """One sentence for the clerk."""
        parts = [f"新一届{self.made}人", f"上一届{self.closed}人已转为{TERM_OVER}"]
        parts += [f"结束联系党外委员{self.ended}对"] if self.ended else []
        parts += [f"带过来选项{self.words}个"] if self.words else []
        return "，".join(parts)


def terms(desk: Desk) -> list[str]:
    """The terms that members of this office sit in now, the largest first; else all there were."""
    seats = terms_and_states(desk)
    serving = Counter(term for term, state in seats if state in SERVING)
    return [term for term, _ in (serving or Counter(term for term, _ in seats)).most_common()]


def terms_and_states(desk: Desk) -> list[tuple[str, str]]:
    """Of each seat of this office, its term and its state."""
    found = desk.queries.texts(Membership, ("term", "status"), office=desk.office_id)
    return [(term, state) for _, term, state in found]


def serving(desk: Desk, term: str) -> list[Membership]:
    """The seats of a term whose members serve now, in the order of the roster."""
    found = desk.find(Membership, office=desk.office_id, term=term)
    return [each for each in found if each.is_serving]


def next_term(term: str) -> str:
    """第十三届 after 第十二届, 13届 after 12届; "" where there is no number."""
    figure = re.search(r"\d+", term)
    if figure:
        return term[: figure.start()] + str(int(figure.group()) + 1) + term[figure.end() :]
    numeral = re.search(f"[{_DIGITS}十]+", term)
    number = _number(numeral.group()) if numeral else 0
    if numeral is None or not 0 < number < 99:
        return ""
    return term[: numeral.start()] + _numeral(number + 1) + term[numeral.end() :]


def start_term(desk: Desk, chosen: NewTerm) -> Turned:
    """Close a term and open the next one, as one deed.

    Raises:
        NotValid: the name or the day is wrong, or a seat is; nothing has changed.
    """
    ending = serving(desk, chosen.old)
    _check(chosen, ending)
    last_day = chosen.since - timedelta(days=1)
    with desk.deed(f"换届：{chosen.old}到{chosen.name}"):
        made = desk.save_all(_new_seats(desk, chosen, ending))
        ended = _end_pairings(desk, ending, last_day)
        closed = [
            with_values(each, {"status": TERM_OVER, "until": each.until or last_day})
            for each in ending
        ]
        _write(desk, [*closed, *ended])
        words = desk.save_all(_new_words(desk, chosen))
    return Turned(len(made), len(closed), len(ended), len(words))


def _check(chosen: NewTerm, ending: Iterable[Membership]) -> None:
    """What is wrong with the new term as such."""
    found = []
    if not chosen.name:
        found.append(Problem("name", "请填写新一届的届次，如 第十三届"))
    elif chosen.name == chosen.old:
        found.append(Problem("name", "新一届与上一届同名，请改届次"))
    started = max((each.since for each in ending if each.since), default=None)
    if started is not None and chosen.since <= started:
        sentence = f"起始日期不晚于上一届的任职日期（{started}），请改为之后的日期"
        found.append(Problem("since", sentence))
    if found:
        raise NotValid(found)


def _new_seats(desk: Desk, chosen: NewTerm, ending: Iterable[Membership]) -> list[Membership]:
    """A seat for each who goes on and has none yet; a card is issued anew."""
    there = {(each.person, each.level) for each in desk.find(Membership, term=chosen.name)}
    made: list[Membership] = []
    for seat in ending:
        kept = {name: getattr(seat, name) for name in CARRIED if name in chosen.carried}
        new = Membership(person=seat.person, term=chosen.name, since=chosen.since, **kept)
        if seat.id in chosen.going_on and (new.person, new.level) not in there:
            there.add((new.person, new.level))
            made.append(new)
    return made


def _end_pairings(desk: Desk, ending: Collection[Membership], last_day: date) -> list[Pairing]:
    """The pairings of a term end with it."""
    found = (pair for seat in ending for pair in desk.find(Pairing, membership=seat.id))
    return [
        with_values(each, {"until": max(last_day, each.since or last_day)})
        for each in found
        if each.until is None
    ]


def _new_words(desk: Desk, chosen: NewTerm) -> list[CodeWord]:
    """The lists that count for the old term alone, for the new one too."""
    there = {
        (each.wordlist, each.name)
        for each in desk.find(CodeWord, office=desk.office_id, term=chosen.name)
    }
    return [
        with_values(each, {"id": "", "term": chosen.name})
        for each in desk.find(CodeWord, office=desk.office_id, term=chosen.old)
        if (each.wordlist, each.name) not in there
    ]


def _write(desk: Desk, records: Iterable[Record]) -> None:
    """Close what ends without asking the rules: an old seat need not be what they want today."""
    changes = (change_between(desk.get(type(each), each.id), each) for each in records)
    desk.write([each for each in changes if each is not None])


def _number(numeral: str) -> int:
    """1 to 99 from Chinese numerals; 0 when it is none."""
    tens, ten, ones = numeral.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    high = (_DIGITS.index(tens) + 1 if tens else 1) if ten else 0
    return high * 10 + (_DIGITS.index(ones) + 1 if ones else 0)


def _numeral(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens - 1]}十"
    return head + (_DIGITS[ones - 1] if ones else "")
