"""A JPEG as a PDF picture: its bytes as they are, its size read from its own head."""

from __future__ import annotations

import struct

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName

from liaison_desk.exports.pdf.stream import Stream

COLOUR_SPACES = {1: "DeviceGray", 3: "DeviceRGB"}
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without length


def jpeg_size(jpeg: bytes) -> tuple[int, int, int]:
    """Return the width, height and colours of a JPEG; raises ValueError when it has no frame."""
    at = 2
    while at + 9 < len(jpeg):
        marker = jpeg[at + 1]
        if marker in _FRAMES:
            height, width, colours = struct.unpack(">HHB", jpeg[at + 5 : at + 10])
            return width, height, colours
        at += 2 if marker in _ALONE else 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    raise ValueError("no frame in this JPEG")


def jpeg_object(jpeg: bytes) -> Stream:
    """Return a grey or RGB JPEG as an image object."""
    width, height, colours = jpeg_size(jpeg)
    entries = {
        "Type": PDFName("XObject"),
        "Subtype": PDFName("Image"),
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
        "ColorSpace": PDFName(COLOUR_SPACES[colours]),
        "Filter": PDFName("DCTDecode"),
    }
    return Stream(dictionary=PDFDictionary(entries), content=jpeg, filters=[])
