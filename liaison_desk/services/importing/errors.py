"""What can be wrong with a file that is to be imported, in sentences for the clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from pathlib import Path

SAVE_AS = "请用 WPS 或 Excel 打开它，选“另存为”，类型选“Excel 工作簿（*.xlsx）”，再导入新存的文件。"


class SourceUnreadable(DeskError):
    """The file cannot be read as a table; nothing has changed."""


class SheetTooLarge(SourceUnreadable):
    """The file or sheet is beyond what is read; it was refused before reading."""


class ImportBlocked(DeskError):
    """Something the import needs is still to be filled in."""

    def __init__(self, what: str) -> None:
        super().__init__(f"没有导入，资料没有改动。{what}")


class PlanOutdated(DeskError):
    """The records have changed since the preview was made."""

    def __init__(self) -> None:
        super().__init__("预览之后资料有过改动，没有导入，资料没有改动。请重新预览一次再导入。")


def unreadable(path: Path, what: str, what_next: str) -> SourceUnreadable:
    """A sentence of the usual shape: which file, what is wrong, nothing changed, what to do."""
    return SourceUnreadable(f"“{path.name}”{what}，没有导入，资料没有改动。{what_next}")


def too_large(path: Path, what: str, what_next: str) -> SheetTooLarge:
    """The same for a file that is too large."""
    return SheetTooLarge(f"“{path.name}”{what}，没有导入，资料没有改动。{what_next}")


def damaged(path: Path) -> SourceUnreadable:
    """The file began as a workbook but cannot be read in full."""
    return unreadable(
        path,
        "已损坏，读不完整",
        "请向发文单位重新要一份，或从U盘重新复制；能用 WPS 打开的话，另存为 .xlsx 再导入。",
    )


def with_password(path: Path) -> SourceUnreadable:
    """The workbook is encrypted."""
    return unreadable(
        path,
        "设了打开密码",
        "请用 WPS 或 Excel 输入密码打开，去掉密码后另存为 .xlsx，再导入新存的文件。",
    )
