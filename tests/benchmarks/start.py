"""From starting the program to its painted window, against a bare PySide6 window."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from liaison_desk.services.desk import Desk
from liaison_desk.store.database import Database
from tests import factory
from tests.benchmarks.ratio import Missing, Ratio, compare

REPOSITORY = Path(__file__).resolve().parents[2]
BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)

application = QApplication(sys.argv)
window = Window()
window.show()
application.exec()
"""


def measure(folder: Path, *, is_tiny: bool = False) -> tuple[Ratio, ...]:
    """Start each as a process of its own that ends when its window has been painted.

    Raises:
        Missing: a module of the program is not in the checkout.
    """
    data = folder / "start.db"
    database = Database.open(data)
    Desk(database, operator="李文书", now=factory.Clock()).set_up(factory.office())
    database.close()
    program = ["-m", "liaison_desk", "--file", str(data), "--quit-after-paint"]
    repeats = 1 if is_tiny else 15
    return (
        compare(
            "start to first painted window / bare PySide6 window",
            lambda: _run(folder, *program),
            lambda: _run(folder, "-c", BARE),
            repeats,
        ),
    )


def _run(home: Path, *arguments: str) -> None:
    """Run Python to its end, with settings of its own under `home`.

    Bytecode is kept from the first start, as it is where the program is installed.
    """
    environment = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    command = [sys.executable, *arguments]
    ended = subprocess.run(
        command, cwd=REPOSITORY, env=environment, timeout=120, capture_output=True, text=True
    )
    absent = re.search(r"ModuleNotFoundError: No module named '(liaison_desk[.\w]*)'", ended.stderr)
    if absent:
        raise Missing(absent[1])
    if ended.returncode:
        raise RuntimeError(f"{command} ended with {ended.returncode}: {ended.stderr}")
