"""Colours, spacing, text and icons of the window, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
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
BUTTON_PX = 32
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
        """The few rules that a palette cannot say."""
        t = self.tokens
        theme = "dark" if t is DARK else "light"
        arrow = RESOURCES / "icons" / f"chevron-down-{theme}.svg"
        tick = RESOURCES / "icons" / f"check-{theme}.svg"
        heading, title = self.zoom / 100 * HEADING_PT, self.zoom / 100 * TITLE_PT
        return f"""
QMainWindow, QDialog {{ background: {t.background}; }}
QWidget#content, QWidget#detail, QScrollArea, QScrollArea > QWidget > QWidget#form
    {{ background: {t.background}; }}
QToolTip {{ color: {t.text}; background: {t.panel}; border: 1px solid {t.line}; }}
QListWidget#sidebar {{ background: {t.panel}; border: none; outline: 0; }}
QListWidget#sidebar::item {{ padding-left: 10px;
    border-left: 3px solid transparent; }}
QListWidget#sidebar::item:selected {{ background: {t.background}; color: {t.accent};
    border-left: 3px solid {t.accent}; }}
QToolBar {{ border: none; border-bottom: 1px solid {t.line}; background: {t.background};
    spacing: 4px; padding: 4px; }}
QStatusBar {{ border-top: 1px solid {t.line}; background: {t.panel}; }}
QStatusBar::item {{ border: none; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit {{ background: {t.background};
    border: 1px solid {t.line}; border-radius: 3px; padding: 3px 6px; }}
QLineEdit, QComboBox {{ min-height: {self.scaled(22)}px; }}
QComboBox::drop-down {{ border: none; width: {self.scaled(22)}px; }}
QComboBox::down-arrow {{ image: url({arrow.as_posix()}); width: {self.scaled(12)}px; }}
QComboBox QAbstractItemView {{ background: {t.background}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QTableView:focus, QListWidget:focus
    {{ border: 1px solid {t.link}; }}
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] {{ background: {t.panel}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"]
    {{ border: 1px solid {t.late}; }}
QLabel[role="wrong"] {{ color: {t.late}; }}
QLabel[role="muted"] {{ color: {t.muted}; }}
QLabel[role="ok"] {{ color: {t.ok}; }}
QLabel[role="heading"] {{ font-size: {heading}pt; font-weight: bold; }}
QLabel[role="title"] {{ font-size: {title}pt; font-weight: bold; }}
QFrame[role="card"] {{ background: {t.background}; border: 1px solid {t.line};
    border-radius: 6px; }}
QFrame[role="banner"] {{ background: {t.selection}; border-bottom: 1px solid {t.line}; }}
QPushButton {{ min-height: {self.scaled(BUTTON_PX - 8)}px; padding: 3px 12px; border-radius: 4px;
    border: 1px solid {t.line}; background: {t.panel}; }}
QPushButton:hover {{ border-color: {t.muted}; }}
QPushButton:focus {{ border: 1px solid {t.link}; }}
QPushButton:disabled {{ color: {t.muted}; }}
QPushButton[role="main"] {{ background: {t.accent}; color: {t.on_accent};
    border-color: {t.accent}; font-weight: bold; }}
QPushButton[role="main"]:focus {{ border: 2px solid {t.link}; }}
QPushButton[role="main"]:disabled {{ background: {t.line}; color: {t.muted};
    border-color: {t.line}; }}
QPushButton[role="link"] {{ border: none; background: transparent; color: {t.link};
    text-align: left; padding: 2px; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border: 1px solid {t.link}; }}
QPushButton[role="heading"] {{ border: 1px solid transparent; background: transparent;
    text-align: left; padding: 2px 0px; font-size: {heading}pt; font-weight: bold; }}
QPushButton[role="heading"]:hover {{ text-decoration: underline; }}
QPushButton[role="heading"]:focus {{ border: 1px solid {t.link}; }}
QCheckBox {{ spacing: {self.scaled(6)}px; border: 1px solid transparent; padding: 2px; }}
QCheckBox:focus {{ border: 1px solid {t.link}; }}
QCheckBox::indicator {{ width: {self.scaled(14)}px; height: {self.scaled(14)}px;
    border: 1px solid {t.muted}; border-radius: 2px; background: {t.background}; }}
QCheckBox::indicator:checked {{ image: url({tick.as_posix()}); }}
QCheckBox:disabled {{ color: {t.muted}; }}
QTreeView:focus, QTextBrowser:focus {{ border: 1px solid {t.link}; }}
QPushButton[role="choice"] {{ text-align: left; padding: 16px; font-size: {heading}pt; }}
QTableView {{ gridline-color: {t.line}; border: 1px solid {t.line};
    selection-background-color: {t.selection}; selection-color: {t.text}; }}
QHeaderView::section {{ background: {t.panel}; border: none; padding: 4px 6px;
    border-right: 1px solid {t.line}; border-bottom: 1px solid {t.line}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QTabBar::tab {{ padding: 6px 14px; border: none; background: transparent; color: {t.muted}; }}
QTabBar::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.accent}; }}
QSplitter::handle {{ background: {t.line}; }}
QProgressBar {{ border: 1px solid {t.line}; border-radius: 3px; text-align: center;
    background: {t.background}; }}
QProgressBar::chunk {{ background: {t.link}; }}
QMenu {{ background: {t.background}; border: 1px solid {t.line}; }}
QMenu::item {{ padding: 5px 24px; }}
QMenu::item:selected {{ background: {t.selection}; color: {t.text}; }}
"""


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
