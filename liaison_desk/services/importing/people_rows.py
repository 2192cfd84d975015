"""A row that is a person: of the roster, with a seat for the term; or anyone else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.codes import DUTIES, GENDERS
from liaison_desk.domain.fields import clean_line
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.person import Person
from liaison_desk.services.importing import codes
from liaison_desk.services.importing.assembling import (
    Outcome,
    RowRefused,
    add_remarks,
    list_clashes,
    required,
    resolve_links,
)
from liaison_desk.services.importing.people import as_now, candidate, who_is
from liaison_desk.services.importing.synonyms import POSITION
from liaison_desk.services.importing.written_names import may_be_place

if TYPE_CHECKING:
    from liaison_desk.services.importing.assembling import Context
    from liaison_desk.services.importing.entries import Entry

_CHECK_DIGIT_PLACE = 16
_WORDS = re.compile(r"[，,、；;]")
_PERSONAL = ("gender", "born", "ethnicity", "party", "education", "identity", "post", "phone")
_FORMER = re.compile(r"^(?:曾用名|原名|又名|别名|曾名)[:：]?\s*")


def person_row(entry: Entry, context: Context) -> Outcome:
    """人员: a person and nothing more."""
    required(entry, [("person.name", "姓名")])
    _place_position(entry, has_seat=False)
    resolve_links(entry, context)
    outcome, _ = _person(entry, context, {})
    return outcome


def member_row(entry: Entry, context: Context) -> Outcome:
    """委员名册: a person and their seat in the term.

    Raises:
        RowRefused: there is no name.
    """
    required(entry, [("person.name", "姓名")])
    _place_position(entry, has_seat=True)
    resolve_links(entry, context)
    seat = _seat_values(entry, context)
    outcome, person = _person(entry, context, seat)
    if person is not None:
        _seat(person, seat, entry, context)
    return outcome


def _seat_values(entry: Entry, context: Context) -> dict[str, Any]:
    """What a row says of the seat, with its term and level.

    Raises:
        RowRefused: there is no term.
    """
    values = entry.of_table(Membership.table, Membership.fields())
    term = values.get("term") or context.term
    if not term:
        raise RowRefused("还不知道是哪一届，请先填写届次")
    if values.get("sector"):
        values["sector"] = _usual_sector(values["sector"], context)
        entry.values["membership.sector"] = values["sector"]
    return values | {"term": term, "level": context.options.level}


def _person(entry: Entry, context: Context, seat: dict[str, Any]) -> tuple[Outcome, Person | None]:
    """Find or make the person of a row."""
    values = entry.of_table(Person.table, Person.fields())
    _doubt_place(values, entry)
    _take_from_brackets(values, entry)
    add_remarks(entry, values, Person)
    _compare_identity(values, entry)
    decision = context.decisions.get(entry.number, "")
    who = who_is(values, seat, context.work, decision)
    entry.notes += who.notes
    if who.candidates:
        found = tuple(candidate(each, values, context.work) for each in who.candidates)
        return Outcome(None, found), None
    if who.person is None:
        _tell_from_identity(values, entry)
        made = context.work.new(Person(**values), values)
        return Outcome(made), made
    earlier = context.work.draft(who.person.id).row
    if earlier and earlier != entry.number:
        entry.notes.append(f"和第{earlier}行是同一个人，合在一起导入")
    values = entry.without_guesses(values, who.person)
    now = as_now(values, who.person)
    if now["name"] != values["name"]:
        entry.notes.append(f"“{values['name']}”是{now['name']}的曾用名，姓名没有改动")
    values, settled = _with_other_phone(now, who.person)
    filled, clashes = context.work.fill(who.person, values, settled)
    list_clashes(entry, clashes, Person.table, {"post": POSITION})
    return Outcome(filled), filled


def _with_other_phone(
    values: dict[str, Any], person: Person
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Of a mobile and a landline number the mobile one is kept, the other is a remark.

    Returns:
        The values, and the fields in which both numbers have been looked at.
    """
    numbers = {values.get("phone", ""), person.phone} - {""}
    mobile = [each for each in numbers if each.startswith("1")]
    if len(numbers) < 2 or len(mobile) != 1:
        return values, ()
    [other] = numbers - set(mobile)
    remark = f"另有电话：{other}"
    note = "\n".join(filter(None, (values.get("note", ""), remark)))
    return values | {"phone": mobile[0], "note": note}, ("phone",)


def _seat(person: Person, values: dict[str, Any], entry: Entry, context: Context) -> None:
    """Find or make the seat of a person in the term."""
    work = context.work
    key = {"person": person.id, "term": values["term"], "level": values["level"]}
    held = work.find(Membership, **key)
    if not held:
        work.new(Membership(**(values | key)), values)
        return
    seat, clashes = work.fill(held[0], entry.without_guesses(values, held[0]))
    list_clashes(entry, clashes, Membership.table, _duty_cell(entry))
    if not seat.is_serving:
        entry.notes.append(f"资料里登记的状态是“{seat.status}”，导入不会改动它，请核对")


