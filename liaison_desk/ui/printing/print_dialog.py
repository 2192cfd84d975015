"""打印: the papers with ticks, their choices, and beside them the pages as they will be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.services.printed import note_personal, note_printed
from liaison_desk.ui.help_dialog import HelpDialog
from liaison_desk.ui.printing import print_run
from liaison_desk.ui.printing.files_menu import FilesMenu
from liaison_desk.ui.printing.findings_list import FindingsList
from liaison_desk.ui.printing.options_panel import OptionsPanel
from liaison_desk.ui.printing.orders import OrderDraft
from liaison_desk.ui.printing.page_choice import PagesNotRead
from liaison_desk.ui.printing.paper_tree import PaperTree
from liaison_desk.ui.printing.preview_panel import SETTING, PreviewPanel
from liaison_desk.ui.printing.print_run import Made, make_run, why_not
from liaison_desk.ui.printing.printer_panel import LOOKING, PrinterPanel
from liaison_desk.ui.printing.printing import pages_of, send
from liaison_desk.ui.roles import set_role
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtCore import QSettings
    from PySide6.QtPrintSupport import QPrinter

    from liaison_desk.exports.content import Source
    from liaison_desk.exports.papers.checks import Finding
    from liaison_desk.exports.papers.options import PaperOptions
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.printing.laid import Laid
    from liaison_desk.ui.printing.orders import Group, Order
    from liaison_desk.ui.printing.paper_maker import PaperMaker
    from liaison_desk.ui.printing.print_run import Run
    from liaison_desk.ui.tasks import Progress

SIDE_PX, MIDDLE_PX, PAGE_PX = 270, 330, 700


class PrintDialog(QDialog):
    """Everything about printing on one page; `source` is set when a field is to be gone to.

    `has_printed` tells whether any paper went out.

    Args:
        parent: the window it stands over.
        context: the desk and its look.
        maker: makes the papers, for this dialog and those after it.
        settings: where the printer and the folder are remembered.
        groups: the papers there are.
        ticked: keys of papers ticked from the start.
        opened: how many groups are opened.
        options: the choices made the last time.
    """

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        maker: PaperMaker,
        settings: QSettings,
        groups: Sequence[Group],
        *,
        ticked: Collection[str] = (),
        opened: int = 1,
        options: PaperOptions | None = None,
    ) -> None:
        super().__init__(parent)
        self.source: Source | None = None
        self.has_printed = False
        self._context, self._desk = context, context.desk
        self._maker, self._settings = maker, settings
        self._passed: set[Finding] = set()
        self._shown: Order | None = None
        self._is_waiting = False
        maker.forget()
        self.papers = PaperTree(self._desk, context.style)
        self.options = OptionsPanel(self._desk, options)
        self.printer = PrinterPanel(settings)
        self.findings = FindingsList()
        self.preview = PreviewPanel(context.style, maker)
        self.said = QLabel()
        self.open_button = QPushButton("打开")
        self.print_button = QPushButton("打印")
        self.pdf_button = QPushButton("存为文件")
        self.files = FilesMenu(self, context, settings)
        self.close_button = QPushButton("关闭")
        self._arrange()
        self._connect()
        self.papers.show_groups(groups, ticked, opened)
        self._ticks_changed()

    # -- deeds -----------------------------------------------------------------------------------

    def print_papers(self) -> None:
        """Print what is ticked; what would go out wrong and was not seen yet is shown first."""
        if self.printer.is_looking:
            self._is_waiting = True
            self.say(f"{LOOKING}找到就打印")
            return
        try:
            choice = self.printer.choice()
        except PagesNotRead as error:
            self.printer.complain(str(error))
            return
        run = self.make_run()
        if run is None:
            return
        printer = self.printer.printer()
        found = self._found_for(run, printer)
        if found is None or self.must_look(found) or not run.made:
            return
        pages = pages_of([each.laid for each in run.made], choice)
        if not pages:
            self.printer.complain(f"一共只有 {run.pages} 页，没有要打的页")
            return
        if self.work("正在打印", lambda progress: send(pages, printer, choice, progress)):
            printed = sum(each.number is not None for each in pages) * choice.copies
            self.note([each.order for each in run.made], "打印")
            self.say(f"已送去打印，共 {printed} 页{self._tell_rest(found)}")

    def go_to(self, source: Source) -> None:
        """Close, so that the window can show the field a text came from."""
        self.source = source
        self.accept()

    def orders(self) -> list[Order]:
        """What is to be printed: what is ticked, or else what is looked at."""
        return self.papers.orders() or self.papers.current_orders()

    def done(self, result: int) -> None:
        """Remember the printer."""
        self.printer.remember()
        super().done(result)

    # -- what is looked at -----------------------------------------------------------------------

    def _look_at(self, order: Order) -> None:
        """Show the pages of a paper."""
        is_other = order != self._shown
        self._shown = order
        self.preview.title.setText(order.kind.title)
        self.preview.title.setToolTip(order.kind.description)
        self._show_options()
        self._settle_text()
        self._preview(from_top=is_other)

    def _preview(self, *, from_top: bool = False) -> None:
        """Show the pages as the choices stand now."""
        if self._shown is None:
            return
        self.preview.view.mirrored = self.printer.is_mirrored
        draft = OrderDraft(self._desk, self._shown, self.options.options())
        self.preview.view.show_draft(draft, from_top=from_top)
        self.preview.say(SETTING)

    def _take_laid(self, laid: Laid) -> None:
        """The pages are there, and what to look at."""
        if self._shown is None:
            return
        self.preview.say("", is_wrong=True)
        self._show_findings(Made(self._shown, laid).findings)

    def _take_refusal(self, error: DeskError) -> None:
        """The paper cannot be made."""
        if self._shown is None:
            return
        self.preview.say(str(error), is_wrong=True)
        self._show_findings(why_not(self._shown, error))

    def _show_findings(self, found: Sequence[Finding]) -> None:
        """List what to look at."""
        self.findings.show_findings(list(dict.fromkeys(found)))
        self._settle_text()

    def _found_for(self, run: Run, printer: QPrinter) -> list[Finding] | None:
        """What to look at before a run goes to a printer; None when 取消 was pressed."""
        margins = print_run.margins_of(run, printer)
        found = run.findings

        def look(progress: Progress) -> None:
            found.extend(print_run.cut_findings(run, margins, progress))

        return found if self.work("正在核对页边", look) else None

    def must_look(self, found: Sequence[Finding]) -> bool:
        """Stop once at what would go out wrong; another press goes on."""
        new = {each for each in found if each.is_grave} - self._passed
        if new:
            self._passed |= new
            self._show_findings(found)
            self.say("标▲的几处印出来会不对，请先看一看；不用改就再按一次。", is_wrong=True)
        return bool(new)

    def _tell_rest(self, found: Sequence[Finding]) -> str:
        """List what may be meant, now that it went out, and say so."""
        if not found:
            return ""
        self._show_findings(found)
        return f"；还有 {len(found)} 处请核对，列在上面"

    # -- making ----------------------------------------------------------------------------------

    def make_run(self, *, to_keep: bool = False) -> Run | None:
        """Make every paper off this thread; None when there is none, or 取消 was pressed."""
        orders = self.orders()
        if not orders:
            self.say("先在左边勾选要打印的资料。", is_wrong=True)
            return None
        options, mirrored = self.options.options(), self.printer.is_mirrored
        made: list[Run] = []

        def work(progress: Progress) -> None:
            made.append(
                make_run(
                    self._desk, orders, options, self._maker, progress,
                    mirrored=mirrored, to_keep=to_keep,
                )
            )  # fmt: skip

        is_done = self.work("正在排版", work)
        if not is_done:
            return None
        if not made[0].made:
            self._show_findings(made[0].findings)
            self.say("印不出来，原因列在上面。", is_wrong=True)
        return made[0]

    def work(self, title: str, work: object) -> bool:
        """Do long work with progress and 取消; whether it was done."""
        try:
            run_task(self, title, work)  # type: ignore[arg-type]
        except Cancelled:
            self.say("已取消")
            return False
        except DeskError as error:
            self.say(str(error), is_wrong=True)
            return False
        return True

    def note(self, orders: Sequence[Order], deed: str) -> None:
        """Keep what was printed, and in the history that full numbers went out."""
        note_printed(self._desk, [(each.kind.key, each.record_id) for each in orders])
        personal = [e for e in orders if self.options.shows_personal(e.kind.key)]
        if personal:
            names = [f"{e.kind.title}“{e.caption[:20]}”" for e in personal[:5]]
            rest = f"等{len(personal)}份" if len(personal) > len(names) else ""
            note_personal(self._desk, deed, [*names[:-1], names[-1] + rest])
        self.papers.note_printed()
        self.has_printed = True

    def say(self, sentence: str, *, is_wrong: bool = False) -> None:
        """Show a sentence beside the buttons."""
        self.said.setText(sentence)
        set_role(self.said, "wrong" if is_wrong else "muted")
        self.open_button.hide()

    # -- the frame -------------------------------------------------------------------------------

    def _ticks_changed(self) -> None:
        """Say on the button how much will be printed."""
        self._show_options()
        self._settle_text()

    def _settle_text(self) -> None:
        orders = self.orders()
        what = orders[0].kind.title if len(orders) == 1 else f"{len(orders)} 份"
        self.print_button.setText(f"打印 {what}" if orders else "打印")
        can_print = bool(self.printer.printer_name) or self.printer.is_looking
        self.print_button.setEnabled(can_print and bool(orders))
        self.pdf_button.setEnabled(bool(self.orders()))

    def _show_options(self) -> None:
        """The choices of what is looked at and ticked."""
        orders = [*self.papers.orders(), *([self._shown] if self._shown else [])]
        self.options.show_for({each.kind.key for each in orders})

    def _options_changed(self) -> None:
        self._preview()

    def _printers_known(self) -> None:
        """Print what was asked for while printers were looked for."""
        self._settle_text()
        if not self.printer.printer_name:
            self.say("没有找到打印机；可以存为PDF，到连着打印机的电脑上打印。")
        elif self._is_waiting:
            self.print_papers()
        self._is_waiting = False

    def _printer_changed(self) -> None:
        self._settle_text()
        if self.preview.view.mirrored is not self.printer.is_mirrored:
            self._preview()

    def _tip(self, source: Source) -> str:
        """Which field a text came from."""
        from liaison_desk.domain.registry import BY_TABLE

        kind = BY_TABLE[source.table]
        label = kind.fields()[source.field].label if source.field in kind.fields() else ""
        return f"{'　'.join(filter(None, (kind.title, label)))}（点一下去改）"

    def _connect(self) -> None:
        self.preview.view.tip_of = self._tip
        self.preview.view.laid_out.connect(self._take_laid)
        self.preview.view.refused.connect(self._take_refusal)
        self.preview.view.source_clicked.connect(self.go_to)
        self.findings.opened.connect(self.go_to)
        self.findings.pointed.connect(self.preview.view.point_at_source)
        self.papers.looked_at.connect(self._look_at)
        self.papers.ticked.connect(self._ticks_changed)
        self.options.changed.connect(self._options_changed)
        self.printer.changed.connect(self._printer_changed)
        self.printer.known.connect(self._printers_known)
        self.printer.wanted.connect(self.print_papers)
        self.print_button.clicked.connect(self.print_papers)
        self.close_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self.files.open_made)
        press = QShortcut(QKeySequence("Ctrl+P"), self)
        press.activated.connect(self.print_button.click)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.activated.connect(self.files.save_one)
        help_key = QShortcut(QKeySequence("F1"), self)
        help_key.activated.connect(lambda: HelpDialog.show_topic(self, "PrintDialog"))

    def _arrange(self) -> None:
        self.setWindowTitle("打印")
        self.setObjectName("print_dialog")
        scaled = self._context.style.scaled
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        for each in (self.papers, self._middle(), self.preview):
            sides.addWidget(each)
        sides.setSizes([scaled(SIDE_PX), scaled(MIDDLE_PX), PAGE_PX])
        sides.setStretchFactor(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.addWidget(sides, 1)
        layout.addLayout(self._buttons())

    def _middle(self) -> QWidget:
        """The choices, the printer, and what to look at."""
        inner = QWidget()
        inner.setObjectName("form")
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, 0, GAP, 0)
        column.setSpacing(GAP)
        column.addWidget(_heading("资料里写什么"))
        column.addWidget(self.options)
        column.addWidget(_heading("怎么打"))
        column.addWidget(self.printer)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        middle = QWidget()
        both = QVBoxLayout(middle)
        both.setContentsMargins(0, 0, GAP // 2, 0)
        both.addWidget(scroll, 3)
        both.addWidget(self.findings, 2)
        return middle

    def _buttons(self) -> QHBoxLayout:
        self.print_button.setProperty("role", "main")
        self.print_button.setObjectName("print")
        self.print_button.setToolTip("打印 (Enter，或 Ctrl+P)")
        self.pdf_button.setObjectName("save_pdf")
        self.pdf_button.setToolTip("存为PDF (Ctrl+S)")
        self.open_button.setProperty("role", "link")
        self.open_button.hide()
        self.pdf_button.setMenu(self.files)
        self.said.setObjectName("said")
        self.said.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.open_button)
        for button in (self.close_button, self.pdf_button, self.print_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.print_button.setDefault(True)
        return row


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
