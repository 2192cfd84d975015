"""The same minutes as PDF by us, and by LibreOffice from our Word files, with the same fonts.

LibreOffice is measured as a process that prints one paper, as one that prints many, and, by the
difference of the two, as one that is running already.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.font_files import BUNDLED_FOLDER
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.official import render_official
from liaison_desk.exports.word.document import render_docx
from liaison_desk.exports.word.faces import FACES
from tests.benchmarks.minutes_papers import minutes_of_two_pages
from tests.benchmarks.ratio import Missing, Ratio, compare

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from liaison_desk.exports.content import OfficialPaper

PAPERS, FEW_PAPERS = 100, 2
PATIENCE_S = 300
FAMILIES = ("Liaison Fang", "Noto Serif SC Black", "Noto Serif SC", "Noto Sans SC", "Liaison Kai")
"""The program's own fonts in the order of the roles."""


class Office:
    """LibreOffice with a profile of its own, knowing the program's fonts and no others."""

    def __init__(self, folder: Path) -> None:
        """Look for it; raises Missing."""
        self._command = shutil.which("soffice")
        if self._command is None:
            raise Missing("LibreOffice (soffice)")
        self._folder = folder
        self._settings = folder / "fonts.conf"
        self._settings.write_text(_font_settings(folder), "utf-8")

    def print(self, files: Sequence[Path]) -> None:
        """Print Word files into the folder."""
        profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
        subprocess.run(
            [
                f"{self._command}",
                profile,
                *("--headless", "--convert-to", "pdf", "--outdir", f"{self._folder}"),
                *map(str, files),
            ],
            check=True,
            capture_output=True,
            timeout=PATIENCE_S,
            env={**os.environ, "FONTCONFIG_FILE": f"{self._settings}"},
        )
        assert all(file.with_suffix(".pdf").exists() for file in files)


def measure(folder: Path, *, is_tiny: bool = False) -> tuple[Ratio, ...]:
    """Print papers both ways into `folder`.

    Raises:
        Missing: LibreOffice is not installed.
    """
    office = Office(folder)
    count = FEW_PAPERS if is_tiny else PAPERS
    papers = [minutes_of_two_pages(number) for number in range(count)]
    files = [folder / f"{number}.docx" for number in range(count)]
    for file, paper in zip(files, papers, strict=True):
        file.write_bytes(render_docx(paper))
    fonts = FontBook(bundled_only=True)
    render_official(papers[0], fonts)
    office.print(files[:1])  # makes the profile

    def ours(papers: Sequence[OfficialPaper]) -> None:
        for number, paper in enumerate(papers):
            (folder / f"ours{number}.pdf").write_bytes(render_official(paper, fonts).pdf)

    def both(count: int) -> Ratio:
        name = f"{count} minutes as PDF / LibreOffice from Word, with its start"
        repeats = 1 if is_tiny else 5
        return compare(
            name, lambda: ours(papers[:count]), lambda: office.print(files[:count]), repeats
        )

    one, all_of_them = both(1), both(count)
    if is_tiny:
        return one, all_of_them  # of two papers the difference is nothing but chance
    return one, all_of_them, _running_already(one, all_of_them, count)


def _running_already(one: Ratio, many: Ratio, count: int) -> Ratio:
    """Return what each paper after the first takes."""
    return Ratio(
        "one more of them / LibreOffice running already",
        (many.ours_s - one.ours_s) / (count - 1),
        (many.yardstick_s - one.yardstick_s) / (count - 1),
    )


def _font_settings(folder: Path) -> str:
    """Return settings for fontconfig that give the names in our Word files to our own fonts."""
    names = zip((face.name for face in FACES.values()), FAMILIES, strict=True)
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family>'
        f"<prefer><family>{family}</family></prefer></alias>"
        for name, family in names
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{BUNDLED_FOLDER}</dir><cachedir>{folder}</cachedir>{aliases}</fontconfig>"
    )
