"""填县里发的表: which form, what it asks for, the names there are, and the filled file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.domain.short import short
from liaison_desk.exports.fill_in import fill_in
from liaison_desk.services.printed import note_personal
from liaison_desk.ui.help_dialog import HelpDialog
from liaison_desk.ui.own_forms.filling import (
    FORMS,
    caption_of,
    file_name,
    must_be_other,
    places_for,
    unknown_names,
    values_for,
    what_is_in,
)
from liaison_desk.ui.own_forms.names_panel import NamesPanel
from liaison_desk.ui.printing.files import free_path, write_whole
from liaison_desk.ui.roles import set_role
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

    from liaison_desk.domain.record import Record
    from liaison_desk.exports.fill_in import FilledForm
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.tasks import Progress

RECENT, FOLDER = "forms/recent", "forms/folder"
MOST_RECENT = 8
SHARE = 0.9
"""Of the window it stands over."""
NO_FORM = "还没有选表。先点“选择表格”，选县里发的 .xlsx 表格或 .docx 文档。"


class OwnFormsDialog(QDialog):
    """Fills a form of somebody else's for each of some records.

    Args:
        parent: the window it stands over.
        context: the desk and its look.
        settings: where the forms used last are remembered.
        records: what it is filled in for; none for the whole office.
    """

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        settings: QSettings,
        records: Sequence[Record],
    ) -> None:
        super().__init__(parent)
        self._desk, self._settings = context.desk, settings
        self._records: Sequence[Record | None] = list(records) or [None]
        self._made: Path | None = None
        self._looked_at: tuple[Path | None, int] = (None, 0)
        self.about = QLabel(self._what_about())
        self.forms = QComboBox()
        self.choose_button = QPushButton("选择表格(&O)……")
        self.told = QLabel(NO_FORM)
        self.names = NamesPanel(context.style)
        self.personal = QCheckBox("写出完整的手机、身份证号")
        self.said = QLabel()
        self.open_button = QPushButton("打开")
        self.folder_button = QPushButton("打开文件夹")
        self.close_button = QPushButton("关闭")
        self.fill_button = QPushButton("填好另存……")
        self._arrange()
        self._connect()
        self._show_recent(self._recent())
        self._show_names()
        self.look_at_form()

    @classmethod
    def show_for(
        cls, parent: QWidget, context: Context, settings: QSettings, records: Sequence[Record]
    ) -> None:
        """Fill forms for some records until the clerk has done."""
        dialog = cls(parent, context, settings, records)
        dialog.resize(parent.size() * SHARE)
        dialog.exec()
        dialog.deleteLater()

    @property
    def form(self) -> Path | None:
        """The form chosen."""
        chosen = self.forms.currentData()
        return Path(chosen) if chosen else None

    # -- deeds -----------------------------------------------------------------------------------

    def choose_form(self) -> None:
        """Choose another form; it is remembered."""
        chosen, _kind = QFileDialog.getOpenFileName(self, "选择县里发的表", self._folder(), FORMS)
        if chosen:
            self._settings.setValue(FOLDER, str(Path(chosen).parent))
            self._show_recent([chosen, *(each for each in self._recent() if each != chosen)])
            self.look_at_form()

    def look_at_form(self) -> None:
        """Say what the form asks for, and which of it nobody knows."""
        self.fill_button.setEnabled(False)
        self._looked_at = self._present()
        if self.form is None:
            self._tell(NO_FORM)
            return
        filled = self._filled(self.form, self._records[:1])
        if filled is not None:
            self._tell(what_is_in(filled[0]), is_odd=bool(filled[0].unknown))
            self.fill_button.setEnabled(bool(filled[0].names))

    def fill(self) -> None:
        """Fill the form in for each record and write the files."""
        form = self.form
        filled = self._filled(form, self._records) if form is not None else None
        if form is None or filled is None:
            return
        places = self._ask_places(form, filled[0].ending)
        try:
            for place in places:
                must_be_other(place, form)
            for place, each in zip(places, filled, strict=False):  # none when she gives up
                write_whole(place, each.content)
        except DeskError as error:
            self._say(str(error), is_wrong=True)
            return
        if places:
            self._note(form)
            self._show_made(places, unknown_names(filled[0]))

    def _show_made(self, places: Sequence[Path], remark: str) -> None:
        """Say where the files are, with ways to them."""
        self._made = places[0]
        is_one = len(places) == 1
        one, several = f"，存为“{places[0].name}”", f" {len(places)} 份，存在“{places[0].parent}”"
        self._say(f"已填好{one if is_one else several}。{remark}")
        self.open_button.setVisible(is_one)
        self.folder_button.show()

    def event(self, event: QEvent) -> bool:
        """Look again when the clerk comes back from changing the form."""
        if event.type() == QEvent.Type.WindowActivate and self._present() != self._looked_at:
            self.look_at_form()
        return super().event(event)

    def open_file(self) -> None:
        """Show the filled form in the system's own program."""
        if self._made is not None:
            self._open(self._made)

    def open_folder(self) -> None:
        """Show where it lies."""
        if self._made is not None:
            self._open(self._made.parent)

    # -- inside ----------------------------------------------------------------------------------

    def _present(self) -> tuple[Path | None, int]:
        """The form, and when it was changed."""
        form = self.form
        try:
            return form, form.stat().st_mtime_ns if form is not None else 0
        except OSError:  # moved, or on a stick that was pulled out
            return form, 0

    def _filled(self, form: Path, records: Sequence[Record | None]) -> list[FilledForm] | None:
        """The form for some records; None, and why, when it cannot be filled in."""
        desk, show_personal = self._desk, self.personal.isChecked()

        def work(progress: Progress) -> list[FilledForm]:
            filled = []
            for number, record in enumerate(records):
                progress(number, len(records), "正在填表")
                filled.append(fill_in(form, values_for(desk, record, show_personal=show_personal)))
            return filled

        try:
            return run_task(self, "正在填表", work)
        except Cancelled:
            self._say("已取消")
        except DeskError as error:
            self._tell(str(error), is_odd=True)
        return None

    def _ask_places(self, form: Path, ending: str) -> list[Path]:
        """Where the files go; none when the clerk gives up."""
        names = [file_name(self._desk, form, each) for each in self._records]
        if len(names) > 1:
            chosen = QFileDialog.getExistingDirectory(self, "选择存放的文件夹", str(form.parent))
            return places_for(names, Path(chosen), ending) if chosen else []
        start = str(free_path(form.parent, names[0], ending))
        kind = f"{ending} (*{ending})"
        chosen, _kind = QFileDialog.getSaveFileName(self, "填好另存", start, kind)
        is_whole = chosen.lower().endswith(ending)
        return [Path(chosen if is_whole else chosen + ending)] if chosen else []

    def _note(self, form: Path) -> None:
        """Keep in the history that full numbers went out."""
        if self.personal.isChecked():
            captions = [short(caption_of(self._desk, each)) for each in self._records[:5]]
            note_personal(self._desk, "填表", [f"{form.stem}“{each}”" for each in captions])

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._say(f"打不开，文件在“{path}”", is_wrong=True)

    def _what_about(self) -> str:
        """What is filled in, in a line."""
        first = self._records[0]
        if first is None:
            return f"填的是：{caption_of(self._desk, None)}全部资料"
        if len(self._records) > 1:
            return f"填的是：选中的 {len(self._records)} 条{first.title}，一条一份"
        return f"填的是：{first.title}　{caption_of(self._desk, first)}"

    def _show_names(self) -> None:
        """The names, with what they are for the first record."""
        shown = self.personal.isChecked()
        self.names.show_values(values_for(self._desk, self._records[0], show_personal=shown))

    def _recent(self) -> list[str]:
        """The forms used last that are still there."""
        kept = json.loads(str(self._settings.value(RECENT, "") or "[]"))
        return [each for each in kept if Path(each).is_file()]

    def _show_recent(self, forms: Sequence[str]) -> None:
        """The forms to choose from, the one used last first."""
        forms = forms[:MOST_RECENT]
        self._settings.setValue(RECENT, json.dumps(list(forms)))
        self.forms.blockSignals(True)
        self.forms.clear()
        for each in forms:
            path = Path(each)
            self.forms.addItem(f"{path.name}　{path.parent}", each)
        self.forms.setCurrentIndex(0 if forms else -1)
        self.forms.setEnabled(bool(forms))
        self.forms.blockSignals(False)

    def _folder(self) -> str:
        last = str(self._settings.value(FOLDER, "") or Path.home())
        return last if Path(last).is_dir() else str(Path.home())

    def _tell(self, sentence: str, *, is_odd: bool = False) -> None:
        self.told.setText(sentence)
        set_role(self.told, "wrong" if is_odd else "muted")

    def _say(self, sentence: str, *, is_wrong: bool = False) -> None:
        self.said.setText(sentence)
        set_role(self.said, "wrong" if is_wrong else "muted")
        self.open_button.hide()
        self.folder_button.hide()

    # -- the frame -------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.forms.currentIndexChanged.connect(self.look_at_form)
        self.choose_button.clicked.connect(self.choose_form)
        self.personal.toggled.connect(self._show_names)
        self.names.copied.connect(lambda text: self._say(f"已复制 {text}，到表里粘贴"))
        self.fill_button.clicked.connect(self.fill)
        self.open_button.clicked.connect(self.open_file)
        self.folder_button.clicked.connect(self.open_folder)
        self.close_button.clicked.connect(self.reject)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.activated.connect(self.fill_button.click)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self.names.line.setFocus)
        help_key = QShortcut(QKeySequence("F1"), self)
        help_key.activated.connect(lambda: HelpDialog.show_topic(self, "OwnFormsDialog"))

    def _arrange(self) -> None:
        self.setWindowTitle("填县里发的表")
        self.setObjectName("own_forms")
        self.about.setProperty("role", "heading")
        for name in ("about", "told", "said"):
            line = getattr(self, name)
            line.setObjectName(name)
            line.setWordWrap(True)
        self.forms.setObjectName("forms")
        self.personal.setObjectName("personal")
        self.forms.setPlaceholderText("还没有选表")
        top = QHBoxLayout()
        top.addWidget(self.forms, 1)
        top.addWidget(self.choose_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        layout.addWidget(self.about)
        layout.addLayout(top)
        layout.addWidget(self.told)
        layout.addWidget(self.names, 1)
        layout.addWidget(self.personal)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.fill_button.setProperty("role", "main")
        self.fill_button.setToolTip("填好另存 (Ctrl+S)")
        for name in ("choose", "open", "folder", "close", "fill"):
            button = getattr(self, f"{name}_button")
            button.setObjectName(name)
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        for button in (self.open_button, self.folder_button):
            button.setProperty("role", "link")
            button.hide()
            row.addWidget(button)
        row.addWidget(self.close_button)
        row.addWidget(self.fill_button)
        return row
