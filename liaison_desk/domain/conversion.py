"""What was turned into what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.declare import day, link, text
from liaison_desk.domain.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

FROM, INTO = "from_", "into_"


@dataclass(frozen=True, kw_only=True)
class Conversion(Record):
    """One record that was turned into another: just one of `from_*`, just one of `into_*`."""

    table = "conversion"
    title = "转办关系"
    headline = "converted_on"
    order = ("converted_on",)

    from_topic: str | None = link("由议题", to="topic", searched=False)
    from_opinion: str | None = link("由社情民意", to="opinion", searched=False)
    from_proposal: str | None = link("由提案", to="proposal", searched=False)
    from_matter: str | None = link("由办理事项", to="matter", searched=False)
    from_visitor: str | None = link("由来访群众", to="visitor", searched=False)
    from_activity: str | None = link("由活动", to="activity", searched=False)
    from_directive: str | None = link("由县级交办", to="directive", searched=False)
    from_dissent: str | None = link("由未达成共识的意见", to="dissent", searched=False)
    into_topic: str | None = link("转为议题", to="topic", searched=False)
    into_opinion: str | None = link("转为社情民意", to="opinion", searched=False)
    into_proposal: str | None = link("转为提案", to="proposal", searched=False)
    into_matter: str | None = link("转为办理事项", to="matter", searched=False)
    converted_on: date | None = day("转办日期", required=True, listed=True)
    note: str = text("说明", listed=True)

    @property
    def source(self) -> tuple[str, str]:
        """Table and id of what was turned."""
        return next(self._filled(FROM), ("", ""))

    @property
    def target(self) -> tuple[str, str]:
        """Table and id of what it became."""
        return next(self._filled(INTO), ("", ""))

    def ends(self, way: str) -> list[tuple[str, str]]:
        """Tables and ids on one side, `FROM` or `INTO`."""
        return list(self._filled(way))

    def _filled(self, way: str) -> Iterator[tuple[str, str]]:
        for name, kind in self.links().items():
            if name.startswith(way) and getattr(self, name):
                yield kind.to, getattr(self, name)
