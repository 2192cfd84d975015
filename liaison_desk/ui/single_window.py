"""One window for each data file: a second start brings the first window forward."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from pathlib import Path

CONNECT_MS = 500


class SingleWindow(QObject):
    """Hears of a second start on the file that is open here."""

    called = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._answer)

    def listen(self, path: Path) -> None:
        """Hear of starts on this file; its lock is held, so a socket left there is a dead one."""
        self.close()
        QLocalServer.removeServer(server_name(path))
        self._server.listen(server_name(path))

    def close(self) -> None:
        """Hear of nothing any more."""
        self._server.close()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnectFromServer()
            socket.deleteLater()
        self.called.emit()


def bring_forward(path: Path) -> bool:
    """Ask the window that has the file open to come forward; whether there is one."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(path))
    if not socket.waitForConnected(CONNECT_MS):
        return False
    socket.disconnectFromServer()
    return True


def server_name(path: Path) -> str:
    """The name under which the window of a file can be called."""
    return "liaison-desk-" + hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
