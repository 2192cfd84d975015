"""Papers to print in tests: the usual ones, from which each test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from liaison_desk.exports.content import (
    Align,
    Cell,
    FormPaper,
    Grid,
    NameList,
    OfficialPaper,
    PaperStyle,
    Row,
    Source,
)

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


LETTER = OfficialPaper(
    style=PaperStyle.LETTER,
    mark="柳河镇政协联络组",
    number="柳协函〔2026〕3号",
    title="关于召开破解老旧小区停车难问题专题协商会的通知",
    main_to="各位委员，各有关部门，各村（社区）",
    body="\n".join(
        (
            "按照工作安排，定于2026年3月5日召开协商会议。现将有关事项通知如下：",
            "一、会议时间",
            "2026年3月5日（星期四）上午9:00",
            "二、有关要求",
            "1.请参会人员提前10分钟到会签到，并围绕议题做好发言准备。",
            "2.因故不能参会的，请会前向联络员请假，并填好回执送回。",
        )
    ),
    signature="柳河镇政协联络组",
    signed_on=date(2026, 3, 1),
    has_seal=True,
    copies=("县政协办公室",),
    printed_by="柳河镇政协联络组",
    printed_on=date(2026, 3, 1),
)
PLAIN = replace(
    LETTER,
    style=PaperStyle.PLAIN,
    mark="柳河镇政协联络组文件",
    body=LETTER.body + "\n" + BODY,
    attachments=("参会回执。", "破解老旧小区停车难问题专题协商会会议议程和有关单位的书面发言材料"),
    has_seal=False,
    note="联系人：王小明",
)


def label(text: str, span: int = 1, rows: int = 1) -> Cell:
    """A label of a form."""
    return Cell(text=text, is_label=True, span=span, rows=rows)


def told(text: str, span: int = 1, rows: int = 1, align: Align = Align.LEFT) -> Cell:
    """A text of a form that came from a record."""
    return Cell(
        text=text, span=span, rows=rows, align=align, source=Source("meeting", "m1", "summary")
    )


SUMMARY = "与会人员围绕增加泊位、规范管理、错时共享等提出意见建议12条，李䶮、陈㛃、王𬭚、周𫖯发言。"
SLIP = FormPaper(
    title="参会回执",
    parts=(
        Grid(
            widths=(2, 3, 2, 3),
            rows=(
                Row(cells=(label("会议名称"), told("停车难专题协商会", 3)), height=13),
                Row(cells=(label("姓名"), told("李䶮"), label("联系电话"), told(""))),
                Row(cells=(label("能否参会"), told("□参会　□请假", 3)), height=9),
                Row(cells=(label("意见建议"), told("", 3)), height=45),
            ),
        ),
    ),
    foot="请于会议前一天送回联络员王小明。",
)
REGISTER = FormPaper(
    title="柳河镇政协联络组微协商登记表",
    over_left="编号：2026-003",
    over_right="2026年3月8日",
    parts=(
        Grid(
            widths=(1, 2, 3, 2, 3),
            rows=(
                Row(cells=(label("基本情况", 1, 3), label("议题"), told("老旧小区停车难", 3))),
                Row(cells=(label("来源"), told("委员荐题"), label("村（社区）"), told("桥口村"))),
                Row(cells=(label("参加"), told("委员8人，群众20人，部门3人", 3))),
                Row(cells=(label("协商过程"), label("摘要"), told(SUMMARY * 3, 3)), height=60),
                Row(cells=(label("落实", 1, 2), label("意见"), told("1.增泊位\n2.成立小组", 3))),
                Row(cells=(label("责任方及时限"), told("镇城建办　2026年6月30日", 3))),
            ),
        ),
    ),
    foot="填表人：　　　　　　审核人：",
)
LEDGER_HEAD = ("序号", "事项", "主办单位", "承办人", "交办日期", "办理情况", "结果")


def ledger(rows: int) -> FormPaper:
    """A ledger in landscape with so many rows."""
    head = Row(cells=tuple(label(text) for text in LEDGER_HEAD))
    return FormPaper(
        title="办理事项台账",
        is_landscape=True,
        over_left="柳河镇政协联络组　　2026年第一季度",
        over_right="制表日期：2026年3月9日",
        parts=(
            Grid(
                widths=(1, 4, 3, 2, 2.5, 6, 2),
                head=1,
                rows=(head, *(_ledger_row(number) for number in range(1, rows + 1))),
            ),
        ),
    )


def _ledger_row(number: int) -> Row:
    middle = Align.CENTRE
    return Row(
        cells=(
            told(f"{number}", align=middle),
            told(f"新划停车位{number}个，其中无障碍车位2个"),
            told("镇城建办", align=middle),
            told("王𬭚", align=middle),
            told("2026-03-08", align=middle),
            told("已完成现场勘察，正在施工划线，预计下月完工。" * (1 + number % 3)),
            told("A已解决", align=middle),
        )
    )
