"""The few boxes the program shows, and the sentences in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

if TYPE_CHECKING:
    from liaison_desk.domain.errors import DeskError

Leaving = Literal["save", "discard", "cancel"]
Again = Literal["show", "again", "cancel"]
SET_UP: Literal["set_up"] = "set_up"
DATA_FILES = "资料文件 (*.db);;所有文件 (*)"


def tell(parent: QWidget | None, error: DeskError) -> None:
    """Tell the clerk what the world did, in the error's own sentence."""
    box = QMessageBox(QMessageBox.Icon.Warning, "协商联络台", str(error), parent=parent)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def ask_leaving(parent: QWidget, what: str) -> Leaving:
    """Ask once what becomes of an unsaved form: 保存, 不保存 or 取消 (the default)."""
    box = QMessageBox(QMessageBox.Icon.Question, "协商联络台", f"{what}还没有保存。", parent=parent)
    save = box.addButton("保存", QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton("不保存", QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    if box.clickedButton() is save:
        return "save"
    return "discard" if box.clickedButton() is discard else "cancel"


def ask_again(parent: QWidget, sentence: str) -> Again:
    """Ask when something is done already: 打开已有的 (the default), 再转一条 or 取消."""
    box = QMessageBox(QMessageBox.Icon.Question, "协商联络台", sentence, parent=parent)
    show = box.addButton("打开已有的", QMessageBox.ButtonRole.AcceptRole)
    again = box.addButton("再转一条", QMessageBox.ButtonRole.ActionRole)
    cancel = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(show)
    box.setEscapeButton(cancel)
    box.exec()
    if box.clickedButton() is show:
        return "show"
    return "again" if box.clickedButton() is again else "cancel"


def ask_other_file(sentence: str) -> Path | Literal["set_up"] | None:
    """Say why the data file was not opened, and ask for what to do instead.

    Returns:
        Another data file to open, `SET_UP` for the first-start pages, or None to leave (the
        default).
    """
    box = QMessageBox(QMessageBox.Icon.Warning, "协商联络台", sentence)
    other = box.addButton("打开别的资料文件", QMessageBox.ButtonRole.ActionRole)
    set_up = box.addButton("登记新的资料", QMessageBox.ButtonRole.ActionRole)
    leave = box.addButton("退出", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leave)
    box.setEscapeButton(leave)
    box.exec()
    if box.clickedButton() is set_up:
        return SET_UP
    return ask_data_file(None) if box.clickedButton() is other else None


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
    box = QMessageBox(QMessageBox.Icon.Warning, "协商联络台", question, parent=parent)
    go = box.addButton(deed, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    return box.clickedButton() is go


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
