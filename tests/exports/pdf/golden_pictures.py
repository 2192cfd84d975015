"""Pictures of papers as they were last looked at and found right, small and grey.

When a page is meant to look otherwise, look at it, and then write the pictures anew with
`python -m tests.exports.pdf.golden_pictures`; only papers whose pictures differ are written.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageChops, ImageStat

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).with_name("golden")
DPI = 60
BLOCK = 6  # px; differences are judged by the grey of such squares, not of single pixels
MOST = 28.0  # of 255: what a square may differ; a line moved by half a millimetre differs by more
GAP = 4  # px between pages


def picture(pdf: bytes, pages: int = 3) -> Image.Image:
    """Return the first pages side by side, grey."""
    document = pypdfium2.PdfDocument(pdf)
    sheets = [
        document[number].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        for number in range(min(pages, len(document)))
    ]
    width = sum(sheet.width + GAP for sheet in sheets) - GAP
    joined = Image.new("L", (width, max(sheet.height for sheet in sheets)), 128)
    left = 0
    for sheet in sheets:
        joined.paste(sheet, (left, 0))
        left += sheet.width + GAP
    return joined


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return by how much the squares of two pictures differ at most, 0 to 255."""
    if one.size != other.size:
        return 255.0
    size = (max(1, one.width // BLOCK), max(1, one.height // BLOCK))
    small = [each.resize(size, Image.Resampling.BOX) for each in (one, other)]
    extremes = ImageStat.Stat(ImageChops.difference(*small)).extrema
    return float(extremes[0][1])


def kept(name: str, folder: Path = FOLDER) -> Image.Image | None:
    """Return the picture that is kept of a paper, if any."""
    path = folder / f"{name}.png"
    return Image.open(io.BytesIO(path.read_bytes())) if path.exists() else None


def renew(pdfs: Mapping[str, bytes], folder: Path = FOLDER) -> list[str]:
    """Write the pictures of papers that look otherwise than before; return their names."""
    folder.mkdir(exist_ok=True)
    changed = []
    for name, pdf in pdfs.items():
        now, before = picture(pdf), kept(name, folder)
        if before is None or difference(now, before) > MOST / 4:
            now.save(folder / f"{name}.png", optimize=True)
            changed.append(name)
    return changed


if __name__ == "__main__":
    from tests.exports.pdf.test_golden import pdfs

    print("\n".join(renew(pdfs())))  # noqa: T201
