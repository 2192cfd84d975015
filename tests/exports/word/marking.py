"""A Word file as a leader would give it back: our own, edited by hand."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAIN = "word/document.xml"
_COMMENTS = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "{}</w:comments>"
)


class Marked:
    """A .docx being edited as XML."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self._comments: list[str] = []

    @property
    def xml(self) -> str:
        return self.parts[MAIN].decode()

    @xml.setter
    def xml(self, xml: str) -> None:
        self.parts[MAIN] = xml.encode()

    def replace(self, old: str, new: str) -> Marked:
        """Type over some words."""
        assert self.xml.count(escape(old)) == 1, old
        self.xml = self.xml.replace(escape(old), escape(new))
        return self

    def paragraph(self, words: str) -> str:
        """The XML of the paragraph with these words in it."""
        every: list[str] = re.findall(r"<w:p>.*?</w:p>", self.xml)
        (found,) = (each for each in every if words in each)
        return found

    def change(self, words: str, edit: Callable[[str], str]) -> Marked:
        """Edit the XML of one paragraph."""
        paragraph = self.paragraph(words)
        self.xml = self.xml.replace(paragraph, edit(paragraph))
        return self

    def remove(self, words: str) -> Marked:
        """Delete a whole paragraph."""
        return self.change(words, lambda _xml: "")

    def add_after(self, words: str, text: str) -> Marked:
        """Write a new paragraph."""
        return self.change(
            words, lambda xml: f"{xml}<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
        )

    def track(self, old: str, new: str, author: str = "王镇长") -> Marked:
        """Change some words with changes being tracked."""
        gone = (
            f'<w:del w:id="90" w:author="{author}"><w:r><w:delText>{old}</w:delText></w:r></w:del>'
        )
        come = f'<w:ins w:id="91" w:author="{author}"><w:r><w:t>{new}</w:t></w:r></w:ins>'
        return self._cut(old, (gone if old else "") + (come if new else ""))

    def comment(self, words: str, text: str, author: str = "王镇长") -> Marked:
        """Put a comment on some words."""
        number = len(self._comments)
        self._comments.append(
            f'<w:comment w:id="{number}" w:author="{author}"><w:p><w:r><w:t>{text}</w:t></w:r>'
            "</w:p></w:comment>"
        )
        self.parts["word/comments.xml"] = _COMMENTS.format("".join(self._comments)).encode()
        return self._cut(
            words,
            f'<w:commentRangeStart w:id="{number}"/><w:r><w:t>{words}</w:t></w:r>'
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>',
        )

    def without_marks(self) -> Marked:
        """As a program leaves it that knows no bookmarks."""
        self.xml = re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", self.xml)
        return self

    def save(self, folder: Path, name: str = "修改稿.docx") -> Path:
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in self.parts.items():
                archive.writestr(part, content)
        return path

    def _cut(self, words: str, instead: str) -> Marked:
        """Put elements in the place of words in the middle of a run."""
        assert self.xml.count(words) == 1, words
        end, begin = "</w:t></w:r>", '<w:r><w:t xml:space="preserve">'
        self.xml = self.xml.replace(words, f"{end}{instead}{begin}")
        return self
