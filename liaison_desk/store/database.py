"""One data file: opening it safely, reading it, and changing it in one step or not at all."""

from __future__ import annotations

import errno
import glob
import json
import sqlite3
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from filelock import FileLock, Timeout

from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.progress import Progress, no_progress
from liaison_desk.store import disks, errors
from liaison_desk.store.search import sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

APPLICATION_ID = 0x4C444B31
"""`LDK1` in the file's header marks it as ours."""
SCHEMA_VERSION = 4
"""How many steps `migrations` has; an up-to-date file is opened without reading them."""
BACKUP_FOLDER = "备份"
"""The folder beside a data file that its copies go to unless the clerk has chosen another."""
_MAGIC = b"SQLite format 3\x00"


class Database:
    """An open data file, with one connection for each thread that uses it.

    Readers see the last committed state while another thread writes (WAL). Only one process has
    the file open: a lock file beside it is held, and freed by the system when the process dies.
    """

    def __init__(self, path: Path, lock: FileLock) -> None:
        self.path = path
        self._lock = lock
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._guard = threading.Condition()
        self._apart: set[sqlite3.Connection] = set()
        self._reads = 0
        self._is_waiting = False
        self._is_closing = False

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        before_migration: Callable[[Path], None] | None = None,
        progress: Progress = no_progress,
    ) -> Database:
        """Open a data file; a missing or empty one becomes a new one.

        Args:
            path: the file.
            before_migration: called with the path of an older file before it is migrated.
            progress: told how far the migration of an older file is.

        Raises:
            StoreError: the file is foreign, newer, damaged, emptied, read-only or in use; it is
                unchanged.
            Cancelled: `progress` raised it; the file is unchanged.
        """
        header = _header(path)
        if not header:
            _refuse_emptied(path)
        lock = _lock(path)
        try:
            is_new = _is_new(path, header)
            if not is_new:
                _check_whole(path)
            database = cls(path, lock)
            try:
                with errors.told_while_reading(path):
                    database._prepare(None if is_new else before_migration, progress)
            except BaseException:
                database.close()
                raise
        except BaseException:
            lock.release()
            raise
        return database

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._connect()
            self._local.connection = found
        return found

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside happens, or nothing does; no second one inside.

        Raises:
            StoreError: the disk is full, the file read-only or damaged; nothing has changed.
        """
        connection = self.connection
        with errors.told_in_chinese(self.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever another thread writes meanwhile."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def read(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """The rows of a query.

        Raises:
            StoreError: the file cannot be read.
            Cancelled: it is being closed by another thread.
        """
        with self._guard:
            if self._is_waiting:
                raise Cancelled
            self._reads += 1
        try:
            with errors.told_while_reading(self.path):
                return self.connection.execute(sql, values).fetchall()
        finally:
            with self._guard:
                self._reads -= 1

    @contextmanager
    def apart(self) -> Iterator[sqlite3.Connection]:
        """This thread reads by a connection of its own, that another thread may interrupt.

        Raises:
            Cancelled: the file is being closed.
        """
        with self._guard:
            if self._is_closing:
                raise Cancelled
            connection = self.connection
            self._apart.add(connection)
        try:
            yield connection
        finally:
            del self._local.connection
            with self._guard:  # `close` may not interrupt what is closed already
                connection.close()
                self._apart.discard(connection)
                self._connections.remove(connection)
                self._guard.notify_all()

    def setting(self, name: str) -> str:
        """One of the desk's own settings, or ""."""
        rows = self.read("SELECT value FROM setting WHERE name = ?", (name,))
        return str(rows[0]["value"]) if rows else ""

    def set_setting(self, name: str, value: str) -> None:
        """Change one of the desk's own settings; call it inside a transaction."""
        self.connection.execute(
            "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value)
        )

    def setting_list(self, name: str) -> list[Any]:
        """A setting that holds a list; one that was damaged by hand holds none."""
        try:
            found = json.loads(self.setting(name) or "[]")
        except (ValueError, RecursionError):
            return []
        return found if isinstance(found, list) else []

    def set_setting_list(self, name: str, values: Sequence[object]) -> None:
        """Change a setting that holds a list; call it inside a transaction."""
        self.set_setting(name, json.dumps(values, ensure_ascii=False))

    def close(self) -> None:
        """Let the file go; the last connection folds the WAL into it.

        What is being read is waited for, what is read apart is interrupted as well: SQLite may
        not lose a connection at work.
        """
        self._is_closing = True
        with self._guard:
            self._is_waiting = True
            while self._apart or self._reads:
                for connection in self._apart:
                    connection.interrupt()
                self._guard.wait(0.05)
            for connection in self._connections:
                connection.close()
            self._connections.clear()
            self._is_waiting = False
        self._local = threading.local()
        self._lock.release()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, isolation_level=None, check_same_thread=False, timeout=10
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -16000")
        connection.create_function("sort_key", 1, sort_key, deterministic=True)
        with self._guard:
            self._connections.append(connection)
        return connection

    def _prepare(self, before_migration: Callable[[Path], None] | None, progress: Progress) -> None:
        """Bring the file's schema up to date."""
        connection = self.connection
        mode = "WAL" if disks.is_local(self.path) else "DELETE"
        connection.execute(f"PRAGMA journal_mode = {mode}")
        if connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
            return
        if before_migration is not None:
            progress(0, 0)
            before_migration(self.path)
        migrate(connection, progress=progress)


