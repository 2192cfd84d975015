"""办理反馈单: the agency's answer on a matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.codes import RESULTS
from liaison_desk.domain.matter import Matter, Reply
from liaison_desk.exports.content import Align, FormPaper, Grid
from liaison_desk.exports.papers.wording import (
    BLANK_DAY,
    Wording,
    field_row,
    head,
    listed,
    middle,
    row,
    source,
    told,
)

if TYPE_CHECKING:
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.papers.options import PaperOptions


def reply_form(
    read: Reading, office: Office, matter: Matter, options: PaperOptions
) -> tuple[Paper, ...]:
    """办理反馈单: one for each answer there is, or an empty one to be filled by the agency."""
    replies = read.find(Reply, matter=matter.id) if matter.id else []
    say = Wording(read, show_personal=options.show_personal)
    return tuple(_form(say, office, matter, each) for each in replies or [Reply()])


def result_boxes(chosen: str = "") -> str:
    """The four results, two to a line, with boxes."""
    boxes = [f"{'■' if each == chosen else '□'}{each}" for each in RESULTS]
    return f"{boxes[0]}　　{boxes[1]}\n{boxes[2]}　　{boxes[3]}"


def _form(say: Wording, office: Office, matter: Matter, reply: Reply) -> FormPaper:
    agency = say.read.get(Agency, matter.agency) or Agency()
    files = say.read.find(Attachment, owner=reply.id) if reply.id else []
    answer = say.cell(reply, "replied_on") if reply.id else middle(BLANK_DAY)
    boxes = told(result_boxes(reply.result), 3, of=source(reply, "result"))
    names = told(listed(each.name for each in files), 3, of=source(reply))
    rows = (
        field_row(head("办理事项"), say.cell(matter, "name", 3)),
        field_row(head("承办单位"), say.cell(matter, "agency"), *say.pair(matter, "partners")),
        field_row(
            head("承办人"),
            told(matter.handler or agency.contact, of=source(matter, "handler")),
            head("联系电话"), say.cell(agency, "phone"),
        ),
        field_row(*say.pair(matter, "handover_number"), *say.pair(matter, "handed_over_on")),
        field_row(head("办理时限"), say.cell(matter, "due_on"), *say.pair(matter, "closed_on")),
        row(head("办理情况"), say.prose(reply, "content", 3), height=56),
        row(head("办理结果"), boxes, height=20),
        field_row(head("答复文号"), say.cell(reply, "reply_number"), head("答复日期"), answer),
        field_row(head("附件"), names),
        row(
            head("审核"),
            told(f"\n负责人签名：　　　　　　　（盖章）\n{BLANK_DAY}", 3, align=Align.RIGHT),
            height=28,
        ),
    )  # fmt: skip
    return FormPaper(
        title="办理情况反馈单",
        parts=(Grid(widths=(2, 3.7, 2, 4.1), rows=rows),),
        over_left=f"报送：{office.name}",
    )
