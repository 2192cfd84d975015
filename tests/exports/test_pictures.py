"""Photos for the printed page, read back with the library that knows pictures."""

from __future__ import annotations

import random
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from struct import pack

import pytest
from PIL import Image

from liaison_desk.exports.pictures import LARGEST_BYTES, NotPrintable, for_print

A4 = (210.0, 297.0)
RED, BLUE, WHITE = (200, 20, 20), (20, 20, 200), (255, 255, 255)


def written(picture: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def read(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    assert picture.format == "JPEG"
    return picture


def is_near(dot: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(dot, tuple)
    return all(abs(a - b) <= 12 for a, b in zip(dot, colour, strict=True))


def halves(orientation: int) -> bytes:
    """Red at the left of the stored picture, blue at the right, and how the camera was held."""
    picture = Image.new("RGB", (800, 400), RED)
    picture.paste(BLUE, (400, 0, 800, 400))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return written(picture, exif=exif.tobytes(), quality=95)


def noise(width: int, height: int, quality: int = 97) -> bytes:
    """A picture that no format packs well."""
    dots = random.Random(7).randbytes(width * height * 3)
    return written(Image.frombytes("RGB", (width, height), dots), quality=quality)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells so easily")
def test_a_photo_of_40_mb_becomes_what_a4_shows_in_little_memory(tmp_path: Path) -> None:
    """In a process of its own, as only that tells what it took."""
    photo = tmp_path / "大照片.jpg"
    photo.write_bytes(noise(6200, 4800))
    assert photo.stat().st_size > 38_000_000
    script = (
        "import re, sys, pathlib\n"
        "from liaison_desk.exports.pictures import for_print\n"
        "def most():\n"
        "    text = pathlib.Path('/proc/self/status').read_text()\n"
        "    return int(re.search(r'VmHWM:\\s+([0-9]+)', text)[1]) // 1024\n"
        "content = pathlib.Path(sys.argv[1]).read_bytes()\n"
        "before = most()\n"
        "pathlib.Path(sys.argv[2]).write_bytes(for_print(content, 210, 297))\n"
        "print(most() - before)\n"
    )
    small = tmp_path / "印.jpg"
    command = [sys.executable, "-c", script, str(photo), str(small)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert 0 < int(done.stdout) < 150, "MB beside the photo itself"
    assert small.stat().st_size <= LARGEST_BYTES
    shown = read(small.read_bytes())
    assert abs(shown.width / shown.height - 6200 / 4800) < 0.01


def test_an_ordinary_photo_is_as_sharp_as_the_box_at_300_dpi() -> None:
    smooth = Image.linear_gradient("L").resize((4000, 3000)).convert("RGB")
    shown = read(for_print(written(smooth), 100, 100))
    assert shown.size == (1181, 886)
    assert [round(each) for each in shown.info["dpi"]] == [300, 300]


def test_a_small_picture_is_not_enlarged() -> None:
    assert read(for_print(written(Image.new("RGB", (300, 200), RED)), *A4)).size == (300, 200)


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [(1, (800, 400), "left"), (3, (800, 400), "right"), (6, (400, 800), "top"),
     (8, (400, 800), "bottom")],
)  # fmt: skip
def test_a_photo_stands_as_the_camera_was_held(
    orientation: int, size: tuple[int, int], red: str
) -> None:
    shown = read(for_print(halves(orientation), *A4))
    assert shown.size == size
    width, height = size
    spots = {
        "left": (20, height // 2),
        "right": (width - 20, height // 2),
        "top": (width // 2, 20),
        "bottom": (width // 2, height - 20),
    }
    assert is_near(shown.getpixel(spots[red]), RED)
    assert "exif" not in shown.info or shown.getexif().get(0x0112, 1) == 1


def test_a_lying_photo_still_fills_a_standing_box() -> None:
    smooth = Image.linear_gradient("L").resize((4000, 3000)).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    shown = read(for_print(written(smooth, exif=exif.tobytes()), 75, 100))
    assert shown.size == (886, 1181)


def test_what_can_be_seen_through_lies_on_white() -> None:
    seal = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    seal.paste((*RED, 255), (50, 50, 150, 150))
    shown = read(for_print(written(seal, "PNG"), *A4))
    assert is_near(shown.getpixel((5, 5)), WHITE)
    assert is_near(shown.getpixel((100, 100)), RED)


def test_a_palette_with_a_see_through_colour_lies_on_white() -> None:
    icon = Image.new("P", (60, 60), 1)
    icon.putpalette([0, 0, 0, *RED])
    icon.paste(0, (0, 0, 30, 60))
    shown = read(for_print(written(icon, "GIF", transparency=0), *A4))
    assert is_near(shown.getpixel((5, 30)), WHITE)
    assert is_near(shown.getpixel((55, 30)), RED)


def test_a_photo_of_a_print_shop_keeps_its_colours() -> None:
    cmyk = Image.new("RGB", (90, 90), RED).convert("CMYK")
    shown = read(for_print(written(cmyk, quality=95), *A4))
    assert shown.mode == "RGB"
    assert is_near(shown.getpixel((45, 45)), RED)


def test_a_scan_of_sixteen_bits_keeps_its_grey() -> None:
    scan = Image.new("I;16", (80, 80), 32768)
    shown = read(for_print(written(scan, "PNG"), *A4))
    assert shown.mode == "L"
    dot = shown.getpixel((40, 40))
    assert isinstance(dot, int)
    assert 124 <= dot <= 132


def test_a_scan_in_black_and_white_is_printed() -> None:
    scan = Image.new("1", (80, 80), 1)
    assert read(for_print(written(scan, "TIFF"), *A4)).getpixel((40, 40)) == 255


def chunk(name: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as a field."""
    head = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (12_000, 10_000), (9_000, 8_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_in_words(width: int, height: int) -> None:
    with pytest.raises(NotPrintable, match=r"点数太多.*原件没有改动"):
        for_print(bomb(width, height), *A4)


def spoilt() -> list[bytes]:
    photo = halves(1)
    return [b"", b"not a picture", photo[: len(photo) // 2], photo[:30], bomb(100, 100)]


@pytest.mark.parametrize("content", spoilt())
def test_a_damaged_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(NotPrintable, match=r"有损坏，或者不是图片.*原件没有改动"):
        for_print(content, *A4)
