"""What comes out of the printer is the PDF: every sheet its size, every line in its place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrinter

from liaison_desk.exports.content import (
    Cell,
    FormPaper,
    Grid,
    NamePlate,
    NamePlates,
    OfficialPaper,
    PaperStyle,
    Row,
    SheetSize,
)
from liaison_desk.ui.printing.cut_edges import cut_sentences
from liaison_desk.ui.printing.laid import Ready
from liaison_desk.ui.printing.page_choice import (
    ALL_PAGES,
    EVEN,
    ODD,
    SOME,
    PagesNotRead,
    page_choice,
)
from liaison_desk.ui.printing.paper_maker import PaperMaker
from liaison_desk.ui.printing.printing import PrintChoice, pages_of, picture_dpi, send
from tests.ui.printing.printouts import Told, file_printer, ink_box, sizes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from liaison_desk.exports.content import Paper
    from liaison_desk.ui.printing.laid import Laid

WITHIN_MM = 0.5
BOTH_SIDES = QPrinter.DuplexMode.DuplexLongSide
A4, A4_TURNED, A3 = (210, 297), (297, 210), (297, 420)


@pytest.fixture
def maker(qtbot: QtBot) -> Iterator[PaperMaker]:
    """The thread that sets papers."""
    made = PaperMaker()
    yield made
    made.stop()


def minutes(paragraphs: int = 3) -> OfficialPaper:
    """Some minutes."""
    return OfficialPaper(
        style=PaperStyle.MINUTES,
        mark="柳河镇政协联络组协商纪要",
        title="关于桥口村停车难问题的协商纪要",
        body="会议认为，停车难是群众反映强烈的问题。\n" * paragraphs,
        dated=date(2026, 3, 9),
        printed_by="柳河镇政协联络组",
        printed_on=date(2026, 3, 10),
    )


def form(*, size: SheetSize = SheetSize.A4, is_landscape: bool = False) -> FormPaper:
    """A ruled form."""
    rows = tuple(Row(cells=(Cell(text="停车"), Cell(text="清淤")), height=20) for _row in range(4))
    grid = Grid(widths=(1, 1), rows=rows)
    return FormPaper(title="登记表", parts=(grid,), size=size, is_landscape=is_landscape)


def laid(maker: PaperMaker, *papers: Paper) -> Laid:
    """Papers laid out."""
    return maker.lay(Ready(papers))


@pytest.mark.parametrize(
    ("paper", "resolution"),
    [
        (minutes(30), 600),
        (form(is_landscape=True), 300),
        (form(size=SheetSize.A3), 300),
        (NamePlates(title="席卡", plates=(NamePlate(name="陆䶮"),)), 300),
    ],
    ids=["minutes", "landscape", "A3", "plates"],
)
def test_ink_on_paper_stands_within_half_a_millimetre_of_the_pdf(
    maker: PaperMaker, tmp_path: Path, paper: Paper, resolution: int
) -> None:
    made = laid(maker, paper)
    target = tmp_path / "打印.pdf"
    choice = PrintChoice()
    send(pages_of([made], choice), file_printer(target, resolution), choice, Told())
    printed, pdf = target.read_bytes(), made.papers[0].pdf
    assert sizes(printed) == sizes(pdf)
    for page in range(made.pages):
        pairs = zip(ink_box(pdf, page), ink_box(printed, page), strict=True)
        assert max(abs(a - b) for a, b in pairs) < WITHIN_MM


def test_upright_turned_and_large_sheets_go_out_in_one_run(
    maker: PaperMaker, tmp_path: Path
) -> None:
    papers = minutes(), form(is_landscape=True), form(size=SheetSize.A3), minutes()
    made = laid(maker, *papers)
    target, told = tmp_path / "打印.pdf", Told()
    choice = PrintChoice()
    send(pages_of([made], choice), file_printer(target, 300), choice, told)
    assert sizes(target.read_bytes()) == [A4, A4_TURNED, A3, A4]
    assert told.steps[-1] == (4, 4)


def test_on_both_sides_each_paper_begins_on_a_sheet_of_its_own(maker: PaperMaker) -> None:
    made = [laid(maker, minutes(3)), laid(maker, minutes(30)), laid(maker, minutes(3))]
    assert [each.pages for each in made] == [1, 2, 1]
    one_side = pages_of(made, PrintChoice())
    both = pages_of(made, PrintChoice(duplex=BOTH_SIDES))
    assert [each.number for each in one_side] == [0, 0, 1, 0]
    assert [each.number for each in both] == [0, None, 0, 1, 0]


def test_odd_pages_even_pages_and_some_pages_are_counted_through_all_papers(
    maker: PaperMaker,
) -> None:
    made = [laid(maker, minutes(30)), laid(maker, minutes(31))]

    def printed(which: str, text: str = "") -> list[tuple[int | None, bool]]:
        pages = pages_of(made, PrintChoice(pages=page_choice(which, text)))
        return [(each.number, each.pdf is made[1].papers[0].pdf) for each in pages]

    assert [number for number, _ in printed(ODD)] == [0, 0]
    assert [number for number, _ in printed(EVEN)] == [1, 1]
    assert printed(SOME, "2-3") == [(1, False), (0, True)]


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("1-3,5", ((1, 3), (5, 5))),
        (" 2 ", ((2, 2),)),
        ("1—2，4", ((1, 2), (4, 4))),
        ("3至5、9", ((3, 5), (9, 9))),
    ],
)
def test_pages_are_read_as_people_write_them(
    text: str, ranges: tuple[tuple[int, int], ...]
) -> None:
    assert page_choice(SOME, text).ranges == ranges


@pytest.mark.parametrize("text", ["", "一", "0", "5-3", "1-", "-2"])
def test_pages_that_are_none_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(PagesNotRead, match="1-3,5"):
        page_choice(SOME, text)


def test_copies_are_made_page_by_page_or_set_by_set_where_the_printer_cannot(
    maker: PaperMaker, tmp_path: Path
) -> None:
    made = laid(maker, minutes(30))
    shapes = {}
    for is_collated in (True, False):
        target = tmp_path / f"{is_collated}.pdf"
        choice = PrintChoice(copies=2, is_collated=is_collated)
        printer = file_printer(target, 300)
        assert not printer.supportsMultipleCopies()
        send(pages_of([made], choice), printer, choice, Told())
        tops = [ink_box(target.read_bytes(), page)[1] for page in range(4)]
        shapes[is_collated] = [round(each) == round(tops[0]) for each in tops]
    assert shapes == {True: [True, False, True, False], False: [True, True, False, False]}


def test_the_printer_gets_at_least_300_dots_per_inch_and_a_large_sheet_fits_memory() -> None:
    assert [picture_dpi(each) for each in (300, 600, 1200, 203)] == [300, 600, 600, 406]
    assert picture_dpi(1200, (297, 420)) == 400
    assert picture_dpi(600, (297, 420)) == 300


def test_margins_that_cut_the_page_number_are_told_with_the_page(maker: PaperMaker) -> None:
    made = laid(maker, minutes(30))
    within = [(4.2, 4.2, 4.2, 4.2)] * made.pages
    assert cut_sentences(made, within) == []
    wide = [(0.0, 0.0, 0.0, 29.0)] * made.pages
    assert cut_sentences(made, wide) == [
        "打印机下边有 29.0 毫米印不到，第1页的页码会被裁掉",
        "打印机下边有 29.0 毫米印不到，第2页的页码会被裁掉",
    ]


def test_margins_that_cut_the_text_say_at_which_side(maker: PaperMaker) -> None:
    made = laid(maker, minutes(3))
    (sentence,) = cut_sentences(made, [(32.0, 32.0, 32.0, 32.0)])
    assert sentence == "打印机四周有 32.0 毫米印不到，第1页左、右、下边的内容会被裁掉"


def test_mirrored_pages_have_the_binding_edge_at_their_other_side(maker: PaperMaker) -> None:
    draft = Ready((minutes(30),))
    plain, mirrored = maker.lay(draft), maker.lay(draft, mirrored=True)
    left = [ink_box(each.papers[0].pdf, 1)[0] for each in (plain, mirrored)]
    assert abs(left[0] - left[1]) > 1
    assert ALL_PAGES.is_all
