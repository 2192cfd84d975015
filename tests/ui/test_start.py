"""Starting: the wizard, the file that cannot be opened, the second start, the crash."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QWidget, QWizard

from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.office import Office
from liaison_desk.domain.topic import Topic
from liaison_desk.services.desk import Desk
from liaison_desk.store.database import Database
from liaison_desk.ui import messages, pages, tasks
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.record_pages import TopicPage
from liaison_desk.ui.session import Session
from liaison_desk.ui.settings_page import SettingsPage
from liaison_desk.ui.setup_wizard import SECRECY, Setup, SetupWizard
from liaison_desk.ui.style import DARK
from liaison_desk.ui.tasks import TaskBox
from tests import factory
from tests.typing_as_ime import commit_text
from tests.ui.windows import ini, label, make_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

Told = list[str]

WANTED_LATER = (
    "reportlab", "pypdfium2", "pypdf", "PIL", "uniseg", "openpyxl", "xlsxwriter",
    "python_calamine", "pypinyin",
)  # fmt: skip
"""Libraries that no first page needs; each would keep the clerk waiting at the start."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What was said when a file could not be opened; the clerk leaves each time."""
    sentences: Told = []

    def leave(sentence: str) -> None:
        sentences.append(sentence)

    monkeypatch.setattr(messages, "ask_other_file", leave)
    return sentences


@pytest.fixture
def start(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Session]]:
    """Starts sessions that remember nothing of the user's own; a few pages make a quick window."""
    monkeypatch.setattr(pages, "PAGES", (HomePage, TopicPage, SettingsPage))
    make_once()
    made: list[Session] = []

    def begin(file: Path | None = None, settings: QSettings | None = None) -> Session:
        session = Session(make_once(), settings or ini(tmp_path))
        made.append(session)
        session.start(file)
        return session

    yield begin
    for session in made:
        if session.window is not None:
            session.window.current.discard()
        session.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A data file that has been set up, closed."""
    path = tmp_path / "柳河镇.db"
    database = Database.open(path)
    Desk(database).set_up(factory.office())
    database.close()
    return path


def remembering(tmp_path: Path, path: Path) -> QSettings:
    settings = ini(tmp_path)
    settings.setValue("data_file", str(path))
    return settings


# -- files ---------------------------------------------------------------------------------------


def test_the_file_used_last_is_opened_again(
    start: Callable[..., Session], file: Path, tmp_path: Path, told: Told
) -> None:
    session = start(None, remembering(tmp_path, file))
    assert session.window is not None
    assert "柳河镇" in session.window.windowTitle()
    assert not told


def test_a_remembered_file_that_is_missing_is_told_of_and_no_new_one_is_made(
    start: Callable[..., Session], tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SetupWizard, "ask", lambda **_: pytest.fail("no first start"))
    session = start(None, remembering(tmp_path, tmp_path / "U盘" / "资料.db"))
    assert session.window is None
    assert session.failed
    assert "找不到上次用的资料文件" in told[0]
    assert "插好" in told[0]
    assert not (tmp_path / "U盘").exists()


def make_foreign(path: Path) -> None:
    path.write_text("这是一个文本文件，不是资料文件。" * 20, "utf-8")


def make_newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()


def make_damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : len(content)] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(make_foreign, "不是联络台的资料文件"), (make_newer, "更新版本"), (make_damaged, "已损坏")],
)
def test_a_file_that_cannot_be_opened_is_told_of_in_chinese_and_left_alone(
    spoil: Callable[[Path], None],
    said: str,
    start: Callable[..., Session],
    file: Path,
    told: Told,
) -> None:
    spoil(file)
    before = file.read_bytes()
    session = start(file)
    assert session.window is None
    assert session.failed
    assert said in told[0]
    assert file.read_bytes() == before


def test_a_file_in_use_by_another_program_is_told_of(
    start: Callable[..., Session], file: Path, told: Told
) -> None:
    other = Database.open(file)
    try:
        assert start(file).window is None
    finally:
        other.close()
    assert "另一个窗口" in told[0]


def test_after_a_file_that_cannot_be_opened_another_one_can_be(
    start: Callable[..., Session], file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "坏的.db"
    make_foreign(bad)
    monkeypatch.setattr(messages, "ask_other_file", lambda _sentence: file)
    session = start(bad)
    assert session.window is not None
    assert not session.failed
    assert session.window.context.data_file == file


def test_a_second_start_on_the_same_file_brings_the_first_window_forward(
    start: Callable[..., Session], file: Path, told: Told, qtbot: QtBot
) -> None:
    first = start(file)
    assert first.window is not None
    first.window.showMinimized()
    second = start(file)
    assert second.window is None
    assert not second.failed
    assert not told
    window = first.window
    qtbot.waitUntil(lambda: not window.isMinimized())


def test_settings_that_were_tampered_with_do_not_stop_the_start(
    start: Callable[..., Session], file: Path, tmp_path: Path
) -> None:
    settings = ini(tmp_path)
    for key, value in (("zoom", "很大"), ("page", "[]"), ("委员/columns", "{"), ("geometry", "x")):
        settings.setValue(key, value)
    session = start(file, settings)
    assert session.window is not None


OLDEST = min((Path(__file__).parents[1] / "old_databases").glob("schema_*.db"))


@pytest.fixture
def old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A large data file that an earlier version made; a fast PC shows its progress line too."""
    monkeypatch.setattr(tasks, "SHOW_AFTER_MS", 0)
    path = Path(shutil.copy(OLDEST, tmp_path / "旧.db"))
    with sqlite3.connect(path) as connection:
        names = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(topic)"))
        connection.execute(
            "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 9000) "
            f"INSERT INTO topic ({names}) "
            f"SELECT {names.replace('id,', 'topic.id || n,', 1)} "
            "FROM many, (SELECT * FROM topic LIMIT 1) AS topic"
        )
    connection.close()
    return path


