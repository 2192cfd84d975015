"""Every deed of the menus, with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.ui.main_window import MainWindow


class WindowActions:
    """The actions of one window; the menus and the toolbar show them."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        keys = QKeySequence.StandardKey
        self.new = self._make("新建", "plus", "Ctrl+N", window.new)
        self.save = self._make("保存", "save", "Ctrl+S", window.save)
        self.save_and_new = self._make("保存并新建下一条", "", "Ctrl+Return", window.save_and_new)
        self.save_and_new.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self.print = self._make("打印", "printer", "Ctrl+P", window.print_papers)
        self.print_office = self._make("打印资料……", "", "Ctrl+Shift+P", window.print_office)
        export = window.printing.export_ledgers
        self.export_ledgers = self._make("导出台账……", "", "Ctrl+E", export)
        forms = window.printing.fill_forms
        self.fill_forms = self._make("填县里发的表……", "", "Ctrl+Shift+T", forms)
        imports, is_township = window.imports, not window.context.is_county
        self.import_table = self._make("导入表格……", "upload", "Ctrl+I", imports.import_file)
        self.paste_table = self._make("粘贴表格", "", "Ctrl+Shift+V", imports.paste)
        self.import_table.setEnabled(is_township)
        self.paste_table.setEnabled(is_township)
        self.quit = self._make("退出", "x", "Ctrl+Q", window.close)
        self.undo = self._make("撤销", "undo-2", "Ctrl+Z", window.undo)
        self.redo = self._make("重做", "redo-2", "Ctrl+Y", window.redo)
        self.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.edit = self._make("修改选中的一条", "", "F2", window.edit_chosen)
        self.find = self._make("查找", "search", "Ctrl+F", window.find_text)
        self.find_everything = self._make("查找全部", "", "Ctrl+K", window.find_everything)
        self.larger = self._make("放大文字", "", "Ctrl+=", partial(window.zoom, 1))
        self.larger.setShortcuts([QKeySequence("Ctrl+="), QKeySequence(keys.ZoomIn)])
        self.smaller = self._make("缩小文字", "", "Ctrl+-", partial(window.zoom, -1))
        self.help = self._make("本页帮助", "circle-help", "F1", window.show_help)
        self.keys = self._make("按键一览", "", "Ctrl+/", window.show_keys)
        self.pages = [
            self._make(kind.title, kind.icon_name, kind.key, partial(window.show_kind, kind))
            for kind in window.kinds
        ]

    def fill_menus(self) -> None:
        """Put every action into a menu, where its key can be read."""
        entries = {
            "文件(&F)": [
                self.new, self.save, self.save_and_new, self.import_table, self.paste_table,
                self.print, self.print_office, self.export_ledgers, self.fill_forms,
                self.quit,
            ],
            "编辑(&E)": [self.undo, self.redo, self.edit, self.find, self.find_everything],
            "查看(&V)": [self.larger, self.smaller],
            "转到(&G)": self.pages,
            "帮助(&H)": [self.help, self.keys],
        }  # fmt: skip
        for title, actions in entries.items():
            self._window.menuBar().addMenu(title).addActions(actions)

    def every(self) -> list[QAction]:
        """All of them."""
        own = [each for each in vars(self).values() if isinstance(each, QAction)]
        return [*own, *self.pages]

    def _make(self, text: str, icon: str, key: str, deed: Callable[[], object]) -> QAction:
        action = QAction(text, self._window)
        if icon:
            action.setIcon(self._window.context.style.icon(icon))
        action.setShortcut(QKeySequence(key))
        action.setToolTip(f"{text} ({key})" if key else text)
        action.triggered.connect(lambda _checked=False: deed())
        return action
