"""Tab follows the eye in every dialog, and comes to all that can be pressed or written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
    QWizard,
)

from liaison_desk.domain.person import Person
from liaison_desk.services.saved_searches import SavedSearch
from liaison_desk.ui.columns_dialog import ColumnsDialog
from liaison_desk.ui.convert_link_dialog import ConvertLinkDialog
from liaison_desk.ui.duplicates_dialog import DuplicatesDialog
from liaison_desk.ui.help_dialog import HelpDialog
from liaison_desk.ui.importing.wizard import ImportWizard
from liaison_desk.ui.merge_dialog import MergeDialog
from liaison_desk.ui.new_term_dialog import NewTermDialog
from liaison_desk.ui.own_forms.own_forms_dialog import OwnFormsDialog
from liaison_desk.ui.period_dialog import PeriodDialog
from liaison_desk.ui.plan_dialog import PlanDialog
from liaison_desk.ui.printing.orders import groups_of, office_groups
from liaison_desk.ui.printing.paper_maker import PaperMaker
from liaison_desk.ui.printing.print_dialog import PrintDialog
from liaison_desk.ui.printing.wall_text_dialog import WallTextDialog
from liaison_desk.ui.record_pages import TopicPage
from liaison_desk.ui.saved_searches_dialog import NameDialog, SavedSearchesDialog
from liaison_desk.ui.setup_wizard import SetupWizard
from tests import factory
from tests.ui.test_tab_order import can_be_reached, first_stop, name, stops
from tests.ui.windows import ini, make_once, make_window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow

HEADS = ["名称", "来源", "提出人"]


def import_wizard(window: MainWindow) -> QDialog:
    """A table with one row that is read at once."""
    wizard = ImportWizard(window, window.context, Person)
    assert wizard.read("姓名\t性别\t手机\n何木兰\t女\t13956780012\n")
    return wizard


def merge_dialog(window: MainWindow) -> QDialog:
    """Two people who may be one."""
    one, other = (factory.person(window.desk, "马东", post=post) for post in ("教师", "校长"))
    return MergeDialog(window, window.context, one, other)


def duplicates_dialog(window: MainWindow) -> QDialog:
    """A list with one pair in it."""
    for _ in range(2):
        factory.person(window.desk, "马东", phone="13900000001")
    return DuplicatesDialog(window, window.context, Person)


def new_term_dialog(window: MainWindow) -> QDialog:
    """A roster of one."""
    factory.member(window.desk, "张伟")
    return NewTermDialog(window, window.context)


def plan_dialog(window: MainWindow) -> QDialog:
    """One topic that can be planned."""
    factory.topic(window.desk)
    return PlanDialog(window, window.desk)


def link_dialog(window: MainWindow) -> QDialog:
    """A report that can be linked with a topic."""
    factory.topic(window.desk)
    return ConvertLinkDialog(window, window.context, factory.opinion(window.desk))


def wall_text_dialog(window: MainWindow) -> QDialog:
    """A text for the wall."""
    return WallTextDialog(window, "工作职责", "# 职责", "# 工作职责")


DIALOGS: dict[str, Callable[[MainWindow], QDialog]] = {
    "import": import_wizard,
    "merge": merge_dialog,
    "duplicates": duplicates_dialog,
    "new term": new_term_dialog,
    "plan": plan_dialog,
    "link": link_dialog,
    "wall text": wall_text_dialog,
    "columns": lambda window: ColumnsDialog(window, HEADS, HEADS[:2], HEADS),
    "period": lambda window: PeriodDialog(window, "提出日期"),
    "name of a search": lambda window: NameDialog(window, ["本季"]),
    "saved searches": lambda window: SavedSearchesDialog(
        window, [SavedSearch(each) for each in ("一", "二", "三")]
    ),
    "help": lambda window: HelpDialog(window, "# 帮助\n\n一句话。"),
}


@pytest.fixture(params=DIALOGS)
def dialog(request: pytest.FixtureRequest, desk: Desk, tmp_path: Path, qtbot: QtBot) -> QDialog:
    window = make_window(desk, tmp_path, qtbot, pages=(TopicPage,))
    made = DIALOGS[request.param](window)
    qtbot.addWidget(made, before_close_func=forget)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    QApplication.processEvents()
    return made


def forget(dialog: QWidget) -> None:
    """Let a wizard close without a question."""
    if isinstance(dialog, ImportWizard):
        dialog.forget()


def test_tab_follows_the_eye_in_a_dialog_and_leaves_nothing_out(
    dialog: QDialog, qtbot: QtBot
) -> None:
    walk(dialog, qtbot)


def test_tab_follows_the_eye_through_the_dialog_of_printing(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(desk, tmp_path, qtbot, pages=(TopicPage,))
    maker = PaperMaker(lambda sha256: desk.contents.read(sha256) or b"")
    groups = [*groups_of(desk, [factory.meeting(desk)]), *office_groups(desk)]
    dialog = PrintDialog(window, window.context, maker, ini(tmp_path), groups)
    qtbot.addWidget(dialog)
    dialog.resize(window.size())
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.waitUntil(lambda: dialog.preview.view.laid is not None, timeout=20_000)
    dialog.printer.show_printers(["一楼打印机"], "一楼打印机")
    walk(dialog, qtbot)
    maker.stop()


def test_tab_follows_the_eye_through_the_office_s_own_forms(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(desk, tmp_path, qtbot, pages=(TopicPage,))
    people = [factory.person(desk, "张伟")]
    dialog = OwnFormsDialog(window, window.context, ini(tmp_path), people)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    walk(dialog, qtbot)


def test_tab_follows_the_eye_through_the_first_start(tmp_path: Path, qtbot: QtBot) -> None:
    make_once()
    wizard = SetupWizard(None, tmp_path)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.activateWindow()
    qtbot.waitUntil(wizard.isActiveWindow)
    pages = 0
    while True:
        walk(wizard, qtbot, wizard.currentPage())
        pages += 1
        for each in wizard.office_page.form.editors.values():
            if each.kind.required and not each.answer():
                each.set_answer("柳河镇")
        onward = wizard.button(QWizard.WizardButton.NextButton)
        if not onward.isVisible():
            break
        onward.click()
    assert pages == 3


def walk(dialog: QDialog, qtbot: QtBot, begins_in: QWidget | None = None) -> None:
    """Press Tab from the first widget of the dialog, or of a part of it, all the way round."""
    first_stop(begins_in or dialog).setFocus(Qt.FocusReason.TabFocusReason)
    found, against = stops(dialog, qtbot)
    assert against == [], [name(each) for each in found]
    left_out = [
        name(each)
        for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
        for each in dialog.findChildren(kind)
        if is_for_use(each) and not any(is_one(each, stop) for stop in found)
    ]
    assert left_out == []


def is_one(widget: QWidget, stop: QWidget) -> bool:
    """Whether a stop is a widget, in it, or what it is the line of."""
    return widget is stop or widget.isAncestorOf(stop) or stop.isAncestorOf(widget)


def is_for_use(widget: QWidget) -> bool:
    """Whether the clerk can do something with it just now, and not by a key of its own."""
    if not widget.isVisible() or not widget.isEnabled() or is_answer(widget):
        return False
    if isinstance(widget, QAbstractButton) and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return not can_be_reached(widget)
    return widget.focusPolicy() & Qt.FocusPolicy.TabFocus != Qt.FocusPolicy.NoFocus


def is_answer(widget: QWidget) -> bool:
    """Whether it is one of several answers: the arrows go from one to the next."""
    if isinstance(widget, QRadioButton):
        return True
    return isinstance(widget, QAbstractButton) and widget.group() is not None
