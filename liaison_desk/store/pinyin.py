"""How names sound: the spellings by which a person is found when one types pinyin."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_COMBINATIONS = 64
"""So many ways to read one name are told apart; a name read in more keeps the usual ones."""

_SURNAMES = {
    "单": "shan dan chan", "仇": "qiu chou", "解": "xie jie", "朴": "piao pu po", "区": "ou qu",
    "查": "zha cha", "覃": "qin tan", "翟": "zhai di", "曾": "zeng ceng", "盖": "ge gai",
    "缪": "miao mou", "黑": "he hei", "折": "she zhe", "乜": "nie mie", "员": "yun yuan",
    "种": "chong zhong", "秘": "bi mi", "冼": "xian", "逄": "pang", "谌": "chen shen",
    "隗": "wei kui", "郇": "xun huan", "宓": "mi fu", "祭": "zhai ji", "洗": "xian xi",
    "那": "na nuo", "过": "guo", "繁": "po fan", "召": "shao zhao", "葛": "ge", "哈": "ha",
    "任": "ren", "宁": "ning", "燕": "yan", "句": "gou ju", "会": "gui hui", "佴": "nai er",
    "晁": "chao", "不": "fou bu", "褚": "chu", "贾": "jia", "阚": "kan", "干": "gan",
    "薄": "bo bao", "卜": "bu", "重": "chong zhong", "么": "yao me", "牟": "mou mu",
    "臧": "zang", "藏": "zang cang", "眭": "sui", "逯": "lu", "郗": "xi chi", "相": "xiang",
    "行": "xing hang", "贲": "ben bi", "费": "fei bi", "盛": "sheng cheng", "谷": "gu",
    "瞿": "qu ju", "乐": "yue le", "石": "shi", "车": "che ju", "尹": "yin", "阿": "a e",
    "叶": "ye she", "沈": "shen", "尉": "wei yu", "万": "wan mo", "於": "yu", "戏": "xi hu",
    "强": "qiang jiang", "柏": "bai bo", "伯": "bo bai", "长": "chang zhang", "亢": "kang gang",
    "咸": "xian", "俞": "yu shu", "邸": "di", "堵": "du zhe", "蕃": "po fan", "芮": "rui",
    "訾": "zi", "厘": "li xi", "适": "kuo shi", "佟": "tong", "妫": "gui", "仉": "zhang",
    "钭": "tou dou", "教": "jiao", "占": "zhan", "曲": "qu", "尧": "yao",
}  # fmt: skip
"""Surnames with several readings, or with one that a dictionary leaves out; the usual first."""

_DOUBLE_SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "单于": "chan yu", "令狐": "ling hu",
    "澹台": "tan tai", "皇甫": "huang fu", "亓官": "qi guan", "鲜于": "xian yu",
    "欧阳": "ou yang", "夏侯": "xia hou", "诸葛": "zhu ge", "呼延": "hu yan",
    "宰父": "zai fu", "濮阳": "pu yang", "淳于": "chun yu", "太史": "tai shi",
}  # fmt: skip
"""Surnames of two characters that sound otherwise than these do alone."""

_LATIN = re.compile(r"[a-z0-9]+")


def spellings(name: str) -> frozenset[str]:
    """All full spellings of a name and all its initials: 单丽 gives shanli, sl, danli, dl.

    Small letters without tones and spaces; ü is spelt v and u. Every reading of a character
    counts, up to `MOST_COMBINATIONS`. Latin letters and digits stay; characters without a
    reading and the · of a long name are passed over.
    """
    units = _limited(_units(unicodedata.normalize("NFKC", name).lower()))
    if not units:
        return frozenset()
    full = {"".join(each) for each in product(*units)}
    initials = {"".join(each) for each in product(*map(_initials, units))}
    return frozenset(full | initials)


def _units(name: str) -> list[Sequence[str]]:
    """The readings of each character that has one; a run of Latin letters is one unit."""
    units: list[Sequence[str]] = []
    surname = _surname(name)
    place = 0
    while place < len(name):
        if place < len(surname):
            units.append(surname[place])
        elif run := _LATIN.match(name, place):
            units.append((run[0],))
            place = run.end() - 1
        elif readings := _readings(name[place]):
            units.append(readings)
        place += 1
    return units


def _surname(name: str) -> list[Sequence[str]]:
    """The readings of the characters of a surname that has readings of its own."""
    double = _DOUBLE_SURNAMES.get(name[:2])
    if double is not None:
        told = zip(double.split(), name[:2], strict=True)
        return [_each_once((own, *_readings(character))) for own, character in told]
    single = _SURNAMES.get(name[:1])
    return [_each_once((*single.split(), *_readings(name[0])))] if single else []


def _limited(units: list[Sequence[str]]) -> list[Sequence[str]]:
    """The same with only the usual readings towards the end, where they would be too many."""
    kept = list(units)
    for place in range(len(kept) - 1, -1, -1):
        if prod(map(len, kept)) <= MOST_COMBINATIONS:
            break
        kept[place] = kept[place][:1]
    return kept


def _initials(readings: Sequence[str]) -> Sequence[str]:
    """The first letters of a character's readings; a number stays whole."""
    return _each_once(each if each[:1].isdigit() else each[0] for each in readings)


@cache
def _readings(character: str) -> tuple[str, ...]:
    """The readings of a character, the usual one first; () when it has none."""
    toned = _dictionary().get(ord(character), "")
    return _each_once(plain for each in toned.split(",") if each for plain in _plain(each))


def _plain(reading: str) -> tuple[str, ...]:
    """A reading without its tone: lǚ is lv and lu, as input methods and passports have it."""
    bare = "".join(
        sign for sign in unicodedata.normalize("NFD", reading) if sign.isascii() or sign == "\u0308"
    )
    if "\u0308" not in bare:
        return (bare,)
    return (bare.replace("u\u0308", "v"), bare.replace("u\u0308", "u"))


@cache
def _dictionary() -> Mapping[int, str]:
    """The readings of single characters: `ord` to "dān,chán,shàn".

    Loaded when the first name is spelt, for it takes 40 ms; without the package's phrases, which
    names do not need and which take another 100 ms.
    """
    os.environ["PYPINYIN_NO_PHRASES"] = "1"
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


def _each_once(words: Iterable[str]) -> tuple[str, ...]:
    """Words in their order without repetitions."""
    return tuple(dict.fromkeys(words))
