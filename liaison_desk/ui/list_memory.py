"""What is remembered of a list from one day to the next: columns, their widths, the order."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings


@dataclass(frozen=True)
class ListMemory:
    """The look of one list.

    Attributes:
        widths: px by head, at `zoom` percent.
        zoom: the size of the text when they were measured.
        shown: the heads in order; none when the page's own columns are shown.
        order: paths to sort by; none for the type's own order.
    """

    widths: dict[str, int] = field(default_factory=dict)
    zoom: int = 100
    shown: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    def keep(self, settings: QSettings, key: str) -> None:
        """Write it down."""
        settings.setValue(f"{key}/columns", json.dumps(asdict(self), ensure_ascii=False))

    @classmethod
    def read(cls, settings: QSettings, key: str) -> ListMemory | None:
        """What was written down; None when there is nothing, or nothing that can be read."""
        try:
            kept = json.loads(str(settings.value(f"{key}/columns", "")))
            return cls(
                {str(head): int(width) for head, width in kept["widths"].items()},
                max(int(kept["zoom"]), 1),
                tuple(map(str, kept.get("shown", ()))),
                tuple(map(str, kept.get("order", ()))),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def width(self, head: str, zoom: int) -> int:
        """A width in px for another size of text; 0 when none is known."""
        return self.widths.get(head, 0) * zoom // self.zoom
