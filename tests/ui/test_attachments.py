"""The files kept with a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from liaison_desk.domain.attachment import Attachment
from liaison_desk.services.attaching import attach
from liaison_desk.ui import messages
from liaison_desk.ui.county_home_page import CountyHomePage
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.record_pages import TopicPage
from tests import factory
from tests.services.handoff import packets
from tests.ui.windows import make_window, turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.attachment_panel import AttachmentPanel
    from liaison_desk.ui.main_window import MainWindow

PHOTO = b"\xff\xd8 photo \xff\xd9" * 200
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "现场.jpg"
    path.write_bytes(PHOTO)
    return path


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    return make_window(desk, tmp_path, qtbot, pages=(HomePage, TopicPage))


@pytest.fixture
def panel(window: MainWindow, desk: Desk) -> AttachmentPanel:
    """The files of a topic."""
    return panel_of(window, factory.topic(desk).id)


def panel_of(window: MainWindow, topic: str) -> AttachmentPanel:
    page = turn(window, TopicPage)
    page.list.choose(topic)
    page.tabs.setCurrentWidget(page.attachments)
    return page.attachments


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was said in a box."""
    sentences: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _parent, error: sentences.append(str(error)))
    return sentences


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was given to the system's programs."""
    paths: list[Path] = []

    def keep(url: QUrl) -> bool:
        paths.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", keep)
    return paths


def shown(panel: AttachmentPanel) -> list[str]:
    """What stands in the list."""
    items = (panel.files.item(row) for row in range(panel.files.count()))
    return [item.text() for item in items]


def drop(panel: AttachmentPanel, *paths: Path) -> bool:
    """Drag files over the panel and, where they are taken, let them go."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), copy, mime, LEFT, none)
    enter.ignore()
    QApplication.sendEvent(panel, enter)
    if enter.isAccepted():
        QApplication.sendEvent(panel, QDropEvent(QPointF(5, 5), copy, mime, LEFT, none))
    return enter.isAccepted()


def test_a_file_is_added_with_its_content(
    panel: AttachmentPanel,
    desk: Desk,
    photo: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(photo)], ""))
    qtbot.mouseClick(panel.add_button, LEFT)
    (kept,) = desk.find(Attachment)
    assert desk.contents.read(kept.sha256) == PHOTO
    assert shown(panel) == ["现场.jpg　2 KB"]
    photo.unlink()
    assert desk.contents.read(kept.sha256) == PHOTO


def test_files_can_be_dragged_in(panel: AttachmentPanel, photo: Path, tmp_path: Path) -> None:
    scan = tmp_path / "签到表.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    assert drop(panel, photo, scan)
    assert [each.split("　")[0] for each in sorted(shown(panel))] == ["现场.jpg", "签到表.pdf"]


def test_the_same_file_twice_is_kept_once_and_another_of_its_name_too(
    panel: AttachmentPanel, desk: Desk, photo: Path
) -> None:
    panel.attach_files([photo])
    panel.attach_files([photo, photo])
    assert len(shown(panel)) == len(desk.find(Attachment)) == 1
    photo.write_bytes(PHOTO[::-1])
    panel.attach_files([photo])
    assert len(shown(panel)) == 2


def test_opening_shows_a_copy_that_cannot_be_written_to(
    panel: AttachmentPanel, photo: Path, desk: Desk, opened: list[Path], qtbot: QtBot
) -> None:
    panel.attach_files([photo])
    assert not panel.open_button.isEnabled()
    panel.files.setCurrentRow(0)
    qtbot.mouseClick(panel.open_button, LEFT)
    (copy,) = opened
    assert copy.name == "现场.jpg"
    assert copy.read_bytes() == PHOTO
    assert copy.stat().st_mode & 0o222 == 0
    copy.chmod(0o644)
    copy.write_bytes(b"spoilt")
    assert desk.contents.read(desk.find(Attachment)[0].sha256) == PHOTO


def test_without_a_program_for_it_that_is_said(
    panel: AttachmentPanel,
    photo: Path,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    panel.attach_files([photo])
    panel.files.setCurrentRow(0)
    panel.open_file()
    assert "没有能打开“现场.jpg”的程序" in window.status.said.toolTip() + window.status.said.text()


def test_a_deleted_file_comes_back_into_the_list_with_undo(
    panel: AttachmentPanel, photo: Path, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    panel.attach_files([photo])
    panel.files.setCurrentRow(0)
    qtbot.mouseClick(panel.remove_button, LEFT)
    assert not shown(panel)
    assert not desk.find(Attachment)
    assert window.status.undo_link.isVisible()
    window.status.undo_link.click()
    assert shown(panel) == ["现场.jpg　2 KB"]
    assert len(desk.find(Attachment)) == 1


def make_gone(path: Path) -> None:
    path.unlink()


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(make_gone, "读不出来"), (make_folder, "读不出来"), (make_empty, "空文件")],
)
def test_a_file_that_cannot_be_added_is_told_of_in_words(
    spoil: Callable[[Path], None],
    said: str,
    panel: AttachmentPanel,
    photo: Path,
    desk: Desk,
    told: list[str],
) -> None:
    spoil(photo)
    assert drop(panel, photo)
    assert said in told[0]
    assert "现场.jpg" in told[0]
    assert not desk.find(Attachment)


def test_a_content_that_is_lost_is_told_of_in_words(
    panel: AttachmentPanel, photo: Path, desk: Desk, told: list[str], opened: list[Path]
) -> None:
    panel.attach_files([photo])
    with desk.database.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("DELETE FROM attachment_content")
    panel.files.setCurrentRow(0)
    panel.open_file()
    assert "请从备份里找回" in told[0]
    assert not opened


def test_a_record_not_saved_yet_says_to_save_first(
    window: MainWindow, photo: Path, desk: Desk
) -> None:
    page = turn(window, TopicPage)
    page.new()
    assert page.attachments.hint.text() == "先保存，再加附件。"
    assert not page.attachments.add_button.isEnabled()
    assert not drop(page.attachments, photo)
    assert not desk.find(Attachment)


def test_the_files_of_another_office_can_be_opened_and_nothing_else(
    desk: Desk,
    county_desk: Desk,
    photo: Path,
    tmp_path: Path,
    opened: list[Path],
    qtbot: QtBot,
) -> None:
    topic = factory.topic(desk, proposed_on=desk.today)
    attach(desk, topic, photo)
    packets.received(county_desk, packets.made(desk, tmp_path / "U盘").path)
    county = make_window(county_desk, tmp_path, qtbot, pages=(CountyHomePage, TopicPage))
    panel = panel_of(county, topic.id)
    assert shown(panel) == ["现场.jpg　2 KB"]
    panel.files.setCurrentRow(0)
    assert not panel.add_button.isEnabled()
    assert not panel.remove_button.isEnabled()
    assert not drop(panel, photo)
    qtbot.mouseClick(panel.open_button, LEFT)
    assert opened[0].read_bytes() == PHOTO
