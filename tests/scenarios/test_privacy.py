"""Numbers of people stay hidden wherever others may look, unless the clerk asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.membership import Membership
from liaison_desk.domain.names import mask_numbers
from liaison_desk.domain.person import Person
from liaison_desk.exports.form_names import FormValues
from liaison_desk.exports.papers.member_files import member_file
from liaison_desk.exports.papers.options import PaperOptions
from liaison_desk.services.history import History
from liaison_desk.services.importing import ROSTER
from liaison_desk.services.searching import search_everything
from tests.services.importing.importing import imported, pasted

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk

FIRST, SECOND, THIRD = "13805610001", "13905610002", "0561-6000003"
IDENTITY = "11010519491231002X"


@pytest.fixture
def member(desk: Desk) -> Membership:
    """A member whose roster told three numbers in one cell."""
    heads = ("姓名", "手机", "身份证号", "备注")
    row = ("陆䶮", f"{FIRST}、{SECOND}、{THIRD}", IDENTITY, "老党员")
    imported(desk, pasted(heads, row), ROSTER, term="第十二届")
    [seat] = desk.find(Membership)
    return seat


def hidden(told: str) -> bool:
    """Whether none of the numbers can be read in a text that tells of the remark."""
    assert "老党员" in told
    return not any(each in told for each in (FIRST, SECOND, THIRD, IDENTITY))


def test_second_numbers_are_hidden_in_a_paper_of_the_member(desk: Desk, member: Membership) -> None:
    assert desk.office is not None
    for is_asked in (False, True):
        options = PaperOptions(today=desk.today, show_personal=is_asked)
        told = str(member_file(desk, desk.office, member, options))
        assert hidden(told) is not is_asked


def test_and_in_the_countys_own_form(desk: Desk, member: Membership) -> None:
    assert desk.office is not None
    for is_asked in (False, True):
        values = FormValues(desk, desk.office, desk.today, member, show_personal=is_asked)
        told = str([values.one(name) for name in ("人员.备注", "人员.手机", "人员.身份证号")])
        assert hidden(told) is not is_asked


def test_and_in_what_a_search_finds(desk: Desk, member: Membership) -> None:
    found = [each for group in search_everything(desk, "老党员").groups for each in group.found]
    assert hidden(str([each.context for each in found]))


def test_and_in_the_history_until_the_clerk_asks(desk: Desk, member: Membership) -> None:
    [entry] = [e for e in History(desk).of_records([str(member.person)]) if e.happenings]
    lines = [line for each in entry.happenings for line in each.lines]
    assert hidden(str([line.shown(in_full=False) for line in lines]))
    assert not hidden(str([line.shown(in_full=True) for line in lines]))


def test_of_a_remark_nothing_but_the_numbers_is_hidden() -> None:
    told = "1975年3月起任村会计，证书编号20240012345，另有电话：0561-6000003、6000005"
    assert mask_numbers(told) == (
        "1975年3月起任村会计，证书编号20240012345，另有电话：056*****0003、***0005"
    )
    assert mask_numbers("另有电话：6000005") == "另有电话：***0005"
    assert Person.fields()["note"].veiled(f"身份证{IDENTITY}") == "身份证110105********002X"
