"""What the program is doing when it is killed: one row in `WORKLOADS` for each kind of writer.

Run as a module it is a server: for each line `workload<TAB>folder` it forks a process that does
the same deed over and over until it is killed. Forking saves the half second of imports.
"""

from __future__ import annotations

import csv
import os
import sys
import threading
import traceback
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.matter import Matter, Reply
from liaison_desk.domain.meeting import Meeting, MeetingTopic
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.services.desk import Desk
from liaison_desk.services.handoff.making import PacketOrder, make_packet
from liaison_desk.services.handoff.reading import read_packet
from liaison_desk.services.handoff.receiving import apply_plan, plan_reception
from liaison_desk.services.importing import ROSTER, Options, apply_import, plan_file
from liaison_desk.services.importing.targets import MEETINGS
from liaison_desk.store.backup import verify
from liaison_desk.store.check import faults
from liaison_desk.store.database import Database
from tests import factory
from tests.torture import files, whole_deeds
from tests.torture.place import BATCH, Place, Workload

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA_FILE, COUNTY_FILE = "资料.db", "县级.db"
REPORTS, CRASH = "报告.txt", "出错.txt"
LETTERS = str.maketrans("0123456789", "ghijklmnop")
# -- the deeds --------------------------------------------------------------------------------


def save(place: Place) -> str:
    """One person, saved and changed."""
    person = factory.person(place.desk, "陆䶮", note="停车难" * 20)
    place.desk.save(with_values(person, {"phone": "13800000001"}))
    return person.id


def is_saved(place: Place, told: str) -> bool:
    """The person, with the change."""
    found = place.desk.get(Person, told)
    return found is not None and found.phone == "13800000001"


def save_many(place: Place) -> str:
    """Many people in one deed."""
    mark = uuid4().hex
    place.desk.save_all([Person(name=f"张{n}", note=mark) for n in range(BATCH)])
    return mark


def has_many(place: Place, told: str) -> bool:
    """All of them."""
    return len(place.desk.find(Person, note=told)) == BATCH


def undo(place: Place) -> str:
    """A person removed, and the removal undone."""
    person = factory.person(place.desk, "周㛃")
    place.desk.remove(person)
    place.desk.undo()
    return person.id


def is_back(place: Place, told: str) -> bool:
    """The person, not removed."""
    found = place.desk.get(Person, told)
    return found is not None and not found.removed_at


def attach(place: Place) -> str:
    """A file with its record."""
    content = os.urandom(200_000)
    with place.desk.deed("添加附件"):
        sha256 = place.desk.contents.add(content)
        size = len(content)
        made = Attachment(
            owner_table="person", owner="x", name="扫描.jpg", sha256=sha256, size=size
        )
        return place.desk.save(made).id


def is_attached(place: Place, told: str) -> bool:
    """The record, with its content."""
    found = place.desk.get(Attachment, told)
    return found is not None and len(place.desk.contents.read(found.sha256) or b"") == 200_000


def back_up(place: Place) -> str:
    """A copy, while another thread saves."""
    saving = threading.Thread(target=save_many, args=(place,))
    saving.start()
    made = place.backups.make(place.desk.database.path, datetime.now())
    saving.join()
    return made.name


def is_backed_up(place: Place, told: str) -> bool:
    """The copy, whole."""
    verify(place.backups.folder / told)
    return True


def import_roster(place: Place) -> str:
    """A roster from a file; a name with a long number in it would be asked about."""
    mark = uuid4().hex[:12].translate(LETTERS)
    path = place.folder / "名册.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("姓名", "性别", "工作单位及职务", "界别"))
        rows.writerows((f"张{mark}甲{n}", "男", f"单位{mark}", "教育") for n in range(BATCH))
    plan = plan_file(place.desk, path, ROSTER, Options(term="第十二届"))
    apply_import(place.desk, plan)
    return f"单位{mark}"


def is_imported(place: Place, told: str) -> bool:
    """Every person, with a seat."""
    people = place.desk.find(Person, post=told)
    seats = [place.desk.find(Membership, person=each.id) for each in people]
    return len(people) == BATCH and all(len(each) == 1 for each in seats)


def import_ledger(place: Place) -> str:
    """An old ledger from a file: topics, meetings, agreed matters, answers, all at once."""
    mark = uuid4().hex
    path = place.folder / "台账.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("时间", "议题", "地点", "共识事项", "责任单位", "时限", "办理情况"))
        rows.writerows(
            ("2025.3.8", f"{mark}题{n}", mark, f"{mark}事{n}", "城建所", "2025.4.30", "已办结")
            for n in range(BATCH)
        )
    apply_import(place.desk, plan_file(place.desk, path, MEETINGS))
    return mark


