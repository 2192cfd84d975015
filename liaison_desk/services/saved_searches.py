"""常用查找: what a list was narrowed to, kept under a name in the data file."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.filters import WAYS, Filter, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk


@dataclass(frozen=True)
class SavedSearch:
    """The words, narrowings, order and columns of a list under a name.

    Attributes:
        name: what the clerk calls it.
        words: what stood in the filter line.
        filters: the narrowings by field.
        order: paths to sort by, as in `ListQuery`; none for the type's own order.
        columns: the heads of the columns; none for the page's own.
    """

    name: str
    words: str = ""
    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


class SavedSearches:
    """Those of one type of record, in the clerk's order; they travel with the data file."""

    def __init__(self, desk: Desk, record_type: type[Record]) -> None:
        self._database = desk.database
        self._record_type = record_type
        self._setting = f"searches.{record_type.table}"

    def all(self) -> list[SavedSearch]:
        """What is kept; what this version does not know, or was damaged by hand, is left out."""
        kept = self._database.setting_list(self._setting)
        return [each for each in map(self._read, kept) if each is not None]

    def keep(self, search: SavedSearch) -> None:
        """Keep one; it takes the place of the one that has its name.

        Raises:
            StoreError: the data file could not be written.
        """
        every = self.all()
        names = [each.name for each in every]
        if search.name in names:
            every[names.index(search.name)] = search
        else:
            every.append(search)
        self.keep_all(every)

    def keep_all(self, searches: Sequence[SavedSearch]) -> None:
        """Keep just these, in this order.

        Raises:
            StoreError: the data file could not be written.
        """
        with self._database.transaction():
            self._database.set_setting_list(self._setting, [asdict(each) for each in searches])

    def _read(self, kept: Any) -> SavedSearch | None:  # noqa: ANN401  # whatever stands there
        """One as it was kept, by this version or another; None when it is none."""
        try:
            filters = [
                Filter(str(each["path"]), str(each["way"]), tuple(map(str, each["values"])))
                for each in kept["filters"]
            ]
            found = SavedSearch(
                str(kept["name"]),
                str(kept["words"]),
                order=tuple(path for path in kept["order"] if self._is_path(path.lstrip("-"))),
                columns=tuple(map(str, kept["columns"])),
            )
        except (KeyError, TypeError, AttributeError):
            return None
        return replace(found, filters=tuple(each for each in filters if self._is_sound(each)))

    def _is_path(self, path: str) -> bool:
        return kind_of(self._record_type, path) is not None

    def _is_sound(self, narrowing: Filter) -> bool:
        return narrowing.way in WAYS and narrowing.is_sound(self._record_type)
