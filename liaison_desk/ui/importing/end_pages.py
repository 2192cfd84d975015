"""The other two faces of the wizard: a source that cannot be read, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from liaison_desk.ui.importing.bad_rows_file import save_bad_rows
from liaison_desk.ui.importing.enter_button import EnterButton
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.importing import ImportPlan, ImportResult


class TroublePage(QWidget):
    """Why a source cannot be read, in its own sentence, and a way on."""

    other_asked = Signal()
    """The clerk wants another file."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = _sentence("wrong")
        self.sentence.setObjectName("trouble")
        self.other_button = _button("换一个文件……", "other_file", "main")
        self.other_button.clicked.connect(self.other_asked)
        _stand(self, [self.sentence], [self.other_button])

    def show_trouble(self, sentence: str) -> None:
        """Say it."""
        self.sentence.setText(f"▲ {sentence}")
        self.other_button.setFocus()


class DonePage(QWidget):
    """What was imported, the rows that were not, to be kept in a workbook, and the next table."""

    next_asked = Signal()
    """The clerk goes on with the next table of the file."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: ImportPlan | None = None
        self._source: Path | None = None
        self._kept: Path | None = None
        self.said = _sentence("ok")
        self.said.setObjectName("done")
        self.left = _sentence("")
        self.kept = _sentence("muted")
        self.kept.setObjectName("kept")
        self.save_button = _button("存出错行表格……", "save_bad", "main")
        self.open_button = _button("打开这张表格", "open_bad", "")
        self.next_button = _button("", "next_table", "main")
        self.save_button.clicked.connect(self.save)
        self.next_button.clicked.connect(self.next_asked)
        self.open_button.clicked.connect(self.open)
        buttons = [self.save_button, self.open_button, self.next_button]
        _stand(self, [self.said, self.left, self.kept], buttons)

    def show_result(
        self, result: ImportResult, plan: ImportPlan, source: Path | None, to_come: str = ""
    ) -> None:
        """Say what was done and what was not, and which table of the file is still to come."""
        self._plan, self._source = plan, source
        self.said.setText(f"✓ {result.summary}")
        count = len(plan.bad_rows)
        self.left.setText(
            f"▲ 还有{count}行没有导入或没有导全。可以把它们存成一张表格，原因写在每行后面；"
            "改好后再导入那张表格就行。"
        )
        self.left.setVisible(bool(count))
        self.save_button.setVisible(bool(count))
        self.next_button.setText(f"接着导入“{to_come}”")
        self.next_button.setVisible(bool(to_come))
        self._show_kept(None)
        (self.save_button if count else self.next_button).setFocus()

    def save(self) -> None:
        """Ask where to, and keep the bad rows there."""
        assert self._plan is not None
        kept = save_bad_rows(self, self._plan, self._source)
        if kept is not None:
            self._show_kept(kept)
            self.open_button.setFocus()

    def open(self) -> None:
        """Show the workbook in the clerk's own program."""
        opened = self._kept is not None and QDesktopServices.openUrl(
            QUrl.fromLocalFile(str(self._kept))
        )
        if not opened:
            self.kept.setText(f"{self.kept.text()}\n没有找到能打开表格的程序，请到上面的位置打开。")

    def _show_kept(self, kept: Path | None) -> None:
        self._kept = kept
        self.kept.setText(f"已存到 {kept}" if kept else "")
        self.kept.setVisible(kept is not None)
        self.open_button.setVisible(kept is not None)


def _sentence(role: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _button(text: str, name: str, role: str) -> EnterButton:
    button = EnterButton(text)
    button.setObjectName(name)
    button.setProperty("role", role)
    return button


def _stand(page: QWidget, labels: list[QLabel], buttons: list[EnterButton]) -> None:
    """Sentences and then buttons, in the upper middle of the page."""
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    column = QVBoxLayout()
    column.setSpacing(GAP * 2)
    for label in labels:
        column.addWidget(label)
    column.addLayout(row)
    layout = QVBoxLayout(page)
    layout.addStretch(1)
    layout.addLayout(column)
    layout.addStretch(2)
    layout.setContentsMargins(GAP * 10, 0, GAP * 10, 0)
