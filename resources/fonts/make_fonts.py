"""Make the bundled fonts from named packages, so that every byte can be traced and made again.

Run `python make_fonts.py` (needs fontTools, `apt-get`, `dpkg-deb` and `npm`); it writes the six
`.ttf` files and their licence texts beside itself. The table in README.md says what was taken and
what was changed.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent
COMMON_HAN = HERE / "tongyong8105.txt"

# Scripts and signs a Chinese office document may hold, as inclusive ranges.
SIGNS: tuple[tuple[int, int], ...] = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A
    (0x01CD, 0x01DC),  # pinyin vowels with tones
    (0x01F8, 0x01F9),
    (0x0251, 0x0251),
    (0x0261, 0x0261),
    (0x0391, 0x03C9),  # Greek
    (0x2010, 0x205E),  # general punctuation
    (0x2070, 0x209F),  # raised and lowered digits
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x218F),  # letter-like signs, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2300, 0x23FF),
    (0x2460, 0x24FF),  # enclosed numbers
    (0x2500, 0x26FF),  # boxes, blocks, shapes
    (0x2713, 0x2717),
    (0x2E80, 0x2FDF),  # radicals
    (0x3000, 0x312F),  # CJK signs, kana, bopomofo
    (0x3200, 0x33FF),  # enclosed and squared CJK
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),  # full-width forms
)
HAN: tuple[tuple[int, int], ...] = ((0x4E00, 0x9FFF),)
EXTENSION_A: tuple[tuple[int, int], ...] = ((0x3400, 0x4DBF),)
RARE_HAN: tuple[tuple[int, int], ...] = ((0x20000, 0x323AF),)
PATTERN = 0x56FD  # 国, by which the program aligns a font with the others
FULL_WIDTH_DASH = 0x2015  # the same stroke as U+2014, drawn over the whole cell


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """One bundled font: where it comes from, what it keeps, what it is called."""

    source: str
    target: str
    licence: str
    licence_target: str
    names: tuple[str, str, str] | None = None  # family, Chinese family, PostScript; None keeps them
    extension_a: bool = True  # the 6,592 characters of U+3400-4DBF, not only those in common use
    keep_rare: bool = False
    beside: str = ""  # only what that font, made before, lacks of the characters in common use


TEXLIVE = "texlive-lang-chinese"
WENKAI = "fonts-lxgw-wenkai"
SERIF = "@expo-google-fonts/noto-serif-sc"
SANS = "@expo-google-fonts/noto-sans-sc"

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        source=f"{TEXLIVE}/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
        target="fang.ttf",
        licence=f"{TEXLIVE}/usr/share/doc/texlive-doc/fonts/fandol",
        licence_target="fang.LICENSE.txt",
        names=("Liaison Fang", "联络仿宋", "LiaisonFang"),
    ),
    Recipe(
        source=f"{WENKAI}/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf",
        target="fang_more.ttf",
        licence=f"{WENKAI}/usr/share/doc/fonts-lxgw-wenkai/copyright",
        licence_target="fang_more.LICENSE.txt",
        names=("Liaison Fang More", "联络仿宋补字", "LiaisonFangMore"),
        beside="fang.ttf",
    ),
    Recipe(
        source=f"{SERIF}/400Regular/NotoSerifSC_400Regular.ttf",
        target="song.ttf",
        licence=f"{SERIF}/LICENSE_FONT",
        licence_target="song.LICENSE.txt",
        keep_rare=True,
    ),
    Recipe(
        source=f"{SERIF}/900Black/NotoSerifSC_900Black.ttf",
        target="title.ttf",
        licence=f"{SERIF}/LICENSE_FONT",
        licence_target="title.LICENSE.txt",
        extension_a=False,
    ),
    Recipe(
        source=f"{SANS}/400Regular/NotoSansSC_400Regular.ttf",
        target="hei.ttf",
        licence=f"{SANS}/LICENSE_FONT",
        licence_target="hei.LICENSE.txt",
    ),
    Recipe(
        source=f"{WENKAI}/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        target="kai.ttf",
        licence=f"{WENKAI}/usr/share/doc/fonts-lxgw-wenkai/copyright",
        licence_target="kai.LICENSE.txt",
        names=("Liaison Kai", "联络楷体", "LiaisonKai"),
    ),
)


def run(*command: str, cwd: Path) -> None:
    """Run one command in `cwd`; raises CalledProcessError when it fails."""
    subprocess.run(command, cwd=cwd, check=True)


def unpack_debian(package: str, work: Path) -> None:
    """Download a Debian package and unpack it into `work/package`."""
    run("apt-get", "download", package, cwd=work)
    archive = next(work.glob(f"{package}_*.deb"))
    run("dpkg-deb", "-x", archive.name, package, cwd=work)


def unpack_npm(package: str, work: Path) -> None:
    """Download an npm package and unpack it into `work/@scope/name`."""
    run("npm", "pack", "--silent", package, cwd=work)
    stem = package.lstrip("@").replace("/", "-")
    target = work / package
    target.mkdir(parents=True)
    with tarfile.open(next(work.glob(f"{stem}-*.tgz"))) as archive:
        archive.extractall(work / f"{stem}.d", filter="data")
    shutil.copytree(work / f"{stem}.d" / "package", target, dirs_exist_ok=True)


def wanted_characters(recipe: Recipe, target: Path) -> set[int]:
    """Return the code points a bundled font keeps."""
    common = {ord(char) for char in COMMON_HAN.read_text(encoding="utf-8").strip()}
    if recipe.beside:
        return (common - TTFont(target / recipe.beside).getBestCmap().keys()) | {PATTERN}
    ranges = SIGNS + HAN
    ranges += EXTENSION_A if recipe.extension_a else ()
    ranges += RARE_HAN if recipe.keep_rare else ()
    wanted = {code for first, last in ranges for code in range(first, last + 1)}
    return wanted | common


def subset(font: TTFont, characters: set[int]) -> None:
    """Cut `font` down to `characters` and to the tables that reportlab and Qt read."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += [
        "GSUB",
        "GPOS",
        "GDEF",
        "BASE",
        "STAT",
        "VORG",
        "vhea",
        "vmtx",
        "prep",
        "gasp",
    ]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def widen_dash(font: TTFont) -> None:
    """Let U+2014 show the stroke that fills its cell, as fonts do for Chinese text."""
    for table in font["cmap"].tables:
        if table.isUnicode() and FULL_WIDTH_DASH in table.cmap and 0x2014 in table.cmap:
            table.cmap[0x2014] = table.cmap[FULL_WIDTH_DASH]


