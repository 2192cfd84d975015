"""成果报送单: what a meeting came to, sent up with its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.meeting import Consensus, Meeting
from liaison_desk.exports.content import Align, FormPaper, Grid
from liaison_desk.exports.papers.wording import (
    BLANK_DAY,
    Wording,
    as_sentence,
    field_row,
    head,
    listed,
    middle,
    prose,
    row,
    source,
    told,
)

if TYPE_CHECKING:
    from liaison_desk.domain.minutes import Minutes
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.papers.options import PaperOptions


def outcome_sheet(
    read: Reading, office: Office, minutes: Minutes, options: PaperOptions
) -> tuple[Paper, ...]:
    """成果报送单 of one 纪要, with room for the leader's and the county's word."""
    say = Wording(read)
    meeting = read.get(Meeting, minutes.meeting) or Meeting()
    agreed = read.find(Consensus, meeting=meeting.id) if meeting.id else []
    advice = listed(as_sentence(each.name) for each in agreed)
    agencies = "、".join(dict.fromkeys(filter(None, (say.of(each, "agency") for each in agreed))))
    title = "".join(minutes.heading.split("\n"))
    number = f"（{minutes.full_number}）" if minutes.full_number else ""
    enclosed = f"协商纪要{number}" if minutes.id else ""
    rows = (
        field_row(
            head("报送单位"), told(office.name, of=source(office, "name")),
            head("形成日期"), say.cell(minutes, "dated"),
),
        field_row(head("成果名称"), told(title, 3, of=source(minutes, "heading"))),
        field_row(
            head("协商活动"), told(meeting.name, of=source(meeting, "name")),
            head("成果形式"), told("协商纪要"),
),
        row(head("主要建议"), prose(advice, 3, of=source(minutes, "body")), height=48),
        field_row(head("建议\n承办单位"), told(agencies, 3, of=source(meeting))),
        field_row(head("附件"), told(enclosed, 3, of=source(minutes))),
        row(head("领导签批"), told(f"\n\n{BLANK_DAY}", 3, align=Align.RIGHT), height=28),
        row(head("县政协\n处理意见"), told(f"\n\n{BLANK_DAY}", 3, align=Align.RIGHT), height=28),
        field_row(head("签收人"), told(""), head("签收日期"), middle(BLANK_DAY)),
    )  # fmt: skip
    paper = FormPaper(
        title="协商成果报送单",
        parts=(Grid(widths=(2, 3.7, 2, 4.1), rows=rows),),
        over_left=office.name,
        over_right=f"编号：{minutes.full_number or '　　　　　　'}",
    )
    return (paper,)
