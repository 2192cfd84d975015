"""Keeping the rows that were not imported in a workbook, to mend and bring back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.exports.bad_rows import write_bad_rows
from liaison_desk.ui import messages
from liaison_desk.ui.tasks import Progress, run_task

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from liaison_desk.services.importing import ImportPlan


def save_bad_rows(parent: QWidget, plan: ImportPlan, source: Path | None) -> Path | None:
    """Ask where to, and write the workbook; None when it was not written.

    Args:
        parent: the window it stands over.
        plan: whose bad rows they are.
        source: the file they come from; the workbook is proposed beside it.
    """
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "存出错行表格", str(_proposed(plan, source)), "表格 (*.xlsx)"
    )
    if not chosen:
        return None
    target = Path(chosen if chosen.lower().endswith(".xlsx") else f"{chosen}.xlsx")
    table, rows = plan.table, plan.bad_rows

    def work(progress: Progress) -> None:
        write_bad_rows(
            target,
            table.title,
            table.source,
            plan.headings,
            rows,
            lambda done: progress(done, len(rows)),
        )

    try:
        run_task(parent, "正在存出错行表格", work)
    except Cancelled:
        return None
    except DeskError as error:
        messages.tell(parent, error)
        return None
    return target


def _proposed(plan: ImportPlan, source: Path | None) -> Path:
    """Beside the source, or among the documents; named after what it was."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = source.parent if source else Path(documents)
    stem = source.stem if source else plan.mapping.target.title
    return folder / f"{stem}-出错行.xlsx"
