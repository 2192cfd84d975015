"""A picture from the clipboard, as the bytes of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData

PASTED = "粘贴的照片"
SHARP_DOTS = 2_500_000
"""Up to so many dots a picture is kept dot for dot, as a screen is; a larger one is a photo."""
PHOTO_QUALITY = 92


def pasted_picture(mime: QMimeData) -> Callable[[], tuple[bytes, str]] | None:
    """How to make the content and the ending of a picture's file; None where there is none.

    What is given back may be called on another thread: packing a photo takes a second.
    """
    image = mime.imageData() if mime.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return None
    return lambda: _packed(image)


def _packed(image: QImage) -> tuple[bytes, str]:
    """A picture as PNG, or a large one as JPEG."""
    is_photo = image.width() * image.height() > SHARP_DOTS and not image.hasAlphaChannel()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"jpg" if is_photo else b"png")
    if is_photo:
        writer.setQuality(PHOTO_QUALITY)
    writer.write(image)
    return bytes(buffer.data().data()), ".jpg" if is_photo else ".png"
