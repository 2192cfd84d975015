"""Which data file is opened: the one asked for, the last one or a new one; else another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.services.desk import Desk
from liaison_desk.store.backup import open_database
from liaison_desk.store.errors import FileMissing, StoreError
from liaison_desk.ui import messages
from liaison_desk.ui.setup_wizard import Setup, SetupWizard
from liaison_desk.ui.single_window import bring_forward
from liaison_desk.ui.style import RESOURCES
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings

    from liaison_desk.store.database import Database


@dataclass(frozen=True)
class _Wanted:
    """What is to be opened: a file, nothing, or else a new one that the wizard asks about."""

    file: Path | None = None
    is_nothing: bool = False


class Opening:
    """Opens a data file and holds it until it is let go.

    Args:
        settings: where the file used last is remembered.

    Attributes:
        failed: whether the last file that was tried could not be opened.
    """

    def __init__(self, settings: QSettings) -> None:
        self.failed = False
        self._settings = settings
        self._database: Database | None = None

    def open(self, file: Path | None, use: Callable[[Desk], None]) -> bool:
        """Open a file and use it; one that cannot be opened is told of, and another asked for.

        Args:
            file: the data file; None for the one used last, or a new one.
            use: what to do with its desk; a DeskError it raises is one of the file.

        Returns:
            False when there is nothing to use: the clerk left, or another window has the file.
        """
        wanted = _Wanted(file)
        try:
            wanted = wanted if file is not None else self._last_file()
        except DeskError as error:
            wanted = self._instead(error)
        while not wanted.is_nothing:
            try:
                return self._open_wanted(wanted, use)
            except DeskError as error:
                self.let_go()
                wanted = self._instead(error)
        return False

    def let_go(self) -> None:
        """Close the file, if one is open."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _open_wanted(self, wanted: _Wanted, use: Callable[[Desk], None]) -> bool:
        """Open what is wanted, asking first how to set it up when it is new.

        Raises:
            DeskError: it cannot be opened; nothing has changed.
        """
        path, setup = wanted.file, None
        if path is None or not path.exists():
            setup = SetupWizard.ask(folder=path.parent if path else None)
            if setup is None:
                return False
            path = path if path is not None and setup.is_new_office else setup.data_file
        if bring_forward(path):
            return False
        desk = self._desk_of(path, setup)
        if desk is None:
            return False
        self.failed = False
        self._settings.setValue("data_file", str(path.resolve()))
        use(desk)
        return True

    def _desk_of(self, path: Path, setup: Setup | None) -> Desk | None:
        """Open the file; fill a new one as the wizard decided; None when she cancelled it."""
        self._database = _open_off_thread(path)
        desk = Desk(self._database)
        if desk.office is None:
            setup = setup or SetupWizard.ask(folder=path.parent)
            if setup is None:
                self.let_go()
                return None
            _set_up(desk, setup)
        office = desk.office
        desk.operator = office.clerk if office else ""
        return desk

    def _instead(self, error: DeskError) -> _Wanted:
        """Say what was wrong, and ask for another file."""
        self.failed = True
        answer = messages.ask_other_file(str(error))
        if answer == messages.SET_UP:
            return _Wanted()
        return _Wanted(file=answer) if isinstance(answer, Path) else _Wanted(is_nothing=True)

    def _last_file(self) -> _Wanted:
        """The file used last.

        Raises:
            FileMissing: it is not where it was, as on a stick that is not plugged in.
        """
        last = str(self._settings.value("data_file", "") or "")
        if not last:
            return _Wanted()
        if not Path(last).exists():
            raise FileMissing(
                f"找不到上次用的资料文件：\n{last}\n如果它在U盘或移动硬盘上，请插好后重新打开程序；"
                "如果已经搬到别处，请点“打开别的资料文件”。资料没有改动。"
            )
        return _Wanted(file=Path(last))


def _open_off_thread(path: Path) -> Database:
    """Open a data file, with a progress line when it is of an older version and takes a while.

    Raises:
        StoreError: see `open_database`; or the clerk pressed 取消. The file is as it was.
    """
    try:
        return run_task(
            None,
            "正在打开资料文件",
            lambda progress: open_database(
                path, lambda done, total: progress(done, total, "正在为新版本整理资料")
            ),
        )
    except Cancelled as error:
        raise StoreError(
            f"已取消，资料文件“{path.name}”没有改动，还和原来一样，原来的版本仍能打开它。"
            "要用这个版本，请重新打开程序，等它整理完。"
        ) from error


def _set_up(desk: Desk, setup: Setup) -> None:
    """Carry out what the wizard decided."""
    with desk.database.transaction():
        desk.database.set_setting("backup_folder", str(setup.backup_folder))
    if setup.is_sample:
        from liaison_desk.services.sample import fill_sample  # not needed on other mornings

        fill_sample(desk, RESOURCES / "sample")
    elif setup.office is not None:
        desk.set_up(setup.office)
