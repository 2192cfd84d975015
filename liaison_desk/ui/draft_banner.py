"""What was typed and not saved when the program last stopped, offered at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from liaison_desk.store.drafts import Draft


class DraftBanner(QFrame):
    """One kept draft: 继续填写 or 丢弃."""

    resumed = Signal(object)
    dropped = Signal(object)

    def __init__(self, draft: Draft, place: str) -> None:
        super().__init__()
        self.draft = draft
        self.setProperty("role", "banner")
        self.setObjectName("draft_banner")
        when = draft.saved_at.replace("T", " ")[5:16]
        self.label = QLabel(f"上次在“{place}”里有没保存的内容（{when}）。")
        self.label.setWordWrap(True)
        self.go_on_button = QPushButton("继续填写")
        self.go_on_button.setObjectName("resume_draft")
        self.drop_button = QPushButton("丢弃")
        self.drop_button.setObjectName("drop_draft")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP * 2, GAP // 2, GAP, GAP // 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.go_on_button)
        row.addWidget(self.drop_button)
        self.go_on_button.clicked.connect(lambda: self.resumed.emit(self.draft))
        self.drop_button.clicked.connect(lambda: self.dropped.emit(self.draft))


class DraftBanners(QWidget):
    """The banners above the page; nothing when there are no drafts."""

    resumed = Signal(object)
    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.banners: list[DraftBanner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def offer(self, draft: Draft, place: str) -> None:
        """Offer a draft of the page called `place`."""
        banner = DraftBanner(draft, place)
        banner.resumed.connect(self.resumed)
        banner.dropped.connect(self.dropped)
        self.banners.append(banner)
        self._column.addWidget(banner)
        self.show()

    def drafts(self) -> list[Draft]:
        """The drafts still offered."""
        return [each.draft for each in self.banners]

    def take_away(self, draft: Draft) -> None:
        """The draft has been dealt with."""
        for banner in [each for each in self.banners if each.draft is draft]:
            self.banners.remove(banner)
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self.banners))
