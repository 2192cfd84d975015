"""The office words what hangs on its walls itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.exports.papers.registry import paper_called
from liaison_desk.exports.papers.templates import DUTIES, RIGHTS, shipped_text
from liaison_desk.ui.printing.options_panel import CHOICES, OptionsPanel
from liaison_desk.ui.printing.wall_text_dialog import WALL_TEXTS, WallTextDialog
from tests.exports.papers.making import wall

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> OptionsPanel:
    made = OptionsPanel(desk)
    qtbot.addWidget(made)
    return made


def answer(monkeypatch: pytest.MonkeyPatch, text: str | None) -> list[str]:
    """What the clerk writes; gives the texts she was shown."""
    shown: list[str] = []

    def ask(_parent: object, _title: str, before: str, _shipped: str) -> str | None:
        shown.append(before)
        return text

    monkeypatch.setattr(WallTextDialog, "ask", ask)
    return shown


def test_a_text_is_worded_from_the_choices_of_its_paper_and_stays_so(
    desk: Desk, panel: OptionsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "# 委员权利\n## 一\n1. 提出意见，{{本室.名称}}。")
    panel.show_for({"wall_rights", "notice"})
    (action,) = panel.text_button.menu().actions()
    assert action.text() == "上墙：委员权利义务"
    with qtbot.waitSignal(panel.changed):
        action.trigger()
    texts = panel.options().wall_texts
    assert wall(desk, "wall_rights", wall_texts=texts).title == "委员权利"
    shown = answer(monkeypatch, None)
    again = OptionsPanel(desk)
    qtbot.addWidget(again)
    again.text_button.edit("wall_rights")
    assert shown == ["# 委员权利\n## 一\n1. 提出意见，{{本室.名称}}。"]
    assert again.options().wall_texts == texts


def test_the_shipped_text_can_be_taken_back(
    panel: OptionsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "# 职责")
    panel.text_button.edit("wall_duties")
    assert panel.options().wall_texts == ((DUTIES, "# 职责"),)
    dialog = WallTextDialog(None, "工作职责", "# 职责", shipped_text(DUTIES))
    qtbot.addWidget(dialog)
    assert dialog.written() == "# 职责"
    dialog.shipped_button.click()
    assert dialog.written() == ""
    answer(monkeypatch, dialog.written())
    panel.text_button.edit("wall_duties")
    assert panel.options().wall_texts == ()


def test_every_paper_that_says_its_text_may_be_changed_offers_it() -> None:
    offering = {key for key, choices in CHOICES.items() if "wall_text" in choices}
    assert offering == set(WALL_TEXTS)
    assert all("文字可以改" in paper_called(key).description for key in offering)
    assert RIGHTS in WALL_TEXTS.values()
