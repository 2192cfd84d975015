"""The names of files kept with a record, one to be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.attachment import Attachment

_FILE = Qt.ItemDataRole.UserRole


class AttachmentList(QListWidget):
    """Each file by its name and size, its note below."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("attachments")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_files(self, files: Sequence[Attachment], chosen: str) -> None:
        """List files and choose one by its id, without a word to who listens."""
        with QSignalBlocker(self):
            self.clear()
            for each in files:
                note = f"\n{each.note}" if each.note else ""
                item = QListWidgetItem(f"{each.name}　{_size(each.size)}{note}")
                item.setToolTip(item.text())
                item.setData(_FILE, each)
                self.addItem(item)
            ids = [each.id for each in files]
            if chosen in ids:
                self.setCurrentRow(ids.index(chosen))

    def files(self) -> list[Attachment]:
        """The files, in their order."""
        return [self.item(row).data(_FILE) for row in range(self.count())]

    def chosen(self) -> Attachment | None:
        """The chosen file."""
        item = self.currentItem()
        return item.data(_FILE) if item else None


def _size(size: int | None) -> str:
    """A size in bytes as people say it."""
    kilobytes = max((size or 0) // 1024, 1)
    return f"{kilobytes:,} KB" if kilobytes < 10_240 else f"{kilobytes / 1024:.1f} MB"
