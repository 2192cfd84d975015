"""Tables kept as text: .csv, and what many systems hand out as a fake .xls."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from liaison_desk.services.importing import errors
from liaison_desk.services.importing.sheet import MAX_COLUMNS, MAX_ROWS, Row, Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from liaison_desk.services.progress import Progress

_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_MARKUP = re.compile(r"\s*(<\?xml|<!doctype|<html|<table|<head|<meta|<style|mime-version:)", re.I)
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_text(path: Path, content: bytes, progress: Progress) -> Sheet:
    """Read columns divided by tabs, commas or semicolons, in UTF-8, UTF-16 or GB 18030.

    Raises:
        RosterUnreadable: it is no text, or a web page.
    """
    text = _decoded(content)
    if text is None or text.startswith(("%PDF", "{\\rtf")):
        raise errors.unreadable(path, "不是表格文件", "请选择县里下发的 .xlsx 或 .xls 名册。")
    if _MARKUP.match(text):
        raise errors.unreadable(path, "其实是网页，不是真正的 Excel 表格", errors.SAVE_AS)
    rows = []
    source = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for number, cells in enumerate(source, 1):
            if number % 200 == 0:
                progress(0, 0)
            if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise errors.too_large(path, "太大，不像名册", "请拆成几个文件再导入。")
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, tuple(cells)))
    except csv.Error as error:
        raise errors.unreadable(path, "不是表格文件", errors.SAVE_AS) from error
    return Sheet(path.stem, tuple(rows))


def _decoded(content: bytes) -> str | None:
    """The text, or None when the bytes are none."""
    marked = [name for mark, name in _BYTE_ORDER_MARKS.items() if content.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _NOT_TEXT.search(text) else text
    return None


def _delimiter(text: str) -> str:
    """The sign that divides the columns: the commonest in the first lines."""
    beginning = "\n".join(text.splitlines()[:30])
    return max("\t,;", key=beginning.count)
