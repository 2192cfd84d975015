"""合并 ▾ above a list: the two chosen records, or those that look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.domain.village import Village
from liaison_desk.ui.duplicates_dialog import DuplicatesDialog
from liaison_desk.ui.merge_dialog import MergeDialog

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.record_page import RecordPage

MERGED_AS: dict[type[Record], type[Record]] = {
    Person: Person,
    Membership: Person,
    Agency: Agency,
    Village: Village,
}
"""What is merged on the page of a type: of seats those who hold them."""
TWO = "请先在列表里选中要合并的两条（按住 Ctrl 点第二条，或按住 Shift 按 ↓），再点“合并选中的两条”"


class MergeButton(QPushButton):
    """The menu of merging on a page of people, agencies or villages."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__("合并")
        self._page = page
        self._type = MERGED_AS[page.record_type]
        self.setObjectName("merge_menu")
        self.setProperty("role", "tool")
        self.setToolTip(f"同一{'个人' if self._type is Person else '个'}登记了两条，合为一条")
        menu = QMenu(self)
        menu.addAction("合并选中的两条…", self.merge_chosen)
        menu.addAction("查重…", self.find_duplicates)
        self.setMenu(menu)

    def merge_chosen(self) -> None:
        """Merge the two chosen records."""
        if not self._page.leave():
            return
        chosen = self._chosen()
        if len(chosen) != 2:
            self._page.context.say(TWO, False)
            return
        merged = MergeDialog.ask(self._page.window(), self._page.context, *chosen)
        if merged is not None:
            self._page.reload()

    def find_duplicates(self) -> None:
        """Propose pairs."""
        if self._page.leave():
            DuplicatesDialog.ask(self._page.window(), self._page.context, self._type)

    def _chosen(self) -> list[Record]:
        """The records of the chosen rows; of seats those who hold them, each once."""
        rows = self._page.list.chosen_records()
        ids = [
            str(each.person if isinstance(each, Membership) else each.id)
            for each in rows
            if self._page.desk.is_own(each)
        ]
        return list(self._page.desk.many(self._type, list(dict.fromkeys(ids))))
