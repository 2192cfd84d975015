"""The status line: what was just done with 撤销, and how the office's file stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStatusBar

from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

SAID_MS = 10_000
"""How long a sentence and its 撤销 stand in the status line."""


class ElidedLabel(QLabel):
    """A sentence that never widens the window; all of it is in its tip."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def say(self, sentence: str) -> None:
        """Show as much of a sentence as there is room for."""
        self._sentence = sentence.replace("\n", " ")
        self.setToolTip(sentence)
        self.setAccessibleName(sentence)
        self.updateGeometry()
        self._fit()

    @property
    def sentence(self) -> str:
        """The whole of it."""
        return self._sentence

    def sizeHint(self) -> QSize:
        """Room for the whole sentence, if there is any."""
        width = self.fontMetrics().horizontalAdvance(self._sentence) + 4
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """None is needed."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less of it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = max(self.width(), 0)
        shown = self.fontMetrics().elidedText(self._sentence, Qt.TextElideMode.ElideRight, width)
        self.setText(shown)


class StatusLine(QStatusBar):
    """At the left what was done, at the right backup, unreported records and the last save."""

    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.said = ElidedLabel()
        self.undo_link = QPushButton("撤销")
        self.backup = QLabel()
        self.unreported = QLabel()
        self.saved = QLabel()
        self._pause = QTimer(self, singleShot=True, interval=SAID_MS)
        self.setContentsMargins(GAP, 0, GAP, 0)
        self.said.setObjectName("said")
        self.undo_link.setObjectName("undo_link")
        self.undo_link.setProperty("role", "link")
        self.undo_link.hide()
        self.addWidget(self.said)
        self.addWidget(self.undo_link)
        for label in (self.backup, self.unreported, self.saved):
            label.setProperty("role", "muted")
            self.addPermanentWidget(label)
        self._pause.timeout.connect(self.forget)
        self.undo_link.clicked.connect(self.undo_asked)

    def say(self, sentence: str, can_undo: bool) -> None:
        """Show a sentence for 10 s, with 撤销 when it can be undone."""
        self.said.say(sentence)
        self.undo_link.setVisible(can_undo)
        self._pause.start()

    def forget(self) -> None:
        """Take the sentence away."""
        self._pause.stop()
        self.said.say("")
        self.undo_link.hide()
