"""U盘交接登记单: a packet that goes from hand to hand, in two copies on one sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liaison_desk.domain.office import Office
from liaison_desk.domain.packet import SENT, Packet
from liaison_desk.exports.content import Align, FormPaper, Grid, Paragraph
from liaison_desk.exports.papers.wording import (
    BLANK_DAY,
    Wording,
    field_row,
    head,
    middle,
    source,
    told,
)

if TYPE_CHECKING:
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Cell, Paper, Row
    from liaison_desk.exports.papers.options import PaperOptions

_CUT = "…………………（沿此线裁开，双方各存一份）…………………"
_SHOWN_OF_HASH = 16
_MAIN = (
    "委员任期", "议题", "年度协商计划", "调研", "协商会", "纪要", "办理事项", "办理反馈",
    "社情民意", "提案", "活动", "县级交办", "回执",
)  # fmt: skip
_counted = re.compile(r"(\D+)(\d+)")


def packet_sheet(
    read: Reading, office: Office, packet: Packet, options: PaperOptions
) -> tuple[Paper, ...]:
    """U盘交接登记单 of a packet sent or taken in."""
    grid = Grid(widths=(2, 4, 2, 4), rows=_rows(Wording(read), office, packet))
    cut = Paragraph(text=_CUT, align=Align.CENTRE)
    title = Paragraph(text="U盘交接登记单（副联）", align=Align.CENTRE, is_heading=True)
    return (
        FormPaper(
            title="U盘交接登记单",
            parts=(grid, cut, title, grid),
            over_left=office.name,
            over_right=f"第{packet.number or '　　'}期",
        ),
    )


def main_contents(contents: str) -> str:
    """What a packet holds, as who signs for it counts: 协商会2、纪要1; its parts are left out."""
    told_of = [each for each in contents.split("、") if each]
    main = [each for each in told_of if (found := _counted.fullmatch(each)) and found[1] in _MAIN]
    return "、".join(main or told_of)


def _rows(say: Wording, office: Office, packet: Packet) -> tuple[Row, ...]:
    sender = say.read.get(Office, packet.sender)
    is_sent = packet.direction != "接收"
    giver = sender.name if sender else ""
    taker = "" if is_sent or packet.direction == SENT else office.name
    period = (
        f"{say.of(packet, 'period_from')}至{say.of(packet, 'period_until')}"
        if packet.period_from
        else ""
    )
    held = main_contents(packet.contents)
    return (
        field_row(
            head("交接日期"), _day(packet),
            head("载体编号"), told(""),
        ),
        field_row(
            head("交方"), told(giver, of=source(packet, "sender")),
            head("收方"), told(taker),
),
        field_row(head("文件名"), say.cell(packet, "file_name", 3)),
        field_row(head("资料时段"), told(period, 3, of=source(packet, "period_from"))),
        field_row(head("内容"), told(held, 3, of=source(packet, "contents"))),
        field_row(
            head("文件数"), told("1个报送包" if packet.file_name else ""),
            head("校验码"), told(packet.sha256[:_SHOWN_OF_HASH], of=source(packet, "sha256")),
        ),
        field_row(head("交方签字"), told(""), head("收方签字"), told("")),
        field_row(head("备注"), told("", 3)),
    )  # fmt: skip


def _day(packet: Packet) -> Cell:
    if packet.handled_at is None:
        return middle(BLANK_DAY)
    text = f"{packet.handled_at.year}年{packet.handled_at.month}月{packet.handled_at.day}日"
    return told(text, of=source(packet, "handled_at"))
