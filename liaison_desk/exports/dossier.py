"""一会一档: everything about one meeting, or all meetings of a year, as one PDF.

Cover, contents with page numbers, then each part; the same in the outline. What cannot be put in,
a damaged scan or a file of another kind, is told in a sentence and left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.minutes import Minutes
from liaison_desk.exports.content import Photos
from liaison_desk.exports.dossier_parts import Chapter, chapters_of, is_pdf, is_picture
from liaison_desk.exports.papers.archive import pieces_of
from liaison_desk.exports.papers.options import PaperOptions
from liaison_desk.exports.papers.wording import moment_text
from liaison_desk.exports.pdf.dossier_pages import (
    Entry,
    contents_pages,
    cover,
    photo_pages,
    scan_page,
)
from liaison_desk.exports.pdf.drawing import Properties
from liaison_desk.exports.pdf.merging import Binder, Mark
from liaison_desk.exports.pdf.pdfium import NotReadable, a4_pages
from liaison_desk.exports.pdf.render import render
from liaison_desk.exports.pdf.source import one_line
from liaison_desk.exports.pdf.words import CannotPrint, RenderedPaper
from liaison_desk.exports.pictures import NotPrintable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from liaison_desk.domain.attachment import Attachment
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.pdf.fonts import FontBook

    Progress = Callable[[int, int, str], object]
    """Called with done, total and what is being done; may raise `Cancelled`."""
    Contents = Callable[[str], bytes | None]
    """Gives the content of an attachment by its sha256; None or LookupError when it is lost."""

LARGEST_FILE = 64 << 20
"""Bytes of a PDF put in; a larger one would fill the memory of an old computer."""
_PHOTOS_AT_A_TIME = 24
_YEAR_TITLE = "年度协商会议档案"
_LONGEST_TITLE = 60


def make_dossier(
    read: Reading,
    office: Office,
    meeting: Meeting,
    contents: Contents,
    fonts: FontBook,
    progress: Progress,
    options: PaperOptions | None = None,
) -> RenderedPaper:
    """One meeting's file; the same records and files give the same bytes.

    Args:
        read: where the records are.
        office: whose meeting it was.
        meeting: which.
        contents: gives the content of attachments.
        fonts: the fonts, belonging to this thread.
        progress: told how far it is; what it raises ends the work and leaves nothing behind.
        options: 全宗号 and the like; None for the usual ones.

    Raises:
        CannotPrint: a character is in no font; it names each and where it stands.
        Cancelled: `progress` raised it.
    """
    options = _options(meeting, options)
    chapters, lacking = chapters_of(read, office, meeting, options)
    maker = _Maker(office, contents, fonts, progress, list(lacking))
    facts = _facts(meeting, _references(read, office, options))
    return maker.make(meeting.name, facts, chapters)


def make_year(
    read: Reading,
    office: Office,
    year: int,
    contents: Contents,
    fonts: FontBook,
    progress: Progress,
    options: PaperOptions | None = None,
) -> RenderedPaper:
    """The file of all meetings of a year, each a chapter; otherwise as `make_dossier`."""
    held = [each for each in read.find(Meeting) if each.held_at and each.held_at.year == year]
    held.sort(key=lambda each: str(each.held_at))
    chapters: list[Chapter] = []
    left_out: list[str] = []
    references = _references(read, office, _of_year(year, options))
    for meeting in held:
        parts, lacking = chapters_of(read, office, meeting, _options(meeting, options))
        chapters.append(Chapter(title=meeting.name, facts=_facts(meeting, references)))
        chapters += [replace(each, level=each.level + 1) for each in parts]
        left_out += [f"{meeting.name}：{each}" for each in lacking]
    maker = _Maker(office, contents, fonts, progress, left_out)
    facts = (("年　度", f"{year}年"), ("会　议", f"{len(held)}次"))
    return maker.make(f"{year}{_YEAR_TITLE}", facts, chapters)


def _options(meeting: Meeting, options: PaperOptions | None) -> PaperOptions:
    """What the papers of a meeting are made with: as of a day after it, without spare rows."""
    if meeting.held_at is None:
        return replace(options or PaperOptions(today=date.min), extra_rows=0)
    day = meeting.held_at.date()
    options = options or PaperOptions(today=day + timedelta(days=1))
    return replace(options, year=day.year, extra_rows=0)


def _of_year(year: int, options: PaperOptions | None) -> PaperOptions:
    return replace(options or PaperOptions(today=date(year, 12, 31)), year=year)


def _facts(meeting: Meeting, references: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """What a cover says of a meeting."""
    facts = (
        ("时　间", moment_text(meeting.held_at)),
        ("地　点", meeting.place),
        ("形　式", meeting.form),
        ("归档号", references.get(meeting.id, "")),
    )
    return tuple(each for each in facts if each[1])


def _references(read: Reading, office: Office, options: PaperOptions) -> dict[str, str]:
    """The 归档号 of a year's meetings: that of their minutes; without 全宗号 what follows it."""
    found = {}
    for piece in pieces_of(read, office, options):
        if isinstance(piece.record, Minutes) and piece.record.meeting:
            reference = piece.reference(options)
            found[piece.record.meeting] = reference if options.fonds else reference.lstrip("　-")
    return found


