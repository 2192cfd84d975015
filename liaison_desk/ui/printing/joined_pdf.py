"""Several PDFs as one file, with a bookmark for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def joined(parts: Sequence[tuple[str, bytes]], title: str, author: str) -> bytes:
    """The pages of every part in one PDF, each part with a bookmark of its title.

    Args:
        parts: title and PDF of each.
        title: what the file is called in its properties.
        author: whose papers they are.
    """
    from liaison_desk.exports.pdf.drawing import Properties
    from liaison_desk.exports.pdf.fonts import FontBook
    from liaison_desk.exports.pdf.merging import Binder, Mark

    binder, marks = Binder(), []
    for name, pdf in parts:
        marks.append(Mark(name, binder.pages))
        binder.add(pdf)
    unnumbered = binder.pages + 1  # each paper keeps its own page numbers
    return binder.finish(marks, Properties(title, author), FontBook(), first=unnumbered)
