"""Papers of awkward words: long Latin ones, rows of signs, rare characters, lonely last letters.

Each is read back: no character is lost, no line begins or ends with a sign that must not, and no
ink stands outside the 版心. `--long` prints five hundred of them.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from liaison_desk.exports.content import (
    Align,
    Cell,
    FormPaper,
    Grid,
    NameList,
    OfficialPaper,
    PaperStyle,
    Paragraph,
    Row,
)
from liaison_desk.exports.pdf.breaking import break_positions
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.exports.pdf.render import render
from tests.exports.pdf.printed import Printed, without_blanks

if TYPE_CHECKING:
    from liaison_desk.exports.content import Paper

FORBIDDEN_START = set("，。、；：？！）》】」”’…")
FORBIDDEN_END = set("（《【「“‘")
LONGEST_UNIT = 24  # a row of signs longer than a line has to be parted somewhere
FEW, MANY = 60, 250  # of each kind; the long form prints 500 papers
BOOK = FontBook(bundled_only=True)

pieces = st.one_of(
    st.text(
        alphabet="会议认为停车难是群众反映最集中的民生问题之一贇頔䶮㛃𬭚𫖯", min_size=1, max_size=40
    ),
    st.sampled_from("，。、；：？！）》】」”’（《【「“‘"),
    st.sampled_from(
        ["2026年3月5日", "9:00—10:30", "〔2026〕12号", "87.5%", "1,234.56", "——", "……", "１２"]
    ),
    st.sampled_from(
        ["Liaison Desk ", "ETC", "a" * 70, "https://example.org/a/b?c=d&e=f", " ", "\u3000"]
    ),
    st.sampled_from(["，" * 9, "（" * 9, "”，（“", "一、", "（一）", "1.", "（1）", "①□■√℃·"]),
    st.sampled_from(["国" * 26, "国" * 27, "国" * 28, "国" * 29, "国" * 55]),
)
lines = st.lists(pieces, max_size=9).map("".join)
texts = st.lists(lines, max_size=12).map("\n".join)
short = st.text(alphabet="柳河镇政协联络组䶮𬭚a1·（）", max_size=40)
days = st.sampled_from([None, date(2026, 3, 5), date(2026, 12, 31)])

officials = st.builds(
    OfficialPaper,
    style=st.sampled_from(PaperStyle),
    mark=short,
    number=st.sampled_from(["", "〔2026〕1号"]),
    issuer=short,
    dated=days,
    title=lines,
    main_to=lines,
    body=texts,
    attachments=st.lists(lines, max_size=3).map(tuple),
    signature=short,
    signed_on=days,
    has_seal=st.booleans(),
    note=lines,
    name_lists=st.lists(
        st.builds(NameList, label=st.sampled_from(["出席", "列席"]), names=lines), max_size=2
    ).map(tuple),
    copies=st.lists(lines, max_size=2).map(tuple),
    printed_by=short,
    printed_on=days,
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A grid of four columns whose cells cover one another's columns and rows in every way."""
    widths = draw(st.sampled_from([(1.0, 4.0, 2.0, 4.0), (1.0,) * 4, (3.0, 1.0, 9.0, 5.0)]))
    free_from = [0] * len(widths)
    rows = []
    for number in range(draw(st.integers(1, 8))):
        cells, column = [], 0
        while column < len(widths):
            if free_from[column] > number:
                column += 1
                continue
            span, tall = draw(st.integers(1, 3)), draw(st.sampled_from([1, 1, 1, 2, 3]))
            cells.append(draw(a_cell(span, tall)))
            while span and column < len(widths) and free_from[column] <= number:
                free_from[column] = number + tall
                span, column = span - 1, column + 1
        height = draw(st.sampled_from([0, 0, 9, 40]))
        rows.append(Row(cells=tuple(cells), height=height))
    return Grid(widths=widths, rows=tuple(rows), head=draw(st.integers(0, 1)))


def a_cell(span: int, tall: int) -> st.SearchStrategy[Cell]:
    """A label or a text that covers so many columns and rows."""
    return st.builds(
        Cell,
        text=st.one_of(lines, texts),
        is_label=st.booleans(),
        span=st.just(span),
        rows=st.just(tall),
        align=st.sampled_from(Align),
    )


