"""Copies of the data file, each opened and checked before it counts."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.progress import Progress, no_progress
from liaison_desk.store import errors
from liaison_desk.store.database import APPLICATION_ID, BACKUP_FOLDER, Database, read_only
from liaison_desk.store.stopping import stoppable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

DAILY, WEEKLY, MONTHLY = 7, 4, 12
"""How many copies are kept: of the newest days, weeks and months that have one."""

_STEP = 2048
"""Pages copied between two calls of a `Progress`: 8 MB."""
_STALE = 3600
"""Seconds after which an unfinished copy is taken for one that was cut short."""


class Backups:
    """The copies of one data file in a folder, which may hold those of others too.

    Args:
        folder: where the copies go.
        of: the data file's name without its ending; it stands in the name of each copy.
    """

    def __init__(self, folder: Path, of: str = "") -> None:
        self.folder = folder
        self._prefix = f"备份_{of}_" if of else "备份_"
        self._name = re.compile(re.escape(self._prefix) + r"(\d{8}-\d{6})(_升级前)?\.db")

    def newest(self) -> datetime | None:
        """When the newest copy was made (local time), or None; also where none can be seen."""
        try:
            return max(self._made(), default=None)
        except OSError:  # a stick that is half gone
            return None

    def make_if_due(self, source: Path, now: datetime) -> Path | None:
        """Make today's copy unless there is one, and let the oldest go.

        Raises:
            StoreError: the copy could not be made or did not read back well.
        """
        try:
            copies = self._copies_of(source)
        except OSError as error:
            raise self._not_made(error) from error
        # Not "newer than today": a PC whose clock once ran ahead would never copy again.
        if any(moment.date() == now.date() for moment in copies):
            return None
        made = self.make(source, now)
        self._let_old_ones_go(copies, now.date())
        return made

    def make(
        self,
        source: Path,
        now: datetime,
        progress: Progress = no_progress,
        *,
        before_migration: bool = False,
    ) -> Path:
        """Copy a data file, open or not, and check the copy.

        Raises:
            Cancelled: `progress`, which counts in hundredths, raised it; there is no half copy.
            StoreError: the copy could not be made or did not read back well; there is no half
                copy under a final name.
        """
        suffix = "_升级前" if before_migration else ""
        target = self.folder / f"{self._prefix}{now:%Y%m%d-%H%M%S}{suffix}.db"
        part = target.with_suffix(".part")
        if not source.is_file():  # SQLite would make an empty one, and copy that
            raise errors.missing(source)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._drop_unfinished()
            _copy(source, part, progress)
            verify(part, progress)
            part.replace(target)
        except errors.DamagedFile as error:
            raise errors.DamagedFile(
                "备份没有做成：做出的副本读回来不完整，已经丢掉。原来的备份都还在，资料文件没有改动。"
                "请检查备份文件夹所在的磁盘，再备份一次；仍然不成时，请从最近的一份备份打开。"
            ) from error
        except (OSError, sqlite3.DatabaseError) as error:
            raise self._not_made(error) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        return target

    def _made(self) -> dict[datetime, Path]:
        """The daily copies by the time they were made."""
        if not self.folder.is_dir():
            return {}
        found = ((path, self._name.fullmatch(path.name)) for path in self.folder.iterdir())
        made: dict[datetime, Path] = {}
        for path, match in found:
            if match and not match[2]:
                with suppress(ValueError):  # a file that somebody named by hand
                    made[datetime.strptime(match[1], "%Y%m%d-%H%M%S")] = path
        return made

    def _copies_of(self, source: Path) -> dict[datetime, Path]:
        """The daily copies but the data file itself: a clerk may go on working in an old copy."""
        return {
            moment: path
            for moment, path in self._made().items()
            if path.name != source.name or not path.samefile(source)
        }

    def _not_made(self, error: OSError | sqlite3.DatabaseError) -> errors.StoreError:
        """The sentence for a folder that cannot be read or written."""
        is_full = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        reason = "磁盘已满" if is_full else "写不进去"
        return (errors.DiskFull if is_full else errors.StoreError)(
            f"备份没有做成：“{self.folder}”{reason}。资料文件没有改动。"
            "请检查备份文件夹所在的磁盘是否插好、有没有空间。"
        )

    def _let_old_ones_go(self, copies: dict[datetime, Path], today: date) -> None:
        """Delete those of the earlier copies that no rule keeps beside today's."""
        keep = to_keep([today, *(moment.date() for moment in copies)]) | {today}
        for moment, path in copies.items():
            if moment.date() not in keep:
                with suppress(OSError):  # open in another window; it goes next time
                    path.unlink()

    def _drop_unfinished(self) -> None:
        """Delete what a copy that was cut short has left."""
        for path in self.folder.glob("备份_*.part*"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _STALE:
                    path.unlink()


def open_database(path: Path, progress: Progress = no_progress) -> Database:
    """Open a data file, copying an older one into the folder beside it before it is migrated.

    Raises:
        StoreError: see `Database.open`; or the copy could not be made, and the file is as it was.
        Cancelled: `progress` raised it while an older file was migrated; the file is as it was.
    """
    made: list[Path] = []

    def copy(source: Path) -> None:
        backups = Backups(source.parent / BACKUP_FOLDER, source.stem)
        made.append(backups.make(source, datetime.now(), before_migration=True))

    try:
        return Database.open(path, before_migration=copy, progress=progress)
    except Cancelled:
        for needless in made:
            with suppress(OSError):  # open in another program; the clerk may delete it
                needless.unlink()
        raise


def backups_of(database: Database) -> Backups:
    """Where the copies of an open data file go: the folder the clerk chose, or one beside it."""
    chosen, path = database.setting("backup_folder"), database.path
    return Backups(Path(chosen) if chosen else path.parent / BACKUP_FOLDER, path.stem)


def to_keep(days: Iterable[date]) -> set[date]:
    """Which days' copies stay: the newest 7 days, and the last of 4 weeks and 12 months."""
    newest_first = sorted(set(days), reverse=True)
    kept = set(newest_first[:DAILY])
    for count, period in ((WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        last_of: dict[str, date] = {}
        for day in newest_first:
            last_of.setdefault(day.strftime(period), day)
        kept.update(list(last_of.values())[:count])
    return kept


def verify(path: Path, progress: Progress = no_progress) -> None:
    """Read a copy from end to end.

    Raises:
        Cancelled: `progress` raised it.
        DamagedFile: it is not whole.
    """
    with (
        errors.told_while_reading(path),
        closing(read_only(path)) as connection,
        stoppable(connection, lambda: progress(0, 0)),
    ):
        whole = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        linked = connection.execute("PRAGMA foreign_key_check").fetchone() is None
        is_ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if not (whole and linked and is_ours):
        raise errors.damaged(path)


def _copy(source: Path, target: Path, progress: Progress) -> None:
    """Copy a consistent state of a file, even while it is in use.

    In several steps only where somebody sees how far it is: it begins anew after every save of
    another thread.
    """
    pages = -1 if progress is no_progress else _STEP
    for suffix in ("", "-journal", "-wal"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(
            new,
            pages=pages,
            progress=lambda _status, left, total: progress((total - left) * 100 // total, 100),
        )
        new.execute("PRAGMA journal_mode = DELETE")
