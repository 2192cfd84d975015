"""A list as the clerk arranges it: its columns, its narrowings, and the searches she keeps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from liaison_desk.domain.filters import BETWEEN, EMPTY, FILLED, IS, PERIOD, Filter, is_bookkeeping
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.saved_searches import SavedSearch, SavedSearches
from liaison_desk.store.backup import Backups
from liaison_desk.store.queries import ListQuery
from liaison_desk.ui.columns_choice import every_column
from liaison_desk.ui.columns_dialog import ColumnsDialog
from liaison_desk.ui.context import Context, Narrowing
from liaison_desk.ui.filter_menu import FilterMenu
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.period_dialog import PeriodDialog
from liaison_desk.ui.record_list import RecordList
from liaison_desk.ui.record_pages import PersonPage, TopicPage
from liaison_desk.ui.record_table_model import listed_columns
from liaison_desk.ui.saved_searches_dialog import NameDialog, SavedSearchesDialog
from liaison_desk.ui.style import Style
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import ini, make_once, make_window, turn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

USUAL = ["名称", "来源", "提出人", "提出日期", "村（社区）", "分量", "列入年度计划"]
ALT = Qt.KeyboardModifier.AltModifier


def make_list(desk: Desk, tmp_path: Path, qtbot: QtBot) -> RecordList:
    make_once()
    made = RecordList(Context(desk, Style(), Backups(tmp_path)), Topic, through=("village",))
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.load()
    return made


@pytest.fixture
def topics(desk: Desk, tmp_path: Path, qtbot: QtBot) -> RecordList:
    """Three topics of three sources, one of them with a village."""
    village = desk.save(Village(name="袁庄村")).id
    factory.topic(desk, "甲", source="群众提题", proposed_on=date(2026, 3, 1), village=village)
    factory.topic(desk, "乙", source="委员荐题", proposed_on=date(2026, 2, 1), weight="小事")
    factory.topic(desk, "丙", source="党政点题", proposed_on=date(2025, 3, 1), weight="小事")
    return make_list(desk, tmp_path, qtbot)


def names(made: RecordList) -> list[str]:
    return [made.model.record(row).caption for row in range(made.model.rowCount())]


def heads(made: RecordList) -> list[str]:
    model = made.model
    return [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(model.columnCount())]


def chips(made: RecordList) -> list[str]:
    return [chip.text().replace("  ✕", "") for chip in made.tools.chips]


def pick(made: RecordList, path: str, entry: str) -> None:
    """Choose an entry of a field's menu."""
    menu = made.filter_menu.field_menu(path)
    next(action for action in menu.actions() if action.text() == entry).trigger()


def entries(made: RecordList, path: str) -> list[str]:
    menu = made.filter_menu.field_menu(path)
    return [action.text() for action in menu.actions() if action.text()]


# -- columns -------------------------------------------------------------------------------


