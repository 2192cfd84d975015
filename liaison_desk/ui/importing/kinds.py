"""Of which records offices keep tables, known without bringing in the readers of sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record

NO_CELLS = "还没有复制表格。先在 WPS 或 Excel 里选中几行（连同标题）复制，再来粘贴。"
IMPORT_HINT = "有现成的表格就点“导入”，或把文件拖进来。"
_MEMBERS = "membership"
"""Part of a person, yet the roster is a table of them."""
_NO_TABLE_KEPT = frozenset(
    {"office", "code_word", "workflow", "directive", "conversion", "attachment", "packet"}
)


def takes_tables(record_type: type[Record]) -> bool:
    """Whether a list of these records offers 导入; a test holds it to the targets there are."""
    if record_type.table == _MEMBERS:
        return True
    return not record_type.parent and record_type.table not in _NO_TABLE_KEPT
