"""The minutes as a Word file for the leader, and the marked file back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from liaison_desk.domain.errors import DeskError, NotValid
from liaison_desk.domain.minutes import Minutes
from liaison_desk.exports.papers.minutes import minutes_file_name, minutes_paper
from liaison_desk.services.marked_copy import compare, take
from liaison_desk.ui import messages
from liaison_desk.ui.minutes.marked_copy_dialog import MarkedCopyDialog
from liaison_desk.ui.printing.files import CannotWrite, chosen_path, write_whole
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.marked_copy import MarkedCopy
    from liaison_desk.ui.minutes.minutes_page import MinutesPage
    from liaison_desk.ui.tasks import Progress

WORD_FILES = "Word 文档 (*.docx);;所有文件 (*)"
_LOCKED = "这份纪要已定稿，不能直接改。\n要先另起新版本，再带回领导改过的稿子吗？原来的一版会保留。"


class WordButton(QPushButton):
    """A button with two deeds: 存为Word, 带回改过的Word."""

    def __init__(self, page: MinutesPage) -> None:
        super().__init__("Word")
        self._page = page
        menu = QMenu(self)
        self.save_action = menu.addAction("存为Word，给领导改……", self.save)
        self.bring_action = menu.addAction("带回领导改过的Word……", self.bring_back)
        self.save_action.setObjectName("save_word")
        self.bring_action.setObjectName("bring_word")
        self.setMenu(menu)
        self.setObjectName("word")

    def save(self) -> None:
        """Write the minutes as they are typed."""
        from liaison_desk.exports.word.document import render_docx  # not before it is wanted

        minutes = self._typed()
        if minutes is None:
            return
        start = self._page.context.folder / f"{minutes_file_name(minutes)}.docx"
        chosen, _kind = QFileDialog.getSaveFileName(self._page, "存为Word", f"{start}", WORD_FILES)
        if not chosen:
            return
        path = chosen_path(chosen, ".docx")
        self._page.context.folder = path.parent
        try:
            write_whole(path, render_docx(minutes_paper(minutes)))
        except CannotWrite as error:
            messages.tell(self._page, error)
            return
        self._page.context.say(f"已存为 {path}", False)

    def bring_back(self) -> None:
        """Read a marked file and take what the clerk accepts."""
        page = self._page
        if not page.save() or not isinstance(page.record, Minutes):
            return
        if not page.desk.is_own(page.record):
            page.context.say("这份纪要是乡镇报来的，只能查看，不能带回修改。", False)
            return
        if page.record.is_locked:
            if not messages.confirm(page, _LOCKED, "另起新版本"):
                return
            page.open_new_version()
        start = str(page.context.folder)
        chosen, _kind = QFileDialog.getOpenFileName(page, "选择领导改过的稿子", start, WORD_FILES)
        if chosen:
            page.context.folder = Path(chosen).parent
            self._take(Path(chosen))

    def _take(self, path: Path) -> None:
        """Compare, let the clerk tick, and take."""
        page = self._page
        assert isinstance(page.record, Minutes)
        try:
            copy = run_task(page, "正在读取", _comparing(page.desk, page.record, path))
            if not copy.changes:
                page.context.say(f"“{copy.name}”和这份纪要没有不同", False)
                return
            accepted = MarkedCopyDialog.ask(page, copy, page.context.style)
            if accepted is None:
                return
            kept = take(page.desk, page.record, copy, accepted)
        except NotValid as error:
            page.context.say(str(error), False)
        except DeskError as error:
            messages.tell(page, error)
        else:
            page.choose(kept)
            page.context.say(f"已采用{len(accepted)}处改动", True)

    def _typed(self) -> Minutes | None:
        """The minutes as typed; None, the clerk told, when something is wrong in them."""
        if self._page.record is None:
            return None
        try:
            minutes = self._page.form.record()
        except NotValid as error:
            self._page.mark(error)
            self._page.context.say(str(error), False)
            return None
        assert isinstance(minutes, Minutes)
        return minutes


def _comparing(desk: Desk, minutes: Minutes, path: Path) -> Callable[[Progress], MarkedCopy]:
    """Reading a file and seeing what is other in it, as a task."""

    def work(_progress: Progress) -> MarkedCopy:
        from liaison_desk.exports.word.reading import read_marked

        return compare(desk, minutes, read_marked(path))

    return work
