"""What can be seen of a file without opening it, made on a thread of its own."""

from __future__ import annotations

import codecs
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from liaison_desk.domain.errors import DeskError
from liaison_desk.ui.pdf_pages import POINTS_PER_INCH, PdfPages

if TYPE_CHECKING:
    from liaison_desk.domain.attachment import Attachment
    from liaison_desk.store.attachments import AttachmentContents

PICTURES = frozenset({"bmp", "gif", "ico", "jfif", "jpeg", "jpg", "png", "svg", "tiff", "webp"})
TEXTS = frozenset({".txt", ".csv", ".md", ".log", ".json", ".xml", ".ini", ".tsv"})
TEXT_BYTES = 200_000
"""How much of a text is shown."""
MOST_DOTS = 64_000_000
"""A picture of more is not read whole; a JPEG need not be, it is read in a smaller size."""
LONGEST_PX = 6000
"""The longest side of what is made, however far it is zoomed."""
_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Wish:
    """What is to be seen: a file, a page of it, and the room in px; no height fits the width."""

    attachment: Attachment
    width: int
    height: int
    zoom: float = 1.0
    page: int = 0


@dataclass(frozen=True)
class Sight:
    """What is seen of a file: a picture, a text, or a sentence that says why neither."""

    wish: Wish
    picture: QImage | None = None
    text: str = ""
    sentence: str = ""
    pages: int = 1


class PreviewMaker(QObject):
    """Makes what is asked for; of wishes in a hurry only the newest."""

    made = Signal(object)
    """What was wished for is there; the Sight."""
    broke = Signal(object)
    """The program itself is at fault; the exception."""

    def __init__(self, contents: AttachmentContents) -> None:
        super().__init__()
        self._contents = contents
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="preview")
        self._lock = threading.Lock()
        self._newest: Wish | None = None
        self._is_stopped = False
        self._last: tuple[str, bytes] | None = None

    def wish(self, wish: Wish) -> None:
        """Ask for something; an older wish not begun yet is forgotten."""
        with self._lock:
            is_waiting = self._newest is not None
            self._newest = wish
            if not is_waiting and not self._is_stopped:
                self._thread.submit(self._fulfil)

    def forget(self) -> None:
        """Drop what waits, and the content once nothing needs it."""
        with self._lock:
            self._newest = None
            if not self._is_stopped:
                self._thread.submit(self._let_go)

    def stop(self) -> None:
        """Finish what is under way and take no more wishes."""
        with self._lock:
            self._is_stopped = True
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _let_go(self) -> None:
        self._last = None

    def _fulfil(self) -> None:
        """Make the newest wish come true."""
        with self._lock:
            wish, self._newest = self._newest, None
        try:
            if wish is not None:
                self.made.emit(self._sight(wish))
        except DeskError as error:
            assert wish is not None
            self.made.emit(Sight(wish, sentence=str(error)))
        except BaseException as error:  # raised again by who listens
            self.broke.emit(error)

    def _sight(self, wish: Wish) -> Sight:
        """What is seen of the file; its content is kept for the next page or size."""
        sha256 = wish.attachment.sha256
        if self._last is None or self._last[0] != sha256:
            self._last = None
            content = self._contents.read(sha256)
            if content is None:
                lost = "内容不在了。请从备份里找回，或找到原来的文件再加一次。"
                return Sight(wish, sentence=f"“{wish.attachment.name}”的{lost}")
            self._last = sha256, content
        return see(wish, self._last[1])


def see(wish: Wish, content: bytes) -> Sight:
    """What is seen of a content; a name tells only what the bytes do not."""
    if b"%PDF-" in content[:1024]:
        return _page(wish, content)
    kind = _picture_kind(content)
    if kind in PICTURES:
        return _picture(wish, content, kind)
    text = _text(content, PurePosixPath(wish.attachment.name).suffix.lower())
    if text:
        cut = "\n\n……后面还有，点“打开”看全文。" if len(content) > TEXT_BYTES else ""
        return Sight(wish, text=text + cut)
    return Sight(wish, sentence=f"“{wish.attachment.name}”在这里看不了，点“打开”用电脑上的程序看。")


def _page(wish: Wish, content: bytes) -> Sight:
    """A page of a PDF, as wide as the room."""
    from pypdfium2 import PdfiumError

    try:
        with PdfPages(content) as pages:
            page = max(0, min(wish.page, pages.count - 1))
            width, height = pages.size(page)
            scale = max(wish.width, 1) * wish.zoom / max(width, 1)
            scale = min(scale, LONGEST_PX / max(width, height, 1))
            picture = pages.draw(page, scale * POINTS_PER_INCH)
            return Sight(wish, picture, pages=pages.count)
    except PdfiumError:
        return Sight(wish, sentence=_damaged(wish, "有损坏，或者要密码才能看"))


def _picture_kind(content: bytes) -> str:
    """Which format of picture the bytes are, or ""."""
    buffer = _buffer(content)
    return bytes(QImageReader.imageFormat(buffer).data()).decode("ascii")


def _picture(wish: Wish, content: bytes, kind: str) -> Sight:
    """A picture, upright, read no larger than it is shown."""
    buffer = _buffer(content)
    reader = QImageReader(buffer, kind.encode())
    reader.setAutoTransform(True)
    stored = reader.size()
    if kind not in {"jpeg", "jpg", "jfif"} and stored.width() * stored.height() > MOST_DOTS:
        many = f"点数太多（{stored.width()}×{stored.height()}），这里看不了"
        return Sight(wish, sentence=_damaged(wish, many, "点“打开”用电脑上的程序看。"))
    lies = QImageIOHandler.Transformation.TransformationRotate90
    room = QSize(round(wish.width * wish.zoom), round(wish.height * wish.zoom))
    room = room.boundedTo(QSize(LONGEST_PX, LONGEST_PX))
    if reader.transformation().value & lies.value:
        room.transpose()
    fitting = stored.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    if stored.isValid() and fitting.width() < stored.width():
        reader.setScaledSize(fitting.expandedTo(QSize(1, 1)))
    picture = reader.read()
    if picture.isNull():
        return Sight(wish, sentence=_damaged(wish, "有损坏，看不了"))
    return Sight(wish, picture)


def _text(content: bytes, ending: str) -> str:
    """The beginning of a text, or "" when it is none."""
    piece = content[:TEXT_BYTES]
    mark = next((each for each in _MARKS if piece.startswith(each)), None)
    if mark is None and b"\0" in piece:
        return ""
    for encoding in (_MARKS[mark],) if mark else _ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()  # bears a character cut in two
        try:
            return decoder.decode(piece)
        except UnicodeDecodeError:
            continue
    return piece.decode("gb18030", "replace") if ending in TEXTS else ""


def _damaged(
    wish: Wish, why: str, instead: str = "可以点“打开”试试，或找到原来的文件再加一次。"
) -> str:
    """The sentence for a file of a kind that could be shown."""
    return f"“{wish.attachment.name}”{why}。{instead}"


def _buffer(content: bytes) -> QBuffer:
    """Bytes for Qt to read."""
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer
