"""Pictures of the pages, as they look on a 1366x768 screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.page import Page


def save_pictures(window: MainWindow, folder: Path) -> list[Path]:
    """Save a picture of each page of a window, its first record chosen."""
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(1366, 768)
    window.show()
    return [
        _picture(window, window.page(kind), folder / f"{number:02}_{kind.title}.png")
        for number, kind in enumerate(window.kinds, start=1)
    ]


def _picture(window: MainWindow, page: Page, path: Path) -> Path:
    window.show_page(page)
    page.show_first()
    QApplication.processEvents()
    window.grab().save(str(path))
    return path
