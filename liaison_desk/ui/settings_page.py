"""设置: the office itself, the look, and the backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import DeskError, NotValid
from liaison_desk.domain.office import Office
from liaison_desk.store.check import faults
from liaison_desk.ui import messages
from liaison_desk.ui.page import Page
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.style import DARK, GAP, ZOOMS
from liaison_desk.ui.tasks import Progress, run_task

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Change
    from liaison_desk.ui.context import Context


class SettingsPage(Page):
    """The office's own record, and what concerns this PC."""

    title = "设置"
    icon_name = "settings"
    record_types = (Office,)

    look_changed = Signal(bool, int)
    """Dark or not, and the size of text in percent."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        names = [name for name in Office.fields() if name != "level"]
        self.form = RecordForm(Office, lambda _table: [], names)
        self.save_button = QPushButton("保存")
        self.dark_box = QCheckBox("深色界面")
        self.zoom_box = QComboBox()
        self.backup_button = QPushButton("现在备份")
        self.check_button = QPushButton("检查资料")
        self._where = QLabel()
        self._result = QLabel()
        self._arrange()
        self._connect()

    def reload(self, change: Change | None = None) -> None:
        """Show the office, the files and the look."""
        office = self.desk.office
        if office is not None and not self.form.is_dirty():
            self.form.set_record(office)
        newest = self.context.backups.newest()
        made = f"{newest:%Y-%m-%d %H:%M}" if newest else "还没有"
        self._where.setText(
            f"资料文件：{self.context.data_file}\n"
            f"备份文件夹：{self.context.backups.folder}\n上次备份：{made}"
        )

    def save(self) -> bool:
        """Keep the office's record."""
        try:
            self.desk.save(self.form.record())
        except NotValid as error:
            self.form.mark(error.problems)
            return False
        except DeskError as error:
            messages.tell(self, error)
            return False
        self.form.set_record(self.desk.office or Office())
        self.context.say("已保存", False)
        self.edited.emit()
        return True

    def discard(self) -> None:
        """Show the office as it is kept."""
        self.form.set_record(self.desk.office or Office())
        self.edited.emit()

    def is_dirty(self) -> bool:
        """Whether the office's form was typed in."""
        return self.form.is_dirty()

    def make_backup(self) -> None:
        """Make and check a copy now."""

        def work(progress: Progress) -> Path:
            progress(0, 0, "正在备份并核对")
            return self.context.backups.make(self.context.data_file, self.desk.now())

        try:
            made = run_task(self, "正在备份", work)
        except DeskError as error:
            messages.tell(self, error)
            return
        self._result.setText(f"已备份并核对：{made.name}")
        self.reload()

    def check(self) -> None:
        """Look the whole data file over and say what was found."""

        def work(progress: Progress) -> list[str]:
            progress(0, 0, "正在检查资料")
            return faults(self.desk.database)

        found = run_task(self, "正在检查资料", work)
        self._result.setText(
            "\n".join(found[:20]) or "资料完好：文件、关联、附件、改动记录都一致。"
        )

    def _arrange(self) -> None:
        inner = QWidget()
        inner.setObjectName("form")
        box = QVBoxLayout(inner)
        box.setContentsMargins(GAP * 2, GAP * 2, GAP * 2, GAP * 2)
        box.addWidget(_heading("本室"))
        box.addWidget(self.form)
        box.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(_heading("界面"))
        for zoom in ZOOMS:
            self.zoom_box.addItem(f"{zoom} %", zoom)
        self.zoom_box.setCurrentIndex(ZOOMS.index(self.context.style.zoom))
        self.dark_box.setChecked(self.context.style.tokens is DARK)
        look = QFormLayout()
        look.addRow("文字大小", self.zoom_box)
        look.addRow("", self.dark_box)
        box.addLayout(look)
        box.addWidget(_heading("资料与备份"))
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(self._where)
        row = QHBoxLayout()
        row.addWidget(self.backup_button)
        row.addWidget(self.check_button)
        row.addStretch(1)
        box.addLayout(row)
        self._result.setWordWrap(True)
        self._result.setObjectName("result")
        box.addWidget(self._result)
        box.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _connect(self) -> None:
        self.save_button.setObjectName("save")
        self.save_button.setProperty("role", "main")
        self.form.edited.connect(self.edited)
        self.save_button.clicked.connect(self.save)
        self.backup_button.clicked.connect(self.make_backup)
        self.check_button.clicked.connect(self.check)
        self.zoom_box.activated.connect(lambda _index: self._look())
        self.dark_box.clicked.connect(lambda _on: self._look())

    def _look(self) -> None:
        self.look_changed.emit(self.dark_box.isChecked(), int(self.zoom_box.currentData()))


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