# -- putting it together ---------------------------------------------------------------------


@dataclass
class _Maker:
    """Renders chapters and binds them."""

    office: Office
    contents: Contents
    fonts: FontBook
    progress: Progress
    left_out: list[str]
    done: int = 0
    total: int = 0

    def make(
        self, title: str, facts: Sequence[tuple[str, str]], chapters: Sequence[Chapter]
    ) -> RenderedPaper:
        """Chapters, and before them cover and contents, when it is known what is in it."""
        self.total = sum(map(_steps, chapters)) + 1
        try:
            return self._bound(title, facts, chapters)
        except CannotPrint as error:
            raise CannotPrint(error.missing, "一会一档没有做成") from error

    def _bound(
        self, title: str, facts: Sequence[tuple[str, str]], chapters: Sequence[Chapter]
    ) -> RenderedPaper:
        front = cover(title, facts, self.office.name, self.fonts)
        binder, entries = Binder(), list[Entry]()
        for chapter in chapters:
            at = binder.pages
            for pdf in self._pages_of(chapter):
                binder.add(pdf)
            if binder.pages > at:
                entries.append(Entry(_short(chapter.title), at, chapter.level))
        self._step("正在编目录")
        before = 1 + contents_pages(entries, self.fonts)[1]
        numbered = [replace(each, page=each.page + before + 1) for each in entries]
        binder.add(contents_pages(numbered, self.fonts)[0], at=0)
        binder.add(front, at=0)
        marks = [Mark("封面", 0), Mark("目录", 1)]
        marks += [Mark(each.title, each.page - 1, each.level) for each in numbered]
        properties = Properties(one_line(title), self.office.name)
        pdf = binder.finish(marks, properties, self.fonts)
        self._step("正在编目录")
        return RenderedPaper(pdf, binder.pages, left_out=tuple(self.left_out))

    # -- one chapter -----------------------------------------------------------------------------

    def _pages_of(self, chapter: Chapter) -> Iterator[bytes]:
        """The files that a chapter is made of, one after the other."""
        if chapter.facts:
            yield cover(chapter.title, chapter.facts, self.office.name, self.fonts)
        papers = map(self._paper, chapter.papers)
        files = filter(None, map(self._file, chapter.files))
        if chapter.is_replaced:
            first = next(files, None)
            if first is None:
                yield from papers
            else:
                yield first
                yield from files
        else:
            yield from papers
            yield from files
        yield from self._photos(chapter)

    def _paper(self, paper: Paper) -> bytes:
        """A paper printed from the records."""
        self._step("正在排版")
        rendered = render(paper, self.fonts, self._photo)
        self.left_out += rendered.left_out
        return rendered.pdf

    def _file(self, file: Attachment) -> bytes | None:
        """The pages of an attachment, or None, and a sentence why."""
        self._step(f"正在装入“{file.name}”")
        if not (is_pdf(file) or is_picture(file)):
            self._leave_out(file, "不是PDF或图片", "请转成PDF再加一次，或另行保存")
        elif (file.size or 0) > LARGEST_FILE:
            self._leave_out(file, "超过64MB", "请压缩后再加一次，或另行保存")
        elif (content := self._content(file.sha256)) is None:
            self._leave_out(file, "内容不在了", "请从备份里找回，或再加一次")
        else:
            try:
                return a4_pages(content) if is_pdf(file) else scan_page(content)
            except NotReadable as error:
                self._leave_out(file, str(error), "请重新扫描，再加一次")
            except NotPrintable as error:
                self.left_out.append(f"“{file.name}”没有装入：{error}")
        return None

    def _photos(self, chapter: Chapter) -> Iterator[bytes]:
        """Photos side by side, a few sheets at a time, so that many do not fill the memory."""
        title = "办理照片" if chapter.papers else chapter.title
        photos = iter(chapter.photos)
        while batch := tuple(islice(photos, _PHOTOS_AT_A_TIME)):
            made = photo_pages(title, Photos(photos=batch), self.fonts, self._next_photo)
            self.left_out += made.left_out
            if made.pages:
                yield made.pdf
                title = ""

    def _next_photo(self, sha256: str) -> bytes:
        """A picture of a chapter of photos, which count as steps."""
        self._step("正在装入照片")
        return self._photo(sha256)

    def _photo(self, sha256: str) -> bytes:
        """A picture in a paper."""
        content = self._content(sha256)
        if content is None:
            raise LookupError(sha256)
        return content

    def _content(self, sha256: str) -> bytes | None:
        try:
            return self.contents(sha256)
        except LookupError:
            return None

    def _leave_out(self, file: Attachment, why: str, what_next: str) -> None:
        self.left_out.append(f"“{file.name}”{why}，没有装入。{what_next}。")

    def _step(self, what: str) -> None:
        """Tell how far it is; whoever listens may stop it here."""
        self.progress(min(self.done, self.total), self.total, what)
        self.done += 1


def _steps(chapter: Chapter) -> int:
    """How many things of a chapter are put in at most."""
    return len(chapter.papers) + len(chapter.files) + len(chapter.photos)


def _short(title: str) -> str:
    """A title that stands in contents and outline."""
    plain = one_line(title)
    return plain if len(plain) <= _LONGEST_TITLE else f"{plain[: _LONGEST_TITLE - 2]}……"