def quadratic_glyphs(font: TTFont) -> dict[str, Any]:
    """Return every outline of a CFF font as TrueType curves, at most 0.5/1000 em away."""
    glyph_set = font.getGlyphSet()
    glyphs: dict[str, Any] = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, max_err=0.5, reverse_direction=True))
        glyphs[name] = pen.glyph()
    return glyphs


def to_truetype(font: TTFont) -> None:
    """Replace the CFF outlines of `font` by TrueType ones (reportlab refuses CFF)."""
    glyphs = quadratic_glyphs(font)
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = glyphs
    for name in glyf.glyphOrder:
        glyf[name].recalcBounds(glyf)
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyf[name], "xMin", 0))
    font["maxp"] = maxp = newTable("maxp")
    maxp.tableVersion = 0x00010000
    maxp.numGlyphs = len(glyphs)
    for field in (
        "Zones",
        "TwilightPoints",
        "Storage",
        "FunctionDefs",
        "InstructionDefs",
        "StackElements",
    ):
        setattr(maxp, f"max{field}", 1 if field == "Zones" else 0)
    maxp.maxSizeOfInstructions = maxp.maxComponentElements = 0
    post = font["post"]
    post.formatType, post.extraNames, post.mapping, post.glyphOrder = (
        3.0,
        [],
        {},
        font.getGlyphOrder(),
    )
    del font["CFF "]
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font: TTFont, names: tuple[str, str, str] | None) -> None:
    """Give a changed font its own name (the old one may be reserved) and note the change."""
    table = font["name"]
    version = table.getDebugName(5) or ""
    if names is not None:
        family, chinese, postscript = names
        copyright_line = table.getDebugName(0)
        old = table.getDebugName(4)
        licence = {ident: table.getDebugName(ident) for ident in (13, 14)}
        table.names = []
        texts = {
            0: copyright_line,
            1: family,
            2: "Regular",
            3: postscript,
            4: family,
            6: postscript,
        }
        texts[10] = f"A modified version of {old}."
        for ident, text in {**texts, **licence}.items():
            if text:
                table.setName(text, ident, 3, 1, 0x409)
        for ident in (1, 4):
            table.setName(chinese, ident, 3, 1, 0x804)
        table.setName("Regular", 2, 3, 1, 0x804)
    table.setName(f"{version}; subset", 5, 3, 1, 0x409)
    table.names = [record for record in table.names if record.platformID == 3]


def licence_text(path: Path) -> str:
    """Return the licence at `path`: one file, or a folder with README and a compressed COPYING."""
    if path.is_dir():
        copying = gzip.decompress((path / "COPYING.gz").read_bytes()).decode("utf-8")
        return (path / "README").read_text(encoding="utf-8") + "\n" + copying
    return path.read_text(encoding="utf-8")


def make(recipe: Recipe, work: Path, target: Path) -> None:
    """Make one font and its licence text in `target`."""
    font = TTFont(work / recipe.source, recalcTimestamp=False)
    subset(font, wanted_characters(recipe, target))
    widen_dash(font)
    if "CFF " in font:
        to_truetype(font)
    rename(font, recipe.names)
    font.save(target / recipe.target)
    text = licence_text(work / recipe.licence)
    (target / recipe.licence_target).write_text(text, encoding="utf-8")


def main() -> None:
    """Fetch the packages and make every font."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, default=HERE)
    target: Path = parser.parse_args().target
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for package in (TEXLIVE, WENKAI):
            unpack_debian(package, work)
        for package in (SERIF, SANS):
            unpack_npm(package, work)
        for recipe in RECIPES:
            make(recipe, work, target)


if __name__ == "__main__":
    main()
