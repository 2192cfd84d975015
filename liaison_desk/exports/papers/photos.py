"""Photos kept with records, as papers show them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from liaison_desk.exports.content import Photo, Photos
from liaison_desk.exports.papers.wording import source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.domain.attachment import Attachment

_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic"}


def photos_of(attachments: Iterable[Attachment], across: int = 2, most: int = 6) -> Photos:
    """The pictures among some attachments, each once; the caption is what the clerk wrote.

    Args:
        attachments: files kept with records.
        across: pictures in a row.
        most: how many at most.
    """
    found = {
        each.sha256: Photo(sha256=each.sha256, caption=each.note, source=source(each))
        for each in attachments
        if PurePosixPath(each.name).suffix.lower() in _PICTURES
    }
    return Photos(photos=tuple(found.values())[:most], across=across)
