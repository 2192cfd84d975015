"""The clerk fills the county's form: she looks names up, copies them, fills and opens the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from docx import Document
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from liaison_desk.domain.meeting import Meeting
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.own_forms.names_panel import NamesModel
from liaison_desk.ui.own_forms.own_forms_dialog import NO_FORM, OwnFormsDialog
from liaison_desk.ui.printing.print_dialog import PrintDialog
from tests import factory
from tests.ui.test_tab_order import stops
from tests.ui.windows import ini, make_window, turn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow

    Open = Callable[[Sequence[Record]], OwnFormsDialog]


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window of a township."""
    return make_window(desk, tmp_path, qtbot)


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path) -> Open:
    """Opens the dialog for some records."""

    def open_for(records: Sequence[Record]) -> OwnFormsDialog:
        dialog = OwnFormsDialog(window, window.context, ini(tmp_path), records)
        dialog.show()
        return dialog

    return open_for


def form(folder: Path, *names: str) -> Path:
    """An empty form with some names."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([f"{{{{{each}}}}}" for each in names])
    path = folder / "县里的表.xlsx"
    book.save(path)
    return path


def choose(monkeypatch: pytest.MonkeyPatch, dialog: OwnFormsDialog, path: Path) -> None:
    """Choose a form as the clerk does."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    dialog.choose_button.click()


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    """Say where the filled form goes; the names offered."""
    offered: list[str] = []

    def ask(_parent: object, _title: str, start: str, _kind: str) -> tuple[str, str]:
        offered.append(start)
        return (str(path) if path else "", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return offered


def first_row(path: Path) -> list[object]:
    """What the first row holds."""
    return [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][1]]


