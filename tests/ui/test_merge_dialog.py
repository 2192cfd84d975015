"""合并 and 查重 in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QRadioButton

from liaison_desk.domain.meeting import Attendance
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.ui.duplicates_dialog import DuplicatesDialog
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.merge_dialog import MergeDialog
from liaison_desk.ui.merge_menu import MergeButton
from liaison_desk.ui.record_pages import AgencyPage, PersonPage, VillagePage
from tests import factory
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.agency import Agency
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.record_page import RecordPage

PAGES = (PersonPage, MemberPage, AgencyPage, VillagePage)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=PAGES)


@pytest.fixture
def pair(desk: Desk) -> tuple[Person, Person]:
    """Two records of one man, of which the second sat in a meeting."""
    one = factory.person(desk, "张伟", post="镇中学教师", gender="男")
    other = factory.person(desk, "张玮", post="教师", phone="13805610001", gender="男")
    held = factory.meeting(desk)
    factory.attendance(desk, held, one, presence="请假")
    factory.attendance(desk, held, other)
    return one, other


def dialog_of(window: MainWindow, qtbot: QtBot, one: Person, other: Person) -> MergeDialog:
    dialog = MergeDialog(window, window.context, one, other)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def radio(dialog: MergeDialog, name: str) -> QRadioButton:
    found = dialog.findChild(QRadioButton, name)
    assert isinstance(found, QRadioButton)
    return found


def reasons_of(dialog: DuplicatesDialog) -> list[str]:
    """The last column of the listed pairs."""
    model = dialog.tree.model()
    return [str(model.index(row, 2).data()) for row in range(model.rowCount())]


def choose_all(page: RecordPage) -> MergeButton:
    """Choose every row of the list."""
    model, table = page.list.table.model(), page.list.table
    flags = QItemSelectionModel.SelectionFlag
    for row in range(model.rowCount()):
        table.selectionModel().select(model.index(row, 0), flags.Select | flags.Rows)
    found = page.findChild(MergeButton)
    assert isinstance(found, MergeButton)
    return found


def test_only_what_differs_is_asked_and_what_is_filled_in_is_proposed(
    window: MainWindow, pair: tuple[Person, Person], qtbot: QtBot
) -> None:
    dialog = dialog_of(window, qtbot, *pair)
    assert set(dialog.choices) == {"name", "post", "phone"}
    assert radio(dialog, "phone_1").isChecked()
    assert radio(dialog, "phone_0").text() == "（空）"
    assert radio(dialog, "post_0").isChecked()
    assert "出席 1 条" in dialog.follows.text()
    assert "合为一条的：出席 1 条" in dialog.follows.text()


def test_the_chosen_values_stay_and_one_undo_takes_it_back(
    window: MainWindow, pair: tuple[Person, Person], desk: Desk, qtbot: QtBot
) -> None:
    dialog = dialog_of(window, qtbot, *pair)
    radio(dialog, "post_1").setChecked(True)
    dialog.merge_button.click()
    (person,) = desk.find(Person)
    assert (person.id, person.name, person.post) == (pair[0].id, "张伟", "教师")
    assert person.phone == "13805610001"
    assert person.former_names == "张玮"
    assert len(desk.find(Attendance)) == 1
    window.undo_deed()
    assert desk.find(Person, id=pair[0].id) == [pair[0]]
    assert len(desk.find(Attendance)) == 2


def test_the_other_one_may_stay(
    window: MainWindow, pair: tuple[Person, Person], desk: Desk, qtbot: QtBot
) -> None:
    dialog = dialog_of(window, qtbot, *pair)
    dialog.swap_button.click()
    assert radio(dialog, "name_0").text() == "张玮"
    dialog.merge_button.click()
    assert [each.id for each in desk.find(Person)] == [pair[1].id]


def test_a_value_that_is_refused_is_told_in_the_dialog(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    one, other = factory.person(desk, "张伟"), factory.person(desk, "张玮")
    dialog = dialog_of(window, qtbot, one, other)
    desk.remove(other)
    dialog.merge_button.click()
    assert dialog.isVisible()
    assert "不在名单里" in dialog.whole.text()


def test_two_rows_of_the_list_are_merged(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = factory.agency(desk, "城建办"), factory.agency(desk, "镇城建办")
    page = turn(window, AgencyPage)
    page.reload()
    asked: list[set[str]] = []

    def ask(_parent: object, _context: object, *both: Agency) -> None:
        asked.append({each.id for each in both})

    monkeypatch.setattr(MergeDialog, "ask", ask)
    button = choose_all(page)
    button.merge_chosen()
    assert asked == [{one.id, other.id}]
    page.list.clear_choice()
    button.merge_chosen()
    assert len(asked) == 1
    assert "请先在列表里选中" in window.status.said.toolTip()


def test_of_two_seats_those_who_hold_them_are_merged(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seats = [factory.member(desk, "张伟"), factory.member(desk, "张玮")]
    page = turn(window, MemberPage)
    page.reload()
    asked: list[set[str]] = []

    def ask(_parent: object, _context: object, *both: Person) -> None:
        asked.append({each.id for each in both})

    monkeypatch.setattr(MergeDialog, "ask", ask)
    choose_all(page).merge_chosen()
    assert asked == [{each.person for each in seats}]
    assert len(desk.find(Membership)) == 2


def test_likely_pairs_are_listed_and_go_as_they_are_merged(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        factory.person(desk, "李梅", phone="13805610001")
        factory.person(desk, "王强")
    dialog = DuplicatesDialog(window, window.context, Person)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.tree.topLevelItemCount() == 2
    pair = dialog.chosen()
    assert pair
    assert "、".join(pair.reasons) == "姓名相同、姓名或曾用名相同、手机相同"

    def press(shown: MergeDialog) -> int:
        shown.merge_button.click()
        return 1

    monkeypatch.setattr(MergeDialog, "exec", press)
    dialog.merge_button.click()
    assert dialog.tree.topLevelItemCount() == 1
    dialog.merge_button.click()
    assert dialog.sentence.text() == "没有发现重复的人员。"
    assert not dialog.merge_button.isEnabled()


def test_a_pair_that_is_two_people_is_not_proposed_again_unless_asked_for(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    for _ in range(2):
        factory.person(desk, "李梅")
        factory.person(desk, "王强")
    dialog = DuplicatesDialog(window, window.context, Person)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.all_box.isHidden()
    dialog.apart_button.click()
    assert dialog.tree.topLevelItemCount() == 1
    dialog.all_box.setChecked(True)
    assert reasons_of(dialog)[1].startswith("不是同一个")
    dialog.tree.setCurrentIndex(dialog.tree.model().index(1, 0))
    assert dialog.apart_button.text() == "可能是同一个"
    dialog.apart_button.click()
    assert reasons_of(dialog)[1] == "姓名相同、姓名或曾用名相同"
    for _ in range(2):
        dialog.tree.setCurrentIndex(dialog.tree.model().index(0, 0))
        dialog.apart_button.click()
    dialog.all_box.setChecked(False)
    assert dialog.sentence.text() == "没有发现重复的人员。"
    assert not dialog.apart_button.isEnabled()


def test_a_county_desk_merges_nothing(county_desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    window = make_window(county_desk, tmp_path, qtbot, pages=PAGES)
    assert turn(window, PersonPage).findChild(MergeButton) is None
    assert not turn(window, MemberPage).term_button.isVisible()


def test_numbers_are_hidden_unless_the_two_would_look_alike(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    one = factory.person(desk, "张伟", phone="13805610001")
    for phone, shown in (
        ("13905610002", ["138****0001", "139****0002"]),
        ("13877770001", ["13805610001", "13877770001"]),
    ):
        other = factory.person(desk, "张玮", phone=phone)
        dialog = dialog_of(window, qtbot, one, other)
        assert [radio(dialog, f"phone_{place}").text() for place in (0, 1)] == shown
