"""存为文件: what is ticked as PDF, Word or Excel files, or in somebody else's form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from liaison_desk.ui.printing import office_files, print_run
from liaison_desk.ui.printing.files import chosen_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QSettings

    from liaison_desk.exports.papers.options import PaperOptions
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.printing.orders import Order
    from liaison_desk.ui.printing.print_dialog import PrintDialog
    from liaison_desk.ui.tasks import Progress

FOLDER = "print/folder"
"""Where the settings keep the folder that files went to the last time."""


class FilesMenu(QMenu):
    """The kinds of files, under the button 存为文件 of the window of printing."""

    def __init__(self, dialog: PrintDialog, context: Context, settings: QSettings) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._context, self._desk = context, context.desk
        self._settings = settings
        self._made: Path | None = None
        self.addAction("PDF，合成一个文件，带书签", self.save_one)
        self.addAction("PDF，一份一个文件", self.save_each)
        self.addSeparator()
        self.word_action = self.addAction("Word，给领导改", self.save_word)
        self.excel_action = self.addAction("Excel台账，一年一张表", self.save_excel)
        self.addSeparator()
        self.addAction("填县里发的表……", self.fill_form)
        self.aboutToShow.connect(self._settle)

    def save_one(self) -> None:
        """Write everything into one PDF."""
        run = self._dialog.make_run(to_keep=True)
        if run is None or self._dialog.must_look(run.findings) or not run.made:
            return
        name = print_run.file_name(self._desk, run.made[0].order, self._dialog.options.options())
        if len(run.made) > 1:
            name += f"等{len(run.made)}份"
        chosen, _kind = QFileDialog.getSaveFileName(
            self._dialog, "存为PDF", str(self._folder() / f"{name}.pdf"), "PDF 文件 (*.pdf)"
        )
        if not chosen:
            return
        path, author = chosen_path(chosen, ".pdf"), self._author()
        if self._dialog.work(
            "正在存为PDF", lambda _progress: print_run.save_one(run, path, author)
        ):
            orders = [each.order for each in run.made]
            self._saved(orders, path, path.parent, "存为PDF", f"已存为“{path.name}”")

    def save_each(self) -> None:
        """Write a PDF for every paper into a folder."""
        run = self._dialog.make_run(to_keep=True)
        if run is None or self._dialog.must_look(run.findings) or not run.made:
            return
        start = str(self._folder())
        chosen = QFileDialog.getExistingDirectory(self._dialog, "选择存放的文件夹", start)
        if not chosen:
            return
        folder, options = Path(chosen), self._dialog.options.options()
        names = [print_run.file_name(self._desk, each.order, options) for each in run.made]
        author = self._author()

        def work(progress: Progress) -> None:
            print_run.save_each(run, folder, names, author, progress)

        if self._dialog.work("正在存为PDF", work):
            orders, told = [each.order for each in run.made], f"“{folder.name}”"
            self._saved(orders, folder, folder, "存为PDF", f"已存 {len(names)} 个文件到{told}")

    def save_word(self) -> None:
        """Write a Word file for every paper into a folder, for the leader to mark."""
        orders = office_files.for_word(self._dialog.orders())
        run = self._dialog.make_run()
        if run is not None and not self._dialog.must_look(run.findings):
            self._save_office_files(orders, office_files.save_word, "存为Word")

    def save_excel(self) -> None:
        """Write a workbook for every ledger into a folder, a sheet for each year."""
        orders = office_files.for_excel(self._dialog.orders())
        self._save_office_files(orders, office_files.save_excel, "存为Excel")

    def fill_form(self) -> None:
        """Fill a form of somebody else's for the records of what is ticked or looked at."""
        from liaison_desk.ui.own_forms.own_forms_dialog import OwnFormsDialog

        found = {
            each.record.id: each.record for each in self._dialog.orders() if each.record is not None
        }
        kinds = [type(each) for each in found.values()]
        records = [each for each in found.values() if type(each) is kinds[0]]
        OwnFormsDialog.show_for(self._dialog, self._context, self._settings, records)

    def open_made(self) -> None:
        """Show what was saved in the system's own window."""
        path = self._made
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._dialog.say(f"打不开，文件在“{path}”")

    # -- inside ----------------------------------------------------------------------------------

    def _save_office_files(
        self,
        orders: Sequence[Order],
        save: Callable[[Desk, Sequence[Order], PaperOptions, Path, Progress], list[Path]],
        deed: str,
    ) -> None:
        """Write files for Word or Excel into a folder the clerk chooses."""
        start = str(self._folder())
        chosen = QFileDialog.getExistingDirectory(self._dialog, "选择存放的文件夹", start)
        if not chosen:
            return
        folder, options = Path(chosen), self._dialog.options.options()
        made: list[Path] = []

        def work(progress: Progress) -> None:
            made.extend(save(self._desk, orders, options, folder, progress))

        if self._dialog.work(f"正在{deed}", work):
            only = made[0] if len(made) == 1 else folder
            told = f"“{only.name}”" if len(made) == 1 else f" {len(made)} 个文件到“{folder.name}”"
            self._saved(orders, only, folder, deed, f"已存{told}{self._left_out(orders, deed)}")

    def _left_out(self, orders: Sequence[Order], deed: str) -> str:
        """What was ticked and cannot be had as such a file."""
        kept = {each.kind.key for each in orders}
        others = (each.kind for each in self._dialog.orders() if each.kind.key not in kept)
        titles = dict.fromkeys(each.title for each in others)
        return f"；{'、'.join(titles)}不能{deed}" if titles else ""

    def _saved(
        self, orders: Sequence[Order], made: Path, folder: Path, deed: str, sentence: str
    ) -> None:
        self._settings.setValue(FOLDER, str(folder))
        self._made = made
        self._dialog.note(orders, deed)
        self._dialog.say(sentence)
        self._dialog.open_button.show()

    def _author(self) -> str:
        """Whose papers they are, for the properties of a file."""
        return self._desk.office.name if self._desk.office is not None else ""

    def _folder(self) -> Path:
        """Where files went the last time."""
        last = Path(str(self._settings.value(FOLDER, "")) or Path.home())
        return last if last.is_dir() else Path.home()

    def _settle(self) -> None:
        """Grey the files that nothing of what is ticked can be had as."""
        orders = self._dialog.orders()
        self.word_action.setEnabled(bool(office_files.for_word(orders)))
        self.excel_action.setEnabled(bool(office_files.for_excel(orders)))
