"""A name is found by the way it sounds, however many ways there are."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from liaison_desk.store.pinyin import MOST_COMBINATIONS, spellings

SURNAMES_READ_SEVERAL_WAYS = [
    ("单丽", "shanli", "danli"),
    ("仇英", "qiuying", "chouying"),
    ("解晓东", "xiexiaodong", "jiexiaodong"),
    ("朴志勇", "piaozhiyong", "puzhiyong"),
    ("朴志勇", "piaozhiyong", "pozhiyong"),
    ("区丽", "ouli", "quli"),
    ("查大海", "zhadahai", "chadahai"),
    ("覃大明", "qindaming", "tandaming"),
    ("翟玉兰", "zhaiyulan", "diyulan"),
    ("曾伟", "zengwei", "cengwei"),
    ("盖俊", "gejun", "gaijun"),
    ("缪芳", "miaofang", "moufang"),
    ("黑伟", "hewei", "heiwei"),
    ("折芳", "shefang", "zhefang"),
    ("尉迟恭", "yuchigong", "weichigong"),
    ("欧阳娜", "ouyangna", "ouyangnuo"),
    ("长孙伟", "zhangsunwei", "changsunwei"),
    ("万俟燕", "moqiyan", "wanqiyan"),
    ("单于明", "chanyuming", "danyuming"),
    ("令狐冲", "linghuchong", "lhc"),
    ("任我行", "renwoxing", "renwohang"),
]


@pytest.mark.parametrize(("name", "proper", "usual"), SURNAMES_READ_SEVERAL_WAYS)
def test_a_surname_is_found_by_each_of_its_readings(name: str, proper: str, usual: str) -> None:
    assert {proper, usual} <= spellings(name)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("王小明", {"wangxiaoming", "wxm"}),
        ("单丽", {"shanli", "sl", "danli", "dl"}),
        ("张乐", {"zhangle", "zhangyue", "zl", "zy"}),
        ("吕芳", {"lvfang", "lufang", "lf"}),
        ("买买提·艾力", {"maimaitiaili", "mmtal"}),
        ("Tom李", {"tomli", "tl"}),
        ("Ｔｏｍ李", {"tomli"}),
        ("5号楼", {"5haolou", "5hl"}),
        ("张\U00030000伟", {"zhangwei", "zw"}),
        ("王\ue000明", {"wangming", "wm"}),
        ("李𬭚", {"lichun", "lc"}),
        ("马䶮", {"mayan", "my"}),
        ("赵㛃", {"zhaojie", "zj"}),
    ],
)
def test_a_name_is_spelt_in_full_and_by_initials(name: str, wanted: set[str]) -> None:
    assert wanted <= spellings(name)


@pytest.mark.parametrize("name", ["", "·", "\ue000", "　 "])
def test_what_has_no_sound_has_no_spelling(name: str) -> None:
    assert spellings(name) == frozenset()


def test_spellings_are_small_latin_letters_alone() -> None:
    every = spellings("单乐吕朴·嗯欸哏 Li")
    assert every
    assert all(each.isascii() and each.isalnum() and each == each.lower() for each in every)


def test_a_long_name_of_many_readings_stays_small_and_keeps_its_usual_reading() -> None:
    every = spellings("单乐行长重朝" * 10)
    assert len(every) <= 2 * MOST_COMBINATIONS
    assert any(each.startswith("shanle") for each in every)
    assert any(each.startswith("danle") for each in every)


def test_ten_thousand_names_are_spelt_while_one_blinks() -> None:
    spellings("王")
    names = [
        f"{a}{b}{c}"
        for a in "王李张单解朴曾查"
        for b in "小大乐明国建志秀玉春"
        for c in "明华" * 63
    ]
    begun = time.perf_counter()
    for name in names:
        spellings(name)
    assert len(names) > 10_000
    assert time.perf_counter() - begun < 1.5


def test_the_table_of_readings_is_not_loaded_before_a_name_is_spelt() -> None:
    program = (
        "import sys, liaison_desk.store.pinyin as pinyin; print('pypinyin' in sys.modules);"
        "pinyin.spellings('王'); print('pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"False", b"True"]
