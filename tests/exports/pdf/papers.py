"""Minutes to print in tests: the usual ones, from which each test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from liaison_desk.exports.content import NameList, OfficialPaper, PaperStyle

OPENING = (
    "2026年3月5日上午9:00—10:30，柳河镇政协联络组在镇政府三楼会议室召开“停车难”专题协商会。"
    "会议由镇党委副书记、联络组召集人赵建国主持，委员、有关部门负责人和居民代表共32人参加。"
)
BODY = "\n".join(
    (
        OPENING,
        "一、关于增加停车泊位",
        "（一）挖掘存量资源。由镇城建办牵头，在2026年6月30日前新增临时泊位120个。",
        "1.镇机关院内48个泊位，每日18:00至次日7:30向居民开放。",
        "（1）协议一年一签；费用由社区代收，收支每季度公示一次。",
        "二、关于长效管理。会议议定，由居民代表张贇、李䶮、陈㛃、王𬭚、周𫖯、吴頔组成自治小组。",
    )
)
PRESENT = "赵建国、钱　进、孙丽华、李　明、周文彬、吴秀英、郑国强、买买提·艾力、欧阳建国"
FULL_PAGE = "\n".join(["国" * 26 + "国" * 28 * 5] * 8)
USUAL = OfficialPaper(
    style=PaperStyle.MINUTES,
    mark="柳河镇政协联络组协商纪要",
    number="〔2026〕1号",
    issuer="柳河镇政协联络组",
    dated=date(2026, 3, 8),
    title="关于破解老旧小区停车难问题专题协商会议纪要",
    body=BODY,
    name_lists=(
        NameList(label="出席", names=PRESENT),
        NameList(label="请假", names="蒋　伟（因公外出）"),
        NameList(label="列席", names="县政协办公室副主任韩雪梅，镇城建办杨　帆"),
    ),
    copies=("县政协办公室，县住房和城乡建设局，各村（社区）",),
    printed_by="柳河镇政协联络组",
    printed_on=date(2026, 3, 9),
)


def minutes(**changes: Any) -> OfficialPaper:  # noqa: ANN401  (any field of the paper)
    """Return the usual minutes with some fields changed."""
    return replace(USUAL, **changes)


def present(names: str) -> tuple[NameList, ...]:
    """Return the lists of names of minutes at which these were present."""
    return (NameList(label="出席", names=names), *USUAL.name_lists[1:])