def test_a_form_is_chosen_filled_saved_beside_the_empty_one_and_opened(
    desk: Desk, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened([factory.meeting(desk)])
    assert dialog.about.text() == "填的是：协商会　桥口村停车难专题协商会"
    assert dialog.told.text() == NO_FORM
    assert not dialog.fill_button.isEnabled()
    empty = form(tmp_path, "会议.名称", "会议.地点")
    before = empty.read_bytes()
    choose(monkeypatch, dialog, empty)
    assert dialog.told.text() == "表里认得 2 个名字。"
    target = tmp_path / "填好.xlsx"
    offered = save_to(monkeypatch, target)
    dialog.fill_button.click()
    assert offered == [str(tmp_path / "县里的表（桥口村停车难专题协商会）.xlsx")]
    assert first_row(target) == ["桥口村停车难专题协商会", "镇政府三楼会议室"]
    assert empty.read_bytes() == before
    assert dialog.said.text() == "已填好，存为“填好.xlsx”。"
    shown: list[str] = []

    def show(url: QUrl) -> bool:
        shown.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    dialog.open_button.click()
    dialog.folder_button.click()
    assert shown == [str(target), str(tmp_path)]


def test_names_nobody_knows_are_told_and_stay_in_the_file(
    desk: Desk, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened([factory.meeting(desk)])
    choose(monkeypatch, dialog, form(tmp_path, "会议.名称", "会议.主席", "出席.电话"))
    told = "不认识的名字照原样留在表里：{{会议.主席}}、{{出席.电话}}。"
    assert told in dialog.told.text()
    target = tmp_path / "填好.xlsx"
    save_to(monkeypatch, target)
    dialog.fill_button.click()
    assert told in dialog.said.text()
    assert first_row(target) == ["桥口村停车难专题协商会", "{{会议.主席}}", "{{出席.电话}}"]


def test_a_form_without_names_tells_how_to_put_them_in(
    desk: Desk, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened([factory.meeting(desk)])
    path = tmp_path / "空.docx"
    Document().save(str(path))
    choose(monkeypatch, dialog, path)
    assert "还没有写名字" in dialog.told.text()
    assert not dialog.fill_button.isEnabled()


def test_a_form_changed_in_the_meantime_is_looked_at_again(
    desk: Desk, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened([factory.meeting(desk)])
    choose(monkeypatch, dialog, form(tmp_path))
    assert not dialog.fill_button.isEnabled()
    form(tmp_path, "会议.名称")
    QApplication.sendEvent(dialog, QEvent(QEvent.Type.WindowActivate))
    assert dialog.told.text() == "表里认得 1 个名字。"
    assert dialog.fill_button.isEnabled()
    (tmp_path / "县里的表.xlsx").unlink()
    QApplication.sendEvent(dialog, QEvent(QEvent.Type.WindowActivate))
    assert "找不到了" in dialog.told.text()
    assert not dialog.fill_button.isEnabled()


@pytest.mark.parametrize("way", ["same", "link"])
def test_the_empty_form_is_never_written_over(
    desk: Desk, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    dialog = opened([factory.meeting(desk)])
    empty = form(tmp_path, "会议.名称")
    before = empty.read_bytes()
    choose(monkeypatch, dialog, empty)
    target = empty
    if way == "link":
        target = tmp_path / "别名.xlsx"
        target.symlink_to(empty)
    save_to(monkeypatch, target)
    dialog.fill_button.click()
    assert "是原来的空表" in dialog.said.text()
    assert empty.read_bytes() == before


def test_nothing_is_written_when_the_disk_does_not_take_it_or_the_clerk_gives_up(
    desk: Desk, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened([factory.meeting(desk)])
    choose(monkeypatch, dialog, form(tmp_path, "会议.名称"))
    save_to(monkeypatch, None)
    dialog.fill_button.click()
    assert dialog.said.text() == ""
    save_to(monkeypatch, tmp_path / "没有这个文件夹" / "填好.xlsx")
    dialog.fill_button.click()
    assert "没有存成" in dialog.said.text()
    assert [each.name for each in tmp_path.glob("*.xlsx*")] == ["县里的表.xlsx"]


def test_several_records_make_a_file_each_and_namesakes_stay_apart(
    desk: Desk, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = [factory.meeting(desk, name) for name in ("甲/乙会", "丙会", "丙会")]
    dialog = opened(held)
    assert dialog.about.text() == "填的是：选中的 3 条协商会，一条一份"
    choose(monkeypatch, dialog, form(tmp_path, "会议.名称"))
    folder = tmp_path / "填好的"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    dialog.fill_button.click()
    assert {each.name: first_row(each)[0] for each in folder.iterdir()} == {
        "县里的表（甲 乙会）.xlsx": "甲/乙会",
        "县里的表（丙会）.xlsx": "丙会",
        "县里的表（丙会）（2）.xlsx": "丙会",
    }
    assert "已填好 3 份" in dialog.said.text()
    assert dialog.open_button.isHidden()


def test_a_file_that_is_no_form_is_told_in_the_dialog(
    desk: Desk, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened([factory.meeting(desk)])
    path = tmp_path / "旧表.xls"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)
    choose(monkeypatch, dialog, path)
    assert "另存为" in dialog.told.text()
    assert not dialog.fill_button.isEnabled()


def test_full_numbers_are_written_only_on_a_tick_and_the_history_tells(
    desk: Desk, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = factory.person(desk, "单丽", phone="13805610001")
    dialog = opened([factory.meeting(desk, host=who.id)])
    choose(monkeypatch, dialog, form(tmp_path, "会议.主持人.手机"))
    target = tmp_path / "填好.xlsx"
    save_to(monkeypatch, target)
    dialog.fill_button.click()
    assert first_row(target) == ["138****0001"]
    dialog.personal.setChecked(True)
    dialog.fill_button.click()
    assert first_row(target) == ["13805610001"]
    told = [each.title for each in desk.log.deeds(limit=1)]
    assert any("县里的表“桥口村停车难专题协商会”（写出了完整的手机、身份证号）" in t for t in told)


def test_forms_used_before_are_offered_again_while_they_are_there(
    desk: Desk, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = factory.meeting(desk)
    first = opened([held])
    old = form(tmp_path, "会议.名称").rename(tmp_path / "旧的.xlsx")
    new = form(tmp_path, "会议.名称", "会议.地点")
    for path in (old, new):
        choose(monkeypatch, first, path)
    again = opened([held])
    assert again.form == new
    assert again.told.text() == "表里认得 2 个名字。"
    assert again.forms.count() == 2
    new.unlink()
    last = opened([held])
    assert (last.form, last.forms.count()) == (old, 1)


def test_a_name_is_found_by_its_words_and_copied_by_a_click_or_a_key(
    desk: Desk, opened: Open, qtbot: QtBot
) -> None:
    dialog = opened([factory.meeting(desk)])
    names, clipboard = dialog.names, QGuiApplication.clipboard()
    everything = names.model.rowCount()
    assert everything > 500
    names.line.setText("会议 地点")
    assert names.model.rowCount() < everything
    shown = [names.model.index(0, column).data() for column in range(3)]
    assert shown == ["{{协商会.地点}}", "镇政府三楼会议室", "填一处"]
    qtbot.mouseClick(
        names.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=names.table.visualRect(names.model.index(0, 0)).center(),
    )
    assert clipboard.text() == "{{协商会.地点}}"
    assert dialog.said.text() == "已复制 {{协商会.地点}}，到表里粘贴"
    names.line.setText("共识事项.时限")
    qtbot.keyClick(names.line, Qt.Key.Key_Return)
    qtbot.keyClick(names.table, Qt.Key.Key_Return)
    assert clipboard.text() == "{{共识事项.时限}}"
    names.line.setText("星座")
    assert names.model.rowCount() == 0
    assert "没有这样的名字" in names.hint.text()


def test_tab_goes_through_everything_from_top_to_bottom(
    desk: Desk, tmp_path: Path, opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened([factory.meeting(desk)])
    choose(monkeypatch, dialog, form(tmp_path, "会议.名称"))
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.forms.setFocus(Qt.FocusReason.TabFocusReason)
    found, against = stops(dialog, qtbot)
    assert against == []
    assert [each.objectName() for each in found] == [
        "forms", "choose", "look_for_name", "names", "personal", "close", "fill",
    ]  # fmt: skip


def test_every_name_shown_is_one_that_fills(desk: Desk, opened: Open) -> None:
    dialog = opened([factory.meeting(desk)])
    model = dialog.names.model
    for row in range(model.rowCount()):
        assert isinstance(model.index(row, 1).data(), str)


def test_the_model_of_names_keeps_to_the_rules(
    opened: Open, desk: Desk, qtmodeltester: ModelTester
) -> None:
    model = opened([factory.meeting(desk)]).names.model
    qtmodeltester.check(model)
    qtmodeltester.check(NamesModel())


def test_it_opens_from_the_menu_and_beside_the_printer_for_what_is_chosen(
    desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = factory.meeting(desk)
    seen: list[str] = []
    monkeypatch.setattr(OwnFormsDialog, "exec", lambda dialog: seen.append(dialog.about.text()))
    window.actions_.fill_forms.trigger()
    page = turn(window, MeetingPage)
    page.choose(held)
    window.printing.menu.aboutToShow.emit()
    action = window.actions_.fill_forms
    assert action in window.printing.menu.actions()
    action.trigger()
    assert seen == ["填的是：柳河镇全部资料", f"填的是：{Meeting.title}　{held.name}"]


def test_it_opens_from_the_window_of_printing_for_what_is_looked_at_there(
    desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = factory.meeting(desk)
    seen: list[str] = []
    monkeypatch.setattr(OwnFormsDialog, "exec", lambda dialog: seen.append(dialog.about.text()))
    monkeypatch.setattr(PrintDialog, "exec", lambda dialog: dialog.files.fill_form())
    window.actions_.print_office.trigger()
    turn(window, MeetingPage).choose(held)
    window.actions_.print.trigger()
    assert seen == ["填的是：柳河镇全部资料", f"填的是：{Meeting.title}　{held.name}"]
