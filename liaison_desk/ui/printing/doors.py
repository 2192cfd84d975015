"""The ways to 打印: Ctrl+P, the arrow beside the printer, 打印资料, and a page that asks.

The dialog itself is brought in when it is first wanted: it knows every paper.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QScrollArea, QToolButton

from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.tasks import end_with

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Source
    from liaison_desk.exports.papers.options import PaperOptions
    from liaison_desk.ui.main_window import MainWindow
    from liaison_desk.ui.page import Page
    from liaison_desk.ui.printing.orders import Group
    from liaison_desk.ui.printing.paper_maker import PaperMaker

USUAL: dict[type[Record], str] = {Minutes: "minutes", PlanItem: "year_plan"}
"""What is ticked from the start where such records are chosen: what they are printed as."""
NOTHING_CHOSEN = "在列表里选一条，这里会列出能打印的资料"


class PrintDoors(QObject):
    """Opens the dialog for one window, set to what is chosen on the page that is shown."""

    def __init__(self, window: MainWindow, settings: QSettings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._maker: PaperMaker | None = None
        self._options: PaperOptions | None = None
        self._ticked: Collection[str] = ()
        self._chosen: Sequence[str] = ()
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self._fill_menu)

    def hang_menu(self, button: QWidget | None) -> None:
        """Put the papers of what is chosen behind the arrow of the button 打印."""
        if isinstance(button, QToolButton):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
            button.setMenu(self.menu)

    def print_chosen(
        self, records: Sequence[Record] | None = None, keys: Collection[str] = ()
    ) -> None:
        """Print what is chosen on the page shown, or some records.

        Args:
            records: those; None for what is chosen.
            keys: the papers ticked from the start.
        """
        page = self._window.current
        if not page.leave():
            return
        from liaison_desk.ui.printing.orders import groups_of, office_groups

        wanted = records_of(page) if records is None else records
        desk = self._window.desk
        own = groups_of(desk, wanted)
        ids = [each.id for each in wanted]
        usual = {USUAL[type(each)] for each in wanted if type(each) in USUAL}
        ticked = keys or (self._ticked if ids == self._chosen else ()) or usual
        self._chosen = ids
        offered = {offer.kind.key for group in own for offer in group.offers}
        is_in_own = bool(own) and offered.issuperset(ticked)
        self._open([*own, *office_groups(desk)], ticked, len(own) + (not is_in_own))

    def print_office(self) -> None:
        """Print what is of the whole office."""
        if not self._window.current.leave():
            return
        from liaison_desk.ui.printing.orders import office_groups

        groups = office_groups(self._window.desk)
        self._chosen = []
        self._open(groups, (), len(groups))

    def fill_forms(self) -> None:
        """Fill a form of somebody else's with what is chosen on the page shown."""
        if not self._window.current.leave():
            return
        from liaison_desk.ui.own_forms.own_forms_dialog import OwnFormsDialog

        window = self._window
        OwnFormsDialog.show_for(window, window.context, self._settings, records_of(window.current))

    def export_ledgers(self) -> None:
        """Write the ledger of the page shown as a workbook."""
        from liaison_desk.ui.printing.ledger_export import export_ledgers

        export_ledgers(self._window, self._settings)

    # -- inside ----------------------------------------------------------------------------------

    def _open(self, groups: Sequence[Group], ticked: Collection[str], opened: int) -> None:
        """Show the dialog, and go to the field that was clicked in it."""
        from liaison_desk.ui.printing.print_dialog import PrintDialog

        window = self._window
        dialog = PrintDialog(
            window, window.context, self._made(), self._settings, groups,
            ticked=ticked, opened=opened, options=self._options,
        )  # fmt: skip
        dialog.resize(window.size())
        dialog.exec()
        self._options = dialog.options.options()
        self._ticked = [each.kind.key for each in dialog.papers.orders()]
        source = dialog.source
        if dialog.has_printed:
            window.reload()
        dialog.deleteLater()
        if source is not None:
            self.go_to(source)

    def go_to(self, source: Source) -> None:
        """Show the record a text came from, the cursor in its field."""
        desk, window = self._window.desk, self._window
        record = desk.get(BY_TABLE[source.table], source.record)
        if record is None:
            return
        window.go(record)
        page = window.current
        if isinstance(page, RecordPage) and page.record_type.table == source.table:
            put_cursor(page, source.field)

    def _made(self) -> PaperMaker:
        """The one thread that sets papers for this window, its fonts read once."""
        from liaison_desk.ui.printing.paper_maker import PaperMaker

        if self._maker is None:
            contents = self._window.desk.contents

            def picture(sha256: str) -> bytes:
                content = contents.read(sha256)
                if content is None:
                    raise LookupError(sha256)
                return content

            self._maker = PaperMaker(picture)
            end_with(self, self._maker.stop)
        return self._maker

    def _fill_menu(self) -> None:
        """The papers of what is chosen, each under its record."""
        from liaison_desk.ui.printing.orders import groups_of

        self.menu.clear()
        groups = groups_of(self._window.desk, records_of(self._window.current))
        for group in groups:
            self.menu.addSection(group.title[:30])
            for offer in group.offers:
                action = self.menu.addAction(offer.kind.title)
                action.setToolTip(offer.kind.description)
                action.triggered.connect(partial(self._print_kind, offer.kind.key))
        if not groups:
            self.menu.addAction(NOTHING_CHOSEN).setEnabled(False)
        self.menu.addSeparator()
        acts = self._window.actions_
        self.menu.addActions([acts.fill_forms, acts.print_office, acts.export_ledgers])

    def _print_kind(self, key: str, _checked: bool = False) -> None:
        self.print_chosen(None, (key,))


def records_of(page: Page) -> list[Record]:
    """What is chosen on a page: the rows of its list, or the record in its form."""
    if not isinstance(page, RecordPage):
        return page.records_to_print()
    shown = page.record
    chosen = page.list.chosen_records()
    if shown is not None and shown.id and all(each.id != shown.id for each in chosen):
        return [shown]
    return chosen


def put_cursor(page: RecordPage, field: str) -> None:
    """Put the cursor into a field of the form shown, and bring it into sight."""
    from liaison_desk.ui.minutes.minutes_form import PARTS, MinutesForm

    page.show_form()
    editor = page.form.editors.get(field)
    if isinstance(page.form, MinutesForm) and field in PARTS:
        page.form.put_cursor(PARTS[field], 0)
    elif editor is not None:
        editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        above = editor.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(editor)
