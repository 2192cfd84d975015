"""What a meeting's file (一会一档) is made of: its chapters in order, from the records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.matter import Matter, Progress, Rating, Reply, Revisit
from liaison_desk.domain.meeting import AgendaItem, Attendance, Consensus, Dissent, Statement
from liaison_desk.domain.minutes import Minutes
from liaison_desk.exports.content import OfficialPaper
from liaison_desk.exports.papers.handover import handover_sheet
from liaison_desk.exports.papers.meeting_record import meeting_record
from liaison_desk.exports.papers.minutes import minutes_paper
from liaison_desk.exports.papers.notice import agenda, notice
from liaison_desk.exports.papers.photos import photos_of
from liaison_desk.exports.papers.ratings import rating_summary
from liaison_desk.exports.papers.reply_form import reply_form
from liaison_desk.exports.papers.sign_in import sign_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.domain.meeting import Meeting
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Paper, Photo
    from liaison_desk.exports.papers.options import PaperOptions

_NOTICE, _AGENDA, _SIGN_IN, _RECORD, _MINUTES = "通知", "议程", "签到", "记录", "纪要"
_WORDS = (_NOTICE, _AGENDA, _SIGN_IN, _RECORD, _MINUTES)
"""Words in the name or note of a file that say to which chapter it belongs."""
_ORIGINALS = (_NOTICE, _SIGN_IN)
"""Chapters whose scan takes the printed paper's place: it alone has been sealed or signed."""
_PHOTO_WORDS = ("照片", "现场", "合影")
_SCAN_WORDS = ("扫描", "复文", "回函", "函", "签", "章", "表", "单", "书")
"""Words that tell a picture of a sheet from a photo among the files of a matter."""
_MOST_PHOTOS = 1_000


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One part of the file.

    Attributes:
        title: what contents and outline call it.
        level: how deep it stands in them.
        files: attachments put in as they are.
        papers: printed from the records, before the files.
        is_replaced: whether the papers are left out when a file could be put in.
        photos: pictures side by side, at the end.
        facts: what a cover of its own says; none without.
    """

    title: str
    level: int = 0
    files: tuple[Attachment, ...] = ()
    papers: tuple[Paper, ...] = ()
    is_replaced: bool = False
    photos: tuple[Photo, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.files or self.papers or self.photos)


def chapters_of(
    read: Reading, office: Office, meeting: Meeting, options: PaperOptions
) -> tuple[list[Chapter], list[str]]:
    """The chapters of a meeting's file, and a sentence for each part that it lacks."""
    files = _sorted_files(read.find(Attachment, owner=meeting.id))
    minutes = _final_minutes(read, meeting)
    lacking: list[str] = []

    def chapter(title: str, word: str, papers: Iterable[Paper]) -> Chapter:
        made = Chapter(
            title=title,
            files=tuple(files[word]),
            papers=tuple(papers),
            is_replaced=word in _ORIGINALS,
        )
        if made.is_empty:
            lacking.append(f"没有{title}，请核对是否登记。")
        return made

    chapters = [
        chapter("会议通知", _NOTICE, _notice(read, office, meeting, options)),
        chapter("会议议程", _AGENDA, _agenda(read, office, meeting, options)),
        chapter("签到表", _SIGN_IN, _sign_in(read, office, meeting, options)),
        chapter("会议记录", _RECORD, _record(read, office, meeting, options)),
        chapter("协商纪要", _MINUTES, [minutes_paper(minutes)] if minutes else ()),
    ]
    if minutes is not None:
        chapters[-1] = replace(
            chapters[-1], files=(*chapters[-1].files, *read.find(Attachment, owner=minutes.id))
        )
    elif read.find(Minutes, meeting=meeting.id):
        lacking[:] = [each for each in lacking if "纪要" not in each]
        lacking.append("协商纪要还是草稿，没有装入；定稿后请再做一次。")
    chapters += _matter_chapters(read, office, meeting, minutes, options)
    chapters.append(Chapter(title="会议照片", photos=_photos(files["照片"])))
    chapters.append(Chapter(title="其他材料", files=tuple(files[""])))
    return [each for each in chapters if not each.is_empty], lacking


# -- papers, where there is something to print ------------------------------------------------


