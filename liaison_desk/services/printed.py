"""Which papers of a record were printed or saved, and when; kept beside the records."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.services.desk import Desk

OFFICE = "office"
"""Stands for a record where a paper is of the whole office."""


def printed_on(desk: Desk, record_id: str) -> dict[str, date]:
    """The day each paper of a record was last printed or saved, by the paper's key."""
    kept = json.loads(desk.database.setting(_name(record_id)) or "{}")
    return {key: date.fromisoformat(day) for key, day in kept.items()}


def note_printed(desk: Desk, papers: Iterable[tuple[str, str]]) -> None:
    """Keep that papers were printed today.

    Args:
        desk: the open desk.
        papers: the key of each paper, and the id of its record or "".
    """
    by_record: dict[str, list[str]] = {}
    for key, record_id in papers:
        by_record.setdefault(record_id, []).append(key)
    today = desk.today.isoformat()
    with desk.database.transaction():
        for record_id, keys in by_record.items():
            name = _name(record_id)
            kept = json.loads(desk.database.setting(name) or "{}")
            desk.database.set_setting(name, json.dumps(kept | dict.fromkeys(keys, today)))


def note_personal(desk: Desk, deed: str, titles: Iterable[str]) -> None:
    """Let the history tell that papers went out with full telephone and identity numbers.

    Args:
        desk: the open desk.
        deed: 打印 or 存为PDF.
        titles: what the papers are called.
    """
    desk.note(f"{deed}{'、'.join(dict.fromkeys(titles))}（写出了完整的手机、身份证号）")


def _name(record_id: str) -> str:
    return f"printed {record_id or OFFICE}"
