"""Several PDFs as one file, with a bookmark for each."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from liaison_desk.ui.pdf_pages import join_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_CATALOG = re.compile(rb"(\d+) 0 obj\s*<<([^>]*/Type\s*/Catalog[^>]*)>>")
_SIZE = re.compile(rb"/Size (\d+)")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")


def joined(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """The pages of every part in one PDF, each part with a bookmark of its title."""
    pages = [_count(pdf) for _title, pdf in parts]
    starts = [sum(pages[:place]) for place in range(len(pages))]
    whole = join_pages([pdf for _title, pdf in parts])
    return _with_bookmarks(whole, list(zip([title for title, _pdf in parts], starts, strict=True)))


def _count(pdf: bytes) -> int:
    from liaison_desk.ui.pdf_pages import PdfPages

    with PdfPages(pdf) as pages:
        return pages.count


def _with_bookmarks(pdf: bytes, marks: Sequence[tuple[str, int]]) -> bytes:
    """The PDF with an outline appended to it (ISO 32000-1, 7.5.6 and 12.3.3).

    pdfium writes no outlines, but plain objects and one flat list of pages; so new objects and a
    new catalog can follow at the end, as every editor adds them.
    """
    size = int(_last(_SIZE, pdf)[1])
    start = int(_last(_START, pdf)[1])
    catalog = _last(_CATALOG, pdf)
    kids = [int(each) for each in _REFERENCE.findall(_last(_KIDS, pdf)[1])]
    root, first = size, size + 1
    numbers = range(first, first + len(marks))
    objects = {
        int(catalog[1]): catalog[2] + b" /Outlines %d 0 R /PageMode /UseOutlines" % root,
        root: b"/Type /Outlines /First %d 0 R /Last %d 0 R /Count %d"
        % (first, numbers[-1], len(marks)),
    }
    for number, (title, page) in zip(numbers, marks, strict=True):
        before = b" /Prev %d 0 R" % (number - 1) if number > first else b""
        after = b" /Next %d 0 R" % (number + 1) if number < numbers[-1] else b""
        text = ("\ufeff" + title).encode("utf-16-be").hex().encode()
        objects[number] = b"/Title <%s> /Parent %d 0 R /Dest [%d 0 R /Fit]%s%s" % (
            text, root, kids[page], before, after,
        )  # fmt: skip
    return _appended(pdf, objects, int(catalog[1]), start)


def _appended(pdf: bytes, objects: dict[int, bytes], root: int, start: int) -> bytes:
    """The PDF with objects added or replaced at its end, and a table of where they are."""
    made = io.BytesIO()
    made.write(pdf)
    table = [b"xref"]
    for number, content in sorted(objects.items()):
        table += [b"%d 1" % number, b"%010d 00000 n " % made.tell()]
        made.write(b"%d 0 obj\n<<%s>>\nendobj\n" % (number, content))
    at = made.tell()
    size = max(objects) + 1
    trailer = b"trailer\n<</Root %d 0 R /Size %d /Prev %d>>" % (root, size, start)
    made.write(b"\n".join([*table, trailer, b"startxref", b"%d" % at, b"%%EOF", b""]))
    return made.getvalue()


def _last(pattern: re.Pattern[bytes], pdf: bytes) -> re.Match[bytes]:
    """The last match, which is the one that counts in a PDF."""
    return list(pattern.finditer(pdf))[-1]
