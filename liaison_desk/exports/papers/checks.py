"""Before print: what is still missing or looks wrong on a paper, each with where to mend it.

Characters that no font has are not looked for here: printing itself names them (CannotPrint).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Attendance, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.exports.content import OfficialPaper, Source
from liaison_desk.exports.papers.handover import has_answer
from liaison_desk.exports.papers.texts import texts_of
from liaison_desk.exports.papers.wording import source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.papers.registry import PaperKind

_SECRET = re.compile(r"秘\s*密|机\s*密|绝\s*密")
_UNFINISHED_DAY = re.compile(
    r"(?:20\d{2}|[Xx×＊*]{2,4}|[\s　]+)年(?:[\s　]+|[Xx×＊*]+|\d{0,2})月(?:[\s　]*|[Xx×＊*]+)日"
    r"|20\d{2}年(?:[\s　]*|[Xx×＊*]+)月"
)
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_SENSITIVE = ("ethnicity", "party", "identity")
_SENSITIVE_WORDS = ("民族", "政治面貌", "身份证", "宗教信仰")
_FREE_TEXTS = ("body", "summary", "present", "on_leave", "nonvoting", "point", "content", "outcome")
_SHORTEST_FREE = 3  # characters of a name that may differ in one


@dataclass(frozen=True)
class Finding:
    """One thing to look at before printing.

    Attributes:
        sentence: what it is and what to do.
        source: the field that leads there, or None.
        is_grave: whether the paper would go out wrong; anything else is told, and may be meant.
    """

    sentence: str
    source: Source | None = None
    is_grave: bool = False


def check_before_print(
    read: Reading, kind: PaperKind, record: Record | None, papers: Iterable[Paper]
) -> list[Finding]:
    """What to look at before some papers are printed, the most serious first; [] when all is well.

    Args:
        read: where the records are.
        kind: what is printed.
        record: what it is printed from, or None.
        papers: as they were made.
    """
    papers = list(papers)
    found = [each for paper in papers for each in _personal(paper, is_public=kind.is_public)]
    found += [each for paper in papers for each in _secret(paper)]
    if record is not None:
        found += _missing(read, kind, record)
    if kind.key == "reminder" and isinstance(record, Matter) and has_answer(read, record):
        found.append(Finding("这件事项已有办理反馈，请看还要不要催办", source(record)))
    if isinstance(record, Meeting):
        found += [each for paper in papers for each in _late_notice(paper, record)]
    found += [each for paper in papers for each in _days(paper)]
    people = _people(read, record)
    found += [each for paper in papers for each in _names(paper, people)]
    return list(dict.fromkeys(found))


# -- what is missing -------------------------------------------------------------------------


def _missing(read: Reading, kind: PaperKind, record: Record) -> Iterator[Finding]:
    """Fields and parts the paper cannot do without."""
    for name in kind.needs:
        declared = record.fields()[name]
        if declared.is_empty(getattr(record, name)):
            sentence = f"“{declared.label}”还没有填，打印出来是空的"
            yield Finding(sentence, source(record, name))
    for part in kind.parts:
        if record.id and not read.find(part, **{part.parent: record.id}):
            yield Finding(f"还没有{part.title}，打印出来是空的", source(record))


def _days(paper: Paper) -> Iterator[Finding]:
    """Days in the text of a 公文 that nobody has finished; forms keep room for some on purpose."""
    if not isinstance(paper, OfficialPaper):
        return
    for name in ("title", "body", "note"):
        for found in _UNFINISHED_DAY.finditer(getattr(paper, name)):
            text = re.sub(r"[\s　]+", " ", found[0]).strip()
            yield Finding(f"日期“{text}”没有写完，请补上", paper.sources.get(name), True)


def _late_notice(paper: Paper, meeting: Meeting) -> Iterator[Finding]:
    """A letter that calls people to a meeting is dated before it."""
    signed = paper.signed_on if isinstance(paper, OfficialPaper) else None
    if signed and meeting.held_at and signed > meeting.held_at.date():
        day = f"{meeting.held_at.month}月{meeting.held_at.day}日"
        yield Finding(f"落款日期晚于会议日期（{day}），请改“落款日期”")


# -- what must not stand there ---------------------------------------------------------------


def _secret(paper: Paper) -> Iterator[Finding]:
    """Words of secrecy in a title: the program is not for state secrets."""
    title = "".join(paper.title.split("\n"))
    if found := _SECRET.search(title):
        of = paper.sources.get("title") if isinstance(paper, OfficialPaper) else None
        yield Finding(f"标题里有“{found[0]}”：本程序不能处理涉密内容，请核对", of, True)


def _personal(paper: Paper, *, is_public: bool) -> Iterator[Finding]:
    """Personal data on what hangs on a wall."""
    if not is_public:
        return
    for text, of in texts_of(paper):
        if _IDENTITY.search(text) or (of and of.field in _SENSITIVE):
            yield Finding(f"上墙材料里有个人敏感信息“{text[:12]}”，请去掉后再印", of, True)
        elif word := next((each for each in _SENSITIVE_WORDS if each in text), ""):
            yield Finding(f"上墙材料里有“{word}”，这类信息不能上墙，请核对", of, True)
        elif _MOBILE.search(text):
            yield Finding(f"上墙材料里有手机号“{text}”，请确认本人同意公开", of)


# -- names -----------------------------------------------------------------------------------


def _people(read: Reading, record: Record | None) -> list[str]:
    """The names a text may mean: those of the meeting, and of the members now serving."""
    if record is None or not record.id:
        return []
    meeting = record.id if record.table == "meeting" else getattr(record, "meeting", None)
    seats = read.find(Attendance, meeting=meeting) if meeting else []
    serving = (each.person for each in read.find(Membership) if each.is_serving)
    ids = dict.fromkeys(each for each in (*(seat.person for seat in seats), *serving) if each)
    return [each.name for each in read.many(Person, list(ids))]


def _names(paper: Paper, people: list[str]) -> Iterator[Finding]:
    """Words in free text that look like somebody's name, wrongly written."""
    if not people:
        return
    known, spelt = set(people), _spelt(people)
    for text, of in texts_of(paper):
        if of is not None and of.field in _FREE_TEXTS:
            for wrong, right in _look_alikes(text, known, spelt):
                yield Finding(f"“{wrong}”与名册里的“{right}”相近，请核对是不是写错了", of)


