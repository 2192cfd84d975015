"""Which paragraphs of a marked file are which lines of a text."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from typing import TYPE_CHECKING

from liaison_desk.domain.marked_text import check_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from liaison_desk.domain.marked_text import Mark, MarkedParagraph

LIKE = 0.5
"""Two paragraphs less alike than this are two, not one that was changed."""
_MOST_PAIRS = 900
"""In a longer stretch without marks, paragraphs are compared in their order only."""


@dataclass(frozen=True)
class Match:
    """Lines of the text and the paragraphs they became.

    Attributes:
        old: places of the lines; none when the paragraphs are new.
        new: the paragraphs; none when the lines are gone.
        anchor: the place of the line they come after in the file, -1 for none.
        is_moved: whether they stand elsewhere among the others.
        is_outdated: whether the lines are not those that went out.
    """

    old: tuple[int, ...]
    new: tuple[MarkedParagraph, ...]
    anchor: int = -1
    is_moved: bool = False
    is_outdated: bool = False


def like(first: str, second: str) -> float:
    """How alike two texts are, 0 to 1."""
    matcher = SequenceMatcher(None, plain(first), plain(second), autojunk=False)
    if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
        return 0.0
    return matcher.ratio()


def match(lines: Sequence[str], paragraphs: Sequence[MarkedParagraph]) -> list[Match]:
    """Every line that is not blank and every paragraph, matched; in the order of the file.

    A line whose paragraph is gone stands where it would have stood.
    """
    filled = [at for at, line in enumerate(lines) if line.strip()]
    pairs, outdated = _by_marks(lines, filled, paragraphs)
    rest = [at for at in filled if at not in {old for old, _ in pairs}]
    loose = [at for at in range(len(paragraphs)) if at not in {new for _, new in pairs}]
    loose = [at for at in loose if paragraphs[at].text.strip()]
    pairs |= _by_words(lines, rest, paragraphs, loose)
    groups = _groups(pairs)
    return _in_order(filled, groups, paragraphs, outdated)


def _by_marks(
    lines: Sequence[str], filled: Sequence[int], paragraphs: Sequence[MarkedParagraph]
) -> tuple[set[tuple[int, int]], set[int]]:
    """Pairs of line and paragraph by the bookmarks; and the lines that changed since they went."""
    by_check: defaultdict[str, list[int]] = defaultdict(list)
    for line in filled:
        by_check[check_of(lines[line])].append(line)
    taken: dict[Mark, int] = {}
    pairs: set[tuple[int, int]] = set()
    outdated: set[int] = set()
    for number, paragraph in enumerate(paragraphs):
        for mark in paragraph.marks:
            at: int | None = taken.get(mark)
            if at is None:
                free = [each for each in by_check[mark.check] if each not in taken.values()]
                at = min(free, key=partial(_apart, mark.place)) if free else None
            if at is None and mark.place in filled and mark.place not in taken.values():
                is_known = like(lines[mark.place], paragraph.text) >= LIKE
                at = mark.place if is_known else None
                outdated |= {mark.place} if is_known else set()
            if at is not None:
                taken[mark] = at
                pairs.add((at, number))
    return pairs, outdated


def _apart(place: int, line: int) -> int:
    """How far a line stands from where it stood."""
    return abs(line - place)


def _by_words(
    lines: Sequence[str],
    rest: Sequence[int],
    paragraphs: Sequence[MarkedParagraph],
    loose: Sequence[int],
) -> set[tuple[int, int]]:
    """Pairs by their words: equal ones first, then those alike between them."""
    old = [plain(lines[at]) for at in rest]
    new = [plain(paragraphs[at].text) for at in loose]
    pairs: set[tuple[int, int]] = set()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs |= set(zip(rest[a:b], loose[c:d], strict=True))
        elif tag == "replace":
            found = _alike(old[a:b], new[c:d])
            pairs |= {(rest[a + left], loose[c + right]) for left, right in found}
    return pairs | _elsewhere(lines, rest, paragraphs, loose, pairs)


def _alike(old: Sequence[str], new: Sequence[str]) -> set[tuple[int, int]]:
    """Pairs of texts that are alike, the most alike first."""
    if len(old) * len(new) > _MOST_PAIRS:
        likes = [(like(a, b), at, at) for at, (a, b) in enumerate(zip(old, new, strict=False))]
    else:
        likes = [
            (like(a, b), left, right) for left, a in enumerate(old) for right, b in enumerate(new)
        ]
    pairs: set[tuple[int, int]] = set()
    for ratio, left, right in sorted(likes, key=lambda each: -each[0]):
        is_free = all(left != a and right != b for a, b in pairs)
        if ratio >= LIKE and is_free:
            pairs.add((left, right))
    return pairs


def _elsewhere(
    lines: Sequence[str],
    rest: Sequence[int],
    paragraphs: Sequence[MarkedParagraph],
    loose: Sequence[int],
    pairs: set[tuple[int, int]],
) -> set[tuple[int, int]]:
    """Pairs of equal words that stand in another order."""
    lines_left = {plain(lines[at]): at for at in rest if at not in {old for old, _ in pairs}}
    found: set[tuple[int, int]] = set()
    for number in loose:
        is_free = number not in {new for _, new in pairs}
        at = lines_left.pop(plain(paragraphs[number].text), None) if is_free else None
        if at is not None:
            found.add((at, number))
    return found


def _groups(pairs: Iterable[tuple[int, int]]) -> list[tuple[set[int], set[int]]]:
    """Lines and paragraphs that hang together: one that was split, several that became one."""
    groups: list[tuple[set[int], set[int]]] = []
    for old, new in sorted(pairs, key=lambda each: (each[1], each[0])):
        joined = [each for each in groups if old in each[0] or new in each[1]]
        groups = [each for each in groups if each not in joined]
        olds = {old}.union(*(each[0] for each in joined))
        news = {new}.union(*(each[1] for each in joined))
        groups.append((olds, news))
    return sorted(groups, key=lambda each: min(each[1]))


def _in_order(
    filled: Sequence[int],
    groups: Sequence[tuple[set[int], set[int]]],
    paragraphs: Sequence[MarkedParagraph],
    outdated: set[int],
) -> list[Match]:
    """The matches in the order of the file, with what is new and what is gone among them."""
    firsts = [min(olds) for olds, _ in groups]
    fixed = {firsts[at] for at in _longest_rising(firsts)}
    of_paragraph = {new: group for group in groups for new in group[1]}
    known = {old for olds, _ in groups for old in olds}
    gone = [at for at in filled if at not in known]
    done: set[int] = set()
    matches: list[Match] = []
    anchor = -1
    for number, paragraph in enumerate(paragraphs):
        group = of_paragraph.get(number)
        if group is None:
            matches.append(Match((), (paragraph,), anchor))
            continue
        olds, news = group
        if min(olds) in done:
            continue
        done.add(min(olds))
        is_moved = min(olds) not in fixed
        if not is_moved:
            while gone and gone[0] < min(olds):
                matches.append(Match((gone.pop(0),), (), anchor))
            anchor = max(olds)
        found = tuple(paragraphs[each] for each in sorted(news))
        is_outdated = bool(olds & outdated)
        matches.append(Match(tuple(sorted(olds)), found, anchor, is_moved, is_outdated))
    return [*matches, *(Match((at,), (), anchor) for at in gone)]


def _longest_rising(values: Sequence[int]) -> list[int]:
    """The places of a longest rising run of values: what is not in it was moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [place]
    found: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
