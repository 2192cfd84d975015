"""Opening a .docx or .xlsx that somebody else made, without trusting it.

A few kilobytes can unpack to gigabytes, and a few lines of XML can grow to as much; both are
refused, and so is every other kind of file, with a sentence that says what to do instead.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

FILE_LIMIT = 64 * 1024 * 1024
UNPACKED_LIMIT = 200 * 1024 * 1024
XML_LIMIT = 40 * 1024 * 1024
"""Bytes of one XML part: a thousand pages of text take a tenth."""
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
_MANY_PARTS = 5_000


class FileKind(Enum):
    """What is wanted: the ending, its name for the clerk, and the part every such file has."""

    WORD = (".docx", "Word 文档", "word/document.xml")
    SHEET = (".xlsx", "Excel 工作簿", "xl/workbook.xml")

    @property
    def ending(self) -> str:
        """Such as .docx."""
        return self.value[0]

    @property
    def title(self) -> str:
        """What the clerk calls it."""
        return self.value[1]

    @property
    def main_part(self) -> str:
        """The part that every file of this kind has."""
        return self.value[2]


class FileUnusable(DeskError):
    """The file is missing, damaged, too large or of another kind; nothing has changed."""


@dataclass(frozen=True)
class Refusing:
    """Makes the sentence for a file that cannot be used.

    Attributes:
        name: of the file.
        deed: what was not done, such as 没有带回.
    """

    name: str
    deed: str

    def because(self, what: str, what_next: str) -> FileUnusable:
        """Which file, what is wrong, that nothing changed, and what to do."""
        return FileUnusable(f"“{self.name}”{what}，{self.deed}，资料没有改动。{what_next}")

    def damaged(self) -> FileUnusable:
        """It began as the right kind of file but cannot be read in full."""
        return self.because("已损坏，读不完整", "请重新复制一份；能用 WPS 打开的话，另存一份再试。")

    def unsafe(self) -> FileUnusable:
        """It declares what no paper needs, such as entities that would grow."""
        return self.because("里有不安全的内容", "请用 WPS 打开确认无误后另存一份，再试。")

    def too_large(self) -> FileUnusable:
        """It is or unpacks to far more than a paper does."""
        return self.because(
            "太大，不像一般的文稿", "请用 WPS 打开，删去里面的大图片，另存一份再试。"
        )


@dataclass(frozen=True)
class OfficeFile:
    """An opened .docx or .xlsx: its parts by name, all whole and not too large."""

    kind: FileKind
    parts: dict[str, bytes]
    refusing: Refusing

    def xml(self, part: str) -> Element:
        """The root of an XML part.

        Raises:
            FileUnusable: it is not well formed, or declares entities that would grow.
        """
        return parse_part(self.parts[part], self.refusing)


def parse_part(content: bytes, refusing: Refusing) -> Element:
    """The root of an XML part; no declaration of a document type is let through."""
    if len(content) > XML_LIMIT:
        raise refusing.too_large()
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise refusing.unsafe() from error
    except (ParseError, ValueError) as error:
        raise refusing.damaged() from error
    return root


def open_file(path: Path, kinds: tuple[FileKind, ...], deed: str) -> OfficeFile:
    """Open a file from the disk.

    Args:
        path: of the file; it is only read.
        kinds: what it may be.
        deed: what is not done when it cannot be used, such as 没有带回.

    Raises:
        FileUnusable: it is missing, damaged, too large or of another kind.
    """
    refusing = Refusing(path.name, deed)
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)
    except FileNotFoundError as error:
        raise refusing.because("找不到了", "请插好U盘，重新选择文件。") from error
    except IsADirectoryError as error:
        raise refusing.because("是文件夹", "请打开它，选里面的文件。") from error
    except PermissionError as error:
        raise refusing.because(
            "打不开", "可能正被 WPS 打开着，请先关闭它，或把文件复制到桌面再试。"
        ) from error
    except OSError as error:
        raise refusing.because(
            "读到一半出错", "请检查U盘是否松动，把文件复制到本机再试。"
        ) from error
    return open_content(content, path.name, kinds, deed)


def open_content(content: bytes, name: str, kinds: tuple[FileKind, ...], deed: str) -> OfficeFile:
    """Open the content of a file.

    Raises:
        FileUnusable: it is damaged, too large or of another kind.
    """
    refusing = Refusing(name, deed)
    if not content:
        raise refusing.because("是空文件（0字节）", "多半是复制没有完成，请重新复制。")
    if len(content) > FILE_LIMIT:
        raise refusing.too_large()
    if not content.startswith(b"PK"):
        raise _not_zipped(content, refusing, kinds)
    parts = _unpacked(content, refusing)
    return OfficeFile(_kind_of(parts, refusing, kinds), parts, refusing)


def _unpacked(content: bytes, refusing: Refusing) -> dict[str, bytes]:
    """Every part; none is read beyond what the file declares for it, all together not too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            if any(each.flag_bits & 1 for each in entries):
                raise _with_password(refusing)
            is_bomb = sum(each.file_size for each in entries) > UNPACKED_LIMIT
            if is_bomb or len(entries) > _MANY_PARTS:
                raise refusing.too_large()
            return {each.filename: archive.read(each) for each in entries}
    except _BROKEN as error:
        raise refusing.damaged() from error


def _kind_of(parts: dict[str, bytes], refusing: Refusing, kinds: tuple[FileKind, ...]) -> FileKind:
    """Which of the wanted kinds it is."""
    wanted = _endings(kinds)
    if any(name.endswith("vbaProject.bin") for name in parts):
        raise refusing.because(
            "带有宏，宏可能有害", f"请用 WPS 打开，另存为不带宏的 {wanted}，再试。"
        )
    for kind in kinds:
        if kind.main_part in parts:
            return kind
    named = {
        "word/document.xml": "是 Word 文档",
        "xl/workbook.xml": "是 Excel 表格",
        "ppt/presentation.xml": "是演示文稿",
        "content.xml": "是 OpenDocument 文件",
        "xl/workbook.bin": "是 .xlsb 二进制工作簿",
    }
    what = next((words for part, words in named.items() if part in parts), "是压缩包")
    raise refusing.because(what, f"这里要的是 {wanted}。请用 WPS 另存，或重新选择文件。")


def _not_zipped(content: bytes, refusing: Refusing, kinds: tuple[FileKind, ...]) -> FileUnusable:
    """What a file is that is none of ours."""
    wanted = _endings(kinds)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            return _with_password(refusing)
        return refusing.because(
            "是旧格式的文件（.doc、.xls、.wps、.et）",
            f"请用 WPS 打开它，选“另存为”，类型选 {wanted}，再用新存的文件。",
        )
    if content.startswith(b"%PDF"):
        return refusing.because("是 PDF 文件", f"这里要的是 {wanted}，请重新选择文件。")
    if content.lstrip()[:5] == b"{\\rtf":
        return refusing.because("其实是 RTF 文件", f"请用 WPS 打开它，另存为 {wanted}，再试。")
    titles = "或".join(kind.title for kind in kinds)
    return refusing.because(f"不是 {titles}", f"请重新选择一个 {wanted} 文件。")


def _with_password(refusing: Refusing) -> FileUnusable:
    """It is encrypted."""
    return refusing.because(
        "设了打开密码", "请用 WPS 输入密码打开，去掉密码后另存一份，再用新存的文件。"
    )


def _endings(kinds: tuple[FileKind, ...]) -> str:
    return " 或 ".join(kind.ending for kind in kinds)
