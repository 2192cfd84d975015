"""From which day to which: either may be left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout

from liaison_desk.domain.fields import Day, WrongText

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget


class PeriodDialog(QDialog):
    """Two days, typed as anywhere else."""

    def __init__(self, parent: QWidget, label: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{label}的起止")
        self.since = QLineEdit()
        self.until = QLineEdit()
        self.since.setObjectName("since")
        self.until.setObjectName("until")
        self.wrong = QLabel()
        self.wrong.setProperty("role", "wrong")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.days = ("", "")
        form = QFormLayout()
        for title, line in (("从", self.since), ("到", self.until)):
            line.setPlaceholderText("如 2026-3-8、3.8、昨天；不限可以空着")
            form.addRow(title, line)
        buttons = QDialogButtonBox()
        go = buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole)
        go.setProperty("role", "main")
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.wrong)
        layout.addWidget(buttons)
        self.setMinimumWidth(30 * self.fontMetrics().horizontalAdvance("国"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, parent: QWidget, label: str) -> tuple[str, str] | None:
        """The first and last day in ISO 8601, "" for an open end; None when cancelled."""
        dialog = cls(parent, label)
        return dialog.days if dialog.exec() else None

    def accept(self) -> None:
        """Take the days, or say what is wrong with them."""
        try:
            since, until = _day("从", self.since.text()), _day("到", self.until.text())
        except WrongText as error:
            self._complain(str(error))
            return
        if since is None and until is None:
            self._complain("请至少填一个日期。")
        elif since and until and until < since:
            self._complain("“到”早于“从”，请改一个日期。")
        else:
            self.days = (str(since or ""), str(until or ""))
            super().accept()

    def _complain(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()


def _day(label: str, text: str) -> date | None:
    """A day as people write it.

    Raises:
        WrongText: it cannot be read as one.
    """
    found: date | None = Day(label=label).parse(text)
    return found