paragraphs = st.builds(
    Paragraph,
    text=texts,
    align=st.sampled_from(Align),
    is_flush=st.booleans(),
    is_heading=st.booleans(),
)
forms = st.builds(
    FormPaper,
    title=lines,
    parts=st.lists(st.one_of(grids(), paragraphs), min_size=1, max_size=4).map(tuple),
    over_left=short,
    over_right=short,
    foot=lines,
    is_landscape=st.booleans(),
    is_public=st.just(True),
)


def some(count: int) -> settings:
    """Return settings for so many papers, the same ones each time."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )


def check_ink(paper: Paper, printed: Printed) -> None:
    """No ink of the text stands outside the 版心 of any page."""
    for number, page in enumerate(printed.document):
        width, height = (side * 25.4 / 72 for side in page.get_size())
        is_turned = width > height
        left, top, right, bottom = (35, 28, 260, 184) if is_turned else (28, 37, 184, 262)
        is_head = number == 0 and isinstance(paper, OfficialPaper)
        for area in (
            (0, 0, left - 0.25, height if is_turned else bottom),
            (right + 0.25, 0, width, height if is_turned else bottom),
            (0, 0, width, 29.8 if is_head else top - 0.25),
        ):
            box = printed.ink(number, area, dpi=72)
            allowed = is_head and box is not None and box.right <= 191.2 and box.left >= 20.8
            assert box is None or allowed, (number, area, box)


def check_words(paper: Paper, printed: Printed) -> None:
    """Every character of the source is in the file, as often as it was."""
    found = Counter(printed.text)
    wanted = Counter(without_blanks("".join(words_of(paper))))
    assert not wanted - found, wanted - found


def words_of(paper: Paper) -> list[str]:
    """Return every text of a paper that is printed as it stands."""
    if isinstance(paper, OfficialPaper):
        names = [each.names for each in paper.name_lists]
        heads = [paper.mark, paper.number, paper.title, paper.signature]
        return [*heads, paper.body.replace("(", "（"), *names]
    assert isinstance(paper, FormPaper)
    texts = [paper.title, paper.over_left, paper.over_right, paper.foot]
    for part in paper.parts:
        if isinstance(part, Paragraph):
            texts.append(part.text)
        elif isinstance(part, Grid):
            texts += [cell.text for row in part.rows for cell in row.cells]
    return texts


def check_lines(body: str, printed: Printed) -> None:
    """No line of the text begins or ends with a sign that must not."""
    paragraphs_of = [without_blanks(line) for line in body.split("\n")]
    for page in printed.document:
        found = [
            line.strip()
            for line in page.get_textpage().get_text_range().splitlines()
            if line.strip() and not re.fullmatch(r"— \d+ —", line.strip())
        ]
        for before, after in pairwise(found):
            joined = without_blanks(before[-6:] + after[:6])
            if len(before) > 20 and any(joined in each for each in paragraphs_of):
                assert after[0] not in FORBIDDEN_START, (before, after)
                assert before[-1] not in FORBIDDEN_END, (before, after)


def longest_unit(text: str) -> int:
    """Return the length of the longest part of `text` that may not be parted."""
    return max(
        (b - a for line in text.split("\n") for a, b in pairwise(break_positions(line))), default=0
    )


def check(paper: Paper) -> None:
    """Print a paper and hold it to all rules."""
    printed = Printed(render(paper, BOOK).pdf)
    check_words(paper, printed)
    check_ink(paper, printed)
    if isinstance(paper, OfficialPaper) and longest_unit(paper.body) <= LONGEST_UNIT:
        check_lines(paper.body, printed)


@some(FEW)
@given(paper=officials)
def test_official_papers_of_awkward_words(paper: OfficialPaper) -> None:
    check(paper)


@some(FEW)
@given(paper=forms)
def test_forms_of_awkward_words(paper: FormPaper) -> None:
    check(paper)


@pytest.mark.long
@some(MANY)
@given(paper=officials)
def test_250_official_papers_of_awkward_words(paper: OfficialPaper) -> None:
    check(paper)


@pytest.mark.long
@some(MANY)
@given(paper=forms)
def test_250_forms_of_awkward_words(paper: FormPaper) -> None:
    check(paper)
