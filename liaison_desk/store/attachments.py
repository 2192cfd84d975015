"""The content of attachments: each kept once, by SHA-256, in the data file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from liaison_desk.store import errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from liaison_desk.store.database import Database

CHUNK = 1 << 20
"""How many bytes of a content are in memory at a time when it goes in or out in pieces."""


class NotAsHashed(Exception):
    """The pieces of a content are not those its SHA-256 was made of."""


class AttachmentContents:
    """Content in and out by its hash, whole or in pieces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, content: bytes) -> str:
        """Keep content, once; call it inside a transaction.

        Returns:
            Its SHA-256 in hexadecimal.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        self._database.connection.execute(
            "INSERT OR IGNORE INTO attachment_content VALUES (?, ?)", (sha256, content)
        )
        return sha256

    def add_pieces(self, sha256: str, size: int, pieces: Iterable[bytes]) -> None:
        """Keep content of `size` bytes piece by piece, once; call it inside a transaction.

        Raises:
            NotAsHashed: the pieces are other ones; the transaction must not be committed.
        """
        if self.has(sha256):
            return
        connection = self._database.connection
        row = connection.execute(
            "INSERT INTO attachment_content VALUES (?, zeroblob(?))", (sha256, size)
        ).lastrowid
        assert row is not None
        digest, done = hashlib.sha256(), 0
        with connection.blobopen("attachment_content", "bytes", row) as blob:
            for piece in pieces:
                done += len(piece)
                if done > size:
                    raise NotAsHashed
                digest.update(piece)
                blob.write(piece)
        if digest.hexdigest() != sha256:
            raise NotAsHashed

    def has(self, sha256: str) -> bool:
        """Whether the content is here."""
        return self._row(sha256) is not None

    def read(self, sha256: str) -> bytes | None:
        """Content by its hash, or None."""
        rows = self._database.read(
            "SELECT bytes FROM attachment_content WHERE sha256 = ?", (sha256,)
        )
        return bytes(rows[0]["bytes"]) if rows else None

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """The content piece by piece; none when it is lost.

        Raises:
            NotAsHashed: after the last piece, when the content is damaged.
        """
        row = self._row(sha256)
        if row is None:
            return
        digest = hashlib.sha256()
        with (
            errors.told_while_reading(self._database.path),
            self._database.connection.blobopen(
                "attachment_content", "bytes", row, readonly=True
            ) as blob,
        ):
            while piece := blob.read(CHUNK):
                digest.update(piece)
                yield piece
        if digest.hexdigest() != sha256:
            raise NotAsHashed

    def _row(self, sha256: str) -> int | None:
        """Where SQLite keeps the content."""
        rows = self._database.read(
            "SELECT rowid FROM attachment_content WHERE sha256 = ?", (sha256,)
        )
        return int(rows[0]["rowid"]) if rows else None
