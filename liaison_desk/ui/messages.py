"""The few boxes the program shows, and the sentences in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.errors import DeskError

Leaving = Literal["save", "discard", "cancel"]
Again = Literal["show", "again", "cancel"]
SET_UP: Literal["set_up"] = "set_up"
T = TypeVar("T")
_Role, _Icon = QMessageBox.ButtonRole, QMessageBox.Icon
_Choice = tuple[str, QMessageBox.ButtonRole, T]
DATA_FILES = "资料文件 (*.db);;所有文件 (*)"


def tell(parent: QWidget | None, error: DeskError) -> None:
    """Tell the clerk what the world did, in the error's own sentence."""
    box = QMessageBox(QMessageBox.Icon.Warning, "协商联络台", str(error), parent=parent)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def ask_leaving(parent: QWidget, what: str) -> Leaving:
    """Ask once what becomes of an unsaved form: 保存, 不保存 or 取消 (the default)."""
    choices: tuple[_Choice[Leaving], ...] = (
        ("保存", _Role.AcceptRole, "save"),
        ("不保存", _Role.DestructiveRole, "discard"),
        ("取消", _Role.RejectRole, "cancel"),
    )
    return _ask(parent, _Icon.Question, f"{what}还没有保存。", choices)


def ask_again(parent: QWidget, sentence: str) -> Again:
    """Ask when something is done already: 打开已有的 (the default), 再转一条 or 取消."""
    choices: tuple[_Choice[Again], ...] = (
        ("打开已有的", _Role.AcceptRole, "show"),
        ("再转一条", _Role.ActionRole, "again"),
        ("取消", _Role.RejectRole, "cancel"),
    )
    return _ask(parent, _Icon.Question, sentence, choices, default=0)


def ask_other_file(sentence: str) -> Path | Literal["set_up"] | None:
    """Say why the data file was not opened, and ask for what to do instead.

    Returns:
        Another data file to open, `SET_UP` for the first-start pages, or None to leave (the
        default).
    """
    choices: tuple[_Choice[str], ...] = (
        ("打开别的资料文件", _Role.ActionRole, "other"),
        ("登记新的资料", _Role.ActionRole, SET_UP),
        ("退出", _Role.RejectRole, ""),
    )
    answer = _ask(None, _Icon.Warning, sentence, choices)
    if answer == SET_UP:
        return SET_UP
    return ask_data_file(None) if answer else None


def ask_data_file(parent: QWidget | None) -> Path | None:
    """Ask for an existing data file, such as a backup."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "打开资料文件", "", DATA_FILES)
    return Path(chosen) if chosen else None


def ask_line(parent: QWidget, title: str, label: str, text: str = "") -> str | None:
    """Ask for one line of text; None when the clerk gives up."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextValue(text)
    dialog.setOkButtonText("确定")
    dialog.setCancelButtonText("取消")
    dialog.resize(420, dialog.sizeHint().height())
    is_taken = dialog.exec()
    dialog.deleteLater()
    return dialog.textValue() if is_taken else None


def confirm(parent: QWidget, question: str, deed: str) -> bool:
    """Ask before what cannot be undone; 取消 is the default."""
    choices = ((deed, _Role.AcceptRole, True), ("取消", _Role.RejectRole, False))
    return _ask(parent, _Icon.Warning, question, choices)


def crash(parent: QWidget | None, report: str) -> None:
    """Say that the program itself is at fault; what was saved is safe."""
    box = QMessageBox(
        QMessageBox.Icon.Critical,
        "协商联络台",
        "程序出了错，刚才这一步没有完成。已保存的资料没有受影响，没保存的内容已留为草稿。\n"
        "请重新打开程序；如果又出现，请把下面的内容抄给维护人员。",
        parent=parent,
    )
    box.setDetailedText(report)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def _ask(
    parent: QWidget | None,
    icon: QMessageBox.Icon,
    question: str,
    choices: Sequence[_Choice[T]],
    default: int = -1,
) -> T:
    """Ask a question; Esc and closing the box give the last choice.

    Args:
        parent: the window it is asked over.
        icon: of the box.
        question: what the clerk reads.
        choices: the buttons, in order, with what each one answers.
        default: the place of the button that Enter presses.
    """
    box = QMessageBox(icon, "协商联络台", question, parent=parent)
    buttons = [box.addButton(words, role) for words, role, _answer in choices]
    box.setDefaultButton(buttons[default])
    box.setEscapeButton(buttons[-1])
    box.exec()
    pressed = box.clickedButton()
    return next(
        (told[2] for told, b in zip(choices, buttons, strict=True) if b is pressed), choices[-1][2]
    )
