"""What the codes of an embedded font mean, so that text can be copied and searched.

reportlab 5.1 writes `<2CB5A>` for a character beyond U+FFFF where the standard (ISO 32000-1,
9.10.3) wants UTF-16BE, `<D872DF5A>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BLOCK = 100  # the most entries a bfchar block may hold
BEYOND = 0x10000  # code points from here on are written in two parts


def to_unicode_map(fontname: str, subset: Sequence[int]) -> str:
    """Return the ToUnicode CMap of one font subset; `subset` lists the code points by code."""
    pairs = [
        f"<{code:02X}> <{point:04X}>" if point < BEYOND else f"<{code:02X}> <{_in_two(point)}>"
        for code, point in enumerate(subset)
    ]
    blocks = [pairs[start : start + BLOCK] for start in range(0, len(pairs), BLOCK)]
    entries = [
        line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")
    ]
    head = (
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def",
        f"/CMapName /{fontname} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    )
    tail = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")
    return "\n".join((*head, *entries, *tail))


def _in_two(point: int) -> str:
    """Return a code point beyond U+FFFF in UTF-16BE, as hexadecimal digits."""
    return chr(point).encode("utf-16-be").hex().upper()
