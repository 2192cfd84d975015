"""Where a line of Chinese text may end: UAX #14, and the rules of Chinese setting on top.

No line starts with a closing sign or ends with an opening one; numbers, dates, document numbers and
Latin words stay whole. Stretches that hold no Chinese are left to UAX #14 itself; between Chinese
characters the two agree but for the signs listed here, and asking only for the rest is far faster.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from uniseg.linebreak import line_break_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NO_START = frozenset("，。、；：？！）》】」』”’…—〕〉·％‰℃°,.;:?!)]}%/～々〻\u3000 ")
NO_END = frozenset("（《【「『“‘〔〈([{￥¥＄$№＃")
OPENING = frozenset("（《【「『“‘〔〈")
CLOSING = frozenset("，。、）》】」』”’〕〉；：")
BLANK = frozenset(" \u3000")

# What takes a full cell: Chinese, its signs, and the signs that are drawn as wide as they.
_WIDE = (
    "\u00b7\u00d7\u00f7\u2014\u2018\u2019\u201c\u201d\u2026\u203b\u2103\u2160-\u21ff\u221a"
    "\u2248\u2260\u2264\u2265\u2460-\u27bf\u2e80-\U0003ffff"
)
_wide = re.compile(f"[{_WIDE}]")
_narrow = re.compile(f"[^{_WIDE}]")
_token = re.compile(
    r"〔\d{4}〕\d*号"
    r"|\d+年(?:\d+月(?:\d+日)?)?|\d+月\d+日"
    r"|\d[\d:：.,]*(?:[—～]\d[\d:：.,]*)+|\d+：\d+"
    rf"|(?:(?!\d+[年月])[^{_WIDE}])+"
    r"|([\u3400-\u9fff]+)|—{2,}|…{2,}|.",
    re.DOTALL,
)
_word = re.compile(r" +|[^ ]+ {0,20}")  # the library is slow where many blanks stand together
_plain_word = re.compile(r"(?:[A-Za-z]+|\d+(?:[.:,]\d+)*[.,:]?|[0-9A-Za-z]+) *| +")
_HAN = "[〇\u3400-\u9fff\U00020000-\U000323af]"
_name = re.compile(rf"(?<!{_HAN}){_HAN}[ \u3000]+{_HAN}(?!{_HAN})|[^\s、，；：。（）()]+")
_TWO = "欧阳|司马|司徒|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|夏侯|端木|南宫"
_known_name = rf"(?:{_HAN}+(?:·{_HAN}+)+|(?:{_TWO}){_HAN}{{1,2}}|{_HAN}{{2,3}})"
_listed_name = re.compile(
    rf"(?<!{_HAN})(?P<first>{_known_name})(?=(?:（[^（）]*）)?、)"
    rf"|(?<=、)(?P<later>{_known_name})(?!{_HAN})"
)
NAME_TAIL = 4  # characters that may be a name at the end of an office's title
LONG_NAME = 12  # a longer entry is such a title with a name; a name with · may be longer


def is_wide(char: str) -> bool:
    """Tell whether `char` stands in a full cell of the grid."""
    return _wide.match(char) is not None


def which_are_wide(text: str) -> list[bool]:
    """Tell of each character whether it stands in a full cell."""
    wide = [True] * len(text)
    for match in _narrow.finditer(text):
        wide[match.start()] = False
    return wide


def break_positions(text: str, glued: Sequence[tuple[int, int]] = ()) -> list[int]:
    """Return 0, every index of `text` where a new line may start, and its length.

    Args:
        text: one paragraph without line ends.
        glued: half-open ranges that are kept whole besides, such as names.
    """
    inside = {index for start, end in glued for index in range(start + 1, end)}
    places = [0]
    for start in _token_starts(text):
        is_between = places[-1] < start < len(text) and start not in inside
        if is_between and may_part(text[start - 1], text[start]):
            places.append(start)
    return [*places, len(text)]


def may_part(before: str, after: str) -> bool:
    """Tell whether a line may end with `before` and the next start with `after`."""
    return after not in NO_START and before not in NO_END


def name_ranges(text: str) -> list[tuple[int, int]]:
    """Return the ranges of a list of names that must not be split across lines.

    Names are what stands between 、，；： brackets and blanks; 李　明 keeps its blank. Where an
    office's long title comes before the name, only the end of it is kept whole. A bracket stays
    with the name before it.
    """
    ranges = []
    for match in _name.finditer(text):
        start, end = match.span()
        if end - start > LONG_NAME and "·" not in match.group():
            start = end - NAME_TAIL
        ranges.append((start, end + (text[end : end + 1] in {"（", "("})))
    return ranges


def listed_names(text: str) -> list[tuple[int, int]]:
    """Return the ranges of short entries that 、 joins, such as names in a running text.

    An entry has two or three characters, or a surname of two, or a ·; what stands in brackets
    after it, such as a reason, may be broken.
    """
    return [match.span() for match in _listed_name.finditer(text)] if "、" in text else []


def _token_starts(text: str) -> Iterator[int]:
    """Yield where the units of `text` start, before the rules about signs."""
    for match in _token.finditer(text):
        if match.lastindex:  # Chinese characters, each a unit
            yield from range(*match.span())
            continue
        start, unit = match.start(), match.group()
        yield start
        if len(unit) == 1 or _wide.search(unit):
            continue
        for word in _word.findall(unit):
            if start > match.start():
                yield start
            parts = [word] if _plain_word.fullmatch(word) else line_break_units(word)
            yield from accumulate((len(part) for part in parts), initial=start)
            start += len(word)
