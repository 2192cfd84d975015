"""One record in a dialog: 取消 and 保存."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from liaison_desk.domain.errors import DeskError, NotValid
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.domain.short import short
from liaison_desk.ui import messages
from liaison_desk.ui.field_offers import FieldOffers
from liaison_desk.ui.record_form import RecordForm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk


class RecordDialog(QDialog):
    """The form of one record; it closes when the desk has taken the record."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        record: Record,
        *,
        title: str,
        names: Sequence[str] | None = None,
        keep: Callable[[Record], Record] | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._keep = keep or desk.save
        self.kept: Record | None = None
        self.setWindowTitle(title)
        self.setMinimumWidth(40 * self.fontMetrics().horizontalAdvance("国"))
        self.form = RecordForm(type(record), self._choices, names)
        self.form.set_offers(FieldOffers(desk, type(record)))
        self.form.set_record(record)
        self.whole = QLabel()
        self.whole.setProperty("role", "wrong")
        self.whole.setWordWrap(True)
        self.whole.hide()
        self.buttons = QDialogButtonBox()
        self.save_button = self.buttons.addButton("保存", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.save_button.setProperty("role", "main")
        self.save_button.setObjectName("save")
        layout = QVBoxLayout(self)
        layout.addWidget(self.form)
        layout.addWidget(self.whole)
        layout.addWidget(self.buttons)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)
        self.form.ended.connect(self.save_button.setFocus)
        for key in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(key), self).activated.connect(self.save)

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        record: Record,
        *,
        title: str,
        names: Sequence[str] | None = None,
        keep: Callable[[Record], Record] | None = None,
    ) -> Record | None:
        """Let the clerk fill in a record; the one kept, or None when she cancelled.

        `keep` saves it where more hangs on it than `Desk.save` does.
        """
        dialog = cls(parent, desk, record, title=title, names=names, keep=keep)
        dialog.form.focus_first()
        dialog.exec()
        return dialog.kept

    def save(self) -> None:
        """Keep the record and close, or mark what is wrong and stay."""
        try:
            record = self.form.record()
            with self._desk.deed(f"{self.windowTitle()}“{short(record.caption)}”"):
                self._desk.save_all(self.form.new_records())
                self.kept = self._keep(record)
        except NotValid as error:
            self.form.mark(error.problems)
            self._say("；".join(each.sentence for each in error.problems if not each.field))
            return
        except DeskError as error:
            self._say(str(error))
            return
        self.accept()

    def event(self, event: QEvent) -> bool:
        """Grow with what is said beside the fields, or the lowest of them would be cut."""
        is_done = super().event(event)
        layout = self.layout()
        if event.type() == QEvent.Type.LayoutRequest and layout is not None:
            needed = layout.totalMinimumHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), needed)
        return is_done

    def reject(self) -> None:
        """Ask once about what is typed; Esc is pressed easily."""
        if self.form.is_dirty():
            answer = messages.ask_leaving(self, self.windowTitle() + "的内容")
            if answer == "save":
                self.save()
            if answer != "discard":
                return
        super().reject()

    def _say(self, sentence: str) -> None:
        self.whole.setText(sentence)
        self.whole.setVisible(bool(sentence))

    def _choices(self, table: str) -> list[tuple[str, str]]:
        found = self._desk.find(BY_TABLE[table], office=self._desk.office_id)
        return [(each.id, each.caption) for each in found]