def is_ledger_imported(place: Place, told: str) -> bool:
    """Every meeting with its topic, and every matter closed by its answer."""
    held = place.desk.find(Meeting, place=told)
    talked = [place.desk.find(MeetingTopic, meeting=each.id) for each in held]
    matters = [each for each in place.desk.find(Matter) if each.name.startswith(told)]
    answered = [place.desk.find(Reply, matter=each.id) for each in matters]
    counts = {len(each) for each in talked} | {len(each) for each in answered}
    return (len(held), len(matters), counts) == (BATCH, BATCH, {1}) and all(
        each.closed_on for each in matters
    )


def hand_over(place: Place) -> str:
    """A packet to the stick."""
    factory.person(place.desk, "王𬭚")
    place.stick.mkdir(exist_ok=True)
    order = PacketOrder(date(2026, 1, 1), date(2026, 12, 31))
    return make_packet(place.desk, order, place.stick, lambda scope, progress: []).path.name


def is_handed_over(place: Place, told: str) -> bool:
    """The packet, and the note of it."""
    read_packet(place.stick / told)
    return len(place.desk.find(Packet, file_name=told)) >= 1


def take_in(place: Place) -> str:
    """A packet made and taken in by the county."""
    name = hand_over(place)
    content = read_packet(place.stick / name)
    result = apply_plan(place.county, plan_reception(place.county, content))
    return result.packet.id if result.packet else ""


def is_taken_in(place: Place, told: str) -> bool:
    """The county's note of the packet, with the people in it."""
    return place.county.get(Packet, told) is not None and place.county.find(Person) != []


WORKLOADS = {
    "save": Workload(save, is_saved),
    "save_many": Workload(save_many, has_many),
    "undo": Workload(undo, is_back),
    "attach": Workload(attach, is_attached),
    "back_up": Workload(back_up, is_backed_up, 0.3),
    "import_roster": Workload(import_roster, is_imported, 0.4),
    "import_ledger": Workload(import_ledger, is_ledger_imported, 1.0),
    "hand_over": Workload(hand_over, is_handed_over, 0.4),
    "take_in": Workload(take_in, is_taken_in, 0.5),
    **whole_deeds.WORKLOADS,
    **files.WORKLOADS,
}


# -- before and after -------------------------------------------------------------------------


@contextmanager
def opened(folder: Path) -> Iterator[Place]:
    """The desks of a folder, set up if they are new."""
    folder.mkdir(parents=True, exist_ok=True)
    desks = []
    for name, office in (
        (DATA_FILE, factory.office()),
        (COUNTY_FILE, factory.county_office()),
    ):
        desk = Desk(Database.open(folder / name), operator="李文书")
        if not desk.office_id:
            desk.set_up(office)
        desks.append(desk)
    yield Place(folder, *desks)
    for desk in desks:
        desk.database.close()


def wrongs(folder: Path, workload: str) -> list[str]:
    """What a kill has spoilt; empty when nothing is."""
    reports = folder / REPORTS
    told = reports.read_text(encoding="utf-8").splitlines() if reports.exists() else []
    with opened(folder) as place:
        found = [*faults(place.desk.database), *faults(place.county.database)]
        is_kept = WORKLOADS[workload].is_kept
        found += [f"{workload}: {each} is lost" for each in told if not is_kept(place, each)]
        marks = place.desk.database.read(
            "SELECT note, count(*) AS n FROM person WHERE length(note) = 32 GROUP BY note"
        )
        marks += place.desk.database.read(
            "SELECT place, count(*) AS n FROM meeting WHERE length(place) = 32 GROUP BY place"
        )
        found += [f"half a batch: {row['n']}" for row in marks if row["n"] != BATCH]
        found += [*whole_deeds.halves(place), *files.halves(place)]
        for copy in place.backups.folder.glob("*.db"):
            verify(copy)
            copy.unlink()
        for packet in place.stick.glob("*.zip"):
            read_packet(packet)
            packet.unlink()
    reports.unlink(missing_ok=True)
    return found


def work_until_killed(workload: str, folder: Path) -> None:
    """Do the deed over and over, noting each one after its commit."""
    with opened(folder) as place:
        handle = os.open(folder / REPORTS, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        while True:
            os.write(handle, f"{WORKLOADS[workload].work(place)}\n".encode())


def serve() -> None:
    """Fork one worker for each line; answer with its process id and, at its end, its status."""
    for line in sys.stdin:
        workload, folder = line.rstrip("\n").split("\t")
        worker = os.fork()
        if worker == 0:
            try:
                work_until_killed(workload, Path(folder))
            except BaseException:
                (Path(folder) / CRASH).write_text(traceback.format_exc(), encoding="utf-8")
            finally:
                os._exit(1)
        sys.stdout.write(f"{worker}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitpid(worker, 0)[1]}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
