"""The words of one list, written in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.code_word import CodeWord
from liaison_desk.domain.codes import TERM_LISTS
from liaison_desk.services.words import (
    copy_words,
    own_words,
    present_term,
    restore_words,
    save_words,
    terms_of,
    words_of,
)
from liaison_desk.ui.meeting.line_table import LineTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from liaison_desk.ui.context import Context
    from liaison_desk.ui.line_names import OfficeNames

EVERY_TERM = "各届通用"


class WordsPanel(QWidget):
    """One list of words, for a term where lists differ by term."""

    edited = Signal()
    turned = Signal()
    """Another term is wanted; the page asks about what is typed first."""

    def __init__(self, context: Context, names: OfficeNames) -> None:
        super().__init__()
        self._desk = context.desk
        self._say = context.say
        self.wordlist = ""
        self.term = ""
        self._was: dict[str, str] = {}
        self._is_dirty = False
        self.term_box = QComboBox()
        self.copy_button = QPushButton("从别的届次复制")
        self.restore_button = QPushButton("恢复原来的")
        self.state_label = QLabel()
        self.table = LineTable(CodeWord, {"name": 0}, names, context.style)
        self._arrange()
        self._connect()

    def show_list(self, wordlist: str, term: str | None = None) -> None:
        """Show the words of a list; of the present term when none is named."""
        self.wordlist = wordlist
        is_by_term = wordlist in TERM_LISTS
        self.term = (present_term(self._desk) if term is None else term) if is_by_term else ""
        words = words_of(self._desk, wordlist, self.term)
        self._was = {each.id: each.name for each in words}
        self.table.show_records(words)
        self._is_dirty = False
        self._fill_terms(is_by_term)
        has_own = bool(own_words(self._desk, wordlist, self.term))
        self.restore_button.setEnabled(has_own)
        self.state_label.setText(
            "本室自己的名单" if has_own else "程序自带的名单，改动后成为本室自己的"
        )

    def is_dirty(self) -> bool:
        """Whether a word was changed."""
        return self._is_dirty

    def keep(self) -> list[tuple[str, str]]:
        """Save the list; the words that were renamed, with what they were.

        Raises:
            PartNotValid: a word is wrong; nothing has changed.
        """
        words = [each for each in self.table.records() if isinstance(each, CodeWord)]
        save_words(self._desk, self.wordlist, self.term, words)
        renamed = [(self._was.get(each.id, each.name), each.name) for each in words]
        self.show_list(self.wordlist, self.term)
        return [(old, new) for old, new in renamed if old != new]

    def draft_id(self) -> str:
        """Under what a draft of the list is kept."""
        return f"{self.wordlist}/{self.term}"

    def answers(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {"lines": self.table.lines.answers()}

    def set_answers(self, answers: Mapping[str, Any]) -> None:
        """Put a draft back."""
        self.table.show_answers(answers.get("lines", ()))
        self._touch()

    def restore(self) -> None:
        """Give the list its shipped words back; 撤销 undoes it."""
        restore_words(self._desk, self.wordlist, self.term)
        self.show_list(self.wordlist, self.term)
        self._say("已恢复原来的名单", True)

    def copy_from(self, term: str) -> None:
        """Take over the words of another term."""
        copy_words(self._desk, self.wordlist, term, self.term)
        self.show_list(self.wordlist, self.term)
        self._say(f"已从{term or EVERY_TERM}复制", True)

    def chosen_term(self) -> str:
        """The term in the box; a new one may be typed."""
        typed = self.term_box.currentText().strip()
        return "" if typed == EVERY_TERM else typed

    def _fill_terms(self, is_by_term: bool) -> None:
        """Offer the terms there are, and those to copy from."""
        self.term_box.setVisible(is_by_term)
        self.copy_button.setVisible(is_by_term)
        if not is_by_term:
            return
        terms = list(dict.fromkeys([*terms_of(self._desk), *filter(None, [self.term])]))
        self.term_box.blockSignals(True)
        self.term_box.clear()
        self.term_box.addItems([*terms, EVERY_TERM])
        self.term_box.setCurrentText(self.term or EVERY_TERM)
        self.term_box.blockSignals(False)
        menu = QMenu(self.copy_button)
        for other in ["", *terms]:
            if other != self.term:
                action = menu.addAction(other or EVERY_TERM)
                action.triggered.connect(lambda _on=False, other=other: self.copy_from(other))
        self.copy_button.setMenu(menu)
        self.copy_button.setEnabled(bool(menu.actions()))

    def _touch(self) -> None:
        self._is_dirty = True
        self.edited.emit()

    def _arrange(self) -> None:
        self.term_box.setObjectName("term")
        self.term_box.setEditable(True)
        self.term_box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.term_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.term_box.setAccessibleName("届次")
        self.copy_button.setObjectName("copy_term")
        self.restore_button.setObjectName("restore_words")
        self.state_label.setProperty("role", "muted")
        row = QHBoxLayout()
        row.addWidget(self.term_box)
        row.addWidget(self.copy_button)
        row.addWidget(self.state_label, 1)
        row.addWidget(self.restore_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.table.edited.connect(self._touch)
        self.term_box.activated.connect(lambda _place: self.turned.emit())
        line = self.term_box.lineEdit()
        if line is not None:
            line.editingFinished.connect(self.turned)
        self.restore_button.clicked.connect(self.restore)
