"""The office's own wording of wall papers: texts that ship with the program and may be edited."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.domain.office import Office

SHIPPED = Path(__file__).resolve().parents[3] / "resources" / "templates"
RIGHTS, DUTIES, RECEPTION = "member_rights", "office_duties", "reception_steps"
_NUMBERED = re.compile(r"^(\d{1,2})\.\s+")  # Markdown wants a blank there, print does not
_MARKS = re.compile(r"^([#＃]*)\s*")  # as a Chinese keyboard writes them too, blank or no blank
_NAME = re.compile(r"\{\{\s*本室[.．]([^{}]+?)\s*\}\}")


@dataclass(frozen=True)
class Template:
    """A text with its title; each line says whether it is a heading."""

    title: str
    lines: tuple[tuple[bool, str], ...]


def shipped_text(name: str) -> str:
    """Return the text that comes with the program."""
    return (SHIPPED / f"{name}.md").read_text("utf-8")


def read_template(name: str, office: Office, own: Iterable[tuple[str, str]] = ()) -> Template:
    """Read a text and fill the office's values in; the office's own text comes first.

    Args:
        name: of the text.
        office: whose values stand for {{本室.名称}} and the like; an unknown name stays as it is.
        own: the office's own texts with their names.
    """
    text = dict(own).get(name, "") or shipped_text(name)
    filled = _NAME.sub(lambda found: _value(office, found), text)
    lines = [_marked(each.strip()) for each in filled.splitlines() if each.strip()]
    title = next((each for each in lines if each[0] == 1), next(iter(lines), (0, "")))
    body = (each for each in lines if each is not title)
    return Template(title[1], tuple((marks > 0, line) for marks, line in body))


def _marked(line: str) -> tuple[int, str]:
    """How many marks of a heading a line begins with, and what follows them."""
    found = _MARKS.match(line)
    assert found is not None  # it matches nothing as well
    return len(found[1]), _NUMBERED.sub(r"\1.", line[found.end() :])


def _value(office: Office, found: re.Match[str]) -> str:
    """A field of the office by its label, or by the short word for the place."""
    label = {"乡镇": "乡镇（街道）", "县": "县（市、区）"}.get(found[1], found[1])
    for name, kind in office.fields().items():
        if kind.label == label:
            return str(kind.format(getattr(office, name)))
    return found[0]
