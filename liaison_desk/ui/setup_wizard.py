"""The first start: who the office is, and where its file and its copies lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
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
    """What the first start decided; `office` is None when the sample office is to be tried."""

    office: Office | None
    data_file: Path
    backup_folder: Path


class SetupWizard(QWizard):
    """Three short pages: what this is, the office, the folders."""

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        super().__init__(parent)
        self._folder = folder or _documents() / "协商联络台"
        self.wants_sample = False
        self.setWindowTitle("协商联络台 — 第一次使用")
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
        self.setMinimumSize(720, 480)
        self.welcome = _WelcomePage()
        self.office_page = _OfficePage()
        self.folders = _FoldersPage(self._folder)
        for page in (self.welcome, self.office_page, self.folders):
            self.addPage(page)
        self.welcome.sample_button.clicked.connect(self.try_sample)

    @classmethod
    def ask(cls, parent: QWidget | None = None, folder: Path | None = None) -> Setup | None:
        """Let the clerk set the office up; None when she cancelled."""
        wizard = cls(parent, folder)
        return wizard.result_setup() if wizard.exec() else None

    def try_sample(self) -> None:
        """Leave the wizard with the sample office, in a file of its own."""
        self.wants_sample = True
        self.accept()

    def result_setup(self) -> Setup:
        """What was decided."""
        if self.wants_sample:
            folder = self._folder / "示例"
            return Setup(None, folder / "示例资料.db", folder / "备份")
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
        layout = QVBoxLayout(self)
        layout.addWidget(promise)
        layout.addSpacing(16)
        layout.addWidget(warning)
        layout.addStretch(1)
        layout.addWidget(self.sample_button, 0, Qt.AlignmentFlag.AlignLeft)


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
        layout.addRow("", self.fault)

    def data_file(self) -> Path:
        """The data file in the chosen folder."""
        return Path(self.data_line.text().strip()) / FILE_NAME

    def backup_folder(self) -> Path:
        """The chosen folder for copies."""
        return Path(self.backup_line.text().strip())

    def validatePage(self) -> bool:
        """Prove that both folders can be written to."""
        for folder in (self.data_file().parent, self.backup_folder()):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                probe = folder / ".写入测试"
                probe.write_bytes(b"")
                probe.unlink()
            except OSError:
                self.fault.setText(f"“{folder}”写不进去，请另选一个文件夹。")
                return False
        return True

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
