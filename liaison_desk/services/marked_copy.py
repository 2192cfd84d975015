"""A marked Word file beside the minutes it is about: what changed, and taking what is accepted.

Paragraphs are known again by the hidden bookmarks they went out with; without them by their words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.marked_text import MarkedParagraph, plain
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.record import with_values
from liaison_desk.domain.short import short
from liaison_desk.services.matching_paragraphs import Match, like, match
from liaison_desk.services.text_difference import difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from liaison_desk.domain.marked_text import MarkedFile, Remark
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.text_difference import Piece

CHANGED, ADDED, REMOVED, MOVED, REMARKED = "改动", "新加", "删去", "移动", "批注"
LABELS = {
    "mark": "标志",
    "issuer": "署名",
    "title": "标题",
    "body": "正文",
    "present": "出席",
    "on_leave": "请假",
    "nonvoting": "列席",
    "main_to": "主送",
    "copies": "抄送",
}
"""The parts of the paper that can be taken back, with the words of the clerk for them."""
_FIELDS = {"title": "heading"}
"""The fields of parts that are called otherwise; the text is two fields."""
_BY_LABEL = {
    LABELS[part]: part for part in ("present", "on_leave", "nonvoting", "main_to", "copies")
}
_label = re.compile(rf"\s*({'|'.join(_BY_LABEL)})[：:]\s*")
_ENDED = ("main_to", "copies")  # the paper ends these with a full stop
_LEAST_TITLE = 0.5


class NotDraft(DeskError):
    """The minutes are final; a new version must be opened first."""

    def __init__(self) -> None:
        super().__init__("这份纪要已定稿，内容没有改动。请先点“另起新版本”，再带回修改稿。")


@dataclass(frozen=True, kw_only=True)
class MarkedChange:
    """One thing the marked file says otherwise.

    Attributes:
        part: the part of the paper.
        kind: 改动, 新加, 删去, 移动 or 批注; a 批注 alone changes nothing.
        place: where it is, in the clerk's words.
        old: the lines of the part that it replaces.
        new: the lines that come in their place.
        anchor: the line of the part that what is added or moved comes after, -1 for the first.
        pieces: what was put in and taken out.
        remarks: comments beside it.
        authors: who made tracked changes in it.
        is_outdated: whether these lines were changed here too since the file went out.
    """

    part: str
    kind: str
    place: str
    old: tuple[int, ...] = ()
    new: tuple[str, ...] = ()
    anchor: int = -1
    pieces: tuple[Piece, ...] = ()
    remarks: tuple[Remark, ...] = ()
    authors: tuple[str, ...] = ()
    is_outdated: bool = False

    @property
    def can_take(self) -> bool:
        """Whether there is something to accept."""
        return self.kind != REMARKED


@dataclass(frozen=True)
class MarkedCopy:
    """What a marked file comes to: its changes in reading order, and sentences about the file.

    `is_sure` is whether the file was surely made from these minutes.
    """

    name: str
    changes: tuple[MarkedChange, ...]
    notes: tuple[str, ...] = ()
    is_sure: bool = True


def compare(desk: Desk, minutes: Minutes, file: MarkedFile) -> MarkedCopy:
    """What a marked file says otherwise than the minutes do."""
    note = _foreign(desk, minutes, file)
    paragraphs = file.paragraphs
    if note:
        paragraphs = tuple(replace(each, marks=()) for each in paragraphs)
    changes: list[MarkedChange] = []
    found = _by_part(minutes, paragraphs)
    for part in LABELS:
        if part in found:
            changes += _changes(minutes, part, found[part])
    notes = [note] if note else []
    outdated = sum(each.is_outdated for each in changes)
    if outdated:
        notes.append(
            f"文件存出以后，纪要里有{outdated}处也改过，下面标着“这里也改过”，请逐条核对。"
        )
    return MarkedCopy(file.name, tuple(changes), tuple(notes), is_sure=not note)


def take(
    desk: Desk, minutes: Minutes, copy: MarkedCopy, accepted: Iterable[MarkedChange]
) -> Minutes:
    """Put what was accepted into the minutes, as one deed.

    Raises:
        NotDraft: the minutes are final.
        NotValid: the result breaks a rule; nothing has changed.
    """
    if minutes.is_locked:
        raise NotDraft
    by_part: defaultdict[str, list[MarkedChange]] = defaultdict(list)
    for each in accepted:
        if each.can_take:
            by_part[each.part].append(each)
    values: dict[str, str] = {}
    for part, changes in by_part.items():
        values |= _taken(minutes, part, changes)
    with desk.deed(f"采用修改稿“{short(copy.name)}”"):
        return desk.save(with_values(minutes, values))


# -- whose file it is ------------------------------------------------------------------------


def _foreign(desk: Desk, minutes: Minutes, file: MarkedFile) -> str:
    """A sentence about a file that was not made from these minutes, or ""."""
    if not file.record:
        return "文件里没有本程序留下的记号，已按文字比对，请看清每一条再采用。"
    if file.record in {each.replace("-", "") for each in _versions(desk, minutes)}:
        return ""
    other = desk.get(Minutes, str(UUID(file.record)))
    named = f"（“{short(other.caption, 30)}”）" if other else ""
    return f"文件不是从这份纪要存出的{named}，已按文字比对，请看清每一条再采用。"


def _versions(desk: Desk, minutes: Minutes) -> Iterator[str]:
    """The ids of the minutes and of the versions they replace."""
    seen: set[str] = set()
    at: Minutes | None = minutes
    while at is not None and at.id not in seen:
        seen.add(at.id)
        yield at.id
        at = desk.get(Minutes, at.replaces)


# -- which paragraph belongs where -----------------------------------------------------------


def _by_part(
    minutes: Minutes, paragraphs: Sequence[MarkedParagraph]
) -> dict[str, list[MarkedParagraph]]:
    """The paragraphs of the file by the part of the paper they belong to."""
    has_marks = any(each.marks for each in paragraphs)
    title = -1 if has_marks else _title_at(minutes, paragraphs)
    found: defaultdict[str, list[MarkedParagraph]] = defaultdict(list)
    part = "" if has_marks or title >= 0 else "body"
    for place, each in enumerate(paragraphs):
        if not each.text.strip() and not each.remarks:
            continue
        part = "title" if place == title else _part_of(each, part)
        if part in LABELS:
            found[part].append(_without_label(part, each))
    return found


def _part_of(paragraph: MarkedParagraph, before: str) -> str:
    """The part of one paragraph, the one before it being of the part `before`."""
    if paragraph.marks:
        return paragraph.marks[0].part
    label = _label.match(paragraph.text)
    if label:
        return _BY_LABEL[label[1]]
    if paragraph.is_in_table:
        return ""
    return {"title": "body", "mark": "", "issuer": "", "main_to": "", "copies": ""}.get(
        before, before
    )


def _title_at(minutes: Minutes, paragraphs: Sequence[MarkedParagraph]) -> int:
    """Where the title stands in a file without marks, or -1."""
    likes = [
        (like(minutes.heading.replace("\n", ""), each.text.replace("\n", "")), -place)
        for place, each in enumerate(paragraphs[:20])
    ]
    best, place = max(likes, default=(0.0, 0))
    return -place if best >= _LEAST_TITLE else -1


def _without_label(part: str, paragraph: MarkedParagraph) -> MarkedParagraph:
    """The paragraph as its field holds it: no label, no stop that the paper put there."""
    text = paragraph.text
    if part in _BY_LABEL.values():
        text = _label.sub("", text, count=1)
    if part in _ENDED:
        text = text.strip().removesuffix("。")
    if part == "issuer":  # the date stands behind it on the same line
        text = text.strip().split("\t")[0]
    if part in {"title", "mark", "issuer"}:
        text = "".join(text.split("\n"))
    return replace(paragraph, text=text.strip(" \u3000\n"))


# -- what changed in one part ----------------------------------------------------------------


def _lines(minutes: Minutes, part: str) -> list[str]:
    """The present lines of a part."""
    if part == "body":
        return minutes.text.split("\n")
    value = str(getattr(minutes, _FIELDS.get(part, part)))
    if part == "title":
        return [value.replace("\n", "")]
    return [each.removesuffix("。") if part in _ENDED else each for each in value.split("\n")]


def _changes(
    minutes: Minutes, part: str, paragraphs: Sequence[MarkedParagraph]
) -> Iterator[MarkedChange]:
    """The changes of one part, in the order of the file."""
    lines = _lines(minutes, part)
    numbers = _numbers(lines)
    for found in match(lines, paragraphs):
        change = _change(part, lines, numbers, found)
        if change is not None:
            yield change


def _change(
    part: str, lines: Sequence[str], numbers: Sequence[int], found: Match
) -> MarkedChange | None:
    """What one match comes to; None when nothing differs."""
    before = "\n".join(lines[at] for at in found.old)
    texts = tuple(text for each in found.new for text in each.text.split("\n") if text.strip())
    after = "\n".join(texts)
    is_same = plain(before) == plain(after)
    remarks = tuple(remark for each in found.new for remark in each.remarks)
    if is_same and not found.is_moved and not remarks:
        return None
    kind = _kind(found, is_same=is_same, is_empty=not texts)
    return MarkedChange(
        part=part,
        kind=kind,
        place=_place(part, numbers, found),
        old=found.old,
        new=tuple(lines[at] for at in found.old) if is_same else texts,
        anchor=found.anchor,
        pieces=tuple(difference(before, before if is_same else after)),
        remarks=remarks,
        authors=tuple(filter(None, Counter(a for each in found.new for a in each.authors))),
        is_outdated=found.is_outdated and not is_same,
    )


def _kind(found: Match, *, is_same: bool, is_empty: bool) -> str:
    if found.is_moved:
        return MOVED
    if is_same:
        return REMARKED
    if not found.old:
        return ADDED
    return REMOVED if is_empty else CHANGED


def _numbers(lines: Sequence[str]) -> list[int]:
    """The number of each line as the clerk counts them: blank ones do not count."""
    counted, numbers = 0, []
    for line in lines:
        counted += bool(line.strip())
        numbers.append(counted)
    return numbers


def _place(part: str, numbers: Sequence[int], found: Match) -> str:
    """标题, 正文第3段, 正文第3段之后, 正文第3段，移到第5段之后."""
    label = LABELS[part]
    if part != "body":
        return label
    after = f"第{numbers[found.anchor]}段之后" if found.anchor >= 0 else "最前面"
    if not found.old:
        return f"{label}{after}"
    moved = f"，移到{after}" if found.is_moved else ""
    return f"{label}第{numbers[found.old[0]]}段{moved}"


# -- taking ----------------------------------------------------------------------------------


def _taken(minutes: Minutes, part: str, changes: Sequence[MarkedChange]) -> dict[str, str]:
    """The fields of one part with the accepted changes in them."""
    lines = _lines(minutes, part)
    slots: list[tuple[str, ...]] = [(line,) for line in lines]
    after: defaultdict[int, list[str]] = defaultdict(list)
    for each in changes:
        for at in each.old:
            slots[at] = ()
        if each.old and each.kind != MOVED:
            slots[each.old[0]] = each.new
        else:
            after[each.anchor] += each.new
    if part == "body":
        return _split_text(minutes, slots, after)
    text = "\n".join(_flowing(slots, after, 0, len(lines), is_first=True))
    if part == "title":
        text = text.replace("\n", "")
    return {_FIELDS.get(part, part): text}


def _split_text(
    minutes: Minutes, slots: Sequence[tuple[str, ...]], after: dict[int, list[str]]
) -> dict[str, str]:
    """会议概况 and 正文, parted where they were; what comes between them goes to 正文."""
    middle = len(minutes.summary.split("\n")) if minutes.summary else 0
    between = after.pop(middle - 1, []) if middle else []
    summary = list(_flowing(slots, after, 0, middle, is_first=bool(middle)))
    body = list(_flowing(slots, after, middle, len(slots), is_first=not middle))
    return {"summary": "\n".join(summary), "body": "\n".join([*between, *body])}


def _flowing(
    slots: Sequence[tuple[str, ...]],
    after: dict[int, list[str]],
    start: int,
    stop: int,
    *,
    is_first: bool,
) -> Iterator[str]:
    """The lines of some slots with what was put after each of them."""
    if is_first:
        yield from after.get(-1, [])
    for at in range(start, stop):
        yield from slots[at]
        yield from after.get(at, [])
