"""The content of attachments: each kept once, by SHA-256, in the data file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison_desk.store.database import Database


class AttachmentContents:
    """Content in and out by its hash."""

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

    def read(self, sha256: str) -> bytes | None:
        """Content by its hash, or None."""
        rows = self._database.read(
            "SELECT bytes FROM attachment_content WHERE sha256 = ?", (sha256,)
        )
        return bytes(rows[0]["bytes"]) if rows else None