def test_the_columns_dialog_offers_every_field_with_the_shown_ones_ticked_first(
    topics: RecordList, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[list[str]] = []

    def ask(_parent: object, every: list[str], shown: list[str], usual: list[str]) -> list[str]:
        offered.extend((every, shown, usual))
        return ["分量", "名称", "选题案由"]

    monkeypatch.setattr(ColumnsDialog, "ask", ask)
    topics.tools.columns_button.click()
    every, shown, usual = offered
    assert shown == usual == USUAL
    assert set(every) == {kind.label for kind in Topic.fields().values()}
    assert heads(topics) == ["分量", "名称", "选题案由"]
    assert names(topics) == ["甲", "乙", "丙"]


def test_a_right_click_on_the_head_asks_for_the_columns(
    topics: RecordList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ColumnsDialog, "ask", lambda *_args: ["名称"])
    topics.table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    assert heads(topics) == ["名称"]


def test_the_chosen_row_stays_chosen_when_the_columns_change(topics: RecordList) -> None:
    topics.table.choose_row(1)
    topics.show_columns(["名称", "类别"])
    chosen = topics.current()
    assert chosen is not None
    assert chosen.caption == "乙"


def test_columns_are_remembered_and_the_order_even_of_one_out_of_sight(
    topics: RecordList, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    topics.model.sort(USUAL.index("提出日期"))
    topics.show_columns(["类别", "名称"])
    topics.table.setColumnWidth(0, 222)
    settings = ini(tmp_path)
    topics.remember(settings, "议题")
    again = make_list(desk, tmp_path, qtbot)
    again.recall(settings, "议题")
    assert heads(again) == ["类别", "名称"]
    assert again.table.columnWidth(0) == 222
    assert names(again) == ["丙", "乙", "甲"]
    again.show_columns(USUAL)
    header = again.table.horizontalHeader()
    assert header.sortIndicatorSection() == USUAL.index("提出日期")


def test_a_later_version_with_other_columns_shows_those_it_knows(
    topics: RecordList, tmp_path: Path
) -> None:
    settings = ini(tmp_path)
    kept = '{"widths": {"没有了": 90}, "zoom": 100, "shown": ["没有了", "分量"], "order": ["gone"]}'
    settings.setValue("议题/columns", kept)
    topics.recall(settings, "议题")
    assert heads(topics) == ["分量"]
    settings.setValue("议题/columns", kept.replace('"没有了", "分量"', '"没有了"'))
    topics.recall(settings, "议题")
    assert heads(topics) == USUAL
    assert names(topics) == ["甲", "乙", "丙"]


def test_columns_of_the_page_itself_follow_a_later_version(
    topics: RecordList, tmp_path: Path
) -> None:
    settings = ini(tmp_path)
    topics.show_columns(["名称"])
    topics.show_columns(USUAL)
    topics.remember(settings, "议题")
    assert '"shown": []' in str(settings.value("议题/columns"))


def test_the_fields_of_the_person_can_be_columns_and_personal_ones_stay_masked(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    who = factory.person(desk, "张伟", identity="340621199001010010", party="群众")
    desk.save(Membership(person=who.id, term="第十二届"))
    page = turn(make_window(desk, tmp_path, qtbot, pages=(MemberPage, PersonPage)), MemberPage)
    page.list.show_columns(["姓名", "身份证号", "政治面貌"])
    assert heads(page.list) == ["姓名", "身份证号", "政治面貌"]
    cells = [page.list.model.index(0, n).data() for n in range(3)]
    assert cells[0] == "张伟"
    assert "*" in cells[1]
    assert cells[2] == "群众"


def test_no_two_columns_have_the_same_head() -> None:
    for columns in (MemberPage.make_columns, None):
        shown = columns(object()) if columns else listed_columns(Membership)  # type: ignore[arg-type]
        labels = [each.label for each in every_column(Membership, shown)]
        assert len(labels) == len(set(labels))


# -- the columns dialog ----------------------------------------------------------------------


@pytest.fixture
def dialog(topics: RecordList, qtbot: QtBot) -> ColumnsDialog:
    made = ColumnsDialog(topics, ["甲", "乙", "丙", "丁"], ["丙", "甲"], ["甲", "乙"])
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    return made


def test_space_ticks_and_alt_arrows_move(dialog: ColumnsDialog) -> None:
    assert dialog.chosen() == ["丙", "甲"]
    dialog.list.setFocus()
    dialog.list.setCurrentRow(0)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down, ALT)
    assert dialog.chosen() == ["甲", "丙"]
    dialog.list.setCurrentRow(3)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    QTest.keyClick(dialog.list, Qt.Key.Key_Up, ALT)
    QTest.keyClick(dialog.list, Qt.Key.Key_Up, ALT)
    assert dialog.chosen() == ["甲", "丁", "丙"]


def test_the_usual_columns_come_back_with_one_press(dialog: ColumnsDialog) -> None:
    dialog.usual_button.click()
    assert dialog.chosen() == ["甲", "乙"]


def test_the_last_column_cannot_be_taken_away(dialog: ColumnsDialog) -> None:
    for row in (0, 1):
        dialog.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.ok_button.isEnabled()
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert dialog.ok_button.isEnabled()


def test_a_dragged_head_keeps_its_tick(dialog: ColumnsDialog) -> None:
    model = dialog.list.model()
    assert model.moveRow(model.index(0, 0).parent(), 0, model.index(0, 0).parent(), 2)
    assert dialog.chosen() == ["甲", "丙"]
    assert not dialog.list.item(0).flags() & Qt.ItemFlag.ItemIsDropEnabled


# -- narrowings ------------------------------------------------------------------------------


def test_a_word_of_the_menu_narrows_the_list_and_a_chip_says_so(topics: RecordList) -> None:
    pick(topics, "source", "群众提题")
    assert names(topics) == ["甲"]
    assert chips(topics) == ["来源：群众提题"]
    assert topics.count_label.text() == "找到 1 条"
    pick(topics, "source", "委员荐题")
    assert names(topics) == ["甲", "乙"]
    assert chips(topics) == ["来源：群众提题、委员荐题"]
    pick(topics, "source", "群众提题")
    assert names(topics) == ["乙"]


def test_several_narrowings_hold_together_and_each_chip_takes_its_own_away(
    topics: RecordList, qtbot: QtBot
) -> None:
    pick(topics, "weight", "小事")
    pick(topics, "proposed_on", "本季")
    assert names(topics) == ["乙"]
    assert chips(topics) == ["分量：小事", "提出日期：本季"]
    qtbot.keyClick(topics.tools.chips[1], Qt.Key.Key_Space)
    assert names(topics) == ["乙", "丙"]
    topics.tools.chips[0].click()
    assert names(topics) == ["甲", "乙", "丙"]
    assert topics.count_label.text() == "共 3 条"


def test_filled_and_empty_are_offered_for_every_field(topics: RecordList) -> None:
    pick(topics, "village", "未填")
    assert names(topics) == ["乙", "丙"]
    pick(topics, "village", "已填")
    assert names(topics) == ["甲"]
    pick(topics, "village", "已填")
    assert len(names(topics)) == 3
    for path in Topic.fields():
        if path != "is_planned":
            assert {"已填", "未填"} <= set(entries(topics, path))


def test_words_in_use_and_linked_records_are_offered_by_name(topics: RecordList) -> None:
    assert "袁庄村" in entries(topics, "village")
    pick(topics, "village", "袁庄村")
    assert names(topics) == ["甲"]
    assert chips(topics) == ["村（社区）：袁庄村"]
    assert entries(topics, "source")[:2] == ["党政点题", "委员荐题"]
    assert entries(topics, "is_planned") == ["是", "否"]
    assert entries(topics, "reason") == ["已填", "未填"]


def test_a_chosen_entry_is_ticked_in_its_menu(topics: RecordList) -> None:
    pick(topics, "source", "群众提题")
    menu = topics.filter_menu.field_menu("source")
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked == ["群众提题"]


def test_a_period_of_ones_own_is_asked_for(
    topics: RecordList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PeriodDialog, "ask", lambda _parent, _label: ("2026-02-01", ""))
    pick(topics, "proposed_on", "自选起止……")
    assert names(topics) == ["甲", "乙"]
    assert chips(topics) == ["提出日期：2026-02-01 起"]


def test_clearing_drops_every_narrowing(topics: RecordList) -> None:
    pick(topics, "source", "群众提题")
    pick(topics, "weight", "未填")
    topics.filter_menu.clear_action.trigger()
    assert names(topics) == ["甲", "乙", "丙"]
    assert topics.tools.chips == []


def test_nothing_found_says_which_way_out_there_is(topics: RecordList) -> None:
    pick(topics, "weight", "大事")
    assert topics.empty_label.isVisible()
    assert "✕" in topics.empty_label.text()
    topics.filter_line.setText("停车")
    topics.go_to_rows()
    assert "Esc" in topics.empty_label.text()


def test_a_record_that_is_hidden_is_shown_by_widening(topics: RecordList, desk: Desk) -> None:
    pick(topics, "source", "群众提题")
    [hidden] = [each for each in desk.find(Topic) if each.name == "丙"]
    assert topics.choose(hidden.id)
    assert topics.tools.chips == []
    assert len(names(topics)) == 3


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_every_field_of_every_record_can_be_narrowed_by_and_sorted_by(
    record_type: type[Record], desk: Desk, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = FilterMenu(parent, desk, record_type, tuple(record_type.links())[:1])
    asked: list[Filter] = []
    menu.chosen.connect(lambda found: asked.extend(found))
    for path in paths_of(record_type):
        field_menu = menu.field_menu(path)
        for action in field_menu.actions():
            if action.isCheckable():
                action.trigger()
    assert len(asked) >= 2 * len(filled_in(record_type)) - 2
    for narrowing in asked:
        assert narrowing.is_sound(record_type)
        both = (narrowing.path, f"-{narrowing.path}")
        query = ListQuery(filters=(narrowing,), today=desk.today, order=both)
        desk.list_ids(record_type, query)


def filled_in(record_type: type[Record]) -> list[str]:
    """The fields that somebody fills in."""
    return [name for name, kind in record_type.fields().items() if not is_bookkeeping(kind)]


def paths_of(record_type: type[Record]) -> list[str]:
    """Every field that is filled in, and through the first link those of the linked record."""
    links = record_type.links()
    first = next(iter(links), "")
    own = [name for name in filled_in(record_type) if name != first]
    linked = (
        filled_in(BY_TABLE[links[first].to]) if first and first in filled_in(record_type) else ()
    )
    return [*own, *(f"{first}.{name}" for name in linked)]


def test_personal_fields_are_not_offered_word_by_word(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.person(desk, "张伟", phone="13800000000")
    page = turn(make_window(desk, tmp_path, qtbot, pages=(PersonPage, TopicPage)), PersonPage)
    assert entries(page.list, "phone") == ["已填", "未填"]


def test_a_figure_opens_its_records_whatever_the_list_was_narrowed_to(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.topic(desk, "甲", source="群众提题", is_planned=True)
    page = turn(make_window(desk, tmp_path, qtbot, pages=(TopicPage, PersonPage)), TopicPage)
    pick(page.list, "source", "委员荐题")
    assert names(page.list) == []
    page.narrow(Narrowing("列入计划的", {"is_planned": True}))
    assert names(page.list) == ["甲"]
    assert page.list.tools.chips == []


def test_tab_goes_from_the_filter_through_the_tools_and_chips_to_the_rows(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.topic(desk, "甲", source="群众提题")
    window = make_window(desk, tmp_path, qtbot, pages=(TopicPage, PersonPage))
    page = turn(window, TopicPage)
    pick(page.list, "source", "群众提题")
    page.focus_search()
    found = [window.focusWidget()]
    while found[-1] is not page.list.table and len(found) < 9:
        focused = window.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        found.append(window.focusWidget())
    tools = page.list.tools
    wanted = [tools.filter_button, tools.searches_button, tools.columns_button, *tools.chips]
    assert [each for each in found if each in wanted] == wanted
    assert found[-1] is page.list.table


def test_enter_in_the_filter_goes_to_the_rows_and_no_further(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    factory.topic(desk, "甲")
    page = turn(make_window(desk, tmp_path, qtbot, pages=(TopicPage, PersonPage)), TopicPage)
    page.focus_search()
    qtbot.keyClick(page.list.filter_line, Qt.Key.Key_Return)
    assert page.list.table.hasFocus()


# -- the dialog of a period ------------------------------------------------------------------


def test_days_are_read_as_people_write_them_and_wrong_ones_are_told_of(
    topics: RecordList, qtbot: QtBot
) -> None:
    made = PeriodDialog(topics, "提出日期")
    qtbot.addWidget(made)
    made.open()
    made.accept()
    assert "至少填一个" in made.wrong.text()
    commit_text(made.since, "2026年3月8日")
    commit_text(made.until, "2026-3-1")
    made.accept()
    assert "早于" in made.wrong.text()
    made.until.setText("看不懂的")
    made.accept()
    assert made.isVisible()
    assert "看不懂的" in made.wrong.text()
    made.until.clear()
    made.accept()
    assert made.days == ("2026-03-08", "")
    assert not made.isVisible()


# -- saved searches --------------------------------------------------------------------------


def choose_saved(made: RecordList, text: str) -> None:
    """Choose an entry of 常用 by the end of its text."""
    made.searches_menu.fill()
    entry = next(each for each in made.searches_menu.actions() if each.text().endswith(text))
    entry.trigger()


def test_a_search_is_kept_under_a_name_and_brought_back_whole(
    topics: RecordList, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(topics, "weight", "小事")
    topics.model.sort(USUAL.index("名称"), Qt.SortOrder.DescendingOrder)
    topics.show_columns(["名称", "分量"])
    before = names(topics)
    monkeypatch.setattr(NameDialog, "ask", lambda _parent, _taken: "小事情")
    choose_saved(topics, "存为常用查找……")
    topics.show_search(SavedSearch("别的"))
    assert heads(topics) == USUAL
    assert names(topics) == ["甲", "乙", "丙"]
    choose_saved(topics, "小事情")
    assert names(topics) == before
    assert heads(topics) == ["名称", "分量"]
    assert chips(topics) == ["分量：小事"]
    header = topics.table.horizontalHeader()
    assert header.sortIndicatorSection() == 0
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_the_words_are_kept_too_and_stand_in_the_filter_again(
    topics: RecordList, desk: Desk
) -> None:
    SavedSearches(desk, Topic).keep(SavedSearch("找甲", "甲"))
    choose_saved(topics, "找甲")
    assert topics.filter_line.text() == "甲"
    assert names(topics) == ["甲"]
    topics.searches_menu.fill()
    assert topics.searches_menu.actions()[0].isChecked()


def test_what_was_kept_is_told_in_the_status_line(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(desk, tmp_path, qtbot, pages=(TopicPage, PersonPage))
    page = turn(window, TopicPage)
    monkeypatch.setattr(NameDialog, "ask", lambda _parent, _taken: "全部")
    choose_saved(page.list, "存为常用查找……")
    assert window.status.said.sentence == "已存为常用查找“全部”"


def test_searches_are_renamed_moved_and_deleted_in_one_dialog(
    topics: RecordList, desk: Desk, qtbot: QtBot
) -> None:
    made = SavedSearchesDialog(topics, [SavedSearch(name) for name in ("一", "二", "三")])
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    made.list.setFocus()
    qtbot.keyClick(made.list, Qt.Key.Key_Down, ALT)
    made.list.setCurrentRow(2)
    qtbot.keyClick(made.list, Qt.Key.Key_Delete)
    made.list.item(0).setText("二月")
    assert [each.name for each in made.searches()] == ["二月", "一"]


@pytest.mark.parametrize(("name", "sentence"), [("", "起名"), ("一", "一样")])
def test_every_search_needs_a_name_of_its_own(
    topics: RecordList, qtbot: QtBot, name: str, sentence: str
) -> None:
    made = SavedSearchesDialog(topics, [SavedSearch("一"), SavedSearch("二")])
    qtbot.addWidget(made)
    made.open()
    made.list.item(1).setText(name)
    assert sentence in made.wrong.text()
    assert not made.ok_button.isEnabled()


def test_arranging_keeps_what_the_dialog_gives_and_cancelling_nothing(
    topics: RecordList, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = SavedSearches(desk, Topic)
    kept.keep(SavedSearch("一"))
    monkeypatch.setattr(SavedSearchesDialog, "ask", lambda _parent, _searches: None)
    choose_saved(topics, "整理常用查找……")
    assert len(kept.all()) == 1
    monkeypatch.setattr(SavedSearchesDialog, "ask", lambda _parent, _searches: [])
    choose_saved(topics, "整理常用查找……")
    assert kept.all() == []


def test_a_name_that_is_taken_is_said_to_be_replaced(topics: RecordList, qtbot: QtBot) -> None:
    made = NameDialog(topics, ["本季"])
    qtbot.addWidget(made)
    made.open()
    assert not made.ok_button.isEnabled()
    commit_text(made.line, " 本季 ")
    assert "换成现在的查找" in made.note.text()
    assert made.ok_button.isEnabled()
    assert made.name == "本季"


def test_every_way_of_narrowing_reads_as_a_clerk_would_say_it(topics: RecordList) -> None:
    topics.narrow_by(
        (
            Filter("source", IS, ("群众提题",)),
            Filter("reason", EMPTY),
            Filter("weight", FILLED),
            Filter("approved_on", PERIOD, ("去年",)),
            Filter("proposed_on", BETWEEN, ("2026-01-01", "2026-03-31")),
            Filter("posted_from", BETWEEN, ("", "2026-03-31")),
        )
    )
    assert chips(topics) == [
        "来源：群众提题",
        "选题案由：未填",
        "分量：已填",
        "审定日期：去年",
        "提出日期：2026-01-01 至 2026-03-31",
        "公示开始：至 2026-03-31",
    ]
