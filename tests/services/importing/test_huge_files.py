"""Files beyond anything a clerk keeps: told in a sentence, in bounded memory, to be stopped."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing import (
    Options,
    Stock,
    open_source,
    paste_source,
    plan_import,
    propose_mapping,
    target_of,
)
from liaison_desk.services.importing.errors import SheetTooLarge
from tests.services.importing import workbooks
from tests.services.importing.importing import pasted

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
ROWS = 3_000_000
ROWS_OF_THE_PLAIN_TEST = 400_000
MOST_MEGABYTES = 160
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def measured(path: Path) -> tuple[str, float, float]:
    """The sentence, the megabytes and the seconds of reading a file in a process of its own."""
    command = [sys.executable, "-m", "tests.services.importing.huge_files", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    said, megabytes, seconds = done.stdout.splitlines()
    return said, float(megabytes), float(seconds)


def sheet_of(rows: int) -> Iterator[bytes]:
    """The XML of a sheet with so many people."""
    yield f"{SHEET}<sheetData>".encode()
    for start in range(1, rows + 1, 1000):
        yield "".join(
            f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>张伟</t></is></c></row>'
            for at in range(start, min(start + 1000, rows + 1))
        ).encode()
    yield b"</sheetData></worksheet>"


def workbook_of(path: Path, pieces: Iterator[bytes]) -> Path:
    """A workbook whose one sheet is made of pieces, so that the test needs no memory either."""
    source = workbooks.write(path.with_suffix(".small.xlsx"), ["姓名"])
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w") as part:
            for piece in pieces:
                part.write(piece)
    return path


@pytest.mark.parametrize(
    "rows", [ROWS_OF_THE_PLAIN_TEST, pytest.param(ROWS, marks=pytest.mark.long)]
)
def test_a_sheet_of_millions_of_rows_is_refused_in_bounded_memory(
    tmp_path: Path, rows: int
) -> None:
    path = workbook_of(tmp_path / "大.xlsx", sheet_of(rows))
    said, megabytes, seconds = measured(path)
    assert f"一直填到 A{rows}，超过10万行" in said
    assert megabytes < MOST_MEGABYTES
    assert seconds < 60


@pytest.mark.parametrize(
    "rows", [ROWS_OF_THE_PLAIN_TEST, pytest.param(ROWS, marks=pytest.mark.long)]
)
def test_a_text_of_millions_of_rows_is_refused_in_bounded_memory(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "大.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("姓名,电话\n")
        for _ in range(rows):
            file.write("张伟,1380000\n")
    said, megabytes, _ = measured(path)
    assert "太大，超过10万行" in said
    assert megabytes < MOST_MEGABYTES


def test_a_sheet_that_claims_to_be_full_and_is_nearly_empty_is_read_in_bounded_memory(
    tmp_path: Path,
) -> None:
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'
    cells += '<row r="2"><c r="A2" t="inlineStr"><is><t>张伟</t></is></c></row>'
    xml = f'{SHEET}<dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData></worksheet>'
    path = workbook_of(tmp_path / "空.xlsx", iter([xml.encode()]))
    said, megabytes, seconds = measured(path)
    assert said == "1行"
    assert megabytes < MOST_MEGABYTES
    assert seconds < 5


def test_a_huge_sheet_beside_a_good_one_is_named_and_the_good_one_read(tmp_path: Path) -> None:
    path = workbooks.write(tmp_path / "甲.xlsx", ["姓名"], ["张伟"])
    good = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/workbook.xml").decode()
        links = archive.read("xl/_rels/workbook.xml.rels").decode()
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert good
    far = '<sheet name="远" sheetId="9" r:id="rId99"/></sheets>'
    link = (
        '<Relationship Id="rId99" Target="worksheets/sheet9.xml" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
    )
    both = tmp_path / "乙.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(both, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/worksheets/sheet9.xml", sheet.replace(b'r="A2"', b'r="A999999"'))
    both = workbooks.rezipped(
        both, tmp_path / "丙.xlsx", "xl/workbook.xml", xml.replace("</sheets>", far).encode()
    )
    both = workbooks.rezipped(
        both,
        tmp_path / "丁.xlsx",
        "xl/_rels/workbook.xml.rels",
        links.replace("</Relationships>", link).encode(),
    )
    source = open_source(both)
    assert [each.name for each in source.sheets] == ["委员名册"]
    assert "工作表“远”一直填到 A999999" in source.notes[0]


def test_looking_through_a_huge_sheet_can_be_stopped(tmp_path: Path) -> None:
    path = workbook_of(tmp_path / "大.xlsx", sheet_of(100_000))
    calls = []

    def stop(done: int, total: int) -> None:
        calls.append(done)
        if len(calls) > 20:
            raise Cancelled

    with pytest.raises(Cancelled):
        open_source(path, stop)


def test_a_huge_paste_is_refused() -> None:
    with pytest.raises(SheetTooLarge, match="超过10万行"):
        paste_source("姓名\n" + "张伟\n" * 100_001)


def test_a_cell_that_never_ends_is_damage_and_ends_soon(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield f'{SHEET}<sheetData><row r="1"><c r="A1"><v>'.encode()
        for _ in range(40):
            yield b"x" * (1 << 20)

    path = workbook_of(tmp_path / "坏.xlsx", pieces())
    said, megabytes, seconds = measured(path)
    assert "已损坏" in said
    assert megabytes < MOST_MEGABYTES
    assert seconds < 20


class Counting(tuple[Person, ...]):
    """People who count how often they are gone through."""

    looks = 0

    def __iter__(self) -> Iterator[Person]:
        Counting.looks += 1
        return super().__iter__()


def test_five_thousand_rows_are_matched_with_ten_thousand_people_by_looking_up() -> None:
    people = [
        Person(id=f"p{at}", name=f"张{at % 500}", phone=f"138{at:08}") for at in range(10_000)
    ]
    seats = [Membership(id=f"s{at}", person=f"p{at}", term="第十一届") for at in range(10_000)]
    stock = Stock({Person: Counting(people), Membership: tuple(seats)})
    rows = [(f"张{at % 500}", f"138{at:08}", "教育") for at in range(5000)]
    table = pasted(("姓名", "电话", "界别"), *rows)
    target = target_of("roster")
    Counting.looks = 0
    started = time.perf_counter()
    plan = plan_import(table, propose_mapping(table, target), stock, Options(term="第十二届"))
    assert [row.state for row in plan.rows] == ["更新"] * 5000
    assert Counting.looks == 1
    assert time.perf_counter() - started < 20


def seconds_of(count: int) -> float:
    """How long so many rows take against twice as many people."""
    people = tuple(
        Person(id=f"p{at}", name=f"张{at}", phone=f"138{at:08}") for at in range(2 * count)
    )
    table = pasted(("姓名", "电话"), *((f"张{at}", f"138{at:08}") for at in range(count)))
    target = target_of("person")
    mapping = propose_mapping(table, target)
    started = time.process_time()
    plan_import(table, mapping, Stock({Person: people}))
    return time.process_time() - started


def test_four_times_the_rows_take_about_four_times_as_long() -> None:
    seconds_of(200)
    small, large = seconds_of(1000), seconds_of(4000)
    assert large < 9 * small
