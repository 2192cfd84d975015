"""Lists written in place: cells from and to a spreadsheet, undo, and input methods."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QStyleOptionViewItem, QWidget

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.fields import LongText
from liaison_desk.domain.meeting import AgendaItem, Consensus, MeetingTopic, Statement
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.services.parts import PartNotValid
from liaison_desk.ui.line_names import OfficeNames
from liaison_desk.ui.meeting.line_table import LineTable
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.style import Style
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import make_once, make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONSENSUS = {"name": 0, "agency": 190, "partners": 160, "due_on": 120}


def list_of(
    desk: Desk, qtbot: QtBot, record_type: type[Record], widths: dict[str, int]
) -> LineTable:
    make_once()

    def choices(table: str) -> list[tuple[str, str]]:
        known = desk.find(Agency) if table == "agency" else []
        return [(each.id, each.caption) for each in known]

    table = LineTable(record_type, widths, OfficeNames(choices), Style())
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show_records([])
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.edit_cell(0, 0)
    return table


@pytest.fixture
def table(desk: Desk, qtbot: QtBot) -> LineTable:
    desk.save(Agency(name="镇交通站"))
    return list_of(desk, qtbot, Consensus, CONSENSUS)


def here() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def copied(text: str, html: str = "") -> None:
    mime = QMimeData()
    mime.setText(text)
    if html:
        mime.setHtml(html)
    QGuiApplication.clipboard().setMimeData(mime)


def texts(table: LineTable) -> list[list[str]]:
    lines = table.lines.answers()
    return [[line[name] for name in table.lines.columns] for line in lines]


def fault(table: LineTable, row: int) -> str:
    return str(table.lines.index(row, len(table.lines.columns)).data())


def test_a_block_from_excel_becomes_lines_read_as_if_typed(table: LineTable, qtbot: QtBot) -> None:
    copied(
        "划停车位\t镇交通站\t派出所\t3月31日\r\n"
        '"疏导交通，\n安排人手"\t镇交通站\t\t2026.4.5\r\n'
        "设标牌\t\t\t２０２６０４３０\r\n"
    )
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    year = date.today().year
    assert texts(table)[0] == ["划停车位", "镇交通站", "派出所", f"{year}-03-31"]
    assert texts(table)[1][3] == "2026-04-05"
    assert texts(table)[2] == ["设标牌", "", "", "2026-04-30"]
    assert "安排人手" in texts(table)[1][0]
    assert table.lines.rowCount() == 4
    assert not table.lines.has_faults()


def test_cells_are_written_from_the_present_one_on(table: LineTable, qtbot: QtBot) -> None:
    for name in ("甲", "乙"):
        commit_text(here(), name)
        table.write_next()
    table.edit_cell(0, 2)
    copied("派出所\t4.1\n司法所\t4.2\n综治办\t4.3\n")
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    year = date.today().year
    assert texts(table) == [
        ["甲", "", "派出所", f"{year}-04-01"],
        ["乙", "", "司法所", f"{year}-04-02"],
        ["", "", "综治办", f"{year}-04-03"],
    ]


def test_a_cell_that_cannot_be_read_is_kept_with_the_reason_beside_it(
    table: LineTable, qtbot: QtBot
) -> None:
    copied("划停车位\t镇交通站\t\t2月30日\n设标牌\t\t\t尽快\n")
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    assert [each[3] for each in texts(table)] == ["2月30日", "尽快"]
    assert "2月没有30日" in fault(table, 0)
    assert "看不懂" in fault(table, 1)
    assert not table.isColumnHidden(4)


def test_sounds_that_are_nobodys_make_no_agency(table: LineTable, qtbot: QtBot) -> None:
    copied("划停车位\tqqq\t\t\n")
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    with pytest.raises(PartNotValid, match="没有找到“qqq”，新的名称请输汉字"):
        table.lines.records()


def test_what_has_no_column_is_told_and_not_dropped_in_silence(
    table: LineTable, qtbot: QtBot
) -> None:
    copied("划停车位\t镇交通站\t派出所\t3.31\t已办\t好\n")
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    assert "“已办、好”" in fault(table, 0)


def test_the_row_of_heads_and_empty_rows_are_passed_over(table: LineTable, qtbot: QtBot) -> None:
    heads = [table.lines.kinds[name].label for name in table.lines.columns]
    copied("\t".join(heads) + "\n甲\t\t\t\n\t\t\t\n乙\t\t\t\n")
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    assert [each[0] for each in texts(table)] == ["甲", "乙"]


def test_a_word_outside_a_closed_list_is_marked(desk: Desk, qtbot: QtBot) -> None:
    table = list_of(desk, qtbot, Statement, {"kind": 80, "point": 0})
    copied("发言\t停车难\n唱歌\t没车位\n")
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    assert fault(table, 0) == ""
    assert "中选一项" in fault(table, 1)


def test_a_text_of_one_cell_is_pasted_into_the_text_being_written(
    table: LineTable, qtbot: QtBot
) -> None:
    commit_text(here(), "划停车位")
    copied("（东街）\r\n")
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    assert texts(table)[0][0].startswith("划停车位（东街）")
    assert len(texts(table)) == 1


def test_paragraphs_pasted_into_a_long_text_stay_one_cell_unless_they_come_from_cells(
    desk: Desk, qtbot: QtBot
) -> None:
    table = list_of(desk, qtbot, Statement, {"point": 0})
    assert isinstance(table.lines.kinds["point"], LongText)
    copied("第一段\n第二段")
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    assert texts(table) == [["第一段\n第二段"]]
    table.write_next()
    copied("甲\n乙\n", "<html><table><tr><td>甲</td></tr><tr><td>乙</td></tr></table></html>")
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    assert texts(table) == [["第一段\n第二段"], ["甲"], ["乙"]]


def test_a_paste_is_one_step_back_and_one_forth(table: LineTable, qtbot: QtBot) -> None:
    commit_text(here(), "原来的")
    copied("甲\t\t\t3.1\n乙\t\t\t3.2\n丙\t\t\t3.3\n")
    table.write_next()
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    after = texts(table)
    table.undo()
    assert texts(table) == [["原来的", "", "", ""]]
    table.redo()
    assert texts(table) == after
    table.undo()
    table.undo()
    assert texts(table) == []
    assert not table.can_undo()


def test_a_line_that_was_deleted_comes_back(table: LineTable, qtbot: QtBot) -> None:
    copied("甲\t\t\t\n乙\t\t\t\n")
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    table.edit_cell(0, 0)
    qtbot.keyClick(here(), Qt.Key.Key_Delete, CTRL)
    assert [each[0] for each in texts(table)] == ["乙"]
    table.undo()
    assert [each[0] for each in texts(table)] == ["甲", "乙"]


def test_a_marked_block_goes_to_a_spreadsheet_as_cells(table: LineTable, qtbot: QtBot) -> None:
    copied('007\t镇交通站\t派出所\t2026.3.1\n"乙\n一"\t\t\t2026.3.2\n')
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    table.setCurrentIndex(table.lines.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(table, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime is not None
    assert mime.text().startswith("007\t镇交通站\n")
    assert "mso-number-format:'\\@'\">007<" in mime.html()
    assert len(texts(table)) == 2


def test_a_thousand_lines_are_pasted_at_once(table: LineTable, qtbot: QtBot) -> None:
    copied(
        "".join(f"第{number}件\t镇交通站\t\t2026.3.{number % 28 + 1}\n" for number in range(1000))
    )
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    assert len(texts(table)) == 1000
    assert texts(table)[999] == ["第999件", "镇交通站", "", f"2026-03-{999 % 28 + 1:02}"]


@pytest.mark.parametrize("is_used", [True, False], ids=["some deeds", "no deed yet"])
def test_ctrl_z_in_the_window_takes_the_pasted_block_back_and_no_deed(
    is_used: bool, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    if is_used:
        factory.topic(desk)
    page = turn(make_window(desk, tmp_path, qtbot, pages=(MeetingPage,)), MeetingPage)
    page.new()
    page.form.editors["name"].set_answer("停车难协商会")
    page.lists.write_in(Consensus)
    copied("划车位\t镇交通站\t\t2099.3.31\n设标牌\t镇交通站\t\t2099.4.30\n")
    qtbot.keyClick(here(), Qt.Key.Key_V, CTRL)
    lines = page.lists.tables[Consensus].lines
    assert len(lines.written_rows()) == 2
    before = desk.log.undoable()
    qtbot.keyClick(here(), Qt.Key.Key_Z, CTRL)
    assert lines.written_rows() == []
    assert desk.log.undoable() == before
    qtbot.keyClick(here(), Qt.Key.Key_Z, CTRL | SHIFT)
    assert len(lines.written_rows()) == 2
    assert page.save()
    assert sorted(each.name for each in desk.find(Consensus)) == ["划车位", "设标牌"]


# -- input methods -------------------------------------------------------------------------------


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda each: str(each.table))
def test_the_input_method_is_off_just_in_cells_of_numbers(
    record_type: type[Record], desk: Desk, qtbot: QtBot
) -> None:
    widths = dict.fromkeys(record_type.fields(), 90)
    table = list_of(desk, qtbot, record_type, widths)
    for column, name in enumerate(table.lines.columns):
        index = table.lines.index(0, column)
        editor = table.itemDelegate().createEditor(table, QStyleOptionViewItem(), index)
        is_on = editor.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        kind = table.lines.kinds[name]
        digits = type(kind).__name__ in {"Phone", "IdentityNumber", "Number", "Amount"}
        assert is_on is not digits, name
        if not digits:
            assert not editor.inputMethodHints() & Qt.InputMethodHint.ImhDigitsOnly


@pytest.mark.parametrize(
    ("record_type", "name"),
    [(Consensus, "name"), (Consensus, "agency"), (Consensus, "due_on"), (MeetingTopic, "topic"),
     (AgendaItem, "name"), (Statement, "point")],
)  # fmt: skip
def test_chinese_is_composed_in_every_kind_of_cell_and_enter_waits_for_it(
    record_type: type[Record], name: str, desk: Desk, qtbot: QtBot
) -> None:
    table = list_of(desk, qtbot, record_type, {name: 0})
    editor = here()
    QApplication.sendEvent(editor, QInputMethodEvent("ting'che", []))
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert here() is editor
    assert table.currentIndex().row() == 0
    commit_text(editor, "停车")
    assert isinstance(editor, QLineEdit | QPlainTextEdit)
    assert table.lines.answers()[0][name] == "停车"
