"""A desk that keeps one more type of record, declared in the three places and nowhere else.

Run by `test_one_more_type` in a process of its own: what the program derives from the registry
it derives when it starts. Each sentence it prints is something that was seen to work.

    python -m tests.scenarios.one_more_type a-folder
"""

# ruff: noqa: E402  # the type has to be declared before the program is loaded
from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from liaison_desk.domain import registry
from liaison_desk.domain.declare import day, link, text
from liaison_desk.domain.record import Record
from liaison_desk.store import database as store
from liaison_desk.store.migrations import migrations, run_script

if TYPE_CHECKING:
    from sqlite_utils import Database as SqliteDatabase


# -- the file domain/clue.py ---------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Clue(Record):
    """A clue to local history that somebody told."""

    table = "clue"
    title = "文史线索"
    order = ("-told_on",)

    name: str = text("名称", required=True, max_length=80, listed=True)
    told_on: date | None = day("讲述日期", listed=True)
    teller: str | None = link("讲述人", to="person", listed=True)
    account: str = text("内容")


# -- the step of store/migrations.py -------------------------------------------------------------


@migrations()
def m999_clue(database: SqliteDatabase) -> None:
    """A table for clues."""
    run_script(
        database,
        """
CREATE TABLE clue (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    told_on TEXT NOT NULL DEFAULT '',
    teller TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    account TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX clue_by_teller ON clue(teller)
""",
    )


store.SCHEMA_VERSION += 1

# -- the line of domain/registry.py --------------------------------------------------------------

registry.RECORD_TYPES = (*registry.RECORD_TYPES, Clue)
registry.BY_TABLE[Clue.table] = Clue

# -- from here on the program, as it is ----------------------------------------------------------

from PySide6.QtCore import QSettings, Qt

from liaison_desk.app import make_application
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.person import Person
from liaison_desk.services.attaching import attach_content
from liaison_desk.services.desk import Desk
from liaison_desk.services.merging import merge, merged_values
from liaison_desk.services.searching import search_everything
from liaison_desk.store.backup import Backups
from liaison_desk.store.check import faults
from liaison_desk.ui.bin_page import BinPage
from liaison_desk.ui.context import Context
from liaison_desk.ui.history_page import HistoryPage
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.main_window import MainWindow
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.record_pages import PersonPage
from liaison_desk.ui.settings_page import SettingsPage
from liaison_desk.ui.style import Style
from tests import factory


class CluePage(RecordPage):
    """The generic page, by the name of the type."""

    title = Clue.title
    icon_name = "users"
    record_type = Clue
    record_types = (Clue,)


class Story:
    """What a clerk does with clues; each deed prints what was seen."""

    def __init__(self, folder: Path) -> None:
        database = store.Database.open(folder / "资料.db")
        self.desk = Desk(database, operator="李文书", now=factory.Clock())
        self.desk.set_up(factory.office())
        self.teller = factory.person(self.desk, "单明")
        style = Style()
        style.apply(make_application())
        context = Context(self.desk, style, Backups(folder / "备份"))
        settings = QSettings(str(folder / "界面.ini"), QSettings.Format.IniFormat)
        pages = (HomePage, CluePage, PersonPage, HistoryPage, BinPage, SettingsPage)
        self.window = MainWindow(context, pages, settings)
        self.window.show()
        page = self.window.page(CluePage)
        assert isinstance(page, CluePage)
        self.page = page
        self.window.show_page(page)

    def run(self) -> None:
        """The whole of it."""
        self.enter()
        self.find()
        self.change()
        self.attach()
        self.merge_tellers()
        self.remove_and_restore()
        assert faults(self.desk.database) == []
        say("the data file is well")
        self.window.close()
        self.desk.database.close()

    def clue(self) -> Clue:
        """The only one."""
        [found] = self.desk.find(Clue)
        return found

    def enter(self) -> None:
        """Type one into the form that the declaration makes."""
        self.page.new()
        self.put(name="桥口渡口旧址", told_on="0308", teller="单明", account="光绪年间立的碑还在")
        assert list(self.page.form.editors) == ["name", "told_on", "teller", "account"]
        assert self.page.save(), self.page.detail.whole.text()
        clue = self.clue()
        assert (clue.told_on, clue.teller) == (date(2026, 3, 8), self.teller.id)
        say("entered in the form")
        model = self.page.list.model
        heads = [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(3)]
        assert heads == ["名称", "讲述日期", "讲述人"]
        cells = [str(model.index(0, n).data()) for n in range(3)]
        assert cells == ["桥口渡口旧址", "2026-03-08", "单明"]
        say("shown in the list")

    def put(self, **typed: str) -> None:
        """Fill fields in, as typing does."""
        for name, words in typed.items():
            self.page.form.editors[name].set_answer(words)
            self.page.form.editors[name].edited.emit()

    def find(self) -> None:
        """By one character of its text, by another, and by how its teller is called and sounds."""
        for words in ("碑", "渡口 光绪", "单明", "shanm", "2026-03-08"):
            results = search_everything(self.desk, words, tables=("clue", "person"))
            assert "文史线索" in {each.record_type.title for each in results.groups}, words
        self.page.list.model.search("碑")
        assert self.page.list.model.rowCount() == 1
        self.page.list.model.search("")
        say("found by its words and by its teller's")

    def change(self) -> None:
        """Change a field, see it in both histories, and take it back."""
        self.put(account="碑已移到文化站")
        assert self.page.save()
        lines = [
            (line.label, line.before, line.after)
            for entry in self.page.history.history.of_records([self.clue().id])
            for happening in entry.happenings
            for line in happening.lines
        ]
        assert ("内容", "光绪年间立的碑还在", "碑已移到文化站") in lines
        say("changed, with its history")
        history = self.window.page(HistoryPage)
        assert isinstance(history, HistoryPage)
        self.window.show_page(history)
        titles = [str(history.model.index(n, 2).data()) for n in range(history.model.rowCount())]
        assert "保存文史线索“桥口渡口旧址”" in titles, titles
        say("told on the page of all changes")
        self.window.show_page(self.page)
        self.window.undo_deed()
        assert self.clue().account == "光绪年间立的碑还在"
        say("undone")

    def attach(self) -> None:
        """A file hangs on it like on any other."""
        attach_content(self.desk, self.clue(), "拓片.txt", b"stele")
        assert [each.owner for each in self.desk.find(Attachment)] == [self.clue().id]
        say("a file is attached")

    def merge_tellers(self) -> None:
        """Two people made one: the clue follows."""
        other = factory.person(self.desk, "单鸣")
        merge(self.desk, other, self.teller, merged_values(other, self.teller))
        assert self.clue().teller == other.id
        assert [each.name for each in self.desk.find(Person)] == ["单鸣"]
        say("followed its teller when people were merged")

    def remove_and_restore(self) -> None:
        """To the recycle bin and back."""
        self.page.choose(self.clue())
        self.page.remove()
        assert self.desk.find(Clue) == []
        bin_page = self.window.page(BinPage)
        assert isinstance(bin_page, BinPage)
        self.window.show_page(bin_page)
        [gone] = [each for each in bin_page.model.shown if each.record.table == "clue"]
        assert gone.caption == "桥口渡口旧址"
        bin_page.table.choose_row(bin_page.model.shown.index(gone))
        bin_page.restore()
        assert self.clue().name == "桥口渡口旧址"
        assert search_everything(self.desk, "渡口", tables=("clue",)).groups
        say("removed, listed in the recycle bin and restored")


def say(sentence: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{sentence}\n")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    Story(Path(sys.argv[1])).run()
