"""Records that come into being when a name is typed that nobody bears yet."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from liaison_desk.domain.fields import WrongText
from liaison_desk.domain.record import with_values
from liaison_desk.ui.name_index import is_no_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.domain.record import Record


def new_called(record_type: type[Record], name: str) -> Record:
    """A new record of a name, with its id.

    Raises:
        WrongText: it is no name, but the letters a name is looked up by.
    """
    if is_no_name(name):
        raise WrongText(f"没有找到“{name}”，新的名称请输汉字")
    named = {"id": str(uuid4()), "name": record_type.fields()["name"].parse(name)}
    return with_values(record_type(), named)


class NewRecords:
    """Those of one page, by id; they are saved with what names them, or forgotten."""

    def __init__(self) -> None:
        self._by_id: dict[str, Record] = {}

    def forget(self) -> None:
        """Another record is shown."""
        self._by_id.clear()

    def adopt(self, records: Iterable[Record]) -> None:
        """Take over new records of another part, so that a name typed twice is one record."""
        adopted = {each.id: each for each in records}
        named = {(each.table, each.caption) for each in adopted.values()}
        own = {k: v for k, v in self._by_id.items() if (v.table, v.caption) not in named}
        self._by_id = own | adopted

    def make(self, record_type: type[Record], name: str) -> str:
        """The id of a new record of that name.

        Raises:
            WrongText: see `new_called`.
        """
        made = new_called(record_type, name)
        self._by_id[made.id] = made
        return made.id

    def get(self, record_id: str | None) -> Record | None:
        """The new record with that id."""
        return self._by_id.get(record_id or "")

    def ids(self, table: str) -> dict[str, str]:
        """The ids of the new records of a table, by name."""
        return {each.caption: each.id for each in self._by_id.values() if each.table == table}

    def those(self, ids: Iterable[str | None]) -> list[Record]:
        """The records of those ids that are new, each once."""
        return [self._by_id[each] for each in dict.fromkeys(ids) if each in self._by_id]
