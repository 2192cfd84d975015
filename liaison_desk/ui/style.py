"""Colours, spacing, text and icons of the window, in one place."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TEXT_PT = 10.5
HEADING_PT = 13.0
TITLE_PT = 16.0
GAP = 8
ROW_PX = 30
SHEET_PX = (6, 12, 14, 22, 24)
"""The lengths in window.qss that grow with the text, in px at 100 %: $px6 …"""
ICON_PX = 20
ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
"""Sizes of the text, in percent, that Ctrl +/- goes through."""


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme."""

    background: str
    panel: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    link: str
    selection: str
    ok: str
    soon: str
    late: str


LIGHT = Tokens(
    background="#FFFFFF",
    panel="#F6F5F2",
    line="#DAD7D0",
    text="#1F2328",
    muted="#5B6068",
    accent="#A61E22",
    on_accent="#FFFFFF",
    link="#1F5FA8",
    selection="#E3ECF7",
    ok="#1E7A43",
    soon="#9A5B00",
    late="#B3261E",
)
DARK = Tokens(
    background="#1E1F22",
    panel="#26282C",
    line="#3C3F45",
    text="#E8E6E3",
    muted="#A9ADB5",
    accent="#F08A80",
    on_accent="#1E1F22",
    link="#8AB4F0",
    selection="#2F3F55",
    ok="#7CCB9A",
    soon="#F0B35A",
    late="#FF8A80",
)
LIGHT_SIGNS = {"正常": "●", "临期": "◆", "超期": "▲", "办结": "✓"}
"""The shape that stands with each state's word and colour."""


class Style:
    """The look of the window: one theme and one text size, applied to the application."""

    def __init__(self, *, dark: bool = False, zoom: int = 100) -> None:
        self.tokens = DARK if dark else LIGHT
        self.zoom = zoom

    def apply(self, application: QApplication) -> None:
        """Give the application its style, palette, font and sheet."""
        if application.property("base_style") != "Fusion":
            # Once is enough; set again it takes the style away from under an open wizard.
            application.setStyle("Fusion")
            application.setProperty("base_style", "Fusion")
        application.setPalette(self._palette())
        application.setFont(self.font())
        application.setStyleSheet(self._sheet())

    def font(self, points: float = TEXT_PT, *, bold: bool = False) -> QFont:
        """The text font at a size in pt before zooming."""
        font = QFont(_family())
        font.setPointSizeF(points * self.zoom / 100)
        font.setBold(bold)
        return font

    def scaled(self, pixels: int) -> int:
        """A height or width in px that grows with the text."""
        return round(pixels * self.zoom / 100)

    def light_colour(self, light: str) -> str:
        """The colour of 正常, 临期, 超期 or 办结."""
        colours = {"正常": self.tokens.ok, "临期": self.tokens.soon, "超期": self.tokens.late}
        return colours.get(light, self.tokens.muted)

    def icon(self, name: str, colour: str = "") -> QIcon:
        """A line icon in the colour of the text."""
        return QIcon(_drawn(name, colour or self.tokens.text))

    def _palette(self) -> QPalette:
        """The palette, from the tokens."""
        t = self.tokens
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: t.panel,
            QPalette.ColorRole.WindowText: t.text,
            QPalette.ColorRole.Base: t.background,
            QPalette.ColorRole.AlternateBase: t.panel,
            QPalette.ColorRole.Text: t.text,
            QPalette.ColorRole.Button: t.panel,
            QPalette.ColorRole.ButtonText: t.text,
            QPalette.ColorRole.ToolTipBase: t.panel,
            QPalette.ColorRole.ToolTipText: t.text,
            QPalette.ColorRole.Highlight: t.selection,
            QPalette.ColorRole.HighlightedText: t.text,
            QPalette.ColorRole.PlaceholderText: t.muted,
            QPalette.ColorRole.Link: t.link,
            QPalette.ColorRole.Mid: t.line,
            QPalette.ColorRole.BrightText: t.late,
        }
        for role, colour in roles.items():
            palette.setColor(role, QColor(colour))
        disabled = QPalette.ColorGroup.Disabled
        for role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
            QPalette.ColorRole.WindowText,
        ):
            palette.setColor(disabled, role, QColor(t.muted))
        return palette

    def _sheet(self) -> str:
        """The few rules that a palette cannot say, with this look's colours and sizes."""
        sizes = {f"px{pixels}": str(self.scaled(pixels)) for pixels in SHEET_PX}
        template = Template((RESOURCES / "window.qss").read_text("utf-8"))
        return template.substitute(
            asdict(self.tokens),
            **sizes,
            heading=str(self.zoom / 100 * HEADING_PT),
            title=str(self.zoom / 100 * TITLE_PT),
            theme="dark" if self.tokens is DARK else "light",
            icons=(RESOURCES / "icons").as_posix(),
        )


@cache
def _family() -> str:
    """The bundled Chinese text face; loaded once for each process, as Qt keeps it so."""
    number = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / "hei.ttf"))
    families = QFontDatabase.applicationFontFamilies(number)
    return families[0] if families else QFont().family()


@cache
def _drawn(name: str, colour: str) -> QPixmap:
    """An icon drawn at three times its size, so that it stays sharp on any screen."""
    source = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    pixmap = QPixmap(ICON_PX * 3, ICON_PX * 3)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, ICON_PX * 3, ICON_PX * 3))
    painter.end()
    return pixmap