def migrate(
    connection: sqlite3.Connection,
    *,
    stop_before: str | None = None,
    progress: Progress = no_progress,
) -> None:
    """Bring a file's schema up to date, all steps or none.

    Foreign keys are off meanwhile (SQLite cannot rebuild a referenced table with them on) and
    checked before the commit. The search index is made anew: records may have got more words.

    Raises:
        Cancelled: `progress` raised it; nothing has changed.
    """
    from liaison_desk.store.migrations import apply_migrations  # brings sqlite-utils, 50 ms
    from liaison_desk.store.search_mending import rebuild

    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        done = apply_migrations(connection, stop_before=stop_before)
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise sqlite3.IntegrityError(f"a migration broke a link of {broken[0]}")
        if stop_before is None:
            rebuild(connection, progress)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {done}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # on a full disk SQLite has taken it back already
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that leaves a file and what lies beside it as they are.

    Where a change was cut short its journal has to be taken into account: only then does SQLite
    get to write beside the file, or, for a rollback journal, into it.
    """
    if _has_content(path, "-journal"):
        return sqlite3.connect(path)
    where = path.absolute().as_posix()
    rooted = where if where.startswith("/") else f"/{where}"
    host = "//" if rooted.startswith("//") else ""  # a share of a Windows network
    options = "mode=ro" if _has_content(path, "-wal") else "mode=ro&immutable=1"
    return sqlite3.connect(f"file:{host}{quote(rooted, safe='/:')}?{options}", uri=True)


def _header(path: Path) -> bytes:
    """The first 100 bytes, none for a file to be made; refuse what is no data file at sight."""
    if path.is_dir():
        raise errors.ForeignFile(f"“{path}”是文件夹，不是资料文件。请选择资料文件。")
    if not path.parent.is_dir():
        raise errors.FileMissing(f"找不到文件夹“{path.parent}”。请插好U盘或另选一个文件夹。")
    try:
        with path.open("rb") as file:
            header = file.read(100)
        if header and (header[:16] != _MAGIC or len(header) < 100):
            raise _foreign(path)
        with path.open("r+b"):
            pass  # SQLite falls back to reading without a word, and fails at the first save
    except FileNotFoundError:
        return b""
    except OSError as error:
        is_fixed = error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}
        raise (errors.read_only if is_fixed else errors.unreadable)(path) from error
    return header


def _refuse_emptied(path: Path) -> None:
    """Refuse an empty file that has held a desk: taking it for a new one would hide the loss.

    SQLite would also delete the changes that wait beside it, perhaps the last ones left.
    """
    if not path.exists():
        return
    if _has_content(path, "-wal"):
        raise errors.emptied(path)
    folder = path.parent / BACKUP_FOLDER
    own = f"备份_{glob.escape(path.stem)}_*.db"
    copies = sorted(folder.glob(own)) or sorted(folder.glob("备份_[0-9]*.db"))
    if copies:
        raise errors.emptied(path, copies[-1])


def _lock(path: Path) -> FileLock:
    """Hold the lock file beside a data file."""
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise errors.in_use(path) from error
    except OSError as error:
        raise errors.read_only(path) from error
    return lock


def _is_new(path: Path, header: bytes) -> bool:
    """Whether there is nothing in the file yet; refuse one that is foreign or newer."""
    if not header:
        return True
    version = int.from_bytes(header[60:64], "big")
    application = int.from_bytes(header[68:72], "big")
    if _has_content(path, "-wal") or application == version == 0:
        # The header is old when we were stopped before the WAL was folded into the file.
        with errors.told_while_reading(path), closing(read_only(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            is_bare = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
        if application == version == 0 and is_bare:
            return True
    if application != APPLICATION_ID:
        raise _foreign(path)
    if version > SCHEMA_VERSION:
        raise errors.NewerFile(
            f"资料文件“{path.name}”是更新版本的联络台做的，这个版本打不开。"
            "资料没有改动。请安装新版本后再打开。"
        )
    return False


def _check_whole(path: Path) -> None:
    """Refuse a damaged file before anything is written to it."""
    with errors.told_while_reading(path), closing(read_only(path)) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise errors.damaged(path)


def _has_content(path: Path, suffix: str) -> bool:
    """Whether a file of SQLite's beside the data file holds anything."""
    beside = path.with_name(path.name + suffix)
    return beside.is_file() and beside.stat().st_size > 0


def _foreign(path: Path) -> errors.ForeignFile:
    """The sentence for a file that is not ours."""
    return errors.ForeignFile(
        f"“{path.name}”不是联络台的资料文件，没有打开，也没有改动它。请另选一个文件。"
        "如果它以前能打开，说明文件开头已损坏，请从备份文件夹里选最近的一份备份打开。"
    )
