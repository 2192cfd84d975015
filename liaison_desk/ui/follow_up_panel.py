"""What was done on a matter, answered, granted, rated and found later, in one list by date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.matter import Extension, Progress, Rating, Reply, Revisit
from liaison_desk.services.follow_up import satisfaction
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from datetime import date

    from liaison_desk.domain.matter import Matter
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

ENTRY_TYPES: tuple[type[Record], ...] = (Progress, Extension, Reply, Rating, Revisit)
"""What the list holds; of one day in this order."""
_Row = tuple["date | None", str, str, str]


class FollowUpPanel(QWidget):
    """The follow-up of one matter, oldest first, with the share of the satisfied under it."""

    asked = Signal(object)
    """The clerk wants to add an entry; its type."""
    edit_asked = Signal(object)
    """She wants to change an entry; the record."""
    remove_asked = Signal(object)
    """She wants to take an entry out; the record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.tree = QTreeWidget()
        self.empty_label = QLabel("还没有办理情况。点“加进展”记一笔，收到答复点“登记反馈”。")
        self.satisfaction_label = QLabel()
        self.extend_button = QPushButton("延期")
        self.rate_button = QPushButton("满意度")
        self.revisit_button = QPushButton("回头看")
        self.edit_button = QPushButton("改这一条")
        self.remove_button = QPushButton("删除这一条")
        self._name()
        self._arrange()
        self._connect()

    def chosen(self) -> Record | None:
        """The entry that is selected."""
        items = self.tree.selectedItems()
        found: Record | None = items[0].data(0, Qt.ItemDataRole.UserRole) if items else None
        return found

    def show_matter(self, matter: Matter | None) -> None:
        """List what happened on a matter; None shows nothing."""
        found = [
            each
            for kind in ENTRY_TYPES
            if matter is not None
            for each in self._desk.find(kind, matter=matter.id)
        ]
        rows = [(_row(each), each) for each in found]
        self.tree.clear()
        self.empty_label.setVisible(not rows)
        for row, record in sorted(rows, key=lambda pair: str(pair[0][0] or "")):
            item = QTreeWidgetItem([str(row[0] or ""), *row[1:]])
            item.setData(0, Qt.ItemDataRole.UserRole, record)
            item.setToolTip(2, row[2])
            self.tree.addTopLevelItem(item)
        self._show_satisfaction([each for each in found if isinstance(each, Rating)])
        is_own = matter is not None and self._desk.is_own(matter)
        is_open = matter is not None and matter.closed_on is None
        for button in (self.extend_button, self.rate_button, self.revisit_button):
            button.setVisible(is_own)
        self.extend_button.setEnabled(is_open)
        self._enable()

    def _show_satisfaction(self, ratings: list[Rating]) -> None:
        """办理工作 and 办理结果, each with its share."""
        work, outcome = satisfaction(ratings)
        told = [
            f"{what} {share}"
            for what, share in (("办理工作", work), ("办理结果", outcome))
            if share.asked
        ]
        self.satisfaction_label.setText(f"满意率（含基本满意）：{'，'.join(told)}")
        self.satisfaction_label.setVisible(bool(told))

    def _name(self) -> None:
        """What tests and the style sheet know the parts by."""
        self.tree.setObjectName("follow_up")
        self.satisfaction_label.setObjectName("satisfaction")
        for name in ("extend", "rate", "revisit"):
            getattr(self, f"{name}_button").setObjectName(f"{name}_button")
        self.edit_button.setObjectName("edit_entry")
        self.remove_button.setObjectName("remove_entry")
        self.empty_label.setWordWrap(True)
        self.empty_label.setProperty("role", "muted")
        self.satisfaction_label.setWordWrap(True)

    def _arrange(self) -> None:
        self.tree.setHeaderLabels(["日期", "类别", "内容", "经办人／文号"])
        self.tree.setRootIsDecorated(False)
        self.tree.setWordWrap(True)
        header = self.tree.header()
        header.setStretchLastSection(False)
        for column in range(4):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(
                column, mode.Stretch if column == 2 else mode.ResizeToContents
            )
        row = QHBoxLayout()
        for button in (self.extend_button, self.rate_button, self.revisit_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.edit_button)
        row.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.addWidget(self.empty_label)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.satisfaction_label)
        layout.addLayout(row)

    def _connect(self) -> None:
        self.extend_button.clicked.connect(lambda: self.asked.emit(Extension))
        self.rate_button.clicked.connect(lambda: self.asked.emit(Rating))
        self.revisit_button.clicked.connect(lambda: self.asked.emit(Revisit))
        self.edit_button.clicked.connect(self._ask_to_edit)
        self.remove_button.clicked.connect(self._ask_to_remove)
        self.tree.itemActivated.connect(lambda _item, _column: self._ask_to_edit())
        self.tree.itemSelectionChanged.connect(self._enable)

    def _ask_to_edit(self) -> None:
        entry = self.chosen()
        if entry is not None:
            self.edit_asked.emit(entry)

    def _ask_to_remove(self) -> None:
        entry = self.chosen()
        if entry is not None:
            self.remove_asked.emit(entry)

    def _enable(self) -> None:
        """What is not one's own is for reading."""
        entry = self.chosen()
        is_own = entry is not None and self._desk.is_own(entry)
        self.edit_button.setEnabled(is_own)
        self.remove_button.setEnabled(is_own)


def _row(entry: Record) -> _Row:
    """When, what kind, what, and by whom."""
    if isinstance(entry, Progress):
        return entry.reported_on, "进展", entry.content, entry.handler
    if isinstance(entry, Reply):
        return entry.replied_on, f"反馈 {entry.result}", entry.content, entry.reply_number
    if isinstance(entry, Extension):
        content = f"{entry.old_due_on or ''} 延至 {entry.new_due_on}：{entry.reason}"
        return entry.granted_on, "延期", content, entry.approver
    if isinstance(entry, Revisit):
        return entry.visited_on, f"回头看 {entry.finding}", entry.situation, entry.visitors
    assert isinstance(entry, Rating), entry
    return entry.rated_on, f"满意度 {entry.rater}", _counts(entry), ""


def _counts(rating: Rating) -> str:
    """How many were how satisfied with what."""
    told = []
    for label, what in (("办理工作", "work"), ("办理结果", "outcome")):
        numbers = (
            f"{word}{getattr(rating, f'{what}_{how}')}人"
            for how, word in (("good", "满意"), ("fair", "基本满意"), ("poor", "不满意"))
            if getattr(rating, f"{what}_{how}")
        )
        counted = "、".join(numbers)
        if counted:
            told.append(f"{label}：{counted}")
    return "；".join([*told, *filter(None, [rating.reason])])
