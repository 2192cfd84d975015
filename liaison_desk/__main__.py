"""Start: the window, or one deed from the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from liaison_desk import cli

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.desk import Desk


def main() -> int:
    """Do what the command line asks for; the exit code."""
    return cli.run(sys.argv[1:], open_window=open_window, take_pictures=take_pictures)


def open_window(file: Path | None, quit_after_paint: bool) -> int:
    """Show the window; Qt is loaded only now."""
    from liaison_desk import app

    return app.open_window(file, quit_after_paint=quit_after_paint)


def take_pictures(desk: Desk, folder: Path) -> list[Path]:
    """Save a picture of each page; Qt is loaded only now."""
    from liaison_desk import app

    return app.take_pictures(desk, folder)


if __name__ == "__main__":
    sys.exit(main())
