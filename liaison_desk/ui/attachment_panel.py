"""The files kept with a record."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QEvent, QObject, Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import Cancelled, DeskError, NotValid
from liaison_desk.domain.record import with_values
from liaison_desk.domain.short import short
from liaison_desk.services.attaching import (
    NotAttachable,
    attach,
    attach_content,
    attachments,
    copy_for_reading,
    rename,
    save_as,
)
from liaison_desk.ui import messages
from liaison_desk.ui.attachment_list import AttachmentList
from liaison_desk.ui.pasted_picture import PASTED, pasted_picture
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tasks import Progress, run_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent

    from liaison_desk.domain.attachment import Attachment
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.preview import Preview

HINT = "把照片、扫描件或文件拖到这里，或按 Ctrl+V 粘贴。空格看大图。"
SAVE_FIRST = "先保存，再加附件。"


class AttachmentPanel(QWidget):
    """The list of files with what can be done with them, and beside it the chosen one's look."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._desk = context.desk
        self._record: Record | None = None
        # Copies that were opened hold personal facts: they go when the program ends.
        self._opened = QTemporaryDir(QDir.tempPath() + "/附件-XXXXXX")
        self._is_own = False
        self._preview: Preview | None = None
        self._noted: Attachment | None = None
        self.files = AttachmentList()
        self.hint = QLabel(HINT)
        self.note_line = QLineEdit()
        self.add_button = QPushButton("加文件")
        self.paste_button = QPushButton("粘贴")
        self.open_button = QPushButton("打开")
        self.save_as_button = QPushButton("另存为")
        self.rename_button = QPushButton("改名")
        self.remove_button = QPushButton("删除")
        self._splitter = QSplitter()
        self.setAcceptDrops(True)
        self._arrange()
        self._connect()

    @property
    def preview(self) -> Preview:
        """How the chosen file looks; made when the panel first comes into view."""
        if self._preview is None:
            from liaison_desk.ui.preview import Preview  # not before it is wanted

            self._preview = Preview(self._desk.contents, self._context.style)
            self._splitter.addWidget(self._preview)
            self._splitter.setStretchFactor(1, 1)
            self._splitter.setSizes([260, 420])
        return self._preview

    def show_record(self, record: Record | None) -> None:
        """Show the files of a record; one not saved yet can have none."""
        if record is not None and self._desk.get(type(record), record.id) is None:
            record = None
        is_same = record and self._record and self._record.id == record.id
        chosen = self.files.chosen() if is_same else None
        self._record = record
        self._is_own = record is not None and self._desk.is_own(record)
        self.add_button.setEnabled(self._is_own)
        self.paste_button.setEnabled(self._is_own)
        self.hint.setText(HINT if record else SAVE_FIRST)
        self._fill(chosen.id if chosen else "")

    def take_cursor(self) -> None:
        """Into the list of files, where Ctrl+V pastes."""
        self.files.setFocus(Qt.FocusReason.MouseFocusReason)

    # -- deeds -----------------------------------------------------------------------------

    def add_files(self) -> None:
        """Ask for files and keep them."""
        paths, _ = QFileDialog.getOpenFileNames(self, "选择要加入的文件")
        self.attach_files([Path(path) for path in paths])

    def attach_files(self, paths: list[Path]) -> None:
        """Keep files with the record, each as a deed; those refused are told of together."""
        record = self._record
        if record is None or not self._is_own or not paths:
            return
        known = {each.id for each in attachments(self._desk, record.id)}
        refused: list[str] = []

        def work(progress: Progress) -> None:
            for number, path in enumerate(paths, start=1):
                which = f"（{number}/{len(paths)}）" if len(paths) > 1 else ""
                what = f"正在加入 {path.name}{which}"
                progress(0, 0, what)
                try:
                    attach(self._desk, record, path, _hundredths(progress, what))
                except NotAttachable as error:
                    refused.append(str(error))

        try:
            run_task(self, "正在加入文件", work)
        except Cancelled:
            self._context.say("已取消，先加入的文件还在", False)
        except DeskError as error:
            refused.append(str(error))
        self._after_adding(known)
        if refused:
            messages.tell(self, DeskError("\n".join(refused)))

    def paste(self) -> None:
        """Keep what was copied: files, or a picture."""
        self._take(QGuiApplication.clipboard().mimeData())

    def open_file(self) -> None:
        """Open a read-only copy with the system's program."""
        attachment = self.files.chosen()
        if attachment is None:
            return
        folder = Path(tempfile.mkdtemp(dir=self._opened.path()))
        copy: list[Path] = []

        def work(progress: Progress) -> None:
            told = _hundredths(progress, f"正在打开 {attachment.name}")
            copy.append(copy_for_reading(self._desk, attachment, folder, told))

        if not self._run("正在打开文件", work):
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy[0]))):
            self._context.say(f"这台电脑上没有能打开“{copy[0].name}”的程序", False)

    def save_file_as(self) -> None:
        """Write a copy where the clerk wants it."""
        attachment = self.files.chosen()
        if attachment is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(self, "另存为", attachment.name)
        if not chosen:
            return
        path = Path(chosen)

        def work(progress: Progress) -> None:
            told = _hundredths(progress, f"正在另存 {attachment.name}")
            save_as(self._desk, attachment, path, told)

        if self._run("正在另存文件", work):
            self._context.say(f"已另存到“{path}”", False)

    def rename_file(self) -> None:
        """Ask for another name, until one is taken or the clerk gives up."""
        attachment = self.files.chosen()
        name = attachment.name if attachment else ""
        while attachment is not None and self.rename_button.isEnabled():
            answer = messages.ask_line(self, "改名", "文件名", name)
            if answer is None or answer == attachment.name:
                return
            name = answer
            try:
                kept = rename(self._desk, attachment, name)
            except NotValid as error:
                sentence = "；".join(each.sentence for each in error.problems)
                messages.tell(self, DeskError(f"{sentence}。"))
                continue
            self._context.say(f"已改名为“{kept.name}”", True)
            self._fill(kept.id)
            return

    def remove_file(self) -> None:
        """Put a file into the recycle bin; 撤销 brings it back."""
        attachment = self.files.chosen()
        if attachment is None or not self._is_own:
            return
        row = self.files.currentRow()
        self._desk.remove(attachment)
        self._context.say("已删除附件", True)
        self._fill()
        self.files.setCurrentRow(min(row, self.files.count() - 1))

    def keep_note(self) -> None:
        """Keep what is written about the chosen file."""
        attachment, note = self._noted, self.note_line.text()
        if attachment is None or not self._is_own or note == attachment.note:
            return
        try:
            with self._desk.deed(f"写附件“{short(attachment.name)}”的说明"):
                self._desk.save(with_values(attachment, {"note": note}))
        except NotValid as error:
            messages.tell(self, error)
            return
        self._fill(attachment.id)

    def look_closer(self) -> None:
        """Show the chosen file as large as the window (space)."""
        row = self.files.currentRow()
        if row >= 0:
            from liaison_desk.ui.preview import PreviewDialog

            last = PreviewDialog.ask(
                self, self._desk.contents, self._context.style, self.files.files(), row
            )
            self.files.setCurrentRow(last)

    # -- what Qt says ------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures."""
        mime = event.mimeData()
        if (mime.hasUrls() or mime.hasImage()) and self.add_button.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was dropped."""
        self._take(event.mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V keeps what was copied."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste_button.isEnabled():
            self.paste()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the chosen file now that it is looked at."""
        super().showEvent(event)
        self._show_chosen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list: space, Delete, and those of the preview."""
        if watched is not self.files or not isinstance(event, QKeyEvent):
            return False
        if event.type() != QEvent.Type.KeyPress or self.files.chosen() is None:
            return False
        if event.key() == Qt.Key.Key_Space:
            self.look_closer()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_file()
        else:
            return self._preview is not None and self._preview.handle_key(event)
        return True

    # -- inside ----------------------------------------------------------------------------

    def _take(self, mime: QMimeData | None) -> None:
        """Keep the files or the picture that were dropped or copied."""
        record = self._record
        if mime is None or record is None or not self._is_own:
            return
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            self.attach_files(paths)
            return
        picture = pasted_picture(mime)
        if picture is None:
            self._context.say("没有复制照片或文件，没有可以粘贴的", False)
            return
        known = {each.id for each in attachments(self._desk, record.id)}
        moment = f"{self._desk.now():%Y-%m-%d %H-%M}"

        def work(progress: Progress) -> None:
            progress(0, 0, "正在加入照片")
            content, ending = picture()
            attach_content(self._desk, record, f"{PASTED} {moment}{ending}", content)

        if self._run("正在加入照片", work):
            self._after_adding(known)

    def _run(self, title: str, work: Callable[[Progress], None]) -> bool:
        """Do something long; whether it was done."""
        try:
            run_task(self, title, work)
        except Cancelled:
            self._context.say("已取消", False)
            return False
        except DeskError as error:
            messages.tell(self, error)
            return False
        return True

    def _after_adding(self, known: set[str]) -> None:
        """Show what has come, choose the last of it and say how many there are."""
        if self._record is None:
            return
        now = attachments(self._desk, self._record.id)
        new = [each for each in now if each.id not in known]
        chosen = self.files.chosen()
        self._fill(new[-1].id if new else chosen.id if chosen else "")
        if len(new) == 1:
            self._context.say(f"已加入“{new[0].name}”", True)
        elif new:
            self._context.say(f"已加入 {len(new)} 个文件", True)
        elif known:
            self._context.say("没有新的文件加入：这里已经有了", False)

    def _show_chosen(self) -> None:
        """Enable what can be done with the chosen file, and show it."""
        chosen = self.files.chosen()
        for button in (self.open_button, self.save_as_button):
            button.setEnabled(chosen is not None)
        for button in (self.rename_button, self.remove_button):
            button.setEnabled(chosen is not None and self._is_own)
        self._noted = chosen
        self.note_line.setEnabled(chosen is not None)
        self.note_line.setReadOnly(not self._is_own)
        self.note_line.setText(chosen.note if chosen else "")
        if self.isVisible():
            self.preview.show_attachment(chosen)

    def _fill(self, chosen: str = "") -> None:
        """List the files and choose one by its id."""
        found = attachments(self._desk, self._record.id) if self._record else []
        self.files.show_files(found, chosen)
        self._show_chosen()

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add_files)
        self.paste_button.clicked.connect(self.paste)
        self.open_button.clicked.connect(self.open_file)
        self.save_as_button.clicked.connect(self.save_file_as)
        self.rename_button.clicked.connect(self.rename_file)
        self.remove_button.clicked.connect(self.remove_file)
        self.note_line.editingFinished.connect(self.keep_note)
        self.files.itemActivated.connect(lambda _item: self.open_file())
        self.files.currentRowChanged.connect(lambda _row: self._show_chosen())
        self.files.installEventFilter(self)

    def _arrange(self) -> None:
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        self.note_line.setObjectName("attachment_note")
        self.note_line.setPlaceholderText("说明，如 现场照片，左起第三人为召集人")
        self.note_line.setAccessibleName("附件的说明")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.files, 1)
        column.addWidget(self.note_line)
        self._splitter.addWidget(left)
        self._splitter.setChildrenCollapsible(False)
        top = QHBoxLayout()
        top.addWidget(self.hint, 1)
        top.addLayout(_row(self.add_button, self.paste_button))
        below = _row(self.open_button, self.save_as_button, self.rename_button, self.remove_button)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.addLayout(top)
        layout.addWidget(self._splitter, 1)
        layout.addLayout(below)


def _row(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons side by side."""
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    return row


def _hundredths(progress: Progress, what: str) -> Callable[[int, int], None]:
    """A progress of the services that says in the window what is being done."""
    return lambda done, total: progress(done, total, what)
