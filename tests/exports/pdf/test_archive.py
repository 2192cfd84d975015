"""Files made for keeping: what PDF/A-2b (ISO 19005-2) asks for, read from the file itself."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageCms

from liaison_desk.exports.content import FormPaper, Photo, Photos
from liaison_desk.exports.pdf.render import render
from tests.exports.pdf.papers import PLAIN, REGISTER, USUAL
from tests.exports.pdf.printed import Printed

if TYPE_CHECKING:
    from liaison_desk.exports.pdf.fonts import FontBook


SYMBOLIC = 4  # of the flags of a font


@pytest.fixture(scope="module")
def archived(fonts: FontBook) -> bytes:
    """The usual minutes, made for keeping."""
    return render(replace(USUAL, title="关于<停车>&“管理”的纪要"), fonts, archive=True).pdf


def jpeg() -> bytes:
    """Return a photo."""
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "JPEG")
    return made.getvalue()


def streams(pdf: bytes) -> list[bytes]:
    """Return the content of every stream that is packed."""
    found = re.findall(rb"/FlateDecode.*?>>\s*stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return [zlib.decompress(each) for each in found]


def test_the_file_says_what_it_is(archived: bytes) -> None:
    assert archived.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in archived.split(b"\n")[1][1:5])
    assert b"<pdfaid:part>2</pdfaid:part>" in archived
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in archived
    assert re.search(rb"/Metadata \d+ 0 R", archived)
    assert re.search(rb"/Type /Metadata", archived)


def test_its_properties_are_the_same_in_both_places(archived: bytes) -> None:
    properties = Printed(archived).document.get_metadata_dict()
    packet = archived[archived.index(b"<?xpacket") :].decode("utf-8", "replace")
    assert properties["Title"] == "关于<停车>&“管理”的纪要"
    assert "关于&lt;停车&gt;&amp;“管理”的纪要" in packet
    for name in ("Author", "Subject", "Keywords", "Producer", "Creator"):
        assert f">{properties[name]}<" in packet
    assert "2026-03-08T00:00:00Z" in packet


def test_its_colours_are_srgb_by_an_embedded_profile(archived: bytes) -> None:
    assert re.search(rb"/OutputIntents", archived)
    assert b"/S /GTS_PDFA1" in archived
    (profile,) = [each for each in streams(archived) if each[36:40] == b"acsp"]
    opened = ImageCms.getOpenProfile(io.BytesIO(profile))
    assert "sRGB" in ImageCms.getProfileDescription(opened)
    assert opened.profile.version < 5
    used = "\n".join(Printed(archived).content)
    assert not re.search(r"\d [kKgG]\n", used)  # nothing but RGB


def test_nothing_in_it_is_forbidden(archived: bytes) -> None:
    for name in (b"/SMask", b"/Group", b"/ca ", b"/JavaScript", b"/Encrypt", b"/LZWDecode"):
        assert name not in archived
    assert re.search(rb"/ID\s*\[<[0-9a-f]{32}><[0-9a-f]{32}>\]", archived)
    assert archived.rstrip().endswith(b"%%EOF")


def test_every_stream_is_as_long_as_it_says_and_ends_on_a_line_of_its_own(
    fonts: FontBook, archived: bytes
) -> None:
    form = FormPaper(title="登记表", parts=(Photos(photos=(Photo(sha256="a"),)),))
    with_photo = render(form, fonts, lambda _sha256: jpeg(), archive=True).pdf
    for pdf in (archived, with_photo):
        begun = [
            m for m in re.finditer(rb"stream\n", pdf) if pdf[m.start() - 3 : m.start()] != b"end"
        ]
        assert len(begun) > 5
        for each in begun:
            head = pdf[: each.start()][-600:]
            length = int(re.findall(rb"/Length (\d+)", head)[-1])
            assert pdf[each.end() + length :].startswith(b"\nendstream\nendobj\n")  # 6.1.7.1


def test_every_font_is_embedded_with_the_widths_it_has(archived: bytes) -> None:
    embedded = [TTFont(io.BytesIO(each)) for each in streams(archived) if each[:4] == b"\0\1\0\0"]
    assert embedded
    assert archived.count(b"/FontDescriptor") == len(embedded) + archived.count(
        b"/Type /FontDescriptor"
    )
    widths = re.findall(rb"/Widths \[ ([^\]]*)\]", archived)
    assert len(widths) == len(embedded)
    for font in embedded:
        per_em = font["head"].unitsPerEm
        own = {round(advance * 1000 / per_em) for advance, _ in font["hmtx"].metrics.values()}
        told = {frozenset(round(float(each)) for each in text.split()) for text in widths}
        assert any(each <= own | {0} for each in told)


def test_every_font_has_one_map_of_its_own(archived: bytes) -> None:
    fonts = {
        name: font.get_object()
        for page in pypdf.PdfReader(io.BytesIO(archived)).pages
        for name, font in page["/Resources"]["/Font"].items()  # type: ignore[index]
    }
    assert len(fonts) >= 5
    for font in fonts.values():
        about = font["/FontDescriptor"]
        assert about["/Flags"] & SYMBOLIC  # 6.2.11.6: so it has no Encoding, and one cmap
        assert "/Encoding" not in font
        program = TTFont(io.BytesIO(about["/FontFile2"].get_data()))
        (table,) = program["cmap"].tables
        assert any(name != ".notdef" for name in table.cmap.values())
        assert len(font["/Widths"]) == font["/LastChar"] - font["/FirstChar"] + 1
        assert "/ToUnicode" in font


def test_the_same_paper_is_kept_as_the_same_bytes(fonts: FontBook, archived: bytes) -> None:
    again = render(replace(USUAL, title="关于<停车>&“管理”的纪要"), fonts, archive=True)
    assert again.pdf == archived


def test_papers_of_every_kind_can_be_kept(fonts: FontBook) -> None:
    for paper in (PLAIN, REGISTER):
        pdf = render(paper, fonts, archive=True).pdf
        assert b"pdfaid" in pdf
        assert b"pdfaid" not in render(paper, fonts).pdf
