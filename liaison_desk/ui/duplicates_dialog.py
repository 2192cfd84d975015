"""查重: pairs that may be one, each to be looked at and merged, or told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.services.duplicates import duplicates, tell_apart
from liaison_desk.ui.merge_dialog import MergeDialog
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.duplicates import Likely
    from liaison_desk.ui.context import Context

SHOWN = 300
"""So many pairs are listed; the likeliest stand first."""
TWO, MAYBE_ONE = "不是同一个", "可能是同一个"
_PAIR = Qt.ItemDataRole.UserRole


class DuplicatesDialog(QDialog):
    """The pairs, the likeliest first; Enter looks at one."""

    def __init__(self, parent: QWidget, context: Context, record_type: type[Record]) -> None:
        super().__init__(parent)
        self._context = context
        self._type = record_type
        self.sentence = QLabel()
        self.tree = QTreeWidget()
        self.buttons = QDialogButtonBox()
        self.merge_button = self.buttons.addButton(
            "看看并合并…", QDialogButtonBox.ButtonRole.ActionRole
        )
        self.apart_button = self.buttons.addButton(TWO, QDialogButtonBox.ButtonRole.ActionRole)
        self.all_box = QCheckBox("也列出标为“不是同一个”的")
        self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        self._pairs: list[Likely] = []
        self._arrange()
        self._find()
        self.merge_button.clicked.connect(self.merge)
        self.apart_button.clicked.connect(self.tell_apart)
        self.all_box.toggled.connect(self._list)
        self.tree.itemActivated.connect(self.merge)
        self.tree.currentItemChanged.connect(self._name_button)
        self.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, parent: QWidget, context: Context, record_type: type[Record]) -> None:
        """Show the pairs until the clerk is through with them."""
        cls(parent, context, record_type).exec()

    def chosen(self) -> Likely | None:
        """The pair in the chosen row."""
        item = self.tree.currentItem()
        pair: Likely | None = item.data(0, _PAIR) if item else None
        return pair

    def merge(self) -> None:
        """Look at the chosen pair side by side; afterwards at those that are left."""
        pair = self.chosen()
        if pair is None:
            return
        if MergeDialog.ask(self, self._context, pair.first, pair.second) is not None:
            self._find()

    def tell_apart(self) -> None:
        """Propose the chosen pair no more, or again if it was told apart."""
        pair = self.chosen()
        if pair is None:
            return
        row = self.tree.currentIndex().row()
        tell_apart(self._context.desk, pair, are_two=not pair.are_two)
        self._find()
        last = self.tree.topLevelItemCount() - 1
        self.tree.setCurrentIndex(self.tree.model().index(min(row, last), 0))

    def _find(self) -> None:
        """Look for the pairs there are now."""
        desk, kind = self._context.desk, self._type
        self._pairs = run_task(self, "正在查重", lambda _progress: duplicates(desk, kind))
        self.all_box.setVisible(any(each.are_two for each in self._pairs))
        self._list()

    def _list(self) -> None:
        """List the pairs; those told apart only when asked for."""
        pairs = [each for each in self._pairs if self.all_box.isChecked() or not each.are_two]
        self.tree.clear()
        self.tree.addTopLevelItems([_row(each) for each in pairs[:SHOWN]])
        self.tree.setCurrentIndex(self.tree.model().index(0, 0))
        more = f"，先列最像的{SHOWN}对" if len(pairs) > SHOWN else ""
        title = self._type.title
        self.sentence.setText(
            f"可能重复的{title}有 {len(pairs)} 对{more}。同名的未必是同一个，请看过再合并。"
            if pairs
            else f"没有发现重复的{title}。"
        )
        self.merge_button.setEnabled(bool(pairs))
        self.apart_button.setEnabled(bool(pairs))
        self._name_button()

    def _name_button(self) -> None:
        """What the second button does with the chosen pair."""
        pair = self.chosen()
        self.apart_button.setText(MAYBE_ONE if pair is not None and pair.are_two else TWO)

    def _arrange(self) -> None:
        self.setWindowTitle(f"{self._type.title}查重")
        self.tree.setObjectName("pairs")
        self.tree.setHeaderLabels(["这一条", "另一条", "相同的"])
        self.tree.setRootIsDecorated(False)
        self.tree.setAlternatingRowColors(True)
        self.merge_button.setProperty("role", "main")
        self.merge_button.setObjectName("merge")
        self.apart_button.setObjectName("apart")
        self.apart_button.setToolTip("以后查重不再列出这一对")
        self.all_box.setObjectName("all")
        self.sentence.setWordWrap(True)
        layout = QVBoxLayout(self)
        for widget in (self.sentence, self.tree, self.all_box, self.buttons):
            layout.addWidget(widget)
        em = self.fontMetrics().horizontalAdvance("国")
        self.resize(min(56 * em, 1200), min(32 * em, 640))
        self.tree.setColumnWidth(0, 18 * em)
        self.tree.setColumnWidth(1, 18 * em)


def _row(pair: Likely) -> QTreeWidgetItem:
    """One line of the list."""
    reasons = "、".join((TWO, *pair.reasons) if pair.are_two else pair.reasons)
    words = [_told(pair.first), _told(pair.second), reasons]
    item = QTreeWidgetItem(words)
    item.setData(0, _PAIR, pair)
    for column, text in enumerate(words):
        item.setToolTip(column, text)
    return item


def _told(record: Record) -> str:
    """A record's name with what tells it from its namesakes."""
    more = getattr(record, "post", "") or getattr(record, "contact", "")
    return f"{record.caption}（{more}）" if more else record.caption
