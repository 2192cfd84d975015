"""Writes the frozen data file of the present schema; run it once for each schema released.

    python -m tests.old_databases.freeze

It makes `schema_NNN.db` beside itself and refuses to write over one that is there: files of a
released schema are never made anew, as they stand for what lies on the clerks' disks.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.matter import Reply
from liaison_desk.domain.record import with_values
from liaison_desk.domain.village import Village
from liaison_desk.services.desk import Desk
from liaison_desk.store.database import SCHEMA_VERSION, Database
from tests import factory

HERE = Path(__file__).resolve().parent


def fill(desk: Desk) -> None:
    """A few records of the usual kinds, with an update, a removal and an undo behind them."""
    desk.set_up(factory.office())
    village = desk.save(Village(name="桥口村", contact="周㛃"))
    who = factory.person(desk, "陆䶮", phone="13800000001", village=village.id)
    factory.member(desk, "买买提·艾力")
    topic = factory.topic(desk, village=village.id, proposed_on=date(2026, 2, 1))
    desk.save(with_values(topic, {"weight": "急事"}))
    held = factory.meeting(desk, host=who.id, votes_for=12)
    factory.attendance(desk, held, who)
    agreed = factory.consensus(desk, held)
    factory.minutes(desk, held, year=2026, number=1, status="已定稿")
    matter = factory.matter(desk, consensus=agreed.id, agency=agreed.agency)
    desk.save(
        Reply(matter=matter.id, replied_on=date(2026, 3, 20), result="A 已解决", content="已划线")
    )
    with desk.deed("添加附件"):
        sha256 = desk.contents.add("签到表".encode())
        desk.save(
            Attachment(owner_table="meeting", owner=held.id, name="签到.txt", sha256=sha256, size=9)
        )
    desk.remove(factory.person(desk, "王五"))
    factory.person(desk, "撤销了的人")
    desk.undo()


def main() -> None:
    """Write the file, in one piece and without a WAL."""
    target = HERE / f"schema_{SCHEMA_VERSION:03}.db"
    if target.exists():
        sys.exit(f"{target.name} is there already")
    with tempfile.TemporaryDirectory() as folder:
        opened = Database.open(Path(folder) / "a.db")
        fill(Desk(opened, operator="李文书", now=factory.Clock()))
        opened.close()
        with closing(sqlite3.connect(opened.path)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))


if __name__ == "__main__":
    main()
