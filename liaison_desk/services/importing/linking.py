"""Finding the record that a cell names: an agency by its short name, a village without 村."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain import names
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.fields import WrongText, clean_line
from liaison_desk.domain.person import Person
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.domain.short import short
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.importing import written_names

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.importing.workspace import Workspace

_VILLAGE_END = re.compile(r"(村民委员会|村委会|居民委员会|居委会|行政村|村|社区)$")
_KINDS = {"村民委员会": "村", "村委会": "村", "行政村": "村", "村": "村"}
_GROUP = re.compile(
    r"(.{1,10}?(?:村委会|居委会|村|社区))"
    r"((?:第?[一二三四五六七八九十\d]+)?[^村]{0,6}(?:组|队|网格|小区|号|栋|楼|室|片区))"
)
"""Part of a village, or an address in it: 桥口村三组."""
_NOWHERE = re.compile(r"全[镇乡县区市]|各|本[镇乡]|机关|[镇县]直|全体|辖区|其他|多个|所有|相关")
_APART = re.compile(r"[、，,；;/\s]+")
_ADDRESS = re.compile(r"\d|[路街巷弄]|号$|[省市县]")
_BETWEEN = re.compile(r"[、，,；;\n/／]\s*|\s+和\s+")
_HELPING = re.compile(r"[（(]([^（）()]+?)(?:配合|协办|协助|参与)[)）]")
_LEADING = re.compile(r"[（(](?:牵头|主办|主责|负责|承办)(?:单位|部门)?[)）]")
_AND_OTHERS = re.compile(r"(?<=..)等(?:[\d一二三四五六七八九十]*[个家]?(?:单位|部门)|相关单位)?$")
_DUTY = re.compile(r"^(?:牵头|责任|主办|承办|落实|配合|协办)(?:单位|部门)?[:：]\s*")
_SPACED = re.compile(r"(?<=[局所站办委会院校厅处队心司府])[^\S\n]+(?=\S{2})")
"""Agencies with nothing but a space between them: the first one's name has come to its end."""


@dataclass(frozen=True)
class Linked:
    """What a cell names.

    Attributes:
        id: of the record.
        rest: what the cell says beyond it, for 备注.
    """

    id: str
    rest: str = ""


def link_to(table: str, text: str, work: Workspace, township: str = "") -> Linked:
    """The record that a cell names; a village, agency, person or topic not known yet is made.

    Raises:
        WrongText: it names nobody, or more than one.
    """
    if table == Village.table:
        return _village(text, work, township)
    if table == Agency.table:
        return _agency(text, work, township)
    if table == Person.table:
        return _person(text, work)
    return _other(BY_TABLE[table], text, work)


def _village(text: str, work: Workspace, township: str) -> Linked:
    """A village or community, with or without 村 behind its name, or with a group behind it.

    Raises:
        WrongText: it is an address, or could be more than one village.
    """
    plain = names.with_real_characters(text)
    if sum(bool(_VILLAGE_END.search(each)) for each in _APART.split(plain)) > 1:
        raise WrongText(f"“{short(clean_line(text))}”像是几个村（社区），请导入后手工填写")
    name = re.sub(r"\s", "", clean_line(plain))
    if township and name.startswith(township) and len(name) > len(township) + 1:
        name = name[len(township) :]
    exact = work.find(Village, name=name)
    if exact:
        return Linked(exact[0].id)
    stem, kind = _stem(name)
    known = work.find(Village)
    alike = [each for each in known if _is_alike(_stem(each.name), (stem, kind))]
    if len(alike) == 1:
        return Linked(alike[0].id)
    if len(alike) > 1:
        said = "、".join(each.name for each in alike)
        raise WrongText(f"“{name}”可能是{said}，请写全名称")
    within = [each for each in known if name.startswith(each.name) and len(each.name) > 1]
    if within:
        longest = max(within, key=lambda each: len(each.name))
        return Linked(longest.id, name)
    group = _GROUP.fullmatch(name)
    if group:
        return Linked(_village(group[1], work, township).id, name)
    is_address = not _VILLAGE_END.search(name) and _ADDRESS.search(name)
    if is_address or _NOWHERE.match(name):
        raise WrongText(f"“{short(name)}”不像是一个村（社区）的名称，请导入后手工填写")
    return Linked(_made(Village(name=name), work))


