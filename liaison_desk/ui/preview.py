"""A file as it looks, beside the list or filling the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.ui.preview_maker import PreviewMaker, Sight, Wish
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tasks import end_with

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent

    from liaison_desk.domain.attachment import Attachment
    from liaison_desk.store.attachments import AttachmentContents
    from liaison_desk.ui.style import Style

ZOOM_STEP = 1.25
LARGEST_ZOOM = 8.0
PAUSE_MS = 120
"""How long after the last change of size a sharper picture is made."""
NO_FILE = "选一个文件，这里就能看到它。"


class Preview(QWidget):
    """A picture, a page or a text, with zoom and pages; a sentence for what cannot be shown."""

    shown = Signal()
    """What was asked for stands there."""

    def __init__(self, contents: AttachmentContents, style: Style) -> None:
        super().__init__()
        self.sight: Sight | None = None
        self._attachment: Attachment | None = None
        self._zoom = 1.0
        self._page = 0
        self.maker = PreviewMaker(contents)
        self.canvas = _Canvas()
        self.text = QPlainTextEdit(readOnly=True)
        self.sentence = QLabel(NO_FILE)
        self.stack = QStackedWidget()
        self.smaller_button = QPushButton("缩小")
        self.larger_button = QPushButton("放大")
        self.fit_button = QPushButton("适合")
        self.back_button = QPushButton("上一页")
        self.forth_button = QPushButton("下一页")
        self.page_label = QLabel()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._arrange(style)
        self._connect()

    def show_attachment(self, attachment: Attachment | None) -> None:
        """Show another file from its beginning, or none."""
        if attachment is not None and attachment == self._attachment:
            return
        self._attachment = attachment
        self._zoom, self._page = 1.0, 0
        self.sight = None
        self._say(NO_FILE if attachment is None else "正在打开……")
        self._show_bar(is_picture=False, pages=1)
        if attachment is not None:
            self._wish()

    def zoom_by(self, factor: float) -> None:
        """Show it larger or smaller."""
        self._set_zoom(max(1.0, min(self._zoom * factor, LARGEST_ZOOM)))

    def fit(self) -> None:
        """Show all of it again."""
        self._set_zoom(1.0)

    def turn(self, step: int) -> None:
        """Show the next page, or the one before."""
        pages = self.sight.pages if self.sight else 1
        page = max(0, min(self._page + step, pages - 1))
        if page != self._page:
            self._page = page
            self.canvas.verticalScrollBar().setValue(0)
            self._wish()

    def handle_key(self, event: QKeyEvent) -> bool:
        """Zoom and turn pages by keys; whether it was one of them."""
        keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Plus: lambda: self.zoom_by(ZOOM_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom_by(ZOOM_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom_by(1 / ZOOM_STEP),
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_PageDown: lambda: self.turn(1),
            Qt.Key.Key_PageUp: lambda: self.turn(-1),
        }
        deed = keys.get(event.key())
        if deed is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        deed()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the picture anew for another room."""
        super().resizeEvent(event)
        self._pause.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight nothing is read from the file."""
        super().hideEvent(event)
        self._pause.stop()
        self.maker.forget()
        self._attachment = None

    # -- inside ----------------------------------------------------------------------------

    def _set_zoom(self, zoom: float) -> None:
        if zoom != self._zoom:
            self.canvas.stretch(zoom / self._zoom)
            self._zoom = zoom
            self._pause.start()

    def _wish(self) -> None:
        """Ask for the picture at the present size."""
        self._pause.stop()
        if self._attachment is None:
            return
        room, dots = self.stack.size(), self.devicePixelRatioF()
        beside = self.canvas.verticalScrollBar().sizeHint().width()  # a page is longer than wide
        width, height = round((room.width() - beside) * dots), round((room.height() - 2) * dots)
        self.maker.wish(
            Wish(self._attachment, max(width, 50), max(height, 50), self._zoom, self._page)
        )

    def _take(self, sight: Sight) -> None:
        """Show what was made, unless something else is wanted by now."""
        if sight.wish.attachment != self._attachment:
            return
        self.sight = sight
        if sight.picture is not None:
            picture = QPixmap.fromImage(sight.picture)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self.canvas.show_picture(picture)
            self.stack.setCurrentWidget(self.canvas)
        elif sight.text:
            self.text.setPlainText(sight.text)
            self.stack.setCurrentWidget(self.text)
        else:
            self._say(sight.sentence)
        self._show_bar(is_picture=sight.picture is not None, pages=sight.pages)
        self.shown.emit()

    def _raise(self, error: BaseException) -> None:
        """Let a fault of the other thread be a fault of this one."""
        raise error

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.stack.setCurrentWidget(self.sentence)

    def _show_bar(self, *, is_picture: bool, pages: int) -> None:
        """Show the buttons that do something."""
        for button in (self.smaller_button, self.larger_button, self.fit_button):
            button.setVisible(is_picture)
        self.smaller_button.setEnabled(self._zoom > 1.0)
        self.fit_button.setEnabled(self._zoom > 1.0)
        self.larger_button.setEnabled(self._zoom < LARGEST_ZOOM)
        for part in (self.back_button, self.forth_button, self.page_label):
            part.setVisible(pages > 1)
        self.page_label.setText(f"第 {self._page + 1} 页，共 {pages} 页")
        self.back_button.setEnabled(self._page > 0)
        self.forth_button.setEnabled(self._page < pages - 1)

    def _arrange(self, style: Style) -> None:
        self.setObjectName("preview")
        self.canvas.setObjectName("canvas")
        self.sentence.setObjectName("preview_sentence")
        self.sentence.setProperty("role", "muted")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setObjectName("preview_text")
        for sight in (self.sentence, self.canvas, self.text):
            self.stack.addWidget(sight)
        bar = QHBoxLayout()
        bar.setSpacing(GAP // 2)
        buttons = (self.smaller_button, self.larger_button, self.fit_button)
        for button in (*buttons, self.back_button, self.forth_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for part in (*buttons, self.back_button, self.page_label, self.forth_button):
            bar.addWidget(part)
        bar.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack, 1)
        layout.addLayout(bar)
        self.setMinimumWidth(style.scaled(220))
        self._show_bar(is_picture=False, pages=1)

    def _connect(self) -> None:
        self.maker.made.connect(self._take)
        self.maker.broke.connect(self._raise)
        end_with(self, self.maker.stop)
        self._pause.timeout.connect(self._wish)
        self.canvas.zoomed.connect(self.zoom_by)
        self.smaller_button.clicked.connect(lambda: self.zoom_by(1 / ZOOM_STEP))
        self.larger_button.clicked.connect(lambda: self.zoom_by(ZOOM_STEP))
        self.fit_button.clicked.connect(self.fit)
        self.back_button.clicked.connect(lambda: self.turn(-1))
        self.forth_button.clicked.connect(lambda: self.turn(1))


class _Canvas(QScrollArea):
    """A picture that is moved by dragging it and zoomed by Ctrl and the wheel."""

    zoomed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._label = QLabel()
        self._label.setScaledContents(True)
        self._held: QPoint | None = None
        self.setWidget(self._label)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_picture(self, picture: QPixmap) -> None:
        """Show a picture at its own size."""
        self._label.setPixmap(picture)
        self._label.resize(picture.deviceIndependentSize().toSize())

    def stretch(self, factor: float) -> None:
        """Show the same picture larger at once; a sharper one follows."""
        self._label.resize(self._label.size() * factor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        self._held = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._held is None:
            return
        now = event.position().toPoint()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + self._held.x() - now.x())
        down.setValue(down.value() + self._held.y() - now.y())
        self._held = now

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        self._held = None
        event.accept()


class PreviewDialog(QDialog):
    """The files of a record, one at a time and as large as the window."""

    def __init__(
        self, parent: QWidget, preview: Preview, files: Sequence[Attachment], place: int
    ) -> None:
        super().__init__(parent)
        self.preview = preview
        self._files = files
        self._place = place
        self.resize(parent.window().size() * 0.94)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.addWidget(preview, 1)
        close = QPushButton("关闭")
        close.setObjectName("close")
        close.clicked.connect(self.accept)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        preview.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._show()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        contents: AttachmentContents,
        style: Style,
        files: Sequence[Attachment],
        place: int,
    ) -> int:
        """Let the clerk look through the files.

        Returns:
            The place of the one she looked at last.
        """
        dialog = cls(parent, Preview(contents, style), files, place)
        dialog.exec()
        last = dialog.place
        dialog.deleteLater()
        return last

    @property
    def place(self) -> int:
        """Which of the files is shown."""
        return self._place

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go through the files; space closes as it opened."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._place = max(0, min(self._place + step, len(self._files) - 1))
            self._show()
        elif event.key() == Qt.Key.Key_Space:
            self.accept()
        elif not self.preview.handle_key(event):
            super().keyPressEvent(event)

    def _show(self) -> None:
        attachment = self._files[self._place]
        self.setWindowTitle(f"{attachment.name}（{self._place + 1}/{len(self._files)}）")
        self.preview.show_attachment(attachment)