def while_opening(deed: Callable[[TaskBox], None]) -> tuple[QTimer, list[str]]:
    """Do something once the progress line is up; what the line says is listed."""
    said: list[str] = []

    def look() -> None:
        for box in QApplication.topLevelWidgets():
            if isinstance(box, TaskBox) and box.isVisible():
                if not said:
                    deed(box)
                said.append(box.line.text())

    timer = QTimer(interval=5)
    timer.timeout.connect(look)
    timer.start()
    return timer, said


def test_a_large_file_of_an_earlier_version_opens_with_a_progress_line(
    start: Callable[..., Session], old_file: Path, told: Told
) -> None:
    timer, said = while_opening(lambda _box: None)
    session = start(old_file)
    timer.stop()
    assert session.window is not None
    assert not told
    counts = {line for line in said if line.startswith("正在为新版本整理资料")}
    assert counts
    assert len(session.window.desk.find(Topic)) > 9000


def test_an_upgrade_that_is_cancelled_leaves_the_file_for_the_earlier_version(
    start: Callable[..., Session], old_file: Path, told: Told
) -> None:
    timer, _ = while_opening(lambda box: box.cancel_button.click())
    session = start(old_file)
    timer.stop()
    assert session.window is None
    assert "没有改动" in told[0]
    assert "原来的版本仍能打开" in told[0]
    with sqlite3.connect(old_file) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    assert version == int(OLDEST.stem[-3:])
    assert start(old_file).window is not None


# -- the wizard ----------------------------------------------------------------------------------


@pytest.fixture
def wizard(tmp_path: Path, qtbot: QtBot) -> SetupWizard:
    made = SetupWizard(None, tmp_path / "文档" / "协商联络台")
    qtbot.addWidget(
        made, before_close_func=lambda _wizard: made.office_page.form.set_record(Office())
    )
    made.show()
    return made


def fill(wizard: SetupWizard, level: str = "乡镇") -> None:
    wizard.next()
    editors = wizard.office_page.form.editors
    editors["name"].set_answer("柳河镇政协联络组")
    editors["level"].set_answer(level)
    wizard.next()


def test_the_first_page_warns_of_state_secrets(wizard: SetupWizard) -> None:
    warning = label(wizard, "secrecy")
    assert warning.isVisible()
    assert SECRECY in warning.text()


def test_enter_on_the_first_page_goes_on_to_ones_own_office(
    wizard: SetupWizard, qtbot: QtBot
) -> None:
    button = wizard.button(QWizard.WizardButton.NextButton)
    with qtbot.waitExposed(wizard):
        wizard.show()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert wizard.currentPage() is wizard.office_page
    assert not wizard.wants_sample


def test_the_wizard_will_not_go_on_without_a_name(wizard: SetupWizard) -> None:
    wizard.next()
    wizard.next()
    assert wizard.currentPage() is wizard.office_page
    assert label(wizard.office_page, "name_fault").isVisible()


@pytest.mark.parametrize("level", ["乡镇", "县级"])
def test_the_wizard_asks_for_the_office_and_its_level(wizard: SetupWizard, level: str) -> None:
    fill(wizard, level)
    setup = wizard.result_setup()
    assert setup.office is not None
    assert setup.office.level == level
    assert setup.office.is_county is (level == "县级")


