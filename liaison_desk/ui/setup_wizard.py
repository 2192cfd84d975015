"""The first start: who the office is, and where its file and its copies lie."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
    QWizard,
    QWizardPage,
)

from liaison_desk.domain.errors import NotValid
from liaison_desk.domain.office import Office
from liaison_desk.ui import messages
from liaison_desk.ui.folders import can_write, missing_parents
from liaison_desk.ui.record_form import RecordForm

SECRECY = (
    "本系统不得存放国家秘密，也没有密级一栏。涉密的会议、文件和名单请不要录入。\n"
    "身份证号和电话在列表、打印和导出时默认遮盖。"
)
FIELDS = (
    "name",
    "level",
    "province",
    "city",
    "county",
    "township",
    "convener",
    "clerk",
    "phone",
)
FILE_NAME = "协商联络台资料.db"


@dataclass(frozen=True)
class Setup:
    """What the first start decided.

    Attributes:
        office: the office to set up; None for the sample office or an existing file.
        data_file: where its file is, or is to be made.
        backup_folder: where the copies go.
        is_sample: whether the invented office is to be tried.
    """

    office: Office | None
    data_file: Path
    backup_folder: Path
    is_sample: bool = False

    @property
    def is_new_office(self) -> bool:
        """Whether the clerk has described her own office."""
        return self.office is not None


class SetupWizard(QWizard):
    """Three short pages: what this is, the office, the folders."""

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        super().__init__(parent)
        self._folder = folder or _documents() / "协商联络台"
        self.wants_sample = False
        self.existing: Path | None = None
        self.setWindowTitle("第一次使用")
        self.setWizardStyle(QWizard.WizardStyle.ClassicStyle)
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        buttons = QWizard.WizardButton
        for button, text in (
            (buttons.BackButton, "上一步"),
            (buttons.NextButton, "下一步"),
            (buttons.FinishButton, "开始使用"),
            (buttons.CancelButton, "取消"),
        ):
            self.setButtonText(button, text)
        em = self.fontMetrics().horizontalAdvance("国")
        self.setMinimumSize(48 * em, 34 * em)
        self.welcome = _WelcomePage()
        self.office_page = _OfficePage()
        self.folders = _FoldersPage(self._folder)
        for page in (self.welcome, self.office_page, self.folders):
            self.addPage(page)
        QTimer.singleShot(0, self, self._offer_next)
        self.welcome.sample_button.clicked.connect(self.try_sample)
        self.welcome.open_button.clicked.connect(self.open_existing)
        self.rejected.connect(self.folders.take_back)

    @classmethod
    def ask(cls, parent: QWidget | None = None, folder: Path | None = None) -> Setup | None:
        """Let the clerk set the office up; None when she cancelled."""
        wizard = cls(parent, folder)
        return wizard.result_setup() if wizard.exec() else None

    def reject(self) -> None:
        """Ask before what is typed is lost; Esc is pressed easily."""
        question = "本室情况还没有登记完，现在退出，填写的内容不会留下。"
        if not self.office_page.form.is_dirty() or messages.confirm(self, question, "退出登记"):
            super().reject()

    def _offer_next(self) -> None:
        """Enter goes on to her own office, not into the invented one."""
        if self.currentPage() is self.welcome:
            self.button(QWizard.WizardButton.NextButton).setFocus()

    def try_sample(self) -> None:
        """Leave the wizard with the sample office, in a file of its own."""
        if can_write(self._folder / "示例"):
            self.wants_sample = True
            self.accept()
        else:
            self.welcome.fault.setText(f"“{self._folder}”写不进去，示例没有地方放。")

    def open_existing(self) -> None:
        """Leave the wizard with a file that is there already, as from the PC used before."""
        self.existing = messages.ask_data_file(self)
        if self.existing is not None:
            self.accept()

    def result_setup(self) -> Setup:
        """What was decided."""
        if self.existing is not None:
            return Setup(None, self.existing, self.existing.parent / "备份")
        if self.wants_sample:
            folder = self._folder / "示例"
            return Setup(None, folder / "示例资料.db", folder / "备份", is_sample=True)
        office = self.office_page.form.record()
        assert isinstance(office, Office)
        return Setup(office, self.folders.data_file(), self.folders.backup_folder())


class _WelcomePage(QWizardPage):
    """What this is for, what must not be in it, and the sample office."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle("欢迎使用协商联络台")
        promise = QLabel("一次录入，多处打印，什么也不丢。\n资料只存在这台电脑上，不上网。")
        warning = QLabel("⚠ " + SECRECY)
        warning.setWordWrap(True)
        warning.setProperty("role", "wrong")
        warning.setObjectName("secrecy")
        self.sample_button = QPushButton("先用示例单位试一试")
        self.sample_button.setObjectName("try_sample")
        self.open_button = QPushButton("打开已有的资料文件")
        self.open_button.setObjectName("open_existing")
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.fault.setProperty("role", "wrong")
        promise.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(promise)
        layout.addSpacing(16)
        layout.addWidget(warning)
        layout.addStretch(1)
        layout.addWidget(self.fault)
        row = QHBoxLayout()
        row.addWidget(self.sample_button)
        row.addWidget(self.open_button)
        row.addStretch(1)
        layout.addLayout(row)


