"""Every cell is imported or listed with a reason: held against tables made at random."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desk.domain import names
from liaison_desk.domain.fields import (
    Amount,
    Choice,
    Day,
    Flag,
    IdentityNumber,
    Moment,
    Month,
    Number,
    PersonName,
    Phone,
    clean_line,
)
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.services.importing import (
    Fate,
    Options,
    Stock,
    Target,
    TargetField,
    paste_source,
    plan_import,
    propose_mapping,
    targets,
)
from liaison_desk.services.importing.sheet import place
from tests.services.importing import expected
from tests.services.importing.importing import INPUTS, planned, table_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk
    from liaison_desk.services.importing import ImportPlan, Table

TODAY = date(2026, 3, 9)
RARE = "陆䶮周㛃王𬭚陈𫖯孙頔镇村路灯停车场水利教育环境卫生"
WORDS = st.text(st.sampled_from(RARE), min_size=2, max_size=8)
GARBAGE = st.one_of(
    st.sampled_from(
        [
            "=1+1",
            "-",
            "无",
            "同上",
            "〃",
            "长期",
            "1.38E+10",
            "@cmd",
            "2025.13.45",
            "合计",
            "长" * 700,
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12),
)
BY_KIND: tuple[tuple[type, list[str]], ...] = (
    (PersonName, ["陆䶮", "张　伟", "买买提•艾力", "王𬭚（组长）", "李 娜"]),
    (Phone, ["13800000001", "１３８００００００02", "13800000003；0561-6000003", "0561-6000004"]),
    (IdentityNumber, ["340621197403121013", "340621198005201131", "34062119790303125x"]),
    (Month, ["1974.03", "1975年3月", "19750312", "一九七五年三月", "27450", "七十年代"]),
    (Moment, ["2025.3.8", "2025年3月8日上午", "3月8日", "45823", "2025.3.1-3.5", "3月8日 14:30"]),
    (Day, ["2025.3.8", "2025年3月8日", "2025.6", "45823", "二〇二五年三月八日", "长期"]),
    (Number, ["12", "26人", "约30", "很多"]),
    (Amount, ["1200.50", "1,200", "若干"]),
    (Flag, ["是", "否", "√", "也许"]),
)  # fmt: skip


def cells_for(field: TargetField) -> st.SearchStrategy[str]:
    """What people write for a field, and what they should not."""
    kind = field.kind
    if isinstance(kind, Choice) and kind.options:
        usual: st.SearchStrategy[str] = st.sampled_from([*kind.options, "别的"])
    else:
        fitting = next((said for each, said in BY_KIND if isinstance(kind, each)), None)
        usual = st.sampled_from(fitting) if fitting else WORDS
    return st.one_of(st.just(""), usual, usual, usual, GARBAGE)


@st.composite
def tables(draw: st.DrawFn, target: Target) -> Table:
    """A table with columns of a target, some unknown ones, and rows of anything."""
    mark = target.field(target.mark)
    assert mark is not None
    others = draw(st.lists(st.sampled_from(target.fields), unique=True, max_size=9))
    needed = [each for each in target.fields if each.required]
    wanted = list(dict.fromkeys([mark, *needed, *others]))
    headings = ["序号", *(min(each.headings) for each in wanted), "血型", ""]
    line = st.tuples(
        st.sampled_from(["1", "2", ""]), *(cells_for(each) for each in wanted), WORDS, WORDS
    )
    rows = draw(st.lists(line, min_size=1, max_size=6))
    text = [["2025年的一张表"], headings, *rows]
    return paste_source("\n".join("\t".join(_quoted(c) for c in row) for row in text)).likely


def _quoted(cell: str) -> str:
    """A cell as a spreadsheet puts it on the clipboard."""
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if re.search(r'["\t\r\n]', cell) else cell


def pool(records: Sequence[Record]) -> str:
    """Everything the records say, in one text without spaces."""
    said = []
    for record in records:
        for name, kind in record.fields().items():
            value = getattr(record, name)
            said.append(bare("是否" if isinstance(kind, Flag) else kind.format(value)))
    return "".join(said)


def bare(text: str) -> str:
    """A text as two writings of it are compared."""
    return re.sub(r"\s", "", names.normalise(names.with_real_characters(text)))


def is_kept(cell: str, field: TargetField, said: str) -> bool:
    """Whether what a cell says is somewhere in the records."""
    kind = field.kind
    if clean_line(cell) in {"同上", "〃", '"', "″", "同前"}:
        return True  # what stands above is held to the rule there
    if isinstance(kind, Day | Moment | Month):
        return any(each in said for each in _days(cell))
    if isinstance(kind, Phone | IdentityNumber):
        return all(each in said for each in re.findall(r"[0-9X-]{7,}", _narrow(cell).upper()))
    if isinstance(kind, Number | Amount):
        digits = re.sub(r"[^0-9.]", "", _narrow(cell))
        return str(Decimal(digits).normalize()) in said or digits.split(".")[0] in said
    if isinstance(kind, Flag):
        return cell.strip() in "是否√×无-0"
    if field.key in {"person.ethnicity", "person.party", "membership.sector", "person.gender"}:
        return True  # these become the words of the code tables, which have tests of their own
    parts = re.split(r"[、，,；;（）()\s]+|等\d*人?|^\d+[.、]", clean_line(cell))
    return all(bare(each) in said for each in parts if bare(each)) or bare(cell) in said


def _days(cell: str) -> list[str]:
    """How the days that the samples above write are kept."""
    known = {
        "45823": ["2025-06-15"], "27450": ["1975.02"], "3月8日": ["2025-03-08"],
        "2025.6": ["2025-06-30", "2025-06-01"],
        "2025.3.1-3.5": ["2025-03-01"], "1974.03": ["1974.03"],
        "1975年3月": ["1975.03"], "19750312": ["1975.03"], "一九七五年三月": ["1975.03"],
    }  # fmt: skip
    return known.get(cell.strip(), ["2025-03-08"])


def _narrow(text: str) -> str:
    """Full-width and raised digits as plain ones."""
    return unicodedata.normalize("NFKC", text)


def check_accounted(plan: ImportPlan, records: Sequence[Record]) -> None:
    """Hold a plan to the rule."""
    told = {each.place: each for each in plan.cells}
    said = pool(records)
    taken = {column.position: field for column, field in plan.mapping.taken}
    listed = {each.place for each in plan.problems if each.place}
    bad = {each.row for each in plan.problems if not each.place}
    out = {each.row for each in plan.left_out}
    for row in plan.table.sheet.rows:
        for at, cell in enumerate(row.cells):
            if not cell.strip():
                continue
            fate = told[place(row.number, at)]
            assert fate.told, fate
            if fate.fate is Fate.TAKEN:
                assert row.number not in bad
                assert is_kept(cell, taken[at], said), (fate, said)
            elif at in taken and "没有内容" not in fate.told and row in plan.table.rows:
                assert fate.place in listed or row.number in bad | out, fate


@pytest.mark.parametrize("target", targets(), ids=lambda each: each.key)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_cell_of_a_random_table_is_imported_or_listed(
    target: Target, data: st.DataObject
) -> None:
    _check_random(target, data)


@pytest.mark.long
@pytest.mark.parametrize("target", targets(), ids=lambda each: each.key)
@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_cell_of_very_many_random_tables_is_imported_or_listed(
    target: Target, data: st.DataObject
) -> None:
    _check_random(target, data)


def _check_random(target: Target, data: st.DataObject) -> None:
    """Plan a random table and hold the plan to the rule."""
    table = data.draw(tables(target))
    plan = plan_import(
        table,
        propose_mapping(table, target),
        Stock({BY_TABLE[each]: () for each in BY_TABLE}, today=TODAY),
        Options(term="第十二届"),
    )
    check_accounted(plan, plan.saves)


@pytest.mark.parametrize(
    ("file", "sheet"),
    [
        (expected.REGISTRATION, "Sheet1"),
        (expected.REGISTRATION, "群众代表"),
        (expected.ROSTER, ""),
        (expected.PEOPLE, ""),
    ],
)
def test_every_cell_of_the_office_s_own_files_is(desk: Desk, file: str, sheet: str) -> None:
    plan = planned(desk, table_in(INPUTS / file, sheet), term="第十二届")
    said = pool(plan.saves)
    for fate in plan.cells:
        assert fate.told
    assert all(bare(row.caption) in said for row in plan.rows if row.state != "不导入")
