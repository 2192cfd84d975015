"""The ways to 导入表格: the menu, a list's button, a dropped file, and pasted cells.

The wizard itself is brought in when it is first wanted: it knows the readers of sheets.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from liaison_desk.ui.cells_clipboard import holds_cells
from liaison_desk.ui.importing.kinds import NO_CELLS
from liaison_desk.ui.record_page import RecordPage

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from liaison_desk.domain.record import Record
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.page import Page

SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt"})
"""What a file to be imported is called; what it is, its first bytes say."""


class ImportDoors(QObject):
    """Opens the wizard for one window, set to the page that is shown."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def offer_on(self, page: Page) -> None:
        """Give the list of a page its button 导入, and let cells be pasted into it."""
        if not isinstance(page, RecordPage) or not page.can_import:
            return
        button = QPushButton("导入")
        button.setObjectName("import_table")
        button.setIcon(page.context.style.icon("upload"))
        button.setToolTip("读入表格文件，先看预览；复制了表格也可以在列表里按 Ctrl+V")
        button.clicked.connect(self.import_file)
        page.list.add_button(button)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), page.list)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste)

    def import_file(self) -> None:
        """Ask for a file and import it."""
        if not self._may_begin():
            return
        from liaison_desk.ui.importing.wizard import ask_file

        chosen = ask_file(self._window)
        if chosen is not None:
            self._take(chosen)

    def paste(self) -> None:
        """Import the cells that were copied elsewhere."""
        if not holds_cells(takes_lines=False):
            self._window.say(NO_CELLS)
        else:
            self._begin(QGuiApplication.clipboard().text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A table dropped on the window is imported, unless what is under it takes files itself."""
        if not isinstance(event, QDropEvent):  # entering and moving are drop events too
            return False
        dropped = _table_in(event.mimeData())
        if dropped is None or self._window.context.is_county:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            # The program it was dragged from waits until this returns.
            QTimer.singleShot(0, self, lambda: self._begin(dropped))
        return True

    def _may_begin(self) -> bool:
        """Whether what is typed on the page has been dealt with."""
        return not self._window.context.is_county and self._window.current.leave()

    def _begin(self, what: Path | str) -> None:
        """Import something, once what is typed on the page has been dealt with."""
        if self._may_begin():
            self._take(what)

    def _take(self, what: Path | str) -> None:
        """Import a file or copied text; the pages hear of it as of every deed."""
        from liaison_desk.ui.importing.wizard import ImportWizard

        ImportWizard.take(self._window, self._window.context, what, self._record_type())

    def _record_type(self) -> type[Record] | None:
        """What the page shown keeps, if tables are kept of it."""
        page = self._window.current
        return page.record_type if isinstance(page, RecordPage) and page.can_import else None


def _table_in(mime: QMimeData) -> Path | None:
    """The one table among what is dragged, or None."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in SHEETS else None
