"""The printer and how it is to print: copies, sides, pages."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from liaison_desk.ui.printing import printing
from liaison_desk.ui.printing.options_panel import NUMBER_MARGINS
from liaison_desk.ui.printing.page_choice import (
    ALL,
    EVEN,
    ODD,
    SOME,
    PagesNotRead,
    page_choice,
)
from liaison_desk.ui.printing.printing import PrintChoice
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

DUPLEX = {
    "单面": QPrinter.DuplexMode.DuplexNone,
    "双面，像书一样翻": QPrinter.DuplexMode.DuplexLongSide,
    "双面，往上翻": QPrinter.DuplexMode.DuplexShortSide,
}
LOOKING = "正在找打印机……"
NO_PRINTER = "没有找到打印机"
MOST_COPIES = 999
LOOK_EVERY_MS = 50


class PrinterPanel(QWidget):
    """Own fields for what every printer knows; the rest is in the printer's own window."""

    changed = Signal()
    known = Signal()
    """The printers there are have been found."""
    wanted = Signal()
    """The clerk pressed 打印 in the printer's own window."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self._printer: QPrinter | None = None
        self._found: list[tuple[list[str], str]] = []
        self._clock = QTimer(self, interval=LOOK_EVERY_MS)
        self.printer_box = QComboBox()
        self.more_button = QPushButton("更多")
        self.copies_box = QSpinBox()
        self.collate_box = QCheckBox("一份一份地出")
        self.duplex_box = QComboBox()
        self.pages_box = QComboBox()
        self.pages_line = QLineEdit()
        self.mirrored_box = QCheckBox("左右页边距对称（双面装订）")
        self.fault = QLabel()
        self._arrange()
        self._recall()
        self._connect()
        self.look_for_printers()

    def choice(self) -> PrintChoice:
        """What is chosen.

        Raises:
            PagesNotRead: the pages are not written as pages.
        """
        return PrintChoice(
            printer=self.printer_name,
            copies=self.copies_box.value(),
            is_collated=self.collate_box.isChecked(),
            duplex=self.duplex_box.currentData(),
            pages=page_choice(self.pages_box.currentText(), self.pages_line.text()),
        )

    @property
    def printer_name(self) -> str:
        """The printer chosen, or ""."""
        return self.printer_box.currentData() or ""

    @property
    def is_looking(self) -> bool:
        """Whether printers are still looked for."""
        return self._clock.isActive()

    @property
    def is_mirrored(self) -> bool:
        """Whether even pages have their margins the other way round."""
        return self.mirrored_box.isChecked()

    def printer(self) -> QPrinter:
        """The printer chosen, with what was set in its own window."""
        if self._printer is not None and self._printer.printerName() == self.printer_name:
            return self._printer
        return printing.open_printer(PrintChoice(printer=self.printer_name))

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the pages, beside them."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        if sentence:
            self.pages_line.setFocus()

    def remember(self) -> None:
        """Keep the choices for the next time; copies and pages are another each time."""
        self._settings.setValue("print/printer", self.printer_name)
        self._settings.setValue("print/duplex", self.duplex_box.currentText())
        self._settings.setValue("print/mirrored", self.is_mirrored)
        self._settings.setValue("print/collated", self.collate_box.isChecked())

    def ask_more(self) -> None:
        """Open the printer's own window: tray, colour, quality; 打印 there prints."""
        printer = self.printer()
        printer.setCopyCount(self.copies_box.value())
        printer.setCollateCopies(self.collate_box.isChecked())
        printer.setDuplex(self.duplex_box.currentData())
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle("打印机")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=False)
        is_taken = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        if is_taken:
            self._take(printer)
            self.wanted.emit()

    def look_for_printers(self) -> None:
        """Ask the system on a thread of its own: printers in a network may take seconds."""
        found: list[tuple[list[str], str]] = []
        self._found = found

        def look() -> None:
            names = QPrinterInfo.availablePrinterNames()
            found.append((names, QPrinterInfo.defaultPrinterName()))

        self.printer_box.clear()
        self.printer_box.addItem(LOOKING, "")
        threading.Thread(target=look, name="printers", daemon=True).start()
        self._clock.start()

    # -- inside ----------------------------------------------------------------------------------

    def _take(self, printer: QPrinter) -> None:
        """Show what was set in the printer's own window."""
        self._printer = printer
        self.printer_box.setCurrentIndex(self.printer_box.findData(printer.printerName()))
        self.copies_box.setValue(printer.copyCount())
        self.collate_box.setChecked(printer.collateCopies())
        self.duplex_box.setCurrentIndex(max(0, self.duplex_box.findData(printer.duplex())))

    def _see_printers(self) -> None:
        """Looked for rather than signalled: the thread need not know whether we are still here."""
        if self._found:
            self.show_printers(*self._found[0])

    def show_printers(self, names: list[str], usual: str) -> None:
        """Offer the printers there are; the one used last, or else the usual one, is chosen."""
        self._clock.stop()
        last = str(self._settings.value("print/printer", ""))
        self.printer_box.clear()
        for name in names:
            self.printer_box.addItem(name, name)
        if not names:
            self.printer_box.addItem(NO_PRINTER, "")
        wanted = last if last in names else usual
        self.printer_box.setCurrentIndex(max(0, self.printer_box.findData(wanted)))
        self.printer_box.setToolTip(self.printer_box.currentText())
        self.more_button.setEnabled(bool(names))
        self.known.emit()

    def _arrange(self) -> None:
        self.copies_box.setRange(1, MOST_COPIES)
        self.copies_box.lineEdit().setTextMargins(*NUMBER_MARGINS)
        for words, mode in DUPLEX.items():
            self.duplex_box.addItem(words, mode)
        self.pages_box.addItems([ALL, ODD, EVEN, SOME])
        self.pages_line.setPlaceholderText("如 1-3,5")
        self.pages_line.hide()
        self.fault.setProperty("role", "wrong")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.more_button.setToolTip("打印机自己的窗口：纸盒、颜色、质量")
        self.more_button.setEnabled(False)
        self.more_button.setAutoDefault(False)
        self.printer_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for name in ("printer", "copies", "duplex", "pages", "collate", "mirrored"):
            getattr(self, f"{name}_box").setObjectName(name)
        self.pages_line.setObjectName("page_numbers")
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GAP // 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("打印机", _row(self.printer_box, self.more_button))
        form.addRow("份数", _row(self.copies_box, self.collate_box))
        form.addRow("单双面", self.duplex_box)
        form.addRow("页码", _row(self.pages_box, self.pages_line))
        form.addRow(self.fault)
        form.addRow(self.mirrored_box)

    def _recall(self) -> None:
        duplex = str(self._settings.value("print/duplex", ""))
        self.duplex_box.setCurrentIndex(max(0, self.duplex_box.findText(duplex)))
        self.mirrored_box.setChecked(_is_true(self._settings.value("print/mirrored", "false")))
        self.collate_box.setChecked(_is_true(self._settings.value("print/collated", "true")))

    def _connect(self) -> None:
        self._clock.timeout.connect(self._see_printers)
        self.more_button.clicked.connect(self.ask_more)
        self.pages_box.currentTextChanged.connect(self._turn_pages)
        self.pages_line.textChanged.connect(lambda _text: self.complain_softly())
        self.mirrored_box.toggled.connect(lambda _on: self.changed.emit())
        self.printer_box.currentIndexChanged.connect(lambda _row: self.changed.emit())

    def complain_softly(self) -> None:
        """Take back what was said of the pages, once they can be read."""
        try:
            page_choice(self.pages_box.currentText(), self.pages_line.text())
        except PagesNotRead:
            return
        self.fault.hide()

    def _turn_pages(self, which: str) -> None:
        self.pages_line.setVisible(which == SOME)
        self.fault.hide()
        if which == SOME:
            self.pages_line.setFocus()


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP // 2)
    for place, each in enumerate(widgets):
        row.addWidget(each, 0 if place else 1)
    return row


def _is_true(value: object) -> bool:
    """A tick as the settings keep it: True until it is read back."""
    return str(value).lower() == "true"
