"""The files kept with a record."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.topic import Topic
from liaison_desk.services.attaching import attach
from liaison_desk.ui import messages
from liaison_desk.ui.county_home_page import CountyHomePage
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.preview import PreviewDialog
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


def small_photo() -> bytes:
    """A picture of some 2 KB."""
    out = BytesIO()
    dots = random.Random(1).randbytes(27 * 27 * 3)
    Image.frombytes("RGB", (27, 27), dots).save(out, "PNG")
    return out.getvalue()


PHOTO = small_photo()
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
    assert not panel.open_button.isEnabled()
    panel.attach_files([photo])
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
    [(make_gone, "读不出来"), (make_folder, "是文件夹"), (make_empty, "空文件")],
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


def test_the_good_ones_of_several_files_are_kept_and_the_others_told_of_together(
    panel: AttachmentPanel,
    desk: Desk,
    photo: Path,
    tmp_path: Path,
    told: list[str],
    window: MainWindow,
) -> None:
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    folder = tmp_path / "资料"
    folder.mkdir()
    assert drop(panel, empty, photo, folder)
    assert [each.name for each in desk.find(Attachment)] == ["现场.jpg"]
    (sentence,) = told
    assert "空.txt" in sentence
    assert "“资料”是文件夹" in sentence
    assert "已加入“现场.jpg”" in window.status.said.sentence


def test_a_file_that_is_there_already_is_said_to_be(
    panel: AttachmentPanel, photo: Path, window: MainWindow
) -> None:
    panel.attach_files([photo])
    panel.attach_files([photo])
    assert "已经有了" in window.status.said.sentence


def test_a_copied_picture_is_pasted_with_the_moment_in_its_name(
    panel: AttachmentPanel, desk: Desk, qtbot: QtBot
) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    QApplication.clipboard().setImage(image)
    panel.files.setFocus()
    qtbot.keyClick(panel.files, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (kept,) = desk.find(Attachment)
    assert kept.name == "粘贴的照片 2026-03-09 09-00.png"
    assert QImage.fromData(desk.contents.read(kept.sha256) or b"").size() == image.size()
    assert panel.files.currentRow() == 0


def test_a_large_copied_photo_is_packed_as_one(panel: AttachmentPanel, desk: Desk) -> None:
    image = QImage(2400, 1600, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    QApplication.clipboard().setImage(image)
    panel.paste()
    (kept,) = desk.find(Attachment)
    assert kept.name.endswith(".jpg")
    assert (desk.contents.read(kept.sha256) or b"").startswith(b"\xff\xd8")


def test_copied_files_are_pasted(
    panel: AttachmentPanel, desk: Desk, photo: Path, qtbot: QtBot
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    QApplication.clipboard().setMimeData(mime)
    qtbot.mouseClick(panel.paste_button, LEFT)
    assert [each.name for each in desk.find(Attachment)] == ["现场.jpg"]


def test_with_nothing_to_paste_that_is_said(
    panel: AttachmentPanel, desk: Desk, window: MainWindow
) -> None:
    QApplication.clipboard().setText("只是文字")
    panel.paste()
    assert "没有可以粘贴的" in window.status.said.sentence
    assert not desk.find(Attachment)


def answers(monkeypatch: pytest.MonkeyPatch, *lines: str | None) -> None:
    """What the clerk types when she is asked for a line, one after another."""
    waiting = list(lines)
    monkeypatch.setattr(messages, "ask_line", lambda *_: waiting.pop(0))


def test_a_file_is_renamed_once_the_name_will_do(
    panel: AttachmentPanel,
    desk: Desk,
    photo: Path,
    told: list[str],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel.attach_files([photo])
    answers(monkeypatch, "现场?", "桥口村停车场")
    qtbot.mouseClick(panel.rename_button, LEFT)
    assert "文件名里不能有" in told[0]
    assert shown(panel) == ["桥口村停车场.jpg　2 KB"]
    assert panel.files.currentRow() == 0
    answers(monkeypatch, None)
    qtbot.mouseClick(panel.rename_button, LEFT)
    assert desk.find(Attachment)[0].name == "桥口村停车场.jpg"


def test_a_file_is_saved_elsewhere(
    panel: AttachmentPanel,
    photo: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "另存.jpg"
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str) -> tuple[str, str]:
        offered.append(name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    panel.attach_files([photo])
    qtbot.mouseClick(panel.save_as_button, LEFT)
    assert offered == ["现场.jpg"]
    assert target.read_bytes() == PHOTO


def test_a_note_is_kept_when_the_line_is_left_and_can_be_undone(
    panel: AttachmentPanel, desk: Desk, photo: Path, window: MainWindow
) -> None:
    panel.attach_files([photo])
    panel.note_line.setText("左起第三人为召集人")
    panel.note_line.editingFinished.emit()
    assert desk.find(Attachment)[0].note == "左起第三人为召集人"
    assert shown(panel) == ["现场.jpg　2 KB\n左起第三人为召集人"]
    window.undo_deed()
    assert shown(panel) == ["现场.jpg　2 KB"]
    assert panel.note_line.text() == ""


def test_the_delete_key_removes_the_chosen_file_and_not_the_record(
    panel: AttachmentPanel, desk: Desk, photo: Path, qtbot: QtBot
) -> None:
    panel.attach_files([photo])
    panel.files.setFocus()
    qtbot.keyClick(panel.files, Qt.Key.Key_Delete)
    assert not desk.find(Attachment)
    assert len(desk.find(Topic)) == 1


def test_the_chosen_file_stays_chosen_when_something_else_is_saved(
    panel: AttachmentPanel, desk: Desk, photo: Path, tmp_path: Path
) -> None:
    other = tmp_path / "2.txt"
    other.write_bytes(b"text")
    panel.attach_files([photo, other])
    panel.files.setCurrentRow(0)
    factory.topic(desk, "别的议题")
    assert panel.files.currentRow() == 0


def test_space_looks_closer_and_comes_back_to_the_file_looked_at_last(
    panel: AttachmentPanel, photo: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "笔记.txt"
    other.write_text("停车难", "utf-8")
    panel.attach_files([photo, other])
    panel.files.setCurrentRow(0)
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PreviewDialog)
        qtbot.keyClick(dialog, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: bool(dialog.preview.text.toPlainText()))
        seen.append(dialog.preview.text.toPlainText())
        qtbot.keyClick(dialog, Qt.Key.Key_Space)

    QTimer.singleShot(0, look)
    qtbot.keyClick(panel.files, Qt.Key.Key_Space)
    assert seen == ["停车难"]
    assert panel.files.currentRow() == 1


def test_the_chosen_file_is_seen_beside_the_list(
    panel: AttachmentPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    notes = tmp_path / "笔记.txt"
    notes.write_text("桥口村停车难", "utf-8")
    panel.attach_files([notes])
    qtbot.waitUntil(lambda: panel.preview.text.toPlainText() == "桥口村停车难")
    assert panel.preview.stack.currentWidget() is panel.preview.text
