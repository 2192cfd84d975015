"""Rows of a list are copied as they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from liaison_desk.ui import rows_clipboard
from liaison_desk.ui.cells_clipboard import from_text
from liaison_desk.ui.record_pages import PersonPage
from tests import factory
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk

CTRL = Qt.KeyboardModifier.ControlModifier


def test_chosen_rows_are_copied_with_heads_and_masked_numbers(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.person(desk, "张伟", phone="13800000001")
    factory.person(desk, "李红梅", phone="13800000002")
    window = make_window(desk, tmp_path, qtbot, pages=(PersonPage,))
    page = turn(window, PersonPage)
    page.show_first()
    page.list.table.setFocus()
    page.list.table.selectAll()
    qtbot.keyClick(page.list.table, Qt.Key.Key_C, CTRL)
    rows = from_text(QGuiApplication.clipboard().text())
    assert rows[0][0] == "姓名"
    assert {row[0] for row in rows[1:]} == {"张伟", "李红梅"}
    phone = rows[0].index("手机")
    assert {row[phone] for row in rows[1:]} == {"138****0001", "138****0002"}
    mime = QGuiApplication.clipboard().mimeData()
    assert mime is not None
    assert "13800000001" not in mime.html() + mime.text()
    assert "已复制 2 行" in window.status.said.sentence


def test_more_rows_than_a_spreadsheet_takes_well_are_refused_in_words(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("张伟", "李红梅"):
        factory.person(desk, name)
    monkeypatch.setattr(rows_clipboard, "MOST_ROWS", 1)
    page = turn(make_window(desk, tmp_path, qtbot, pages=(PersonPage,)), PersonPage)
    page.list.table.selectAll()
    assert "请少选一些" in rows_clipboard.copy_rows(page.list.table)
