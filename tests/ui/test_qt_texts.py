"""Qt's own dialogs speak Chinese, also where Qt brings no translation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QFileDialog,
    QGroupBox,
    QLabel,
    QMessageBox,
    QWizard,
)

from liaison_desk.app import make_application

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

ENGLISH = re.compile(r"[A-Za-z]{3,}")
NAMES = re.compile(r"PDF|PostScript|/\S*|\.\w+|\S*print\.pdf")
"""What stands in Latin letters in Chinese too."""
PRINTERS: list[QPrinter] = []
"""A print dialog does not keep its printer alive."""


def file_dialog() -> QFileDialog:
    dialog = QFileDialog(None, "选择")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    return dialog


def print_dialog() -> QPrintDialog:
    PRINTERS.append(QPrinter())
    return QPrintDialog(PRINTERS[-1])


def question() -> QMessageBox:
    buttons = QMessageBox.StandardButton
    return QMessageBox(
        QMessageBox.Icon.Question,
        "题",
        "问",
        buttons.Ok | buttons.Cancel | buttons.Save | buttons.Discard | buttons.Close,
    )


def texts(dialog: QDialog) -> Iterator[str]:
    """Every word on a dialog's labels, buttons and boxes."""
    for label in dialog.findChildren(QLabel):
        yield label.text()
    for button in dialog.findChildren(QAbstractButton):
        yield button.text()
    for box in dialog.findChildren(QGroupBox):
        yield box.title()
    for combo in dialog.findChildren(QComboBox):
        yield from (combo.itemText(place) for place in range(combo.count()))


@pytest.mark.parametrize("make", [file_dialog, print_dialog, question, QWizard])
def test_a_dialog_of_qt_has_no_english_word(make: Callable[[], QDialog], qtbot: QtBot) -> None:
    make_application()
    dialog = make()
    qtbot.addWidget(dialog)
    said = [NAMES.sub("", text) for text in texts(dialog)]
    assert any("取消" in text for text in said)
    assert [text for text in said if ENGLISH.search(text)] == []
