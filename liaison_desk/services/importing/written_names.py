"""Names of people as lists have them: two in a cell, with an office before or behind, or none."""

from __future__ import annotations

import re

from liaison_desk.domain import names

_HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_NAME = re.compile(rf"[{_HAN}]{{2,4}}|[{_HAN}]{{1,12}}(·[{_HAN}]{{1,12}})+")
_DOUBLE_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳司马上官诸葛皇甫尉迟公孙慕容令狐司徒东方夏侯长孙宇文端木南宫西门独孤呼延"
        "闻人澹台公冶太史轩辕钟离鲜于闾丘司空万俟拓跋赫连东郭申屠淳于单于公羊濮阳仲孙"
        "宗政亓官宰父公良漆雕乐正太叔第五巫马段干百里梁丘左丘东门谷梁羊舌微生",
    )
)
_SEVERAL = re.compile(r"[、，,；;/]")
_TWO = re.compile(rf"[{_HAN}]{{2,3}}[和与及][{_HAN}]{{2,3}}")
_AND = re.compile(r"\s+[和与及]\s+")
_SPLIT_NAME = re.compile(rf"(?<![{_HAN}])([{_HAN}])[^\S\n]+([{_HAN}])(?![{_HAN}])")
"""王  芳: single characters that the clerk has set apart to make columns even."""
_LONG = re.compile(rf"[{_HAN}]{{5,}}")
_FOUR = re.compile(rf"[{_HAN}]{{4}}")
_OFFICE = re.compile(
    r"^(?:[省市县区镇乡]?政协)?(?:委员|(?:群众|居民|村民|党员|业主|利益相关方)?代表|利益相关方|专家"
    r"|主持人?|召集人|记录人)[:：]?(?=[^:：]{2})"
)
_LABEL = re.compile(
    r"^(?:副?组长|组员|成员|主持人?|参加人员?|参会人员?|出席人?员?|列席人?员?|委员|代表|领导|企业|嘉宾"
    r"|群众代表|专家)[:：]\s*"
)
"""What stands before the first of several names: 组长：张伟；成员：李娜、王芳."""
_BRACKETS = re.compile(r"[（(]([^（）()]*)[)）]$")
_ABSENT = re.compile(r"假|缺|未|代|迟|早退|没")
"""In brackets behind a name: somebody who did not simply come."""
_AND_MORE = re.compile(r"(?<=[^等])等(?:[\d一二三四五六七八九十]+[人名位余]*)?$")
_BODY = re.compile(
    r"(?:代表|群众|委员|干部|成员|人员|负责人|单位|部门|党员|居民|村民|业主|住户|政府|中心|公司|学校"
    r"|中学|小学|医院|领导|专家|律师|民警|网格员|书记|主任|[组镇乡所站局校院队社]长|老师|医生|两委"
    r"|[党村居常工联支]委会|委员会|协会|商会|妇联|理事会|企业|街道|社区|小组|支部"
    r"|联络[组室]|名单|合计|小计|总计|等人)$"
    r"|^(?:各|全体|相关|有关|其他|部分|同上|详见|见附)"
)
"""What stands in a list of people and is a body, an office or a crowd."""
_PLACE = re.compile(r".{2,}[村镇乡县区所站局办委厅处]")
"""What is most often a village or an office: 袁庄村, 城建所. 王文镇 is somebody, if rarely."""
_NOBODY = frozenset(
    {
        "其他",
        "其它",
        "群众",
        "委员",
        "代表",
        "党员",
        "干部",
        "书记",
        "主任",
        "同上",
        "姓名",
        "name",
        "全体",
        "某某",
    }
)


def is_name(text: str) -> bool:
    """Whether a word could be a person's name."""
    name = names.normalise(text)
    return bool(_NAME.fullmatch(name)) and not is_body(name) and not may_be_place(name)


def is_body(name: str) -> bool:
    """Whether a word is that of a body, an office or a crowd."""
    return name.lower() in _NOBODY or (len(name) > 2 and bool(_BODY.search(name)))


def may_be_place(name: str) -> bool:
    """Whether a word is most often a place or an office, and now and then a name."""
    return bool(_PLACE.fullmatch(name))


def is_several(text: str) -> bool:
    """Whether a cell for one person names more than one: 张伟、李娜; or 张伟 李娜."""
    bare = _SPLIT_NAME.sub(r"\1\2", text.strip())
    parts = [each for each in bare.split() if each]
    if len(parts) == 2 and parts[0] in _DOUBLE_SURNAMES:
        return False
    if len(parts) > 1 and all(_NAME.fullmatch(each) for each in parts):
        return True
    return bool(_SEVERAL.search(text) or _TWO.fullmatch(bare))


def is_odd(name: str) -> bool:
    """Whether a name is so long that it may be two, or none."""
    is_double = name[:2] in _DOUBLE_SURNAMES
    return bool(_LONG.fullmatch(name)) or bool(_FOUR.fullmatch(name) and not is_double)


def listed_people(text: str) -> list[str]:
    """The names that a cell lists, without 等12人 behind the last."""
    found: list[str] = []
    for part in re.split(r"[、，,；;\n]", _AND.sub("、", _SPLIT_NAME.sub(r"\1\2", text))):
        bare = _AND_MORE.sub("", _LABEL.sub("", part.strip()))
        words = bare.split()
        found += words if is_several(bare) else [bare]
    return [each for each in found if each]


def without_office(text: str) -> tuple[str, bool]:
    """A name without an office before it or in brackets behind it, and whether there was one.

    Brackets that say that somebody was absent, or spoke for another, stay.
    """
    brackets = _BRACKETS.search(text)
    bare = text
    if brackets and not _ABSENT.search(brackets[1]):
        bare = text[: brackets.start()].strip()
    bare = _OFFICE.sub("", bare)
    return bare, bare != text
