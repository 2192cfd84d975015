"""Photos as a printed page needs them; the original stays as it was taken."""

from __future__ import annotations

import struct
import warnings
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_BYTES = 1_500_000
"""What one printed photo may take in a paper; a packet of twenty pages still fits a stick."""
MM_PER_INCH = 25.4
_QUALITIES = (88, 80, 70, 60)
"""JPEG qualities, the best that fits is taken; below the last the picture is made smaller."""
_SMALLER = 0.75
_MOST_DOTS = {"JPEG": 178_000_000, "MPO": 178_000_000}
"""A JPEG is read in a smaller size from the start, so it may have more dots than the rest."""
_MOST_DOTS_OF_OTHERS = 64_000_000
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)
"""What Pillow raises at bytes that are no picture, or only part of one."""
_ORIENTATION = 0x0112
"""The EXIF tag; from 5 on the picture lies on its side."""


class NotPrintable(DeskError):
    """The picture is damaged, too large, or none at all."""


def for_print(content: bytes, width_mm: float, height_mm: float, dpi: int = 300) -> bytes:
    """A picture as a JPEG that fills a box on paper, as sharp as paper shows and no larger.

    It stands upright, is RGB or grey on white, keeps its proportions and is never enlarged.

    Args:
        content: the photo or scan, in any format a camera, scanner or phone writes.
        width_mm: the width of the box in mm.
        height_mm: its height in mm.
        dpi: dots per inch on paper.

    Returns:
        A JPEG of at most `LARGEST_BYTES`.

    Raises:
        NotPrintable: it is damaged, has too many dots, or is no picture.
    """
    box = (_dots(width_mm, dpi), _dots(height_mm, dpi))
    try:
        picture = _flat(_upright(content, box))
    except _DAMAGE as error:
        raise NotPrintable("这张照片有损坏，或者不是图片。原件没有改动。请换一张照片。") from error
    picture.thumbnail(box)
    return _jpeg(picture, dpi)


def _dots(length_mm: float, dpi: int) -> int:
    """A length on paper in dots."""
    return max(1, round(length_mm / MM_PER_INCH * dpi))


def _upright(content: bytes, box: tuple[int, int]) -> Image:
    """The picture turned as it was taken, a JPEG no more than twice as large as needed."""
    from PIL import Image, ImageOps  # a twentieth of a second, and only for photos

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged here instead
        try:
            picture = Image.open(BytesIO(content))
        except Image.DecompressionBombError as error:
            raise _too_large() from error
    width, height = picture.size
    if width * height > _MOST_DOTS.get(picture.format or "", _MOST_DOTS_OF_OTHERS):
        raise _too_large()
    across, down = box[::-1] if picture.getexif().get(_ORIENTATION, 1) >= 5 else box
    scale = min(across / width, down / height, 1)
    picture.draft(None, (max(1, round(width * scale)), max(1, round(height * scale))))
    return ImageOps.exif_transpose(picture)


def _flat(picture: Image) -> Image:
    """RGB or grey with 8 bits a colour; what can be seen through lies on white paper."""
    from PIL import Image

    if picture.mode in {"L", "RGB"} and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"LA", "La", "PA", "RGBA", "RGBa"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _jpeg(picture: Image, dpi: int) -> bytes:
    """The picture as a JPEG, as good as its size allows."""
    while True:
        for quality in _QUALITIES:
            out = BytesIO()
            # Optimising costs twice the time for a few per cent.
            picture.save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
            if out.tell() <= LARGEST_BYTES:
                return out.getvalue()
        width, height = picture.size
        picture = picture.resize((round(width * _SMALLER), round(height * _SMALLER)))


def _too_large() -> NotPrintable:
    """The sentence for a picture that would fill the memory."""
    return NotPrintable(
        "这张图片的点数太多，没有印。原件没有改动。请用看图软件把它缩小，另存后再加一次。"
    )
