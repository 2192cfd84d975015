"""Objects of a PDF file: written quickly, and as the standard for keeping wants them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfdoc import PDFObject, PDFStream

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument

PACKING = 1  # of 1 to 9; the usual 6 takes twice as long for files a twentieth smaller


class Stream(PDFStream):
    """A stream with a line end before its last word, where reportlab 5.1 puts none.

    ISO 19005-2, 6.1.7.1: `endstream` is preceded by a line end, which its Length does not count.
    """

    def format(self, document: PDFDocument) -> bytes:
        """Return the object as it stands in the file."""
        content, entries = self.content, dict(self.dictionary.dict)
        for each in self.filters:
            content = each.encode(content)
            entries["Filter"] = f"/{each.pdfname}"
        entries["Length"] = len(content)
        head = "\n".join(f"/{name} {value}" for name, value in entries.items())
        parts = (b"<<\n", head.encode("ascii"), b"\n>>\nstream\n", content, b"\nendstream\n")
        return b"".join(parts)


class Written(PDFObject):
    """An object whose text is known; reportlab takes long over its own dictionaries."""

    def __init__(self, text: str) -> None:
        self._text = text

    def format(self, document: PDFDocument) -> bytes:
        """Return the object as it stands in the file."""
        return self._text.encode("ascii")


class Packed:
    """The filter of streams that are packed quickly; reportlab's own packs slowly and tighter."""

    pdfname = "FlateDecode"

    def __init__(self, *, repeats: bool = True) -> None:
        """Say whether the content repeats itself; outlines do not, and to look for it takes long.

        They are packed in half the time for a tenth more bytes.
        """
        self._strategy = zlib.Z_DEFAULT_STRATEGY if repeats else zlib.Z_HUFFMAN_ONLY

    def encode(self, content: str | bytes) -> bytes:
        """Return the content as it stands in the file."""
        plain = content.encode() if isinstance(content, str) else content
        packer = zlib.compressobj(PACKING, strategy=self._strategy)
        return packer.compress(plain) + packer.flush()
