"""Tables kept as text: .csv, and what many systems hand out as a fake .xls."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from liaison_desk.domain.progress import no_progress
from liaison_desk.services.importing import errors
from liaison_desk.services.importing.sheet import MAX_COLUMNS, MAX_ROWS, Row, Sheet

if TYPE_CHECKING:
    from liaison_desk.domain.progress import Progress

_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_MOST_LINES = 10 * MAX_ROWS
"""Lines that rows with line breaks in their cells may have."""
_BEGINNING = 20_000
"""Characters that are looked at to tell how the columns are divided."""
_MARKUP = re.compile(r"\s*(<\?xml|<!doctype|<html|<table|<head|<meta|<style|mime-version:)", re.I)
_GUARDED = re.compile(r'^="([^"]*)"$')
"""How systems hand out numbers so that no spreadsheet rounds them: ="13800000001"."""
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_text(path: Path, content: bytes, progress: Progress) -> Sheet:
    """Read columns divided by tabs, commas or semicolons, in UTF-8, UTF-16 or GB 18030.

    Raises:
        SourceUnreadable: it is no text, or a web page.
    """
    if content.count(b"\n") > _MOST_LINES:
        raise _too_many(path.name)
    text = _decoded(content)
    if text is None or text.startswith(("%PDF", "{\\rtf")):
        raise errors.unreadable(path, "不是表格文件", "请选择 .xlsx、.xls、.ods 或 .csv 表格。")
    if _MARKUP.match(text):
        raise errors.unreadable(path, "其实是网页，不是真正的 Excel 表格", errors.SAVE_AS)
    delimiter = _delimiter(text)
    is_quoted = not _never_closes(text, delimiter)
    return Sheet(path.stem, _rows(path.name, text, delimiter, progress, is_quoted=is_quoted))


def read_pasted(text: str, name: str) -> Sheet:
    """Read what a spreadsheet put on the clipboard: tabs between cells, quotes around line breaks.

    Args:
        text: as it was pasted.
        name: what the sentences call it.

    Raises:
        SourceUnreadable: there is nothing in it.
        SheetTooLarge: it has too many rows.
    """
    delimiter = "\t" if "\t" in text else _delimiter(text)
    rows = _rows(name, text, delimiter, no_progress, is_quoted=_is_quoted(text, delimiter))
    if not rows:
        raise errors.unreadable(
            Path(name), "里没有任何内容", "请在表格里选中要导入的行，复制后再粘贴。"
        )
    return Sheet(name, rows)


def _is_quoted(text: str, delimiter: str) -> bool:
    """Whether quotes stand around cells: as many begin one as end one."""
    opening = len(re.findall(rf'(?:^|[{delimiter}\n])"', text))
    closing = len(re.findall(rf'"(?=$|[{delimiter}\r\n])', text))
    return opening == closing and text.count('"') % 2 == 0


def _never_closes(text: str, delimiter: str) -> bool:
    """Whether a quote is opened that is never closed: it would swallow every row below it."""
    if text.count('"') % 2 == 0:
        return False
    try:
        for _cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error) or "field larger" in str(error)
    return False


def _rows(
    name: str, text: str, delimiter: str, progress: Progress, *, is_quoted: bool = True
) -> tuple[Row, ...]:
    """The rows of a text that are not blank."""
    rows = []
    lines = io.StringIO(text, newline="")
    source = (
        csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        if is_quoted
        else csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    )
    try:
        for number, cells in enumerate(source, 1):
            if number % 200 == 0:
                progress(0, 0)
            if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise _too_many(name)
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, tuple(_GUARDED.sub(r"\1", cell) for cell in cells)))
    except csv.Error as error:
        raise errors.unreadable(Path(name), "不是表格文件", errors.SAVE_AS) from error
    return tuple(rows)


def _too_many(name: str) -> errors.SheetTooLarge:
    """The sentence for more rows than anybody keeps by hand."""
    return errors.too_large(Path(name), "太大，超过10万行或太宽", "请拆成几个文件再导入。")


def _decoded(content: bytes) -> str | None:
    """The text, or None when the bytes are none."""
    marked = [name for mark, name in _BYTE_ORDER_MARKS.items() if content.startswith(mark)]
    # Without a mark UTF-16 is known by its line ends and commas: every second byte is zero.
    halves = content[:_BEGINNING].count(b"\n\0") + content[:_BEGINNING].count(b",\0")
    if not marked and halves and content[:_BEGINNING].count(b"\n") <= halves:
        marked = ["utf-16-le"]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _NOT_TEXT.search(text) else text
    return None


def _delimiter(text: str) -> str:
    """The sign that divides the columns: the commonest in the first lines."""
    beginning = "\n".join(text[:_BEGINNING].splitlines()[:30])
    return max("\t,;", key=beginning.count)
