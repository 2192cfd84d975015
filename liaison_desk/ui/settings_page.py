"""设置: the office itself, the look, and the backups."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import Cancelled, DeskError, NotValid
from liaison_desk.domain.office import Office
from liaison_desk.store.backup import Backups
from liaison_desk.store.check import look_over
from liaison_desk.store.drafts import Draft
from liaison_desk.ui import messages
from liaison_desk.ui.draft_keeper import DraftKeeper
from liaison_desk.ui.folders import can_write
from liaison_desk.ui.page import Page
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.roles import set_role
from liaison_desk.ui.style import DARK, GAP, ZOOMS
from liaison_desk.ui.tasks import Progress, run_task

if TYPE_CHECKING:
    from liaison_desk.services.desk import Change
    from liaison_desk.store.check import Findings
    from liaison_desk.ui.context import Context


class SettingsPage(Page):
    """The office's own record, and what concerns this PC."""

    title = "设置"
    icon_name = "settings"
    key = "Ctrl+,"
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
        self.folder_button = QPushButton("换备份文件夹")
        self.open_button = QPushButton("打开资料所在文件夹")
        self._drafts = DraftKeeper(self, context, self.keep_draft)
        self._where = QLabel()
        self._result = QLabel()
        self._arrange()
        self._connect()

    def draft_key(self) -> tuple[str, str] | None:
        """The office's own record is edited here."""
        return (Office.table, self.desk.office_id) if self.is_dirty() else None

    def keep_draft(self) -> None:
        """Keep what is typed of the office."""
        if self.is_dirty():
            moment = self.desk.now().isoformat(timespec="seconds")
            answers = self.form.answers()
            self.desk.drafts.keep(Draft(Office.table, self.desk.office_id, answers, moment))

    def resume(self, draft: Draft) -> None:
        """Put a kept draft back into the form."""
        self.form.set_answers(draft.answers)

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
        if not self.is_dirty():
            return True
        try:
            self.desk.save(self.form.record())
        except NotValid as error:
            self.form.mark(error.problems)
            return False
        except DeskError as error:
            messages.tell(self, error)
            return False
        self.discard()
        self.context.say("已保存", False)
        return True

    def discard(self) -> None:
        """Show the office as it is kept."""
        self._drafts.drop(Office.table, self.desk.office_id)
        self.form.set_record(self.desk.office or Office())
        self.save_button.setEnabled(False)
        self.edited.emit()

    def is_dirty(self) -> bool:
        """Whether the office's form was typed in."""
        return self.form.is_dirty()

    def make_backup(self) -> None:
        """Make and check a copy now."""

        def work(progress: Progress) -> Path:
            now = self.desk.now()
            told = partial(progress, what="正在备份并核对")
            return self.context.backups.make(self.context.data_file, now, told)

        try:
            made = run_task(self, "正在备份", work)
        except Cancelled as error:
            self._say(str(error), "muted")
            return
        except DeskError as error:
            self._say(str(error), "wrong")
            return
        self._say(f"已备份并核对：{made.name}", "ok")
        self.reload()

    def check(self) -> None:
        """Look the whole data file over and say what was found."""

        def work(progress: Progress) -> Findings:
            return look_over(self.desk.database, partial(progress, what="正在检查资料"))

        try:
            found = run_task(self, "正在检查资料", work)
        except Cancelled as error:
            self._say(str(error), "muted")
            return
        except DeskError as error:
            self._say(str(error), "wrong")
            return
        self._say("\n".join(found.told), "wrong" if found.faults else "ok")

    def change_backup_folder(self) -> None:
        """Let the copies go somewhere else from now on; those there are stay where they are."""
        start = str(self.context.backups.folder)
        chosen = QFileDialog.getExistingDirectory(self, "选择备份文件夹", start)
        if not chosen:
            return
        folder = Path(chosen)
        if not can_write(folder):
            self._say(f"“{folder}”写不进去，备份文件夹没有改。请另选一个文件夹。", "wrong")
            return
        with self.desk.database.transaction():
            self.desk.database.set_setting("backup_folder", str(folder))
        self.context.backups = Backups(folder, self.context.data_file.stem)
        self._say(f"以后备份到“{folder}”。以前的备份还在原来的文件夹里。", "ok")
        self.reload()

    def open_folder(self) -> None:
        """Show the data file's folder in the system's own window."""
        folder = self.context.data_file.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._say(f"打不开文件夹窗口，资料在“{folder}”。", "muted")

    def _say(self, sentence: str, role: str) -> None:
        self._result.setText(sentence)
        set_role(self._result, role)

    def _arrange(self) -> None:
        """The office, the look and the files, one below the other, scrolled where they must be."""
        inner = QWidget()
        inner.setObjectName("form")
        box = QVBoxLayout(inner)
        box.setContentsMargins(GAP * 2, GAP * 2, GAP * 2, GAP * 2)
        box.addWidget(_heading("本室"))
        box.addWidget(self.form)
        box.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(_heading("界面"))
        box.addLayout(self._look_form())
        box.addWidget(_heading("资料与备份"))
        self._add_files(box)
        box.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _look_form(self) -> QFormLayout:
        """The size of the text, and light or dark."""
        self.zoom_box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for zoom in ZOOMS:
            self.zoom_box.addItem(f"{zoom} %", zoom)
        self.zoom_box.setCurrentIndex(ZOOMS.index(self.context.style.zoom))
        self.dark_box.setChecked(self.context.style.tokens is DARK)
        look = QFormLayout()
        look.addRow("文字大小", self.zoom_box)
        look.addRow("", self.dark_box)
        return look

    def _add_files(self, box: QVBoxLayout) -> None:
        """Where the files are, what can be done with them, and what came of it."""
        self._where.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._where.setWordWrap(True)
        self._where.setObjectName("where")
        self._result.setWordWrap(True)
        self._result.setObjectName("result")
        row = QHBoxLayout()
        buttons = (self.backup_button, self.check_button, self.folder_button, self.open_button)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        box.addWidget(self._where)
        box.addLayout(row)
        box.addWidget(self._result)

    def _connect(self) -> None:
        self.save_button.setObjectName("save")
        self.save_button.setEnabled(False)
        self.save_button.setProperty("role", "main")
        self.form.edited.connect(self._typed)
        self.form.ended.connect(self.save_button.setFocus)
        self.folder_button.clicked.connect(self.change_backup_folder)
        self.open_button.clicked.connect(self.open_folder)
        self.save_button.clicked.connect(self.save)
        self.backup_button.clicked.connect(self.make_backup)
        self.check_button.clicked.connect(self.check)
        self.zoom_box.activated.connect(lambda _index: self._look())
        self.dark_box.clicked.connect(lambda _on: self._look())

    def _typed(self) -> None:
        self.save_button.setEnabled(self.is_dirty())
        self._drafts.note_typing()
        self.edited.emit()

    def _look(self) -> None:
        self.look_changed.emit(self.dark_box.isChecked(), int(self.zoom_box.currentData()))


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
