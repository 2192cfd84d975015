"""办理事项: what is due, what was done, the answer, and the closing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.matter import Extension, Matter, Progress, Rating, Reply, Revisit
from liaison_desk.services.follow_up import extend_matter, remove_extension
from liaison_desk.services.matters import close_matter, reopen_matter
from liaison_desk.ui.button_keys import give_key
from liaison_desk.ui.follow_up_panel import ENTRY_TYPES, FollowUpPanel
from liaison_desk.ui.record_dialog import RecordDialog
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_table_model import Column
from liaison_desk.ui.style import LIGHT_SIGNS

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.ui.context import Context


ADDED: dict[type[Record], tuple[str, str]] = {
    Progress: ("加进展", "已记下进展"),
    Reply: ("登记反馈", "已登记反馈"),
    Extension: ("延期", "已延期，时限已改"),
    Rating: ("登记满意度", "已登记满意度"),
    Revisit: ("登记回头看", "已登记回头看"),
}
"""What adding each entry is called, and what is said when it is kept."""


class MatterPage(RecordPage):
    """The ledger of what was agreed and is to be done, the most urgent first."""

    title = "办理事项"
    icon_name = "clipboard-check"
    section = "协商"
    key = "Alt+6"
    record_type = Matter
    record_types = (Matter, *ENTRY_TYPES)
    search_through = ("agency", "minutes")
    empty_sentence = "纪要定稿后，共识事项会自动成为办理事项。其他来源的事项按 Ctrl+N 登记。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tabs.insertTab(0, self.follow_up, "办理情况")
        self.follow_up.asked.connect(self._add_entry)
        self.follow_up.edit_asked.connect(self._edit_entry)
        self.follow_up.remove_asked.connect(self._remove_entry)
        self.tabs.setCurrentIndex(0)

    def make_columns(self) -> tuple[Column, ...]:
        """The light first, as a word with its shape and colour."""
        style = self.context.style

        def light(matter: Matter) -> str:
            state = matter.light(self.desk.today)
            return f"{LIGHT_SIGNS[state]} {state}"

        def colour(text: str) -> str:
            return style.light_colour(text[-2:])

        kinds = Matter.fields()
        own = [Column(kinds[name].label, name) for name in ("name", "agency", "due_on")]
        return (
            Column("状态", "due_on", light, colour),
            *own,
            Column(kinds["closed_on"].label, "closed_on"),
            Column(kinds["source"].label, "source"),
        )

    def detail_buttons(self) -> list[QPushButton]:
        """加进展, 登记反馈, 办结: the deeds of following up."""
        self.follow_up = FollowUpPanel(self.desk)
        self.progress_button = QPushButton("加进展")
        self.reply_button = QPushButton("登记反馈")
        self.close_button = QPushButton("办结")
        for name in ("progress", "reply", "close"):
            getattr(self, f"{name}_button").setObjectName(f"{name}_button")
        self.progress_button.clicked.connect(self.add_progress)
        self.reply_button.clicked.connect(self.add_reply)
        self.close_button.clicked.connect(self.close_or_reopen)
        for key, button in (
            ("Alt+J", self.progress_button),
            ("Alt+R", self.reply_button),
            ("Alt+B", self.close_button),
        ):
            give_key(self, button, key)
        return [self.progress_button, self.reply_button, self.close_button]

    def blank(self) -> Record:
        """A matter that did not come from minutes."""
        return Matter(source="接待", handed_over_on=self.desk.today)

    def show_state(self, record: Record | None) -> None:
        """Show what was done so far, and what can be done next."""
        saved = record is not None and self.desk.get(Matter, record.id) is not None
        own = saved and record is not None and self.desk.is_own(record)
        for button in (self.progress_button, self.reply_button, self.close_button):
            button.setVisible(own)
        if not saved or not isinstance(record, Matter):
            self.follow_up.show_matter(None)
            return
        self.follow_up.show_matter(record)
        state = record.light(self.desk.today)
        self.close_button.setText("取消办结" if state == "办结" else "办结")
        colour = self.context.style.light_colour(state)
        due = f"　时限 {record.due_on}" if record.due_on and state != "办结" else ""
        self.detail.show_source(
            f"<span style='color:{colour}'>{LIGHT_SIGNS[state]} {state}</span>{due}"
            + ("" if own else f"　{self.office_name(record)}报来，只能查看")
        )

    def add_progress(self) -> None:
        """Ask what was done and keep it."""
        self._add_entry(Progress)

    def add_reply(self) -> None:
        """Ask for the agency's answer and keep it."""
        self._add_entry(Reply)

    def close_or_reopen(self) -> None:
        """Close the matter, or open it again."""
        matter = self._saved_matter()
        if matter is None:
            return
        try:
            if matter.closed_on is None:
                close_matter(self.desk, matter)
                self.context.say("已办结", True)
            else:
                reopen_matter(self.desk, matter)
                self.context.say("已取消办结", True)
        except DeskError as error:
            self.context.say(str(error), False)
            self.complain(str(error).replace("没有保存：", ""))

    def _saved_matter(self) -> Matter | None:
        """The matter shown, once what is typed in it has been kept."""
        if not self.save() or self.record is None:
            return None
        return self.desk.get(Matter, self.record.id)

    def _add_entry(self, entry_type: type[Record]) -> None:
        """Ask for an entry of the follow-up and keep it."""
        matter = self._saved_matter()
        if matter is None:
            return
        today = self.desk.today
        blank = {
            Progress: Progress(matter=matter.id, reported_on=today, handler=matter.handler),
            Reply: Reply(matter=matter.id, replied_on=today),
            Extension: Extension(matter=matter.id, granted_on=today, old_due_on=matter.due_on),
            Rating: Rating(matter=matter.id, rated_on=today),
            Revisit: Revisit(matter=matter.id, visited_on=today),
        }[entry_type]
        title, said = ADDED[entry_type]
        self._ask(blank, title, said)

    def _ask(self, record: Record, title: str, said: str) -> None:
        """Ask for a part of the matter in a dialog."""
        names = tuple(name for name in record.fields() if name not in {"matter", "old_due_on"})
        keep = partial(_keep_entry, self.desk)
        if RecordDialog.ask(self, self.desk, record, title=title, names=names, keep=keep):
            self.tabs.setCurrentWidget(self.follow_up)
            self.context.say(said, True)

    def _edit_entry(self, record: Record) -> None:
        """Correct an entry of the follow-up."""
        if self.desk.is_own(record) and self._saved_matter() is not None:
            self._ask(record, f"改{record.title}", "已保存")

    def _remove_entry(self, entry: Record) -> None:
        """Put an entry into the recycle bin; 撤销 brings it back."""
        if self._saved_matter() is None:
            return
        try:
            if isinstance(entry, Extension):
                remove_extension(self.desk, entry)
            else:
                self.desk.remove(entry)
        except DeskError as error:
            sentence = str(error).replace("没有保存：", "")
            self.context.say(sentence, False)
            self.complain(sentence)
            return
        self.context.say(f"已删除{entry.title}", True)

    def history_ids(self, record: Record) -> list[str]:
        """What changed in the matter and in its follow-up."""
        parts = (each for kind in ENTRY_TYPES for each in self.desk.find(kind, matter=record.id))
        return [record.id, *(each.id for each in parts)]


def _keep_entry(desk: Desk, record: Record) -> Record:
    """Keep an entry; an extension moves the due date as well."""
    return extend_matter(desk, record) if isinstance(record, Extension) else desk.save(record)
