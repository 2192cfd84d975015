"""What a packet says, once it has been verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.office import Office

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from liaison_desk.store.stored import StoredRecord


@dataclass(frozen=True)
class Manifest:
    """What a packet says about itself.

    Attributes:
        desk: id of the desk that made it.
        office: id of the office it comes from; every record in it is that office's.
        name: that office's name.
        year: the year the number is of.
        number: the packet's number in that year.
        period: first and last day of the period.
        stamp: the highest stamp in it.
        counts: living records by table.
        removed: how many removals it tells of.
        entries: size in bytes and SHA-256 of every entry it vouches for, by name.
    """

    desk: str
    office: str
    name: str
    year: int
    number: int
    period: tuple[date, date]
    stamp: str
    counts: Mapping[str, int]
    removed: int
    entries: Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class PacketContent:
    """A packet every byte and record of which has been verified.

    Attributes:
        path: the file; its attachments are read from it when they are taken in.
        sha256: of the whole file.
        manifest: what it says about itself.
        records: living ones with the columns that travelled, removed ones with `removed_at` and at
            most their name.
        attachments: the entry that holds the content of each SHA-256 its attachments name.
    """

    path: Path
    sha256: str
    manifest: Manifest
    records: tuple[StoredRecord, ...]
    attachments: Mapping[str, str]

    @property
    def place(self) -> str:
        """The township's own name, for sentences."""
        for each in self.records:
            if each.table == Office.table and each.id == self.manifest.office:
                county, township = each.columns.get("county"), each.columns.get("township")
                is_county = each.columns.get("level") == "县级"
                return str((county if is_county else township) or self.manifest.name)
        return self.manifest.name
