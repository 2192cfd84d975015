"""Files being written or brought up to date when the program is killed."""

from __future__ import annotations

import shutil
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import openpyxl
import pypdfium2

from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.person import Person
from liaison_desk.exports.dossier import make_dossier
from liaison_desk.exports.excel import write_ledger
from liaison_desk.exports.fill_in import fill_in
from liaison_desk.exports.form_names import FormValues
from liaison_desk.exports.ledgers import Cover, meeting_ledger
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.store.backup import open_database, verify
from liaison_desk.store.check import faults
from liaison_desk.ui.printing.files import write_whole
from tests import factory
from tests.torture.place import Place, Workload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.services.desk import Desk

OLD_FILE = Path(__file__).parents[1] / "old_databases" / "schema_002.db"
COPIED = "旧资料"
FORM, FILLED, LEDGER, DOSSIER = "空表.xlsx", "填好的表.xlsx", "协商活动台账.xlsx", "一会一档.pdf"


def fill_form(place: Place) -> str:
    """The county's form, filled over the last one."""
    form = place.folder / FORM
    if not form.exists():
        book = openpyxl.Workbook()
        book.worksheets[0]["A1"] = "{{会议.名称}}"
        made = BytesIO()
        book.save(made)
        write_whole(form, made.getvalue())
    held = factory.meeting(place.desk, uuid4().hex)
    assert place.desk.office is not None
    values = FormValues(place.desk, place.desk.office, place.desk.today, held, show_personal=False)
    write_whole(place.folder / FILLED, fill_in(form, values).content)
    return FILLED


def export_ledger(place: Place) -> str:
    """A ledger, written over the last one."""
    assert place.desk.office is not None
    cover = Cover(place.desk.office.name, "", place.desk.today)
    write_ledger(place.folder / LEDGER, meeting_ledger(place.desk, cover))
    return LEDGER


def bind_dossier(place: Place) -> str:
    """A meeting's file, bound over the last one."""
    desk = place.desk
    held = _meeting(desk)
    assert desk.office is not None
    made = make_dossier(
        desk, desk.office, held, desk.contents.read, FontBook(), lambda done, total, what: None
    )
    write_whole(place.folder / DOSSIER, made.pdf)
    return DOSSIER


def _meeting(desk: Desk) -> Meeting:
    """The first meeting; a new one when there is none."""
    there = desk.find(Meeting)
    return there[0] if there else factory.meeting(desk)


def is_written(place: Place, told: str) -> bool:
    """The file, whole."""
    return _is_whole(place.folder / told)


def upgrade(place: Place) -> str:
    """A file of an earlier version, opened for the first time."""
    path = place.folder / f"{COPIED}{uuid4().hex}.db"
    beside = path.with_suffix(".part")
    shutil.copy(OLD_FILE, beside)
    beside.replace(path)
    with closing(open_database(path)):
        return path.name


def is_upgraded(place: Place, told: str) -> bool:
    """The file; that it opens is looked at for each, told or not."""
    return (place.folder / told).exists()


WORKLOADS = {
    "fill_form": Workload(fill_form, is_written, 0.4),
    "export_ledger": Workload(export_ledger, is_written, 0.4),
    "bind_dossier": Workload(bind_dossier, is_written, 1.2),
    "upgrade": Workload(upgrade, is_upgraded, 0.6),
}


# -- half ones ------------------------------------------------------------------------------------


def halves(place: Place) -> list[str]:
    """Files that are not whole under their own names; empty when all are."""
    names = (FORM, FILLED, LEDGER, DOSSIER)
    broken = [f"half a file: {n}" for n in names if not _is_whole(place.folder / n, or_none=True)]
    old = [wrong for path in place.folder.glob(f"{COPIED}*.db") for wrong in _wrong_in(path)]
    return broken + old


def _is_whole(path: Path, *, or_none: bool = False) -> bool:
    """Whether a file can be read to its end."""
    if not path.exists():
        return or_none
    if path.suffix == ".pdf":
        with closing(pypdfium2.PdfDocument(path)) as document:
            return len(document) > 0
    with zipfile.ZipFile(path) as archive:
        return archive.testzip() is None


def _wrong_in(path: Path) -> Iterator[str]:
    """What is wrong with an old file after the kill, when it is opened again; it goes then."""
    for copy in (path.parent / "备份").glob(f"备份_{path.stem}_*.db"):
        verify(copy)
        copy.unlink()
    with closing(open_database(path)) as database:
        yield from (f"{path.name}: {each}" for each in faults(database))
        if not database.read(f"SELECT 1 FROM {Person.table}"):
            yield f"{path.name} has lost its people"
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()
    for copy in (path.parent / "备份").glob(f"备份_{path.stem}_*.db"):
        copy.unlink()
