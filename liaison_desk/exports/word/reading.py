"""A marked Word file as it reads when every tracked change is accepted, with its comments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from liaison_desk.domain.marked_text import (
    MarkedFile,
    MarkedParagraph,
    Remark,
    read_mark,
    read_whose,
)
from liaison_desk.exports.office_file import FileKind, OfficeFile, open_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

DEED = "没有带回"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_GONE = frozenset({"del", "moveFrom"})
_COME = frozenset({"ins", "moveTo"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PASSED_OVER = frozenset({"pPr", "rPr", "sectPr", "instrText", "delText", "Fallback", "oMath"})


def read_marked(path: Path) -> MarkedFile:
    """Read a file that a leader has marked.

    Raises:
        FileUnusable: it is no .docx, damaged, too large or holds macros.
    """
    file = open_file(path, (FileKind.WORD,), DEED)
    main = FileKind.WORD.main_part
    if _STRICT in file.parts[main]:
        raise file.refusing.because(
            "是“严格”格式的文档", "请用 WPS 打开它，另存为普通的 .docx，再试。"
        )
    body = file.xml(main).find(f"{_W}body")
    if body is None:
        raise file.refusing.damaged()
    reader = _Reader(_comments(file))
    paragraphs = tuple(reader.paragraphs(body))
    return MarkedFile(path.name, paragraphs, reader.record)


def _comments(file: OfficeFile) -> dict[str, Remark]:
    """The comments by their id."""
    part = "word/comments.xml"
    if part not in file.parts:
        return {}
    return {
        each.get(f"{_W}id", ""): Remark(_all_text(each), each.get(f"{_W}author", ""))
        for each in file.xml(part).iter(f"{_W}comment")
    }


def _all_text(node: Element) -> str:
    """The words of a comment or a text box, a line for each paragraph."""
    lines = ("".join(t.text or "" for t in p.iter(f"{_W}t")) for p in node.iter(f"{_W}p"))
    return "\n".join(line for line in lines if line.strip())


@dataclass
class _Open:
    """A paragraph while it is read; one whose mark was deleted goes on in the next."""

    text: str = ""
    marks: dict[str, None] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    authors: dict[str, None] = field(default_factory=dict)


class _Reader:
    """Walks through the text, remembering the bookmarks and comments that are open."""

    def __init__(self, comments: dict[str, Remark]) -> None:
        self.record = ""
        self._comments = comments
        self._bookmarks: dict[str, str] = {}
        self._commented: dict[str, str] = {}
        self._now = _Open()

    def paragraphs(self, node: Element, *, in_table: bool = False) -> Iterator[MarkedParagraph]:
        """Every paragraph below a node, in reading order."""
        for child in node:
            name = _name(child)
            if name == "p":
                yield from self._paragraph(child, in_table=in_table)
            elif name in {"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"}:
                self._walk_one(child)
            elif name not in _PASSED_OVER and name not in _GONE:
                yield from self.paragraphs(child, in_table=in_table or name == "tbl")

    def _paragraph(self, node: Element, *, in_table: bool) -> Iterator[MarkedParagraph]:
        self._walk(node)
        if _goes_on(node):
            return
        now, self._now = self._now, _Open()
        yield MarkedParagraph(
            now.text,
            tuple(mark for name in now.marks if (mark := read_mark(name))),
            tuple(now.remarks),
            tuple(now.authors),
            in_table,
        )

    def _walk(self, node: Element) -> None:
        for child in node:
            self._walk_one(child)

    def _walk_one(self, node: Element) -> None:
        """Take in one element inside a paragraph."""
        name = _name(node)
        if name == "t":
            self._take(node.text or "")
        elif name in _SIGNS:
            self._take("" if node.get(f"{_W}type") in {"page", "column"} else _SIGNS[name])
        elif name in _GONE or name in _COME:
            self._now.authors[node.get(f"{_W}author", "")] = None
            if name in _COME:
                self._walk(node)
        elif name == "txbxContent":
            self._now.remarks.append(Remark(_all_text(node)))
        elif name in _RANGES:
            self._note_range(name, node)
        elif name not in _PASSED_OVER:
            self._walk(node)

    def _note_range(self, name: str, node: Element) -> None:
        """A bookmark or a comment begins or ends."""
        identity = node.get(f"{_W}id", "")
        if name == "bookmarkStart":
            self._bookmarks[identity] = node.get(f"{_W}name", "")
            self.record = self.record or read_whose(self._bookmarks[identity])
        elif name == "bookmarkEnd":
            self._bookmarks.pop(identity, None)
        elif name == "commentRangeStart":
            self._commented[identity] = ""
        elif name == "commentReference" and identity in self._comments:
            remark = self._comments[identity]
            about = self._commented.pop(identity, "")
            self._now.remarks.append(Remark(remark.text, remark.author, about))

    def _take(self, text: str) -> None:
        """Words that stay; a bookmark counts only where words stand in it."""
        self._now.text += text
        if text.strip():
            self._now.marks |= dict.fromkeys(self._bookmarks.values())
        for identity in self._commented:
            self._commented[identity] += text


_RANGES = frozenset(
    {"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference"}
)


def _name(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _goes_on(paragraph: Element) -> bool:
    """Whether the end of the paragraph was deleted, so that the next one goes on in it."""
    return any(paragraph.find(f"{_W}pPr/{_W}rPr/{_W}{each}") is not None for each in sorted(_GONE))
