"""办理事项: what is due, what was done, the answer, and the closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.services.matters import close_matter, reopen_matter
from liaison_desk.ui.record_dialog import RecordDialog
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_table_model import Column
from liaison_desk.ui.style import GAP, LIGHT_SIGNS

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context


class FollowUpPanel(QWidget):
    """The progress and the replies of one matter, oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = QTreeWidget()
        self.tree.setObjectName("follow_up")
        self.tree.setHeaderLabels(["日期", "类别", "内容", "经办人／复文号"])
        self.tree.setRootIsDecorated(False)
        self.tree.setWordWrap(True)
        self.tree.setColumnWidth(2, 320)
        self.empty_label = QLabel("还没有进展和反馈。点“加进展”记一笔，收到答复点“登记反馈”。")
        self.empty_label.setWordWrap(True)
        self.empty_label.setProperty("role", "muted")
        self.edit_button = QPushButton("改这一条")
        self.remove_button = QPushButton("删除这一条")
        self.edit_button.setObjectName("edit_entry")
        self.remove_button.setObjectName("remove_entry")
        row = QHBoxLayout()
        row.addWidget(self.edit_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.addWidget(self.empty_label)
        layout.addWidget(self.tree, 1)
        layout.addLayout(row)

    def chosen(self) -> Progress | Reply | None:
        """The entry that is selected."""
        items = self.tree.selectedItems()
        found: Progress | Reply | None = (
            items[0].data(0, Qt.ItemDataRole.UserRole) if items else None
        )
        return found

    def show_records(self, progress: list[Progress], replies: list[Reply]) -> None:
        """List what was done and answered."""
        rows = [
            (each.reported_on, "进展", each.content, each.handler, each) for each in progress
        ] + [
            (each.replied_on, f"反馈 {each.result}", each.content, each.reply_number, each)
            for each in replies
        ]
        self.tree.clear()
        self.empty_label.setVisible(not rows)
        for on, kind, content, extra, record in sorted(rows, key=lambda row: (row[0], row[1])):
            item = QTreeWidgetItem([str(on or ""), kind, content, extra])
            item.setData(0, Qt.ItemDataRole.UserRole, record)
            item.setToolTip(2, content)
            self.tree.addTopLevelItem(item)
        for column in (0, 1):
            self.tree.resizeColumnToContents(column)


class MatterPage(RecordPage):
    """The ledger of what was agreed and is to be done, the most urgent first."""

    title = "办理事项"
    icon_name = "clipboard-check"
    record_type = Matter
    record_types = (Matter, Progress, Reply)
    search_through = ("agency", "minutes")
    empty_sentence = "纪要定稿后，共识事项会自动成为办理事项。其他来源的事项按 Ctrl+N 登记。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tabs.insertTab(0, self.follow_up, "进展与反馈")
        self.follow_up.tree.itemActivated.connect(self._edit_entry)
        self.follow_up.edit_button.clicked.connect(self._edit_chosen_entry)
        self.follow_up.remove_button.clicked.connect(self._remove_entry)
        self.follow_up.tree.itemSelectionChanged.connect(self._enable_entry)
        self.tabs.setCurrentIndex(0)

    def make_columns(self) -> tuple[Column, ...]:
        """The light first, as a word with its shape and colour."""
        style = self.context.style

        def light(matter: Matter) -> str:
            state = matter.light(self.desk.today)
            return f"{LIGHT_SIGNS[state]} {state}"

        def colour(text: str) -> str:
            return style.light_colour(text[-2:])

        kinds = Matter.fields()
        own = [Column(kinds[name].label, name) for name in ("name", "agency", "due_on")]
        return (
            Column("状态", "due_on", light, colour),
            *own,
            Column(kinds["closed_on"].label, "closed_on"),
            Column(kinds["source"].label, "source"),
        )

    def detail_buttons(self) -> list[QPushButton]:
        """加进展, 登记反馈, 办结: the deeds of following up."""
        self.follow_up = FollowUpPanel()
        self.progress_button = QPushButton("加进展")
        self.reply_button = QPushButton("登记反馈")
        self.close_button = QPushButton("办结")
        for name in ("progress", "reply", "close"):
            getattr(self, f"{name}_button").setObjectName(f"{name}_button")
        self.progress_button.clicked.connect(self.add_progress)
        self.reply_button.clicked.connect(self.add_reply)
        self.close_button.clicked.connect(self.close_or_reopen)
        return [self.progress_button, self.reply_button, self.close_button]

    def blank(self) -> Record:
        """A matter that did not come from minutes."""
        return Matter(source="接待", handed_over_on=self.desk.today)

    def show_state(self, record: Record | None) -> None:
        """Show what was done so far, and what can be done next."""
        saved = record is not None and self.desk.get(Matter, record.id) is not None
        own = saved and record is not None and self.desk.is_own(record)
        for button in (self.progress_button, self.reply_button, self.close_button):
            button.setVisible(own)
        if not saved or not isinstance(record, Matter):
            self.follow_up.show_records([], [])
            self._enable_entry()
            return
        self.follow_up.show_records(
            self.desk.find(Progress, matter=record.id), self.desk.find(Reply, matter=record.id)
        )
        self._enable_entry()
        state = record.light(self.desk.today)
        self.close_button.setText("取消办结" if state == "办结" else "办结")
        colour = self.context.style.light_colour(state)
        due = f"　时限 {record.due_on}" if record.due_on and state != "办结" else ""
        self.detail.show_source(
            f"<span style='color:{colour}'>{LIGHT_SIGNS[state]} {state}</span>{due}"
            + ("" if own else f"　{self.office_name(record)}报来，只能查看")
        )

    def add_progress(self) -> None:
        """Ask what was done and keep it."""
        matter = self._saved_matter()
        if matter is not None:
            blank = Progress(matter=matter.id, reported_on=self.desk.today, handler=matter.handler)
            self._ask(blank, "加进展", ("reported_on", "content", "handler"), "已记下进展")

    def add_reply(self) -> None:
        """Ask for the agency's answer and keep it."""
        matter = self._saved_matter()
        if matter is not None:
            blank = Reply(matter=matter.id, replied_on=self.desk.today)
            names = ("replied_on", "result", "content", "reply_number")
            self._ask(blank, "登记反馈", names, "已登记反馈")

    def close_or_reopen(self) -> None:
        """Close the matter, or open it again."""
        matter = self._saved_matter()
        if matter is None:
            return
        try:
            if matter.closed_on is None:
                close_matter(self.desk, matter)
                self.context.say("已办结", True)
            else:
                reopen_matter(self.desk, matter)
                self.context.say("已取消办结", True)
        except DeskError as error:
            self.context.say(str(error), False)
            self.complain(str(error).replace("没有保存：", ""))

    def _saved_matter(self) -> Matter | None:
        """The matter shown, once what is typed in it has been kept."""
        if not self.save() or self.record is None:
            return None
        return self.desk.get(Matter, self.record.id)

    def _ask(self, record: Record, title: str, names: tuple[str, ...], said: str) -> None:
        """Ask for a part of the matter in a dialog."""
        if RecordDialog.ask(self, self.desk, record, title=title, names=names) is not None:
            self.context.say(said, True)

    def _edit_entry(self, item: QTreeWidgetItem) -> None:
        """Correct an entry of the follow-up."""
        record = item.data(0, Qt.ItemDataRole.UserRole)
        if self.desk.is_own(record):
            names = tuple(name for name in record.fields() if name != "matter")
            self._ask(record, f"改{record.title}", names, "已保存")

    def _edit_chosen_entry(self) -> None:
        items = self.follow_up.tree.selectedItems()
        if items:
            self._edit_entry(items[0])

    def _remove_entry(self) -> None:
        """Put an entry into the recycle bin; 撤销 brings it back."""
        entry = self.follow_up.chosen()
        if entry is None:
            return
        try:
            self.desk.remove(entry)
        except DeskError as error:
            sentence = str(error).replace("没有保存：", "")
            self.context.say(sentence, False)
            self.complain(sentence)
            return
        self.context.say(f"已删除{entry.title}", True)

    def _enable_entry(self) -> None:
        """What is not one's own is for reading."""
        entry = self.follow_up.chosen()
        is_own = entry is not None and self.desk.is_own(entry)
        self.follow_up.edit_button.setEnabled(is_own)
        self.follow_up.remove_button.setEnabled(is_own)

    def history_ids(self, record: Record) -> list[str]:
        """What changed in the matter, its progress and its replies."""
        parts = (
            *self.desk.find(Progress, matter=record.id),
            *self.desk.find(Reply, matter=record.id),
        )
        return [record.id, *(each.id for each in parts)]
