"""Word and Excel from the window of printing: what is ticked becomes files to be worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from docx import Document
from PySide6.QtWidgets import QFileDialog

from liaison_desk.exports.content import FormPaper, OfficialPaper, WallPaper
from liaison_desk.exports.papers.registry import PAPERS
from liaison_desk.ui.printing.office_files import BOOK_OF, DRAWN, for_word, save_word
from liaison_desk.ui.printing.orders import groups_of, kinds_of, office_groups
from liaison_desk.ui.printing.paper_maker import PaperMaker
from liaison_desk.ui.printing.print_dialog import PrintDialog
from tests import factory
from tests.exports.papers.story import OPTIONS, Story
from tests.ui.windows import ini, make_window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk


@pytest.fixture
def opened(
    desk: Desk, story: Story, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Collection[str]], PrintDialog]]:
    """Opens the dialog on the meeting and the office with papers ticked; files go to 存放."""
    folder = tmp_path / "存放"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    window = make_window(desk, tmp_path, qtbot, pages=())
    maker = PaperMaker(lambda sha256: desk.contents.read(sha256) or b"")

    def opened(keys: Collection[str]) -> PrintDialog:
        groups = [*groups_of(desk, [story.meeting]), *office_groups(desk)]
        dialog = PrintDialog(
            window, window.context, maker, ini(tmp_path), groups, ticked=keys, opened=len(groups)
        )
        qtbot.addWidget(dialog)
        return dialog

    yield opened
    maker.stop()


def test_every_paper_that_is_words_can_be_had_as_a_word_file(
    desk: Desk, story: Story, tmp_path: Path, opened: Callable[[Collection[str]], PrintDialog]
) -> None:
    dialog = opened({"notice", "agenda", "sign_in", "name_plates", "minutes"})
    dialog.files.save_word()
    made = sorted((tmp_path / "存放").iterdir())
    assert [each.name.partition("_")[0] for each in made] == [
        "会议议程", "会议通知", "协商纪要", "签到表",
    ]  # fmt: skip
    texts = ["\n".join(p.text for p in Document(str(each)).paragraphs) for each in made]
    assert "桥口村停车难专题协商会" in texts[1]
    assert "停车难是群众反映强烈的问题" in texts[2]
    assert dialog.said.text() == "已存 4 个文件到“存放”；席卡不能存为Word"


def test_the_ledgers_ticked_become_workbooks_with_a_sheet_for_each_year(
    tmp_path: Path, opened: Callable[[Collection[str]], PrintDialog]
) -> None:
    dialog = opened({*BOOK_OF, "notice"})
    dialog.files.save_excel()
    books = {
        each.name.partition("_")[0]: openpyxl.load_workbook(each)
        for each in (tmp_path / "存放").iterdir()
    }
    assert set(books) == {"委员名册", "协商活动台账", "办理事项台账", "社情民意台账", "活动台账"}
    assert books["协商活动台账"].sheetnames == ["2026"]
    assert books["委员名册"].worksheets[0]["A1"].value == "委员名册"


def test_what_cannot_be_had_as_a_file_is_grey(
    opened: Callable[[Collection[str]], PrintDialog],
) -> None:
    for keys, word, excel in (
        ({"name_plates"}, False, False),
        ({"notice"}, True, False),
        ({"roster"}, True, True),
    ):
        dialog = opened(keys)
        dialog.pdf_button.menu().aboutToShow.emit()
        assert (dialog.files.word_action.isEnabled(), dialog.files.excel_action.isEnabled()) == (
            word,
            excel,
        )


def test_full_numbers_that_went_out_stand_in_the_history(
    desk: Desk, opened: Callable[[Collection[str]], PrintDialog]
) -> None:
    dialog = opened({"roster"})
    dialog.options.personal_box.setChecked(True)
    dialog.files.save_excel()
    assert any("存为Excel" in each.title for each in desk.log.deeds())


def test_a_full_disk_is_told_and_leaves_no_half_file(
    tmp_path: Path,
    opened: Callable[[Collection[str]], PrintDialog],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    dialog = opened({"agenda"})
    dialog.files.save_word()
    assert "文件没有存成，资料没有改动" in dialog.said.text()
    assert not list((tmp_path / "存放").iterdir())


def test_what_was_removed_meanwhile_is_still_made_as_it_was_chosen(
    desk: Desk, tmp_path: Path
) -> None:
    held = factory.meeting(desk, "三月微协商")
    factory.attendance(desk, held, factory.person(desk, "张伟"))
    orders = [offer.orders[0] for group in groups_of(desk, [held]) for offer in group.offers]
    desk.remove(held)
    made = save_word(desk, for_word(orders), OPTIONS, tmp_path, lambda *_: None)  # type: ignore[arg-type]
    names = [each.name for each in made]
    assert "签到表_三月微协商.docx" in names
    assert all(each.stat().st_size for each in made)


def test_the_papers_that_are_drawn_are_known(desk: Desk, story: Story) -> None:
    assert desk.office is not None
    for kind in PAPERS:
        made = kind.papers(desk, desk.office, story.record(kind.of), OPTIONS)
        is_words = isinstance(made[0], OfficialPaper | FormPaper | WallPaper)
        assert is_words is (kind.key not in DRAWN), kind.key
    assert set(BOOK_OF) <= {each.key for each in kinds_of(None)}
