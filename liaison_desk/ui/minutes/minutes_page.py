"""The page of the minutes: list, text and paper side by side."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain import practices
from liaison_desk.domain.errors import Cancelled, DeskError, NotValid
from liaison_desk.domain.fields import WrongText
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.minutes import DRAFT, FINAL, Minutes
from liaison_desk.domain.record import with_values
from liaison_desk.exports.papers.minutes import minutes_file_name, minutes_paper
from liaison_desk.exports.pdf.words import CannotPrint
from liaison_desk.services.minutes import (
    finalise,
    mark_issued,
    missing_before_final,
    new_version,
    number_gaps,
    secrecy_warning,
    untold,
)
from liaison_desk.ui import messages
from liaison_desk.ui.button_keys import give_key
from liaison_desk.ui.minutes.minutes_form import MinutesForm
from liaison_desk.ui.minutes.state_strip import StateStrip
from liaison_desk.ui.minutes.word_button import WordButton
from liaison_desk.ui.printing.files import CannotWrite, chosen_path, write_whole
from liaison_desk.ui.printing.laid import Ready
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_table_model import Column
from liaison_desk.ui.roles import look_again, set_role
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.pdf.words import RenderedPaper
    from liaison_desk.services.desk import Change
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.record_form import RecordForm

LIST_PX, TEXT_PX, PAPER_PX = 220, 430, 540
STRIP_PAUSE_MS = 300


class MinutesPage(RecordPage):
    """Minutes are drafted from a meeting; here they are written, finalised and printed."""

    title = "纪要"
    icon_name = "file-text"
    section = "协商"
    key = "Alt+5"
    record_type = Minutes
    record_types = (Minutes,)
    can_new = False
    empty_sentence = "纪要由协商会起草：到“协商会”选一次会议，点“起草纪要”，就会出现在这里。"

    def reload(self, change: Change | None = None) -> None:
        """Show the present state, and the numbers of this year that were skipped."""
        super().reload(change)
        office = self.desk.office
        prefix = office.number_prefix if office is not None else ""
        gaps = number_gaps(self.desk, prefix, self.desk.today.year)
        numbers = "、".join(f"{gap}号" for gap in gaps[:10])
        self.list.set_note(f"，缺 {numbers}" if gaps else "")

    def __init__(self, context: Context) -> None:
        from liaison_desk.ui.printing.paper_view import PaperView  # it loads what draws pages

        self.strip = StateStrip(context.style)
        self.paper = PaperView(context.style)
        self.finalise_button = QPushButton("定稿并编号")
        self.print_button = QPushButton("打印")
        self.pdf_button = QPushButton("存为PDF")
        self.word_button = WordButton(self)
        self.issue_button = QPushButton("印发")
        self.version_button = QPushButton("另起新版本")
        self.size_button = QPushButton("100%")
        super().__init__(context)
        set_role(self.save_button, "")
        self.tabs.tabBar().setDrawBase(False)
        header = self.list.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.splitter.setSizes([LIST_PX, TEXT_PX + PAPER_PX])
        self._strip_pause = QTimer(self, singleShot=True, interval=STRIP_PAUSE_MS)
        self._connect_paper()

    # -- what it shows ---------------------------------------------------------------------------

    def make_columns(self) -> tuple[Column, ...]:
        """Number, title, state and date."""
        return (
            Column("文号", "number", compute=_number_of),
            Column("标题", "heading"),
            Column("状态", "status"),
            Column("成文日期", "dated"),
        )

    def make_form(self) -> RecordForm:
        """The text."""
        return MinutesForm(self.choices)

    def make_content(self) -> QWidget:
        """The strip over the text and the paper."""
        self.size_button.setCheckable(True)
        self.size_button.setObjectName("true_size")
        self.size_button.setToolTip("按实际大小看，再点一下适合宽度")
        self.size_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.strip, 1)
        top.addWidget(self.size_button, 0, Qt.AlignmentFlag.AlignTop)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.form)
        sides.addWidget(self.paper)
        sides.setChildrenCollapsible(False)
        sides.setSizes([TEXT_PX, PAPER_PX])
        sides.setStretchFactor(1, 1)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, GAP // 2, 0, 0)
        layout.setSpacing(GAP // 2)
        layout.addLayout(top)
        layout.addWidget(sides, 1)
        return content

    def detail_buttons(self) -> list[QPushButton]:
        """The steps of the minutes."""
        named = {
            "finalise": (self.finalise_button, self.finalise),
            "issue": (self.issue_button, self.issue),
            "print": (self.print_button, self.print_paper),
            "save_pdf": (self.pdf_button, self.save_pdf),
            "new_version": (self.version_button, self.open_new_version),
        }
        for name, (button, step) in named.items():
            button.setObjectName(name)
            button.clicked.connect(step)
        self.finalise_button.setProperty("role", "main")
        self.issue_button.setProperty("role", "main")
        self.print_button.setToolTip("打印 (Ctrl+P)")
        give_key(self, self.finalise_button, "Alt+D")
        give_key(self, self.issue_button, "Alt+I")
        return [*(button for button, _step in named.values()), self.word_button]

    def show_state(self, record: Record | None) -> None:
        """Show how far the minutes are, and their paper."""
        if not isinstance(record, Minutes):
            self.paper.show_paper(None)
            return
        is_own = self.desk.is_own(record)
        is_draft = record.status == DRAFT
        self.form.set_read_only(record.is_locked or not is_own)
        look_again(*(each.widget for each in self.form.editors.values()))
        self.finalise_button.setVisible(is_own and is_draft)
        self.issue_button.setVisible(is_own and record.status == FINAL)
        self.version_button.setVisible(is_own and record.is_locked)
        self.save_button.setVisible(is_own and is_draft)
        self.remove_button.setVisible(is_own and is_draft)
        self._show_strip()
        self.paper.show_paper(minutes_paper(record))

    def typed_minutes(self, shown: Minutes) -> Minutes:
        """The minutes as they are typed; what cannot be read yet, half a date, stays as it was.

        Nothing is marked: the clerk is still typing, and the cursor must stay where it is.
        """
        values = {}
        for name, editor in self.form.editors.items():
            with suppress(WrongText):
                values[name] = editor.value()
        return with_values(shown, values)

    def new(self) -> None:
        """Minutes come from a meeting; there are none to begin with here."""

    # -- steps -----------------------------------------------------------------------------------

    def finalise(self) -> None:
        """Save, number and lock the minutes; what was agreed becomes matters."""
        if not self.save() or self._checked_paper() is None:
            return
        assert isinstance(self.record, Minutes)
        try:
            final = finalise(self.desk, self.record)
        except DeskError as error:
            self._show_strip()
            self.context.say(str(error), False)
            return
        self._show_again(final)
        matters = len(self.desk.find(Matter, minutes=final.id))
        told = f"，{matters}件办理事项已建立" if matters else ""
        self.context.say(f"已定稿，编号 {final.full_number}{told}", True)

    def issue(self) -> None:
        """Note that the minutes were sent."""
        if isinstance(self.record, Minutes):
            self._show_again(mark_issued(self.desk, self.record))
            self.context.say("已印发", True)

    def open_new_version(self) -> None:
        """Open a draft that will replace the minutes."""
        if isinstance(self.record, Minutes):
            draft = new_version(self.desk, self.record)
            self._show_again(draft)
            self.context.say(f"已另起第{draft.version}版，原来的一版保留", True)

    def print_paper(self) -> None:
        """Print the paper, once what is typed is kept."""
        self.print_wanted.emit(None, ("minutes",))

    def save_pdf(self) -> None:
        """Write the same file that the printer gets; once final, as PDF/A, to be kept."""
        paper = self._checked_paper()
        if paper is None or not isinstance(self.record, Minutes):
            return
        start = str(self.context.folder / f"{minutes_file_name(self.record)}.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(self, "存为PDF", start, "PDF 文件 (*.pdf)")
        if not chosen:
            return
        path = chosen_path(chosen, ".pdf")
        self.context.folder = path.parent
        try:
            write_whole(path, paper.pdf)
        except CannotWrite as error:
            messages.tell(self, error)
            return
        self.context.say(f"已存为 {path}", False)

    # -- inside ----------------------------------------------------------------------------------

    def _checked_paper(self) -> RenderedPaper | None:
        """The paper of what is typed, once final PDF/A; None, and why is told, if there is none."""
        if self.record is None:
            return None
        try:
            minutes = self.form.record()
            assert isinstance(minutes, Minutes)
            words, lay = Ready((minutes_paper(minutes),)), self.paper.maker.lay
            laid = run_task(self, "正在排版", lambda _told: lay(words, archive=minutes.is_locked))
            return laid.papers[0]
        except NotValid as error:
            self.mark(error)
            self.context.say(str(error), False)
        except CannotPrint as error:
            self._show_missing_glyph(error, take_cursor=True)
        except Cancelled as error:
            self.context.say(str(error), False)
        except DeskError as error:
            messages.tell(self, error)
        return None

    def _show_missing_glyph(self, error: DeskError, *, take_cursor: bool = False) -> None:
        """Say which character cannot be printed and, when asked, put the cursor on it."""
        self.complain(str(error))
        if isinstance(error, CannotPrint) and take_cursor:
            first = error.missing[0]
            assert isinstance(self.form, MinutesForm)
            self.form.put_cursor(first.part, first.paragraph, first.char)
            self.context.say(str(error), False)

    def _show_again(self, minutes: Minutes) -> None:
        """Show minutes after a step."""
        self.list.refresh()
        self.list.choose_silently(minutes.id)
        self.show_record(minutes)

    def _typed(self) -> None:
        """Let the paper and the strip follow."""
        super()._typed()
        if isinstance(self.record, Minutes):
            self.paper.follow(minutes_paper(self.typed_minutes(self.record)))
        self._strip_pause.start()

    def _show_strip(self) -> None:
        """Say how far the minutes are, as typed."""
        if isinstance(self.record, Minutes) and not self.desk.is_own(self.record):
            self.strip.show_foreign(self.record)
        elif isinstance(self.record, Minutes):
            minutes = self.typed_minutes(self.record) if self.is_dirty() else self.record
            missing = missing_before_final(self.desk, minutes) if not minutes.is_locked else []
            self.strip.show_minutes(minutes, missing, self._warning(minutes))

    def _warning(self, minutes: Minutes) -> str | None:
        """What is warned of: a title that sounds secret, what is left out, rules switched on."""
        office = self.desk.office
        told = [secrecy_warning(minutes) or ""]
        if office is not None and not minutes.is_locked:
            told += untold(self.desk, minutes)
            told += practices.warnings(office, minutes, self.desk)
        return "；".join(filter(None, told)) or None

    def _connect_paper(self) -> None:
        """Cursor and paper follow each other."""
        assert isinstance(self.form, MinutesForm)
        self.form.pointed.connect(self.paper.point_at)
        self.paper.clicked.connect(self.form.put_cursor)
        self.paper.refused.connect(self._show_missing_glyph)
        self.paper.followed.connect(lambda: self.complain(""))
        self.size_button.toggled.connect(self.paper.set_true_size)
        self._strip_pause.timeout.connect(self._show_strip)


def _number_of(minutes: Minutes) -> str:
    """〔2026〕1号, with the version after the first; a draft has none yet."""
    version = f" 第{minutes.version}版" if (minutes.version or 1) > 1 else ""
    return (minutes.full_number or minutes.status) + version
