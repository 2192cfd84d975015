"""The office's own wording of what hangs on its walls; kept beside the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.services.desk import Desk


def own_texts(desk: Desk, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Those of some texts that the office has worded itself, each with its name."""
    found = ((name, desk.database.setting(_setting(name))) for name in names)
    return tuple((name, text) for name, text in found if text)


def keep_text(desk: Desk, name: str, text: str) -> None:
    """Keep the office's own wording of a text; "" takes it back to the one that was shipped."""
    with desk.database.transaction():
        desk.database.set_setting(_setting(name), text)


def _setting(name: str) -> str:
    return f"wall_text {name}"