def _stem(name: str) -> tuple[str, str]:
    """桥口村委会 as 桥口 and 村; one without an ending has no kind."""
    found = _VILLAGE_END.search(name)
    if found is None or found.start() == 0:
        return name, ""
    return name[: found.start()], _KINDS.get(found[1], "社区")


def _is_alike(known: tuple[str, str], wanted: tuple[str, str]) -> bool:
    """Whether two names are one village's."""
    kinds = {known[1], wanted[1]} - {""}
    return known[0] == wanted[0] and len(kinds) < 2


def _agency(text: str, work: Workspace, township: str) -> Linked:
    """An agency by its name or short name, with or without the township's name before it."""
    name = re.sub(r"\s", "", clean_line(names.with_real_characters(text)))
    for found in (work.find(Agency, name=name), work.find(Agency, short_name=name)):
        if found:
            return Linked(found[0].id)
    bare = _without_town(name, township)
    alike = [
        each
        for each in work.find(Agency)
        if bare in {_without_town(each.name, township), _without_town(each.short_name, township)}
    ]
    if len(alike) == 1:
        return Linked(alike[0].id)
    if len(alike) > 1:
        said = "、".join(each.name for each in alike)
        raise WrongText(f"“{name}”可能是{said}，请写全名称")
    return Linked(_made(Agency(name=name), work))


def _without_town(name: str, township: str) -> str:
    """柳河镇城建所 and 镇城建所 are 城建所; 桥口村村民委员会 is 桥口村委会."""
    name = name.replace("村民委员会", "村委会").replace("居民委员会", "居委会")
    name = name.replace("村村委会", "村委会")
    if township and name.startswith(township):
        name = name[len(township) :]
    return re.sub(r"^(本)?[镇乡](?=.{2})", "", name)


def _person(text: str, work: Workspace) -> Linked:
    """A person by their name; of several in one cell nobody is guessed.

    An office before the name, or in brackets behind it, is a remark.
    """
    whole = names.normalise(text)
    said = short(clean_line(text), 30)
    known = _people(whole, work)
    listed = written_names.listed_people(text)
    bare, has_more = written_names.without_office(listed[0] if len(listed) == 1 else text)
    name = whole if known else names.normalise(bare)
    known = known or _people(name, work)
    if len(known) > 1:
        raise WrongText(f"资料里有{len(known)}个“{name}”，不知道是哪一个，请导入后手工填写")
    rest = said if (has_more or name != whole) else ""
    if known:
        return Linked(known[0].id, "" if name == whole else rest)
    if len(listed) > 1:
        raise WrongText(f"“{said}”像是几个人，请导入后手工填写")
    if not written_names.is_name(name):
        raise WrongText(f"“{said}”不像一个人的姓名，请导入后手工填写")
    return Linked(_made(Person(name=name), work), rest)


def _people(name: str, work: Workspace) -> list[Person]:
    """The people of a name, the present one or a former one."""
    return work.find(Person, name=name) or work.once_called(name)


def _other(record_type: type[Record], text: str, work: Workspace) -> Linked:
    """A record by its caption; only a topic is made."""
    name = clean_line(names.with_real_characters(text))
    found = work.find(record_type, **{record_type.headline: name})
    if len(found) == 1:
        return Linked(found[0].id)
    if len(found) > 1:
        raise WrongText(
            f"资料里有{len(found)}条{record_type.title}叫“{short(name, 30)}”，请导入后手工填写"
        )
    if record_type is Topic:
        return Linked(_made(Topic(name=name), work))
    raise WrongText(f"资料里还没有{record_type.title}“{short(name, 30)}”，请先登记再补填")


def _made(record: Record, work: Workspace) -> str:
    """The id of a new record, if it can be kept.

    Raises:
        WrongText: the name cannot be one.
    """
    problems = record.problems()
    if problems:
        raise WrongText(problems[0].sentence)
    return work.new(record, ["name"]).id


def listed_names(text: str) -> list[str]:
    """The agencies that a cell lists, the one that leads first: 镇城建所、派出所.

    镇城建所（派出所配合） and 牵头单位：镇城建所；配合单位：派出所 say the same.
    """
    plain = _HELPING.sub(r"、\1", _LEADING.sub("", text.strip()))
    parts = (clean_line(each) for each in _BETWEEN.split(_SPACED.sub("、", plain)))
    return [bare for each in parts if (bare := _AND_OTHERS.sub("", _DUTY.sub("", each)))]
