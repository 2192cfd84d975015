"""The files kept with a record."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.services.attaching import attach
from liaison_desk.ui import messages
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tasks import Progress, run_task

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context


class AttachmentPanel(QWidget):
    """The list of files, with 加文件, 打开 and 删除; files can be dragged in."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._desk = context.desk
        self._record: Record | None = None
        # Copies that were opened hold personal facts: they go when the program ends.
        self._opened = QTemporaryDir(QDir.tempPath() + "/附件-XXXXXX")
        self.files = QListWidget()
        self.hint = QLabel("把照片、扫描件或文件拖到这里，或点“加文件”。")
        self._is_own = False
        self.add_button = QPushButton("加文件")
        self.open_button = QPushButton("打开")
        self.remove_button = QPushButton("删除")
        self.setAcceptDrops(True)
        self._arrange()
        self.add_button.clicked.connect(self.add_files)
        self.open_button.clicked.connect(self.open_file)
        self.remove_button.clicked.connect(self.remove_file)
        self.files.itemActivated.connect(lambda _item: self.open_file())
        self.files.currentRowChanged.connect(lambda _row: self._enable())

    def show_record(self, record: Record | None) -> None:
        """Show the files of a record; one not saved yet can have none."""
        kept = record is not None and self._desk.get(type(record), record.id) is not None
        self._record = record if kept else None
        is_own = kept and record is not None and self._desk.is_own(record)
        self._is_own = is_own
        self.add_button.setEnabled(is_own)
        self.hint.setText(
            "把照片、扫描件或文件拖到这里，或点“加文件”。" if kept else "先保存，再加附件。"
        )
        self._fill()

    def add_files(self) -> None:
        """Ask for files and keep them."""
        paths, _ = QFileDialog.getOpenFileNames(self, "选择要加入的文件")
        self.attach_files([Path(path) for path in paths])

    def attach_files(self, paths: list[Path]) -> None:
        """Keep files with the record, each as a deed."""
        if self._record is None:
            return
        record = self._record

        def work(progress: Progress) -> None:
            for done, path in enumerate(paths):
                progress(done, len(paths), f"正在加入 {path.name}")
                if not self._has(record, path):
                    attach(self._desk, record, path)

        try:
            run_task(self, "正在加入文件", work)
        except Cancelled:
            self._context.say("已取消，先加入的文件还在", False)
        except DeskError as error:
            messages.tell(self, error)
        self._fill()

    def open_file(self) -> None:
        """Open a read-only copy with the system's program."""
        attachment = self._chosen()
        content = self._desk.contents.read(attachment.sha256) if attachment else None
        if attachment is None:
            return
        if content is None:
            lost = f"“{attachment.name}”的内容不在了。请从备份里找回，或找到原来的文件再加一次。"
            messages.tell(self, DeskError(lost))
            return
        folder = Path(tempfile.mkdtemp(dir=self._opened.path()))
        copy = folder / Path(attachment.name).name
        copy.write_bytes(content)
        copy.chmod(0o444)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            self._context.say(f"这台电脑上没有能打开“{copy.name}”的程序", False)

    def remove_file(self) -> None:
        """Put a file into the recycle bin; 撤销 brings it back."""
        attachment = self._chosen()
        if attachment is not None:
            self._desk.remove(attachment)
            self._context.say("已删除附件", True)
            self._fill()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls() and self.add_button.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was dropped."""
        self.attach_files([Path(url.toLocalFile()) for url in event.mimeData().urls()])

    def _has(self, record: Record, path: Path) -> bool:
        """Whether this very file is in the list; one that cannot be read is told of by `attach`."""
        alike = [
            each
            for each in self._desk.find(Attachment, owner=record.id)
            if each.name == path.name and path.is_file() and each.size == path.stat().st_size
        ]
        return any(self._desk.contents.read(each.sha256) == path.read_bytes() for each in alike)

    def _chosen(self) -> Attachment | None:
        item = self.files.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def _enable(self) -> None:
        is_chosen = self._chosen() is not None
        self.open_button.setEnabled(is_chosen)
        self.remove_button.setEnabled(is_chosen and self._is_own)

    def _fill(self) -> None:
        self.files.clear()
        self._enable()
        if self._record is None:
            return
        for each in self._desk.find(Attachment, owner=self._record.id):
            size = max((each.size or 0) // 1024, 1)
            item = QListWidgetItem(f"{each.name}　{size:,} KB")
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.files.addItem(item)

    def _arrange(self) -> None:
        self.files.setObjectName("attachments")
        self.hint.setProperty("role", "muted")
        buttons = QHBoxLayout()
        for button in (self.add_button, self.open_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.addWidget(self.hint)
        layout.addWidget(self.files, 1)
        layout.addLayout(buttons)