def test_a_folder_that_cannot_be_written_to_is_refused_and_cancel_leaves_nothing(
    wizard: SetupWizard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(wizard)
    monkeypatch.setattr(messages, "confirm", lambda *_: True)
    blocked = tmp_path / "是个文件"
    blocked.write_text("x")
    wizard.folders.backup_line.setText(str(blocked / "备份"))
    wizard.accept()
    assert wizard.isVisible()
    assert "写不进去" in wizard.folders.fault.text()
    wizard.reject()
    assert not (tmp_path / "文档").exists()


def test_leaving_the_wizard_asks_before_what_is_typed_is_lost(
    wizard: SetupWizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def stay(_parent: QWidget, question: str, _deed: str) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr(messages, "confirm", stay)
    wizard.next()
    commit_text(wizard.office_page.form.editors["name"].widget, "柳河镇政协联络组")
    wizard.reject()
    assert wizard.isVisible()
    assert len(asked) == 1
    monkeypatch.setattr(messages, "confirm", lambda *_: True)
    wizard.reject()
    assert not wizard.isVisible()


def test_an_untouched_wizard_closes_without_asking(
    wizard: SetupWizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "confirm", lambda *_: pytest.fail("nothing is lost"))
    wizard.next()
    wizard.reject()
    assert not wizard.isVisible()


def test_a_folder_must_be_whole(wizard: SetupWizard) -> None:
    fill(wizard)
    wizard.folders.data_line.setText("")
    wizard.accept()
    assert wizard.isVisible()
    assert wizard.folders.fault.text()


def test_the_folders_page_says_when_there_is_a_file_already(
    wizard: SetupWizard, tmp_path: Path
) -> None:
    folder = tmp_path / "旧"
    folder.mkdir()
    (folder / "协商联络台资料.db").write_bytes(b"")
    wizard.folders.data_line.setText(str(folder))
    assert "已经有资料文件" in wizard.folders.note.text()


def test_cancelling_the_first_start_leaves_nothing(
    start: Callable[..., Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SetupWizard, "ask", lambda **_: None)
    wanted = tmp_path / "新" / "资料.db"
    session = start(wanted)
    assert session.window is None
    assert not session.failed
    assert not wanted.parent.exists()


def test_the_sample_office_can_be_tried(
    start: Callable[..., Session], wizard: SetupWizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard.welcome.sample_button.click()
    setup = wizard.result_setup()
    monkeypatch.setattr(SetupWizard, "ask", lambda **_: setup)
    session = start(None)
    assert session.window is not None
    assert len(session.window.desk.find(Membership)) == 14


def test_an_existing_file_can_be_opened_from_the_first_page(
    start: Callable[..., Session],
    wizard: SetupWizard,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    wizard.welcome.open_button.click()
    setup = wizard.result_setup()
    monkeypatch.setattr(SetupWizard, "ask", lambda **_: setup)
    session = start(None)
    assert session.window is not None
    assert session.window.context.data_file == file


def test_a_new_office_is_set_up_in_the_file_that_was_asked_for(
    start: Callable[..., Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = Setup(factory.office(), tmp_path / "别处" / "x.db", tmp_path / "备份")
    monkeypatch.setattr(SetupWizard, "ask", lambda **_: setup)
    session = start(tmp_path / "要这个.db")
    assert session.window is not None
    assert session.window.context.data_file == tmp_path / "要这个.db"
    assert session.window.desk.operator == "李文书"


def test_qt_speaks_chinese(qtbot: QtBot) -> None:
    make_once()
    line = QLineEdit("文字")
    qtbot.addWidget(line)
    menu: QMenu = line.createStandardContextMenu()
    texts = "".join(action.text() for action in menu.actions())
    assert "粘贴" in texts
    assert "复制" in texts
    wizard = QWizard()
    qtbot.addWidget(wizard)
    menu.deleteLater()


# -- look ----------------------------------------------------------------------------------------


def test_another_look_comes_at_once_and_keeps_what_is_typed(
    start: Callable[..., Session], file: Path, told: Told
) -> None:
    session = start(file)
    old = session.window
    assert old is not None
    page = old.page(TopicPage)
    assert isinstance(page, TopicPage)
    old.show_page(page)
    page.new()
    commit_text(page.form.editors["name"].widget, "没写完")
    page.form.editors["proposed_on"].set_answer("3月")
    typed = page.form.answers()
    old.zoom(1)
    assert session.window is not None
    assert session.window is not old
    assert session.style.zoom == 110
    now = session.window.current
    assert isinstance(now, TopicPage)
    assert now.form.answers() == typed
    assert now.is_dirty()
    now.form.editors["proposed_on"].set_answer("2026-3-1")
    assert now.save()
    QApplication.processEvents()
    assert len(session.window.desk.find(Topic)) == 1


class Restyled(QObject):
    """Counts how often a widget is told of another look."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count it."""
        self.count += event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange)
        return False


def test_another_look_is_not_put_on_pages_that_are_out_of_sight(
    start: Callable[..., Session], file: Path
) -> None:
    session = start(file)
    assert session.window is not None
    seen, hidden = Restyled(), Restyled()
    for kind, restyled in ((HomePage, hidden), (TopicPage, seen)):
        page = session.window.page(kind)
        session.window.show_page(page)
        page.installEventFilter(restyled)
    session.window.zoom(1)
    assert seen.count
    assert not hidden.count


def test_dark_is_switched_in_the_settings_with_the_office_half_typed(
    start: Callable[..., Session], file: Path, tmp_path: Path
) -> None:
    session = start(file)
    assert session.window is not None
    page = session.window.page(SettingsPage)
    assert isinstance(page, SettingsPage)
    session.window.show_page(page)
    page.form.editors["convener"].set_answer("新召集人")
    page.form.editors["convener"].edited.emit()
    page.dark_box.click()
    assert session.style.tokens is DARK
    now = session.window.current
    assert isinstance(now, SettingsPage)
    assert now.form.editors["convener"].answer() == "新召集人"
    assert now.dark_box.isChecked()
    assert str(ini(tmp_path).value("dark")).lower() == "true"


def test_drafts_still_offered_are_offered_after_another_look(
    start: Callable[..., Session], file: Path
) -> None:
    database = Database.open(file)
    desk = Desk(database)
    from liaison_desk.store.drafts import Draft

    desk.drafts.keep(Draft("topic", "", {"name": "旧稿"}, "2026-03-01T10:00:00"))
    database.close()
    session = start(file)
    assert session.window is not None
    assert len(session.window.banners.banners) == 1
    session.window.zoom(1)
    assert len(session.window.banners.banners) == 1


# -- crash ---------------------------------------------------------------------------------------


def test_a_bug_of_ours_shows_one_box_and_keeps_what_is_typed(
    start: Callable[..., Session],
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    session = start(file)
    assert session.window is not None
    page = session.window.page(TopicPage)
    assert isinstance(page, TopicPage)
    session.window.show_page(page)
    page.new()
    commit_text(page.form.editors["name"].widget, "没写完")
    boxes: list[str] = []

    def box(_parent: QWidget | None, report: str) -> None:
        boxes.append(report)
        session.crash(ValueError, ValueError("又一个"), None)

    monkeypatch.setattr(messages, "crash", box)
    session.crash(RuntimeError, RuntimeError("坏了"), None)
    assert len(boxes) == 1
    assert "坏了" in boxes[0]
    assert [each.answers["name"] for each in session.window.desk.drafts.all()] == ["没写完"]
    assert "又一个" in capsys.readouterr().err


def test_a_fault_of_the_world_that_nobody_caught_is_told_without_a_crash(
    start: Callable[..., Session],
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    session = start(file)
    said: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _parent, error: said.append(str(error)))
    monkeypatch.setattr(messages, "crash", lambda *_: pytest.fail("no crash"))
    session.crash(DeskError, DeskError("磁盘已满"), None)
    assert said == ["磁盘已满"]


TYPE_AND_DIE = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from liaison_desk.app import make_application
from liaison_desk.ui.record_pages import TopicPage
from liaison_desk.ui.session import Session
from tests.typing_as_ime import commit_text
folder = Path(sys.argv[1])
application = make_application()
session = Session(application, QSettings(str(folder / "x.ini"), QSettings.Format.IniFormat))
assert session.start(folder / "柳河镇.db")
page = session.window.page(TopicPage)
session.window.show_page(page)
page.new()
commit_text(page.form.editors["name"].widget, "没写完的议题")
page.form.editors["proposed_on"].set_answer("2026-3-")
def say():
    if session.window.desk.drafts.all():
        print("草稿", flush=True)
    else:
        QTimer.singleShot(20, say)
say()
application.exec()
"""


def test_a_draft_survives_the_killing_of_the_program(
    start: Callable[..., Session], file: Path, tmp_path: Path
) -> None:
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONIOENCODING": "utf-8",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", TYPE_AND_DIE, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline().decode().strip() == "草稿"
        process.send_signal(signal.SIGKILL)
    session = start(file, QSettings(str(tmp_path / "y.ini"), QSettings.Format.IniFormat))
    assert session.window is not None
    banner = session.window.banners.banners[0]
    banner.go_on_button.click()
    page = session.window.current
    assert isinstance(page, TopicPage)
    assert page.form.editors["name"].answer() == "没写完的议题"
    assert page.form.editors["proposed_on"].answer() == "2026-3-"


def test_the_first_page_waits_for_no_library_that_it_does_not_need() -> None:
    loaded = f"import sys, liaison_desk.app; print(set({WANTED_LATER!r}) & set(sys.modules))"
    ended = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout.strip() == "set()"
