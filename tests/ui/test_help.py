"""The manual, and the words of the window."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QKeySequence

from liaison_desk import ui
from liaison_desk.ui import help_dialog
from liaison_desk.ui.help_dialog import HelpDialog
from liaison_desk.ui.pages import COUNTY_PAGES, PAGES
from liaison_desk.ui.style import RESOURCES
from tests.ui.windows import make_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.page import Page

HELP = RESOURCES / "help"
EVERY_PAGE = tuple(dict.fromkeys((*PAGES, *COUNTY_PAGES)))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FORBIDDEN = ("数据库", "记录ID", "同步", "冲突", "异常", "错误代码", "字段", "缓存", "线程")
"""Words of the system; the office has its own."""
ENGLISH = {"Ctrl", "Enter", "Esc", "Alt", "Tab", "Shift", "Delete", "Home", "KB", "MB", "GB"}
"""What stands on the keys, and the sizes of files."""
ENGLISH |= {"PDF", "Excel", "Noto", "Sans", "SC", "DiSanFangZhengHei", "zip", "csv", "xlsx", "txt"}
ENGLISH |= {"xls", "xlsm", "ods", "db", "pdf", "jpg", "png", "WPS", "Word", "docx"}


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_has_its_own_topic_headed_as_the_page_is(page: type[Page]) -> None:
    text = (HELP / f"{page.__name__}.md").read_text("utf-8")
    assert text.startswith(f"# {page.title}")
    assert 4 <= len([line for line in text.splitlines() if line.strip()]) <= 14


@pytest.mark.parametrize("path", sorted(HELP.glob("*.md")), ids=lambda path: path.stem)
def test_every_topic_belongs_to_something_and_speaks_plainly(path: Path) -> None:
    topics = {
        "keys",
        "first_steps",
        "ImportWizard",
        "PrintDialog",
        "OwnFormsDialog",
        *(page.__name__ for page in EVERY_PAGE),
    }
    assert path.stem in topics
    text = path.read_text("utf-8")
    assert not [word for word in FORBIDDEN if word in text]


@pytest.mark.parametrize("path", sorted(HELP.glob("*.md")), ids=lambda path: path.stem)
def test_a_button_the_manual_names_is_in_the_window(path: Path) -> None:
    shown = "".join(text for _file, text in sentences())
    if path.stem == "first_steps":
        shown += "委员议题"
    for name in re.findall(r"[点勾][选]?“(.*?)”", path.read_text("utf-8")):
        assert name in shown or name in LABELS, f"{path.stem}: {name}"


LABELS = {"列入年度计划"}
"""Fields the manual tells to tick; their labels are in the domain."""


def test_f1_shows_the_topic_of_the_page_in_front(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(HelpDialog, "exec", lambda box: shown.append(box.browser.toPlainText()))
    window = make_window(desk, tmp_path, qtbot)
    for kind in window.kinds:
        window.show_kind(kind)
        window.actions_.help.trigger()
        assert shown[-1].startswith(kind.title)


def test_the_page_of_keys_names_every_shortcut(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    named = keys_in(help_dialog.read_topic("keys"))
    window = make_window(desk, tmp_path, qtbot)
    for action in window.actions_.every():
        for key in action.shortcuts():
            written = key.toString(QKeySequence.SequenceFormat.PortableText)
            assert written in named, f"{action.text()}: {written}"


def keys_in(text: str) -> set[str]:
    """The keys in the left column of the page of keys; Alt+1 … Alt+9 stands for nine."""
    cells = [row.split("|")[1] for row in text.splitlines() if row.startswith("| ")]
    parts = [part.strip() for cell in cells for part in re.split(r" / |、", cell)]
    found = {part for part in parts if "…" not in part}
    for part in parts:
        if "…" in part:
            first, last = (each.strip() for each in part.split("…"))
            found |= {f"{first[:-1]}{n}" for n in range(int(first[-1]), int(last[-1]) + 1)}
    form = QKeySequence.SequenceFormat.PortableText
    typed = {each.replace("Enter", "Return") for each in found}
    return found | {QKeySequence(each).toString(form) for each in typed}


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Every string with Chinese in it that the window's code holds, docstrings left out."""
    return tuple(_read_sentences())


def _read_sentences() -> Iterator[tuple[str, str]]:
    for folder in ui.__path__:
        for path in sorted(type(HELP)(folder).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            told = {
                id(node.value)
                for node in ast.walk(tree)
                if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            }
            for node in ast.walk(tree):
                text = node.value if isinstance(node, ast.Constant) else None
                if isinstance(text, str) and id(node) not in told and CHINESE.search(text):
                    yield path.name, text


def test_no_sentence_of_the_window_has_a_word_of_the_system() -> None:
    assert len(sentences()) > 200
    assert not [each for each in sentences() if any(word in each[1] for word in FORBIDDEN)]


def test_no_sentence_of_the_window_has_english_but_the_names_of_keys_and_files() -> None:
    strange = [
        (file, text)
        for file, text in sentences()
        for word in re.findall(r"(?<!&)[A-Za-z]{2,}", re.sub(r"<[^>]*>|XXXXXX$", "", text))
        if word not in ENGLISH
    ]
    assert not strange
