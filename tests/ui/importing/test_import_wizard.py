"""导入表格: seen, changed, decided, cancelled and done, at the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Consensus, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.topic import Topic
from liaison_desk.ui import messages, tasks
from liaison_desk.ui.help_dialog import HelpDialog
from liaison_desk.ui.importing.columns_panel import FIELD
from liaison_desk.ui.importing.preview_model import NUMBER, TOLD
from liaison_desk.ui.importing.row_states import ASK, BAD
from tests import factory
from tests.services.importing.importing import INPUTS
from tests.services.importing.workbooks import people, roster, write
from tests.typing_as_ime import commit_text
from tests.ui.importing.wizards import Hands, when_busy

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QAbstractTableModel, QUrl
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk

ROSTER = INPUTS / "县下发委员名册.xlsx"
LEDGER = INPUTS / "2025年协商活动台账.xlsx"
OLD_LEDGER = INPUTS / "2025年协商活动台账-旧版.xls"
TWO_ROWS = INPUTS / "人员登记表-两行表头.xlsx"
VILLAGERS = INPUTS / "群众代表-GB18030.csv"
ADDED = "＋ 新增"


@pytest.fixture
def hands(desk: Desk, qtbot: QtBot, tmp_path: Path) -> Hands:
    return Hands(desk, qtbot, tmp_path)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked before leaving; the answer is to leave."""
    questions: list[str] = []

    def confirm(_parent: object, question: str, _deed: str) -> bool:
        questions.append(question)
        return True

    monkeypatch.setattr(messages, "confirm", confirm)
    return questions


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The progress box comes up at once."""
    monkeypatch.setattr(tasks, "SHOW_AFTER_MS", 0)


# -- what comes from the files of an office -------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "target", "rows", "term"),
    [
        (ROSTER, "委员名册", 14, "第十二届"),
        (LEDGER, "协商活动台账", 8, ""),
        (OLD_LEDGER, "协商活动台账", 8, ""),
        (VILLAGERS, "人员", 4, ""),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_recognised_file_is_previewed_at_once_and_one_key_imports_it(
    hands: Hands, desk: Desk, path: Path, target: str, rows: int, term: str
) -> None:
    wizard = hands.reads(path)
    assert wizard.page.tabs.currentWidget() is wizard.page.preview
    assert wizard.page.choices.target_box.currentText() == target
    assert wizard.page.choices.term_line.text() == term
    assert hands.states() == [ADDED] * rows
    assert wizard.import_button.text() == f"导入 {rows} 行"
    assert not desk.log.undoable() or "导入" not in desk.log.deeds()[0].title
    wizard.activateWindow()
    hands.bot.waitUntil(wizard.isActiveWindow)
    hands.bot.keyClick(wizard, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert wizard.result_ is not None
    assert desk.log.deeds()[0].title == f"导入{target}（{rows}行）"


def test_the_ledger_becomes_topics_meetings_and_matters_and_one_undo_takes_all_back(
    hands: Hands, desk: Desk
) -> None:
    hands.reads(LEDGER).import_button.click()
    assert len(desk.find(Topic)) == len(desk.find(Meeting)) == 8
    assert desk.find(Matter)
    desk.undo()
    assert not [each for kind in (Topic, Meeting, Consensus, Agency) for each in desk.find(kind)]


def test_a_form_without_a_term_asks_for_it_and_its_second_sheet_can_be_chosen(
    hands: Hands, desk: Desk
) -> None:
    wizard = hands.reads(TWO_ROWS)
    assert "请填写届次" in wizard.page.summary.text()
    assert wizard.focusWidget() is wizard.page.choices.term_line
    assert not wizard.import_button.isEnabled()
    hands.types_term("第十二届")
    assert ADDED in hands.states()
    assert wizard.import_button.isEnabled()
    box = wizard.page.choices.table_box
    assert [box.itemText(n) for n in range(box.count())] == ["Sheet1，17行", "群众代表，4行"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert wizard.page.choices.target_box.currentText() == "人员"
    assert not wizard.page.choices.term_line.isVisible()
    assert len(hands.states()) == 4
    assert not desk.find(Person)


def test_a_term_that_was_just_typed_is_previewed_before_anything_is_imported(
    hands: Hands, desk: Desk
) -> None:
    wizard = hands.reads(TWO_ROWS)
    commit_text(wizard.page.choices.term_line, "第十二届")
    assert wizard.import_button.text() == "看预览"
    hands.bot.keyClick(wizard.import_button, Qt.Key.Key_Return)
    assert not desk.find(Person)
    assert wizard.import_button.text().startswith("导入 ")
    hands.bot.keyClick(wizard.import_button, Qt.Key.Key_Return)
    assert {each.term for each in desk.find(Membership)} == {"第十二届"}


def test_copied_cells_can_take_the_place_of_the_file(hands: Hands) -> None:
    wizard = hands.reads(ROSTER)
    QGuiApplication.clipboard().setText("一句话")
    wizard.paste_button.click()
    assert "先在 WPS 或 Excel 里选中几行" in wizard.page.summary.text()
    QGuiApplication.clipboard().setText("姓名\t手机\n陆䶮\t13800000001\n")
    wizard.paste_button.click()
    assert wizard.name_label.text() == "粘贴的内容"
    assert hands.states() == [ADDED]


def test_what_is_imported_again_is_the_same_and_nothing_is_left_to_do(
    hands: Hands, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    hands.reads(ROSTER).import_button.click()
    assert len(desk.find(Membership)) == 14
    again = Hands(desk, qtbot, tmp_path)
    wizard = again.reads(ROSTER)
    assert again.states() == ["＝ 不变"] * 14
    assert not wizard.import_button.isEnabled()
    assert "不用导入" in wizard.page.summary.text()


def test_personal_numbers_are_masked_wherever_the_wizard_shows_them(
    hands: Hands, tmp_path: Path
) -> None:
    wizard = hands.reads(TWO_ROWS)
    hands.types_term("第十二届")
    model = wizard.page.preview.model
    for place in range(model.rowCount()):
        hands.goes_to(model.row(place).number)
        tables = (model, wizard.page.preview.detail.model)
        assert not _numbers_in(tables)
    assert not _numbers_in((wizard.page.columns.model, wizard.page.left_out.model))


def _numbers_in(models: tuple[QAbstractTableModel, ...]) -> list[str]:
    """Whole telephone and identity numbers in tables."""
    found = []
    for model in models:
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                text = str(model.index(row, column).data() or "")
                found += [text] if any(n in text for n in ("13800000", "34062119")) else []
    return found


# -- changing what is proposed --------------------------------------------------------------------


def test_a_column_can_be_put_elsewhere_and_the_choice_is_kept_for_next_time(
    hands: Hands, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    wizard = hands.reads(VILLAGERS)
    hands.puts("备注", "不导入")
    assert wizard.import_button.text() == "导入 4 行"
    wizard.import_button.click()
    assert {each.note for each in desk.find(Person)} == {""}
    again = Hands(desk, qtbot, tmp_path)
    columns = again.reads(VILLAGERS).page.columns.model
    told = [[columns.index(row, c).data() for c in range(5)] for row in range(5)]
    assert ["－ 不导入", "上次的选择"] in [line[3:] for line in told]


def test_a_column_is_put_elsewhere_by_keys_alone(hands: Hands) -> None:
    wizard = hands.reads(VILLAGERS)
    panel = wizard.page.columns
    wizard.page.tabs.setCurrentWidget(panel)
    panel.table.setFocus()
    hands.bot.keyClick(panel.table, Qt.Key.Key_Down)
    hands.bot.keyClick(panel.table, Qt.Key.Key_Return)
    box = panel.table.findChild(QComboBox)
    assert isinstance(box, QComboBox)
    assert box.currentText() == "性别"
    hands.bot.keyClick(box.view(), Qt.Key.Key_Home)
    hands.bot.keyClick(box.view(), Qt.Key.Key_Return)
    field = panel.model.index(1, FIELD)
    hands.bot.waitUntil(lambda: str(field.data()) == "－ 不导入")
    assert panel.table.currentIndex().row() == 1
    assert wizard.focusWidget() is panel.table


def test_a_missing_required_column_is_marked_and_can_be_pointed_out(
    hands: Hands, desk: Desk, tmp_path: Path
) -> None:
    path = write(tmp_path / "甲.xlsx", ("某某", "性别", "手机"), ("陆䶮", "男", "13800000001"))
    wizard = hands.reads(path)
    box = wizard.page.choices.target_box
    box.setCurrentText("人员")
    box.activated.emit(box.currentIndex())
    panel = wizard.page.columns
    assert "“姓名”" in panel.missing.text()
    assert not wizard.import_button.isEnabled()
    hands.puts("某某", "姓名")
    assert not panel.missing.isVisibleTo(panel)
    wizard.import_button.click()
    assert [each.name for each in desk.find(Person)] == ["陆䶮"]


def test_a_required_field_that_loses_its_column_is_marked_on_the_tab_and_in_the_list(
    hands: Hands, tmp_path: Path
) -> None:
    path = write(tmp_path / "甲.xlsx", ("姓名", "性别", "手机"), ("陆䶮", "男", "13800000001"))
    wizard = hands.reads(path)
    tabs, model = wizard.page.tabs, wizard.page.columns.model
    assert "缺" not in tabs.tabText(1)
    assert "姓名（必填，还没有列）" not in [label for _, label in model.choices(1)]
    hands.puts("姓名", "不导入")
    assert tabs.tabText(1) == "各列记到哪里（3列，▲还缺姓名）"
    assert "姓名（必填，还没有列）" in [label for _, label in model.choices(1)]
    hands.puts("姓名", "姓名")
    assert "缺" not in tabs.tabText(1)


def test_a_choice_is_answered_at_once_while_the_rows_are_looked_at_again(
    hands: Hands, tmp_path: Path
) -> None:
    path = write(tmp_path / "甲.xlsx", ("姓名", "性别"), ("陆䶮", "男"))
    summary = hands.reads(path).page.summary
    seen: list[str] = []
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: seen.append(summary.text()))
    timer.start()
    hands.puts("性别", "不导入")
    assert "正在核对……" in seen
    assert summary.text() != "正在核对……"


def test_the_tables_of_a_file_are_imported_one_after_the_other(
    hands: Hands, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "各村.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for village, name in (("桥口村", "张伟"), ("袁庄村", "李娜"), ("柳河社区", "王芳")):
            book.add_worksheet(village).write_column("A1", ["姓名", name])
        book.add_worksheet("空表")
    wizard = hands.reads(path)
    summary, done = wizard.page.summary, wizard.done_page
    assert "文件里还有2个表（袁庄村、柳河社区），一次导入一个" in summary.text()
    wizard.import_button.click()
    assert done.next_button.text() == "接着导入“袁庄村”"
    assert not done.save_button.isVisible()
    done.next_button.click()
    assert hands.states() == [ADDED]
    wizard.import_button.click()
    done.next_button.click()
    wizard.import_button.click()
    assert not wizard.isVisible(), "no table is left"
    found = {each.name: desk.caption("village", each.village) for each in desk.find(Person)}
    assert found == {"张伟": "桥口村", "李娜": "袁庄村", "王芳": "柳河社区"}


def test_the_next_table_of_a_roster_keeps_the_term(
    hands: Hands, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "名册.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for sheet, name in (("镇直", "张伟"), ("农村", "李娜")):
            page = book.add_worksheet(sheet)
            page.write_row("A1", ["姓名", "界别", "委员证号"])
            page.write_row("A2", [name, "教育", sheet])
    wizard = hands.reads(path)
    hands.types_term("第十二届")
    wizard.import_button.click()
    wizard.done_page.next_button.click()
    wizard.import_button.click()
    assert [each.term for each in desk.find(Membership)] == ["第十二届"] * 2


def test_the_rows_of_the_headings_can_be_changed(hands: Hands, tmp_path: Path) -> None:
    path = write(tmp_path / "甲.xlsx", ("甲", "乙"), ("姓名", "性别"), ("陆䶮", "男"))
    wizard = hands.reads(path)
    assert wizard.page.choices.first_box.value() == 2
    wizard.page.choices.last_box.setValue(1)
    assert wizard.page.choices.first_box.value() == 1, "the first follows the last"
    headings = wizard.page.columns.model
    assert [headings.index(row, 1).data() for row in range(2)] == ["甲", "乙"]
    wizard.page.choices.first_box.setValue(2)
    assert [headings.index(row, 1).data() for row in range(2)] == ["姓名", "性别"]
    assert hands.states() == [ADDED]


def test_the_page_one_comes_from_sets_what_is_imported(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    topics = Hands(desk, qtbot, tmp_path, Topic)
    wizard = topics.reads("名称\t理由\n小区停车难\t车位少")
    assert wizard.page.choices.target_box.currentText() == "议题"
    other = Hands(desk, qtbot, tmp_path, Topic).reads(ROSTER)
    assert other.page.choices.target_box.currentText() == "委员名册"


# -- row by row -----------------------------------------------------------------------------------


def test_rows_can_be_unticked_and_are_then_not_imported(hands: Hands, desk: Desk) -> None:
    wizard = hands.reads(VILLAGERS)
    preview = wizard.page.preview
    hands.bot.keyClick(preview.table, Qt.Key.Key_Space)
    assert hands.states()[0] == "－ 不勾选"
    assert wizard.import_button.text() == "导入 3 行"
    assert "没有勾选，这次不导入" in wizard.page.left_out.model.texts(3)
    rest = [preview.model.row(place).caption for place in (2, 3)]
    second = preview.model.index(1, NUMBER)
    preview.model.setData(second, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    wizard.import_button.click()
    assert sorted(each.name for each in desk.find(Person)) == sorted(rest)


def test_an_update_shows_field_by_field_what_was_and_what_will_be(hands: Hands, desk: Desk) -> None:
    factory.person(desk, "陆䶮", phone="13800000001", post="退休教师", education="高中")
    wizard = hands.reads("姓名\t手机\t学历\n陆䶮\t13800000001\t大学")
    assert hands.states() == ["◆ 更新"]
    changes = wizard.page.preview.detail.model
    assert [changes.texts(column) for column in range(3)] == [["学历"], ["高中"], ["大学"]]
    assert "学历：高中→大学" in str(wizard.page.preview.model.index(0, TOLD).data())


def namesakes(desk: Desk) -> str:
    """Two people of one name, and a table that names one more without saying who."""
    factory.person(desk, "张伟", post="小学教师", phone="13800000001")
    factory.person(desk, "张伟", post="养殖户", phone="13800000002")
    return "姓名\t学历\n张伟\t大学\n李娜\t本科"


def test_a_namesake_is_asked_about_and_the_chosen_one_is_changed(hands: Hands, desk: Desk) -> None:
    wizard = hands.reads(namesakes(desk))
    detail = wizard.page.preview.detail
    assert hands.states() == ["？ 待核对", ADDED]
    assert wizard.import_button.text() == "导入 1 行"
    assert detail.same_button.text() == "是同一人"
    assert detail.candidates.count() == 2
    hands.bot.keyClick(wizard.page.preview.table, Qt.Key.Key_Return)
    lines = [detail.candidates.item(n).text() for n in range(2)]
    farmer = next(n for n, line in enumerate(lines) if "养殖户" in line)
    detail.candidates.setCurrentRow(farmer)
    assert detail.model.texts(2) == ["大学"]
    hands.bot.keyClick(detail.candidates, Qt.Key.Key_Return)
    assert hands.states() == ["◆ 更新", ADDED]
    assert wizard.focusWidget() is wizard.page.preview.table
    wizard.import_button.click()
    told = {each.post: each.education for each in desk.find(Person) if each.name == "张伟"}
    assert told == {"小学教师": "", "养殖户": "大学"}


def test_a_namesake_can_be_somebody_else_and_that_can_be_taken_back(
    hands: Hands, desk: Desk
) -> None:
    wizard = hands.reads(namesakes(desk))
    detail = wizard.page.preview.detail
    detail.other_button.click()
    assert hands.states() == [ADDED, ADDED]
    hands.goes_to(2)
    assert not detail.same_button.isVisible()
    detail.again_button.click()
    assert hands.states() == ["？ 待核对", ADDED]
    assert wizard.focusWidget() is detail.candidates
    detail.other_button.click()
    wizard.import_button.click()
    assert sum(each.name == "张伟" for each in desk.find(Person)) == 3


def test_the_rows_can_be_narrowed_to_one_state(hands: Hands, desk: Desk) -> None:
    wizard = hands.reads(namesakes(desk))
    preview = wizard.page.preview
    preview.filters[ASK].click()
    assert hands.states() == ["？ 待核对"]
    assert preview.filters[ASK].text() == "？ 待核对 1"
    assert not preview.filters[BAD].isVisible()
    preview.detail.other_button.click()
    assert len(hands.states()) == 2, "the state is gone, so all are shown"


# -- giving up ------------------------------------------------------------------------------------


def test_closing_without_importing_changes_nothing_and_asks_nothing(
    hands: Hands, desk: Desk, asked: list[str]
) -> None:
    before = desk.log.last_stamp()
    wizard = hands.reads(ROSTER)
    hands.bot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert asked == []
    assert desk.log.last_stamp() == before
    assert hands.said == []


def test_closing_after_choosing_something_asks_once(hands: Hands, asked: list[str]) -> None:
    wizard = hands.reads(VILLAGERS)
    hands.bot.keyClick(wizard.page.preview.table, Qt.Key.Key_Space)
    hands.bot.keyClick(wizard, Qt.Key.Key_Escape)
    assert len(asked) == 1
    assert not wizard.isVisible()


@pytest.mark.usefixtures("impatient")
def test_reading_can_be_cancelled(hands: Hands, desk: Desk, tmp_path: Path) -> None:
    path = roster(tmp_path / "甲.xlsx", *people(4000))
    timer = when_busy(lambda box: box.cancel_button.click())
    assert not hands.wizard.read(path)
    assert not timer.isActive()
    assert not desk.find(Person)


@pytest.mark.usefixtures("impatient")
def test_importing_can_be_cancelled_and_nothing_stays(
    hands: Hands, desk: Desk, tmp_path: Path
) -> None:
    wizard = hands.reads(roster(tmp_path / "甲.xlsx", *people(2000)))
    timer = when_busy(lambda box: box.cancel_button.click())
    wizard.import_button.click()
    assert not timer.isActive()
    assert "取消" in wizard.page.summary.text()
    assert wizard.isVisible()
    assert not desk.find(Person)
    wizard.import_button.click()
    assert len(desk.find(Person)) == 2000


def test_what_cannot_be_read_is_said_inside_and_another_file_can_be_taken(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "甲.xlsx"
    damaged.write_bytes(ROSTER.read_bytes()[:3000])
    wizard = hands.reads(damaged)
    assert wizard.faces.currentWidget() is wizard.trouble
    assert "没有导入，资料没有改动" in wizard.trouble.sentence.text()
    assert not wizard.import_button.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(ROSTER), ""))
    wizard.trouble.other_button.click()
    assert wizard.faces.currentWidget() is wizard.page
    assert len(hands.states()) == 14


# -- bad rows -------------------------------------------------------------------------------------


def test_bad_rows_are_saved_with_reasons_mended_and_brought_back(
    hands: Hands,
    desk: Desk,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = "340621197403121014"
    path = write(
        tmp_path / "群众代表.xlsx",
        ("姓名", "身份证号", "备注", "手机"),
        ("陆䶮", "", "党员", ""),
        ("", "", "没有名字的", ""),
        ("周㛃", wrong, "", "13800000002"),
    )
    wizard = hands.reads(path)
    wizard.import_button.click()
    assert wizard.faces.currentWidget() is wizard.done_page
    assert "新增2行" in wizard.done_page.said.text()
    assert "还有2行" in wizard.done_page.left.text()
    proposed: list[str] = []

    def choose(_parent: object, _title: str, place: str, _kinds: str) -> tuple[str, str]:
        proposed.append(place)
        return place, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    wizard.done_page.save_button.click()
    kept = tmp_path / "群众代表-出错行.xlsx"
    assert proposed == [str(kept)]
    wizard.done_page.open_button.click()
    assert opened == [str(kept)]
    wizard.close_button.click()
    assert hands.said[-1][1], "撤销 is offered"

    book = openpyxl.load_workbook(kept)
    sheet = book.active
    assert sheet is not None
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert "原因" in cells
    cells[wrong].value = "340621197403121013"
    cells["没有名字的"].offset(0, -2).value = "王錞"
    book.save(kept)
    again = Hands(desk, qtbot, tmp_path)
    mended = again.reads(kept)
    assert again.states() == [ADDED, "◆ 更新"]
    mended.import_button.click()
    assert {each.name for each in desk.find(Person)} == {"陆䶮", "周㛃", "王錞"}
    assert not mended.isVisible(), "nothing is left to mend"


def test_f1_explains_the_wizard(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(HelpDialog, "exec", lambda box: shown.append(box.browser.toPlainText()))
    wizard = hands.reads(ROSTER)
    wizard.activateWindow()
    hands.bot.waitUntil(wizard.isActiveWindow)
    hands.bot.keyClick(wizard, Qt.Key.Key_F1)
    assert shown[0].startswith("导入表格")


# -- Qt -------------------------------------------------------------------------------------------


def test_the_models_keep_qts_rules(hands: Hands, qtmodeltester: ModelTester, desk: Desk) -> None:
    wizard = hands.reads(namesakes(desk))
    page = wizard.page
    for model in (page.preview.model, page.columns.model, page.left_out.model):
        qtmodeltester.check(model)


def test_tab_goes_through_the_wizard_as_the_eye_does(hands: Hands) -> None:
    wizard = hands.reads(TWO_ROWS)
    hands.types_term("第十二届")
    wizard.activateWindow()
    hands.bot.waitUntil(wizard.isActiveWindow)
    wizard.file_button.setFocus()
    seen = []
    for _ in range(24):
        focused = wizard.focusWidget()
        assert focused is not None
        seen.append(focused.objectName())
        hands.bot.keyClick(focused, Qt.Key.Key_Tab)
    expected = ["file_button", "paste_button", "table", "target", "first", "last", "term", "level"]
    assert [each for each in seen if each in expected][:8] == expected
    assert seen.index("level") < seen.index("rows") < seen.index("import_button")


@pytest.mark.parametrize("zoom", [100, 150])
def test_the_wizard_fits_a_small_screen(
    desk: Desk, qtbot: QtBot, tmp_path: Path, zoom: int
) -> None:
    wizard = Hands(desk, qtbot, tmp_path).reads(ROSTER)
    hint = wizard.minimumSizeHint()
    assert hint.width() * zoom / 100 <= 1366
    assert hint.height() * zoom / 100 <= 740


def test_rows_without_headings_say_so_and_the_clerk_puts_each_column_where_it_belongs(
    hands: Hands, desk: Desk
) -> None:
    wizard = hands.reads("马小兰\t女\n牛大力\t男\n")
    choices = wizard.page.choices
    assert choices.first_box.text() == "无"
    assert choices.last_box.text() == "无"
    assert wizard.page.columns.model.rowCount() == 2
    choices.first_box.setValue(1)
    assert choices.last_box.text() == "1"
    choices.first_box.setValue(choices.first_box.minimum())
    assert choices.last_box.text() == "无"
