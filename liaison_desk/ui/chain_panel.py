"""来龙去脉: what the chosen record came from and what came of it, as a picture to walk in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.chain import chain_of
from liaison_desk.services.chain_layout import picture_of
from liaison_desk.ui.chain_canvas import ZOOMS, ChainCanvas
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent, QWheelEvent

    from liaison_desk.domain.record import Record
    from liaison_desk.services.chain_layout import Box
    from liaison_desk.services.stations import Chain
    from liaison_desk.ui.chain_box import ChainBox
    from liaison_desk.ui.context import Context

HINT = "方向键走动，回车打开。虚线是转办来的。"
ALONE = "还没有别的资料与它相连。"


class ChainPanel(QWidget):
    """The picture of a chain, in a frame that scrolls and zooms; read when it is looked at."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._desk = context.desk
        self._record: Record | None = None
        self._chain: Chain | None = None
        self._opened: frozenset[str] = frozenset()
        self._is_stale = False
        self.canvas = ChainCanvas(context.style)
        self.frame = QScrollArea()
        self.hint = QLabel(HINT)
        self.smaller_button = QPushButton("缩小")
        self.larger_button = QPushButton("放大")
        self.fit_button = QPushButton("看全部")
        self._zoom_buttons = (self.smaller_button, self.larger_button, self.fit_button)
        self._arrange()
        self._connect()

    def show_record(self, record: Record | None) -> None:
        """Show a record's chain; one not saved yet has none."""
        same = record is not None and self._record is not None and record.id == self._record.id
        if not same:
            self._opened = frozenset()
        self._record, self._is_stale = record, True
        if self.isVisible():
            self._fill()

    def take_cursor(self) -> None:
        """Onto the present record, from where the arrow keys walk."""
        here = self.canvas.boxes.get(self._chain.here) if self._chain else None
        if here is not None:
            here.setFocus(Qt.FocusReason.MouseFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the chain now that it is looked at, other records' changes too."""
        super().showEvent(event)
        self._fill()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and the wheel zoom."""
        if event.type() == QEvent.Type.Wheel and self._zooms(event):  # type: ignore[arg-type]
            return True
        return super().eventFilter(watched, event)

    # -- inside ----------------------------------------------------------------------------

    def _fill(self) -> None:
        """Read the chain and draw it, the present record in view."""
        self._is_stale = False
        kept = self._desk.get(type(self._record), self._record.id) if self._record else None
        for each in (self.frame, *self._zoom_buttons):
            each.setVisible(kept is not None)
        if kept is None:
            self._chain = None
            self.hint.setText("先保存，再看来龙去脉。")
            return
        self._chain = chain_of(self._desk, kept)
        self._draw()
        QTimer.singleShot(0, self, self._show_here)  # once the new places hold

    def _show_again(self, key: str) -> None:
        """Bring a fold that was opened or closed into view; its place is another now."""
        fold = self.canvas.boxes.get(key)
        if fold is not None:
            self._bring_into_view(fold)

    def _show_here(self) -> None:
        """Bring the present record into view."""
        here = self.canvas.boxes.get(self._chain.here) if self._chain else None
        if here is not None:
            self._bring_into_view(here)

    def _draw(self, current: str = "") -> None:
        assert self._chain is not None
        picture = picture_of(self._chain, self._opened)
        self.canvas.show_picture(picture, current)
        rest = (
            f"太多了，还有 {picture.rest} 条没有画出，请到各自的列表里看。" if picture.rest else ""
        )
        self.hint.setText(rest + (HINT if len(self._chain.nodes) > 1 else ALONE))

    def _press(self, box: Box) -> None:
        """Open a fold, or go to a record."""
        if box.fold:
            self._opened ^= {box.fold}
            self._draw(box.key)
            QTimer.singleShot(0, self, lambda: self._show_again(box.key))
        elif box.node is not None:
            record = self._desk.get(BY_TABLE[box.node.table], box.node.id)
            if record is not None:
                self._context.go(record)

    def _bring_into_view(self, box: ChainBox) -> None:
        margin = self.fontMetrics().horizontalAdvance("国") * 4
        self.frame.ensureWidgetVisible(box, margin, margin)

    def _zooms(self, event: QWheelEvent) -> bool:
        """Whether the wheel was turned to zoom."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self._zoom(1 if event.angleDelta().y() > 0 else -1)
        return True

    def _zoom(self, step: int) -> None:
        """One size larger or smaller."""
        place = ZOOMS.index(self.canvas.zoom) + step
        if 0 <= place < len(ZOOMS):
            self._set_zoom(ZOOMS[place])

    def _fit(self) -> None:
        """The largest size at which all of it is seen, or the smallest there is."""
        room = self.frame.viewport().size()
        for zoom in sorted(ZOOMS, reverse=True):
            size = self.canvas.size_at(zoom)
            if size.width() <= room.width() and size.height() <= room.height():
                break
        self._set_zoom(zoom)

    def _set_zoom(self, zoom: int) -> None:
        self.canvas.set_zoom(zoom)
        self.smaller_button.setEnabled(zoom > ZOOMS[0])
        self.larger_button.setEnabled(zoom < ZOOMS[-1])

    def _arrange(self) -> None:
        self.setObjectName("chain")
        self.hint.setObjectName("chain_hint")
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        self.frame.setWidget(self.canvas)
        self.frame.setWidgetResizable(True)
        self.frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        row.addWidget(self.hint, 1)
        for button in self._zoom_buttons:
            button.setProperty("role", "link")
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.frame, 1)
        layout.addStretch()  # keeps the sentence at the top while nothing is drawn

    def _connect(self) -> None:
        self.canvas.pressed.connect(self._press)
        self.canvas.focused.connect(self._bring_into_view)
        self.smaller_button.clicked.connect(lambda: self._zoom(-1))
        self.larger_button.clicked.connect(lambda: self._zoom(1))
        self.fit_button.clicked.connect(self._fit)
        self.frame.viewport().installEventFilter(self)