def _notice(
    read: Reading, office: Office, meeting: Meeting, options: PaperOptions
) -> tuple[Paper, ...]:
    """会议通知 as it was, without a day: when it was sent is not kept."""
    if not read.find(Attendance, meeting=meeting.id):
        return ()
    made = notice(read, office, meeting, options)
    return tuple(replace(e, signed_on=None) if isinstance(e, OfficialPaper) else e for e in made)


def _agenda(
    read: Reading, office: Office, meeting: Meeting, options: PaperOptions
) -> tuple[Paper, ...]:
    if not read.find(AgendaItem, meeting=meeting.id):
        return ()
    return agenda(read, office, meeting, options)


def _sign_in(
    read: Reading, office: Office, meeting: Meeting, options: PaperOptions
) -> tuple[Paper, ...]:
    if not read.find(Attendance, meeting=meeting.id):
        return ()
    return sign_in(read, office, meeting, options)


def _record(
    read: Reading, office: Office, meeting: Meeting, options: PaperOptions
) -> tuple[Paper, ...]:
    parts = (Statement, Consensus, Dissent)
    if not any(read.find(each, meeting=meeting.id) for each in parts):
        return ()
    return meeting_record(read, office, meeting, options)


def _final_minutes(read: Reading, meeting: Meeting) -> Minutes | None:
    """The version of the minutes that counts: the last one that is final."""
    final = [each for each in read.find(Minutes, meeting=meeting.id) if each.is_locked]
    replaced = {each.replaces for each in final}
    latest = [each for each in final if each.id not in replaced]
    return latest[-1] if latest else None


# -- matters ---------------------------------------------------------------------------------


def _matter_chapters(
    read: Reading,
    office: Office,
    meeting: Meeting,
    minutes: Minutes | None,
    options: PaperOptions,
) -> list[Chapter]:
    """A chapter for each matter that came of the meeting."""
    matters = [
        matter
        for agreed in read.find(Consensus, meeting=meeting.id)
        for matter in read.find(Matter, consensus=agreed.id)
    ]
    matters += read.find(Matter, minutes=minutes.id) if minutes else []
    found = {each.id: each for each in matters}.values()
    return [_matter_chapter(read, office, each, options) for each in found]


def _matter_chapter(
    read: Reading, office: Office, matter: Matter, options: PaperOptions
) -> Chapter:
    """交办单, the answers, the ratings, and what was kept with any of them."""
    papers: list[Paper] = list(handover_sheet(read, office, matter, options))
    replies = read.find(Reply, matter=matter.id)
    ratings = read.find(Rating, matter=matter.id)
    if replies:
        papers += reply_form(read, office, matter, options)
    if ratings:
        papers += rating_summary(read, office, matter, options)
    owners = [
        matter.id,
        *(each.id for each in read.find(Progress, matter=matter.id)),
        *(each.id for each in (*replies, *ratings)),
        *(each.id for each in read.find(Revisit, matter=matter.id)),
    ]
    kept = [each for owner in owners for each in read.find(Attachment, owner=owner)]
    photos = [each for each in kept if is_picture(each) and not _says(each, _SCAN_WORDS)]
    return Chapter(
        title=f"办理事项：{matter.name}",
        papers=tuple(papers),
        files=tuple(each for each in kept if each not in photos),
        photos=_photos(photos),
    )


# -- files -----------------------------------------------------------------------------------


def is_picture(file: Attachment) -> bool:
    """Whether a file is a photo or a scanned sheet."""
    return bool(photos_of([file]).photos)


def _photos(files: Iterable[Attachment]) -> tuple[Photo, ...]:
    """The photos among some files."""
    return photos_of(files, most=_MOST_PHOTOS).photos


def is_pdf(file: Attachment) -> bool:
    """Whether a file is a PDF by its name."""
    return PurePosixPath(file.name).suffix.lower() == ".pdf"


def _sorted_files(files: Iterable[Attachment]) -> dict[str, list[Attachment]]:
    """The files of a meeting by the chapter they belong to; "" has the rest."""
    groups: dict[str, list[Attachment]] = {word: [] for word in (*_WORDS, "照片", "")}
    for each in files:
        word = next((word for word in _WORDS if _says(each, (word,))), "")
        if is_picture(each) and (not word or _says(each, _PHOTO_WORDS)):
            word = "照片"
        groups[word].append(each)
    return groups


def _says(file: Attachment, words: Iterable[str]) -> bool:
    """Whether the name or the note of a file holds one of some words."""
    return any(word in file.name or word in file.note for word in words)