class _OfficePage(QWizardPage):
    """Who the office is."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle("本室情况")
        self.setSubTitle("以后都可以在“设置”里修改（级别除外）。")
        self.form = RecordForm(Office, lambda _table: [], FIELDS)
        self.form.set_record(Office())
        layout = QVBoxLayout(self)
        layout.addWidget(self.form)
        self.form.ended.connect(self._next)

    def initializePage(self) -> None:
        """The cursor stands in the first field."""
        QTimer.singleShot(0, self.form, self.form.focus_first)

    def _next(self) -> None:
        """Enter in the last field goes on."""
        self.wizard().next()

    def validatePage(self) -> bool:
        """Mark what is wrong and stay."""
        try:
            problems = self.form.record().problems()
        except NotValid:
            return False
        self.form.mark(problems)
        return not problems


class _FoldersPage(QWizardPage):
    """Where the data file and its copies lie."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setTitle("资料放在哪里")
        self.setSubTitle("备份最好放在另一个磁盘或移动硬盘上。每天第一次打开时自动备份。")
        self.data_line = QLineEdit(str(folder))
        self.data_line.setObjectName("data_folder")
        self.backup_line = QLineEdit(str(folder / "备份"))
        self.backup_line.setObjectName("backup_folder")
        self.fault = QLabel()
        self.fault.setProperty("role", "wrong")
        self.fault.setWordWrap(True)
        layout = QFormLayout(self)
        layout.addRow("资料文件夹", self._with_button(self.data_line))
        layout.addRow("备份文件夹", self._with_button(self.backup_line))
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self._made: list[Path] = []
        layout.addRow("", self.note)
        layout.addRow("", self.fault)
        self.data_line.textChanged.connect(lambda _text: self._show_what_is_there())
        self._show_what_is_there()

    def data_file(self) -> Path:
        """The data file in the chosen folder."""
        return Path(self.data_line.text().strip()) / FILE_NAME

    def backup_folder(self) -> Path:
        """The chosen folder for copies."""
        return Path(self.backup_line.text().strip())

    def validatePage(self) -> bool:
        """Prove that both folders can be written to."""
        for line in (self.data_line, self.backup_line):
            folder = Path(line.text().strip())
            if not folder.is_absolute():
                return self._refuse(line, "请点“选择”选一个文件夹，或写出完整的位置。")
            new = missing_parents(folder)
            self._made += new
            if not can_write(folder):
                return self._refuse(line, f"“{folder}”写不进去，请另选一个文件夹。")
        return True

    def take_back(self) -> None:
        """She cancelled: the folders made for the test go again, if nothing is in them."""
        for folder in self._made:
            with suppress(OSError):
                folder.rmdir()
        self._made.clear()

    def _refuse(self, line: QLineEdit, sentence: str) -> bool:
        self.fault.setText(sentence)
        line.setFocus()
        return False

    def _show_what_is_there(self) -> None:
        """Say so when the folder has a data file: it is opened, not made anew."""
        self.fault.setText("")
        is_there = self.data_file().is_file()
        self.note.setText(
            "这个文件夹里已经有资料文件，点“开始使用”就打开它，里面的资料不会改动。"
            if is_there
            else f"资料会存成一个文件：{FILE_NAME}"
        )

    def _with_button(self, line: QLineEdit) -> QWidget:
        """A folder's line with 选择 beside it."""
        button = QPushButton("选择")
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(line, 1)
        box.addWidget(button)

        def choose() -> None:
            chosen = QFileDialog.getExistingDirectory(self, "选择文件夹", line.text())
            if chosen:
                line.setText(chosen)

        button.clicked.connect(choose)
        return row


def _documents() -> Path:
    """The clerk's own documents."""
    where = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(where) or Path.home())
