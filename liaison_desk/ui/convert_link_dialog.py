"""关联已有的: find the record that another has become, by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.short import short
from liaison_desk.services.conversions import targets_of
from liaison_desk.services.stations import day_of
from liaison_desk.store.queries import ListQuery

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context

SHOWN = 50
"""So many of what was found are listed; nobody reads on."""
_RECORD = Qt.ItemDataRole.UserRole


class ConvertLinkDialog(QDialog):
    """A kind, a line to type words into, and what holds them."""

    def __init__(self, parent: QWidget, context: Context, source: Record) -> None:
        super().__init__(parent)
        self._desk = context.desk
        self._source = source
        self.kind_box = QComboBox()
        self.words_line = QLineEdit()
        self.found = QListWidget()
        self.count_label = QLabel()
        self.buttons = QDialogButtonBox()
        self.link_button = self.buttons.addButton("关联", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._arrange()
        self._connect()
        self._find()

    @classmethod
    def ask(cls, parent: QWidget, context: Context, source: Record) -> Record | None:
        """Let the clerk choose what a record is linked to; None when she gives up."""
        dialog = cls(parent, context, source)
        dialog.words_line.setFocus()
        return dialog.chosen() if dialog.exec() else None

    def chosen(self) -> Record | None:
        """The record in the chosen row."""
        item = self.found.currentItem()
        record: Record | None = item.data(_RECORD) if item else None
        return record

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose in the list while the cursor is in the line."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            row = self.found.currentRow() + step
            self.found.setCurrentRow(min(max(row, 0), self.found.count() - 1))
        return bool(step)

    def _find(self) -> None:
        """List what holds the words, the newest first as its page does."""
        kind: type[Record] = self.kind_box.currentData()
        query = ListQuery(self.words_line.text(), equals={"office": self._desk.office_id})
        ids = [
            each
            for each in self._desk.list_ids(kind, query)
            if (kind.table, each) != (self._source.table, self._source.id)
        ]
        self.found.clear()
        for record in self._desk.many(kind, ids[:SHOWN]):
            day = day_of(record)
            item = QListWidgetItem(f"{record.caption}　{day or ''}".strip())
            item.setData(_RECORD, record)
            self.found.addItem(item)
        self.found.setCurrentRow(0)
        more = f"，列出前{SHOWN}条，请多输几个字" if len(ids) > SHOWN else ""
        self.count_label.setText(f"共 {len(ids)} 条{more}" if ids else "没有找到")
        self.link_button.setEnabled(bool(ids))

    def _arrange(self) -> None:
        title = self._source.title
        self.setWindowTitle(f"{title}关联已有的")
        self.kind_box.setObjectName("kind")
        self.kind_box.setAccessibleName("关联哪一类")
        self.words_line.setObjectName("words")
        self.words_line.setPlaceholderText("输入标题里的字，可输几个词")
        self.words_line.setClearButtonEnabled(True)
        self.found.setObjectName("found")
        self.count_label.setProperty("role", "muted")
        self.link_button.setProperty("role", "main")
        self.link_button.setObjectName("link")
        self.link_button.setDefault(True)
        for kind in targets_of(type(self._source)):
            self.kind_box.addItem(kind.title, kind)
        sentence = QLabel(f"{title}“{short(self._source.caption, 30)}”已经转为下面哪一条？")
        sentence.setWordWrap(True)
        layout = QVBoxLayout(self)
        for widget in (sentence, self.kind_box, self.words_line, self.found, self.count_label):
            layout.addWidget(widget)
        layout.addWidget(self.buttons)
        em = self.fontMetrics().horizontalAdvance("国")
        self.resize(36 * em, 30 * em)

    def _connect(self) -> None:
        self.words_line.installEventFilter(self)
        self.kind_box.currentIndexChanged.connect(self._find)
        self.words_line.textChanged.connect(self._find)
        self.found.itemActivated.connect(self.accept)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
