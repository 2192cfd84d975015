"""导出台账: the ledger of the page looked at as a workbook, a sheet for each year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.exports.papers.options import PaperOptions
from liaison_desk.services.printed import note_printed
from liaison_desk.ui import messages
from liaison_desk.ui.printing.files_menu import FOLDER
from liaison_desk.ui.printing.office_files import BOOK_OF, save_excel
from liaison_desk.ui.printing.orders import office_groups
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.printing.orders import Order
    from liaison_desk.ui.tasks import Progress

LEDGER_OF = {
    "membership": "roster",
    "person": "roster",
    "meeting": "meeting_ledger",
    "minutes": "meeting_ledger",
    "matter": "matter_ledger",
    "opinion": "opinion_ledger",
    "activity": "activity_ledger",
}
"""For the table of a page, the key of its ledger."""


def export_ledgers(window: MainWindow, settings: QSettings) -> None:
    """Write the ledger of the page shown, or every one, into a folder the clerk chooses."""
    orders = ledgers_of(window)
    last = str(settings.value(FOLDER, "")) or str(Path.home())
    heading = f"把{orders[0].kind.title if len(orders) == 1 else '五本台账'}导出到哪个文件夹"
    chosen = QFileDialog.getExistingDirectory(window, heading, last)
    if not chosen:
        return
    folder, desk = Path(chosen), window.desk
    options = PaperOptions(today=desk.today)

    def work(progress: Progress) -> list[Path]:
        return save_excel(desk, orders, options, folder, progress)

    try:
        made = run_task(window, "正在导出台账", work)
    except Cancelled:
        window.say("已取消导出")
        return
    except DeskError as error:
        messages.tell(window, error)
        return
    settings.setValue(FOLDER, chosen)
    note_printed(desk, [(each.kind.key, "") for each in orders])
    names = (
        "、".join(f"“{each.name}”" for each in made) if len(made) == 1 else f"{len(made)} 本台账"
    )
    window.say(f"已导出{names}到 {folder}")


def ledgers_of(window: MainWindow) -> list[Order]:
    """The ledger of the page shown; all of them where it has none."""
    every = {
        order.kind.key: order
        for group in office_groups(window.desk)
        for offer in group.offers
        for order in offer.orders
        if order.kind.key in BOOK_OF
    }
    tables = [each.table for each in window.current.record_types]
    key = next((LEDGER_OF[each] for each in tables if each in LEDGER_OF), "")
    is_list = not window.current.is_overview and key in every
    return [every[key]] if is_list else list(every.values())
