"""A form filled in for a record: what its names stand for, what is told of it, where it goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import DeskError
from liaison_desk.domain.office import Office
from liaison_desk.exports.form_names import FormValues
from liaison_desk.ui.printing.files import free_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from liaison_desk.domain.record import Record
    from liaison_desk.exports.fill_in import FilledForm
    from liaison_desk.services.desk import Desk

FORMS = "表格和文档 (*.xlsx *.docx);;所有文件 (*)"
MOST_TOLD = 8
"""Of names that mean nothing, so many are told; the rest are counted."""
LONGEST_NAME = 60
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


class OverTheForm(DeskError):
    """The filled form would take the place of the empty one."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”是原来的空表，盖掉就不能再用了，所以没有存。请换一个文件名或文件夹。"
        )


def values_for(desk: Desk, record: Record | None, *, show_personal: bool) -> FormValues:
    """What the names stand for; on a county desk a record may be a township's."""
    own = record.office if record is not None else ""
    office = (own and desk.get(Office, own)) or desk.office or Office()
    return FormValues(desk, office, desk.today, record, show_personal=show_personal)


def caption_of(desk: Desk, record: Record | None) -> str:
    """What a form is about, in one line."""
    if record is None:
        return desk.office.place if desk.office is not None else ""
    return (desk.caption(record.table, record.id) or record.caption).replace("\n", "")


def file_name(desk: Desk, form: Path, record: Record | None) -> str:
    """What the filled form is called, without ending."""
    name = f"{form.stem}（{caption_of(desk, record)}）"
    return _NOT_IN_NAMES.sub(" ", name)[:LONGEST_NAME].strip()


def places_for(names: Sequence[str], folder: Path, ending: str) -> list[Path]:
    """A path for each of some names that no file has yet, nor another of them."""
    places: list[Path] = []
    for name in names:
        place, number = free_path(folder, name, ending), 1
        while place in places:
            number += 1
            place = free_path(folder, f"{name}（{number}）", ending)
        places.append(place)
    return places


def must_be_other(path: Path, form: Path) -> None:
    """Refuse to write over the empty form.

    Raises:
        OverTheForm: it is the same file, by whatever way.
    """
    if path.exists() and path.samefile(form):
        raise OverTheForm(form.name)


def what_is_in(form: FilledForm) -> str:
    """What a form asks for, and which of it nobody knows."""
    if not form.names and not form.unknown:
        return "这张表里还没有写名字。在下面点一个名字，粘贴到表里要填的地方，存好后再填。"
    known = sum(each not in form.unknown for each in form.names)
    return f"表里认得 {known} 个名字。{unknown_names(form)}"


def unknown_names(form: FilledForm) -> str:
    """The names that mean nothing, as a sentence; "" when there are none."""
    if not form.unknown:
        return ""
    told = "、".join(f"{{{{{each}}}}}" for each in form.unknown[:MOST_TOLD])
    rest = f"等 {len(form.unknown)} 个" if len(form.unknown) > MOST_TOLD else ""
    return f"不认识的名字{rest}照原样留在表里：{told}。在下面查到对的名字，改好表再填。"