def _spelt(people: list[str]) -> dict[int, list[tuple[str, frozenset[str]]]]:
    """Names with how they sound, by how many characters they have."""
    from liaison_desk.store.pinyin import spellings

    by_length: dict[int, list[tuple[str, frozenset[str]]]] = {}
    for name in people:
        sounds = frozenset(each for each in spellings(name) if len(each) > len(name))
        by_length.setdefault(len(name), []).append((name, sounds))
    return by_length


def _look_alikes(
    text: str, known: set[str], spelt: dict[int, list[tuple[str, frozenset[str]]]]
) -> Iterator[tuple[str, str]]:
    """What stands in the text and whom it may mean.

    A name that stands there as it should is taken out first, so that none of its characters is
    taken for part of another.
    """
    rest = text
    for name in sorted(known, key=len, reverse=True):
        rest = rest.replace(name, "\n" * len(name))
    surnames = {name[0] for every in spelt.values() for name, _ in every}
    for start, sign in enumerate(rest):
        for length, names in spelt.items() if sign in surnames else ():
            window = rest[start : start + length]
            if len(window) == length and "\n" not in window:
                yield from (
                    (window, name) for name, sounds in names if _is_like(window, name, sounds)
                )


def _is_like(window: str, name: str, sounds: frozenset[str]) -> bool:
    """Whether a word has the same surname and sounds alike, or differs in one of three or more."""
    from liaison_desk.store.pinyin import spellings

    if window[0] != name[0] or len(name) < 2:
        return False
    same = sum(a == b for a, b in zip(window, name, strict=True))
    if len(name) >= _SHORTEST_FREE and same == len(name) - 1:
        return True
    return bool(sounds & spellings(window))
