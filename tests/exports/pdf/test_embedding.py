"""Fonts cut down to what a paper needs: read back by another library, they draw the same."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from liaison_desk.exports.pdf.embedding import EmbeddedFont, FontProgram
from liaison_desk.exports.pdf.font_files import BUNDLED_FOLDER
from tests.exports.pdf.test_fonts import COMMON

if TYPE_CHECKING:
    from pathlib import Path

FANG = BUNDLED_FOLDER / "fang.ttf"
TURN = (0.0, 1.0, -1.0, 0.0, 700, 40)
SHIFTS = ((1, 0, 0, 1, 300, -20), (0.5, 0, 0, 0.5, 9, 9), (0.5, 0, 0, 0.25, 0, 0), TURN)


@pytest.fixture
def composed(tmp_path: Path) -> Path:
    """A font whose 二 to 五 are made of 一 in the four ways there are, and 六 of 二 and 五."""
    chars = "一二三四五六"
    names = {char: f"uni{ord(char):04X}" for char in chars}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *reversed(names.values())])
    builder.setupCharacterMap({ord(char): name for char, name in names.items()})
    glyphs = {".notdef": TTGlyphPen(None).glyph(), names["一"]: _bar()}
    for char, shift in zip("二三四五", SHIFTS, strict=True):
        glyphs[names[char]] = _composed((names["一"], (1, 0, 0, 1, 0, 0)), (names["一"], shift))
    glyphs[names["六"]] = _composed((names["二"], SHIFTS[0]), (names["五"], SHIFTS[0]))
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(
        {name: (500 + 10 * number, -number) for number, name in enumerate(builder.font.glyphOrder)}
    )
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Composed", "styleName": "R", "psName": "Composed"})
    builder.setupOS2()
    builder.setupPost()
    path = tmp_path / "composed.ttf"
    builder.save(path)
    return path


def _bar() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((50, 300))
    pen.lineTo((50, 380))
    pen.lineTo((750, 380))
    pen.closePath()
    return pen.glyph()


def _composed(*parts: tuple[str, tuple[float, ...]]) -> object:
    pen = TTGlyphPen({name: None for name, _ in parts})
    for name, shift in parts:
        pen.addComponent(name, shift)
    return pen.glyph()


def cut_down(path: Path, text: str) -> TTFont:
    """Return a font cut down to `text`, its characters at the codes from 1 on."""
    font = EmbeddedFont("any", path, 0)
    program = FontProgram(font.face).cut_down([0, *map(ord, text)])
    return TTFont(io.BytesIO(program), checkChecksums=2, lazy=False)


def outlines(font: TTFont, names: list[str]) -> list[object]:
    """Return what is drawn for each glyph."""
    glyphs = font.getGlyphSet()
    pens = [DecomposingRecordingPen(glyphs, reverseFlipped=False) for _ in names]
    for name, pen in zip(names, pens, strict=True):
        glyphs[name].draw(pen)
    return [pen.value for pen in pens]


def assert_same(path: Path, text: str) -> TTFont:
    """See that each character of `text` is drawn as before and has its width."""
    before, after = TTFont(path), cut_down(path, text)
    names = [before.getBestCmap()[ord(char)] for char in text]
    codes = after["cmap"].tables[0].cmap
    drawn = [codes[code] for code in range(1, len(text) + 1)]
    assert outlines(after, drawn) == outlines(before, names)
    assert [after["hmtx"][name] for name in drawn] == [before["hmtx"][name] for name in names]
    return after


def test_characters_are_drawn_as_before() -> None:
    font = assert_same(FANG, "协商联络台，abc，2026年")
    assert font["maxp"].numGlyphs == len(set("协商联络台，abc，2026年")) + 1


def test_characters_made_of_others_bring_them_along(composed: Path) -> None:
    font = assert_same(composed, "六三四")
    assert font["maxp"].numGlyphs == 7  # .notdef, what is asked for, and 一 二 五


def test_many_outlines_are_found_too() -> None:
    known = TTFont(FANG).getBestCmap()
    font = assert_same(FANG, "".join(char for char in COMMON if ord(char) in known)[:1000])
    assert font["head"].indexToLocFormat == 1


def test_a_character_that_the_font_lacks_is_the_empty_box() -> None:
    font = cut_down(FANG, "一\U000323af")
    assert font["cmap"].tables[0].cmap.get(2, ".notdef") == ".notdef"