def _duty_cell(entry: Entry) -> dict[str, str]:
    """The column that a duty came from, if not its own: 职务, or a remark such as 召集人."""
    for cell in entry.cells:
        if cell.field.key in {POSITION, "person.note"} and clean_line(cell.text) in DUTIES:
            return {"duty": cell.field.key}
    return {}


def _usual_sector(sector: str, context: Context) -> str:
    """A sector that no table knows, written as other seats have it: 民族宗教 or 民族宗教界."""
    if sector in codes.sectors().values():
        return sector
    other = sector.removesuffix("界") if sector.endswith("界") else f"{sector}界"
    used = context.work.find(Membership, sector=other)
    return other if used and not context.work.find(Membership, sector=sector) else sector


def _place_position(entry: Entry, *, has_seat: bool) -> None:
    """A column 职务 names the seat's duty or completes the employer; so may a remark."""
    position = clean_line(str(entry.values.pop(POSITION, "")))
    values = entry.values
    post = values.get("person.post", "")
    if has_seat and position in DUTIES and "membership.duty" not in values:
        values["membership.duty"] = position
    elif position and not post.endswith(position):
        values["person.post"] = post + position
    if has_seat and values.get("membership.duty"):
        values["membership.duty"] = _duty(values["membership.duty"])
    is_duty = values.get("person.note") in DUTIES and "membership.duty" not in values
    if has_seat and is_duty:
        values["membership.duty"] = values.pop("person.note")


def _duty(written: str) -> str:
    """县政协常委 as 常委; a duty that is not on the list stays as it is written."""
    bare = re.sub(r"^(?:全国|[省市县区镇乡])?政协", "", written)
    return bare if bare in DUTIES else written


def _doubt_place(values: dict[str, Any], entry: Entry) -> None:
    """A village's name is nobody's, unless the row tells more of a person.

    Raises:
        RowRefused: nothing in the row is a person's.
    """
    name = values["name"]
    if not may_be_place(name):
        return
    if not any(values.get(each) for each in _PERSONAL):
        raise RowRefused(f"“{name}”不像一个人的姓名，请核对")
    entry.notes.append(f"姓名“{name}”像是地方或单位的名称，请核对")


def _take_from_brackets(values: dict[str, Any], entry: Entry) -> None:
    """What stands behind a name in brackets may have a field: 女，满族; 曾用名：张卫."""
    for remark in list(entry.remarks):
        rest = [each for each in _WORDS.split(remark) if not _placed(each.strip(), values)]
        if len(rest) < len(_WORDS.split(remark)):
            at = entry.remarks.index(remark)
            entry.remarks[at : at + 1] = ["，".join(rest)] if rest else []


def _placed(word: str, values: dict[str, Any]) -> bool:
    """Whether a word of a remark has found its field, or says what that field says already."""
    if _FORMER.match(word):
        former = (values.get("former_names", ""), _FORMER.sub("", word))
        values["former_names"] = "、".join(filter(None, former))
        return True
    known = {"gender": word if word in GENDERS else "", "ethnicity": _ethnicity(word)}
    found = next((name for name, value in known.items() if value), "")
    return bool(found) and values.setdefault(found, known[found]) == known[found]


def _ethnicity(word: str) -> str:
    """回族 of 回族; a surname such as 白 or 满 in brackets is none."""
    return codes.ethnicities().get(word, "") if word.endswith("族") else ""


def _tell_from_identity(values: dict[str, Any], entry: Entry) -> None:
    """Where a new row does not say when somebody was born, or the sex, the identity number does."""
    identity = values.get("identity", "")
    if not identity:
        return
    told = {"born": f"{identity[6:10]}.{identity[10:12]}", "gender": _sex(identity)}
    for name, value in told.items():
        if values.get(name):
            continue
        values[name] = entry.values[f"person.{name}"] = value
        label = Person.fields()[name].label
        entry.notes.append(f"{label}按身份证号登记为{value}")


def _sex(identity: str) -> str:
    """男 or 女, as an identity number has it."""
    return "男" if int(identity[_CHECK_DIGIT_PLACE]) % 2 else "女"


def _compare_identity(values: dict[str, Any], entry: Entry) -> None:
    """An identity number tells birth and sex as well; where they differ the clerk is told."""
    identity = values.get("identity", "")
    if not identity:
        return
    born, told = values.get("born", ""), f"{identity[6:10]}.{identity[10:12]}"
    if born and not told.startswith(born):
        entry.notes.append(f"出生年月{born}和身份证号里的{told}不一致，请核对")
    sex = _sex(identity)
    if values.get("gender", sex) != sex:
        entry.notes.append(f"性别{values['gender']}和身份证号里的{sex}不一致，请核对")
