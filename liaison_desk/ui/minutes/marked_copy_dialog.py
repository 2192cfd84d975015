"""What a leader's marked Word file says otherwise, for the clerk to tick what she accepts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent

    from liaison_desk.domain.marked_text import Remark
    from liaison_desk.services.marked_copy import MarkedChange, MarkedCopy
    from liaison_desk.services.text_difference import Piece
    from liaison_desk.ui.style import Style, Tokens

_SIZE = (860, 600)
_SHARE = 0.9  # of the screen, at most


class MarkedCopyDialog(QDialog):
    """The changes one under another, each with its tick, its words marked, its comments below."""

    def __init__(self, parent: QWidget | None, copy: MarkedCopy, style: Style) -> None:
        super().__init__(parent)
        self.copy = copy
        self.cards = [ChangeCard(each, style.tokens) for each in copy.changes]
        self.head = QLabel(_counted(copy))
        self.notes = QLabel("\n".join(f"◆ {note}" for note in copy.notes))
        self.legend = QLabel(_legend(style.tokens))
        self.all_button = QPushButton("全选(&A)")
        self.none_button = QPushButton("全不选(&N)")
        self.buttons = QDialogButtonBox()
        self.take_button = self.buttons.addButton("采用", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.setWindowTitle("领导改过的稿子")
        room = self.screen().availableSize()
        wanted = QSize(*(style.scaled(each) for each in _SIZE))
        self.resize(wanted.boundedTo(room * _SHARE))
        self._arrange()
        self._connect()
        for each in self.cards:
            each.tick(copy.is_sure and not each.change.is_outdated)
        self._count()

    @classmethod
    def ask(cls, parent: QWidget, copy: MarkedCopy, style: Style) -> list[MarkedChange] | None:
        """Let the clerk tick changes; those she accepts, or None when she cancelled."""
        dialog = cls(parent, copy, style)
        is_taken = dialog.exec() == QDialog.DialogCode.Accepted
        accepted = dialog.accepted_changes()
        dialog.deleteLater()
        return accepted if is_taken else None

    def accepted_changes(self) -> list[MarkedChange]:
        """The changes that are ticked."""
        return [each.change for each in self.cards if each.is_ticked()]

    def tick_all(self, on: bool) -> None:
        """Accept everything, or nothing."""
        for each in self.cards:
            each.tick(on)
        self._count()

    def _count(self) -> None:
        """Say on the button how many are taken; there must be one."""
        count = len(self.accepted_changes())
        self.take_button.setText(f"采用选中的（{count}）" if count else "采用选中的")
        self.take_button.setEnabled(bool(count))

    def _connect(self) -> None:
        for each in self.cards:
            each.ticked.connect(self._count)
        self.all_button.clicked.connect(lambda: self.tick_all(True))
        self.none_button.clicked.connect(lambda: self.tick_all(False))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _arrange(self) -> None:
        for name in ("head", "notes", "legend", "all_button", "none_button", "take_button"):
            getattr(self, name).setObjectName(name)
        self.head.setProperty("role", "heading")
        self.notes.setProperty("role", "wrong")
        self.legend.setProperty("role", "muted")
        self.take_button.setProperty("role", "main")
        self.take_button.setDefault(True)
        for label in (self.head, self.notes, self.legend):
            label.setWordWrap(True)
        self.notes.setVisible(bool(self.copy.notes))
        row = QHBoxLayout()
        row.addWidget(self.legend, 1)
        row.addWidget(self.all_button)
        row.addWidget(self.none_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.head)
        layout.addWidget(self.notes)
        layout.addLayout(row)
        layout.addWidget(self._scroll(), 1)
        layout.addWidget(self.buttons)

    def _scroll(self) -> QScrollArea:
        """The cards in what scrolls."""
        inner = QWidget()
        inner.setObjectName("form")
        column = QVBoxLayout(inner)
        column.setSpacing(GAP)
        for each in self.cards:
            column.addWidget(each)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for each in self.cards:
            each.focused.connect(lambda card=each: scroll.ensureWidgetVisible(card))
        return scroll


class ChangeCard(QFrame):
    """One change."""

    ticked = Signal()
    """The tick was set or taken away."""
    focused = Signal()
    """The cursor came to it."""

    def __init__(self, change: MarkedChange, tokens: Tokens) -> None:
        super().__init__()
        self.change = change
        self.box = _Tick(f"{change.place}　{change.kind}")
        self.box.setVisible(change.can_take)
        self.words = QLabel(_marked(change.pieces, tokens))
        self.setProperty("role", "banner")
        head = QHBoxLayout()
        head.addWidget(self.box)
        if not change.can_take:
            head.addWidget(QLabel(self.box.text()))
        about = QLabel(_about(change))
        about.setProperty("role", "wrong" if change.is_outdated else "muted")
        head.addWidget(about, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP // 2, GAP, GAP // 2)
        layout.setSpacing(GAP // 2)
        layout.addLayout(head)
        self.words.setVisible(bool(change.pieces))
        self.words.setObjectName("words")
        layout.addWidget(self.words)
        for remark in change.remarks:
            layout.addWidget(_remark(remark))
        for label in self.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.box.toggled.connect(lambda _on: self.ticked.emit())
        self.box.focused.connect(self.focused)

    def is_ticked(self) -> bool:
        """Whether the clerk accepts it."""
        return self.change.can_take and self.box.isChecked()

    def tick(self, on: bool) -> None:
        """Accept it or not."""
        self.box.setChecked(on and self.change.can_take)


class _Tick(QCheckBox):
    """A tick that says when the cursor comes to it."""

    focused = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Bring the card into sight."""
        super().focusInEvent(event)
        self.focused.emit()


def _counted(copy: MarkedCopy) -> str:
    """How many changes and comments there are."""
    changes = sum(each.can_take for each in copy.changes)
    remarks = sum(len(each.remarks) for each in copy.changes)
    told = [f"改动{changes}处" if changes else "", f"批注{remarks}条" if remarks else ""]
    return f"“{copy.name}”：{'，'.join(filter(None, told))}"


def _legend(tokens: Tokens) -> str:
    """How what was taken out and put in looks."""
    looks = _looks(tokens)
    out, put_in = (
        f'<span style="{looks[look]}">{words}</span>'
        for look, words in (("out", "有删除线的"), ("in", "有下划线的"))
    )
    return f"{out}是删去的字，{put_in}是加上的字。勾选要采用的。"


def _looks(tokens: Tokens) -> dict[str, str]:
    return {
        "same": "",
        "out": f"color:{tokens.late};text-decoration:line-through",
        "in": f"color:{tokens.ok};text-decoration:underline",
    }


def _marked(pieces: Sequence[Piece], tokens: Tokens) -> str:
    """The two texts as one: taken out struck through, put in underlined."""
    looks = _looks(tokens)
    spans = (f'<span style="{looks[each.kind]}">{escape(each.text)}</span>' for each in pieces)
    return "".join(spans).replace("\n", "<br>")


def _about(change: MarkedChange) -> str:
    """Who changed it, and whether it was changed here too."""
    told = [f"{'、'.join(change.authors)}修订" if change.authors else ""]
    told.append("◆ 这里也改过" if change.is_outdated else "")
    return "　".join(filter(None, told))


def _remark(remark: Remark) -> QLabel:
    """A comment, with who wrote it and on which words."""
    about = f"“{remark.about}”" if remark.about else ""
    source = "，".join(filter(None, (remark.author, about)))
    label = QLabel(f"批注{f'（{source}）' if source else ''}：{remark.text}")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName("remark")
    return label
