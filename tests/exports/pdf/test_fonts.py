"""Which font draws what: installed first, then bundled, character by character."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

from liaison_desk.exports.pdf.font_files import BUNDLED_FOLDER, Role, is_embeddable
from liaison_desk.exports.pdf.fonts import FontBook, FontsIncomplete
from liaison_desk.exports.pdf.to_unicode import to_unicode_map

if TYPE_CHECKING:
    from pathlib import Path

COMMON = (BUNDLED_FOLDER / "tongyong8105.txt").read_text(encoding="utf-8").strip()
SIGNS = "①○●□■√℃—…·“”‘’〔〕《》×÷%‰，。、；：？！（）【】「」"


def make_font(path: Path, chars: str, *, outlines: str = "glyf", embedding: int = 0) -> Path:
    """Write a font of squares for `chars`."""
    builder = FontBuilder(1000, isTTF=outlines == "glyf")
    names = [".notdef", *(f"uni{ord(char):04X}" for char in chars)]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): f"uni{ord(char):04X}" for char in chars})
    if outlines == "glyf":
        builder.setupGlyf({name: _square(TTGlyphPen(None)).glyph() for name in names})
    else:
        charstrings = {name: _square(T2CharStringPen(1000, {})).getCharString() for name in names}
        builder.setupCFF(path.stem, {}, charstrings, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": path.stem, "styleName": "R", "psName": path.stem})
    builder.setupOS2(fsType=embedding)
    builder.setupPost()
    builder.save(path)
    return path


def _square(pen: Any) -> Any:  # noqa: ANN401  (fontTools ships no types)
    """Draw a square with a fontTools pen and return the pen."""
    pen.moveTo((50, 0))
    pen.lineTo((50, 700))
    pen.lineTo((750, 700))
    pen.lineTo((750, 0))
    pen.closePath()
    return pen


def test_all_common_characters_are_drawn_by_the_bundled_fonts(fonts: FontBook) -> None:
    assert len(COMMON) == 8105
    assert fonts.missing(COMMON + SIGNS) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.RARE])
def test_each_role_has_a_bundled_font_with_its_licence(fonts: FontBook, role: Role) -> None:
    path = fonts.face(role).file.path
    assert is_embeddable(path)
    assert path.with_suffix(".LICENSE.txt").exists()


def test_an_installed_font_comes_first_and_lacks_nothing(tmp_path: Path) -> None:
    make_font(tmp_path / "simfang.ttf", "国中 ")
    book = FontBook(installed_folders=[tmp_path])
    names = [glyph.face.title for char in "国议" if (glyph := book.glyph(Role.FANG, char))]
    assert names == ["simfang", "LiaisonFang"]


def test_fonts_that_cannot_or_may_not_be_embedded_are_passed_over(tmp_path: Path) -> None:
    make_font(tmp_path / "simfang.otf", "国", outlines="CFF ")
    make_font(tmp_path / "simkai.ttf", "国", embedding=2)
    (tmp_path / "simhei.ttf").write_bytes(b"no font at all")
    book = FontBook(installed_folders=[tmp_path, tmp_path / "missing"])
    for role in (Role.FANG, Role.KAI, Role.HEI):
        assert book.face(role).file.path.parent == BUNDLED_FOLDER


def test_a_rare_font_on_this_computer_is_asked_last(tmp_path: Path, fonts: FontBook) -> None:
    make_font(tmp_path / "simsunb.ttf", "𰻞国")
    book = FontBook(installed_folders=[tmp_path])
    assert fonts.missing("陆𰻞国") == ["𰻞"]
    assert book.missing("陆𰻞国") == []
    glyph = book.glyph(Role.FANG, "国")
    assert glyph is not None
    assert glyph.face.file.path.parent == BUNDLED_FOLDER


def test_rare_characters_in_common_use_are_as_light_as_the_text_around_them(
    fonts: FontBook,
) -> None:
    drawn = [fonts.glyph(Role.FANG, char) for char in COMMON]
    assert {glyph.face.file.path.stem for glyph in drawn if glyph} == {"fang", "fang_more"}
    assert all(glyph.face.rise for glyph in drawn if glyph)


@pytest.mark.parametrize("box", "□■")
def test_a_box_to_tick_does_not_touch_the_word_after_it(fonts: FontBook, box: str) -> None:
    glyph = fonts.glyph(Role.FANG, box)
    assert glyph is not None
    ink = glyph.face.ink(box)
    assert ink.left >= 0.08
    assert glyph.width - ink.right >= 0.08


def test_a_lost_font_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(FontsIncomplete, match="仿宋"):
        FontBook(bundled_only=True, bundled_folder=tmp_path).face(Role.FANG)


def test_fonts_of_one_line_are_centred_alike(fonts: FontBook) -> None:
    middles = [
        (ink.top + ink.bottom) / 2
        for role in (Role.FANG, Role.TITLE, Role.SONG, Role.HEI, Role.KAI)
        for ink in [fonts.face(role).ink("国")]
    ]
    assert middles == pytest.approx([0.38] * 5)


def test_to_unicode_is_utf_16_and_its_blocks_are_short() -> None:
    cmap = to_unicode_map("F", [0x2CB5A, 0x4E00, *range(0x5000, 0x50FE)])
    assert "<00> <D872DF5A>" in cmap
    assert "<01> <4E00>" in cmap
    assert cmap.count("100 beginbfchar") == 2
    assert "56 beginbfchar" in cmap


def test_a_map_of_our_own_is_still_needed() -> None:
    """When this fails, reportlab has mended its map: `to_unicode` can go."""
    spec = importlib.util.find_spec("reportlab.pdfbase.ttfonts")
    assert spec is not None
    assert spec.loader is not None
    untouched = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(untouched)
    assert "<00> <2CB5A>" in untouched.makeToUnicodeCMap("F", [0x2CB5A])


def test_a_line_to_write_on_is_one_line(fonts: FontBook) -> None:
    (first, *_rest) = fonts.glyphs(Role.FANG, "＿＿＿")
    assert first is not None
    ink = first.face.ink("＿")
    assert ink.right - ink.left >= 0.99
