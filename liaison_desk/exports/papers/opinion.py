"""社情民意信息: one thing reported upwards, with what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.opinion import Adoption, Opinion, OpinionCosigner
from liaison_desk.exports.content import Align, FormPaper, Grid, Paragraph
from liaison_desk.exports.papers.wording import (
    Wording,
    day_text,
    empty_rows,
    field_row,
    head,
    heads,
    middle,
    row,
    short_day,
    source,
    told,
    writing_room,
)

if TYPE_CHECKING:
    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Paper, Part, Row
    from liaison_desk.exports.papers.options import PaperOptions

_WRITING = 100.0  # mm to be written in by hand when the text is empty


def opinion_report(
    read: Reading, office: Office, opinion: Opinion, options: PaperOptions
) -> tuple[Paper, ...]:
    """社情民意信息: who reports, the text, and at the end what was taken up."""
    say = Wording(read, show_personal=options.show_personal)
    title = Paragraph(
        text=opinion.name or "标题：",
        align=Align.CENTRE if opinion.name else Align.LEFT,
        is_heading=True,
        source=source(opinion, "name"),
    )
    body = [
        Paragraph(text=each.strip(), source=source(opinion, "body"))
        for each in opinion.body.split("\n")
        if each.strip()
    ]
    text: list[Part] = [*body] if body else [writing_room(_WRITING)]
    parts: tuple[Part, ...] = (
        Grid(widths=(2, 4, 2, 3.6), rows=_about(say, office, opinion)),
        title,
        *text,
        Grid(widths=(1.4, 2.3, 1.5, 2.6, 4.2), rows=_adopted(say, opinion), head=1),
        Grid(widths=(2, 9.6), rows=(_handled(say, opinion),)),
    )
    number = opinion.number or "　　　　　　"
    return (
        FormPaper(
            title="社情民意信息",
            parts=parts,
            over_left=f"编号：{number}",
            over_right=day_text(opinion.reported_on),
            foot="撰稿：　　　　　　　　审核：　　　　　　　　签发：　　　　　　　　",
        ),
    )


def _about(say: Wording, office: Office, opinion: Opinion) -> tuple[Row, ...]:
    """Who reports, with whom, and to whom."""
    person = say.person(opinion.reporter)
    cosigners = say.read.find(OpinionCosigner, opinion=opinion.id) if opinion.id else []
    names = "、".join(say.name(each.person) for each in cosigners)
    return (
        field_row(*say.pair(opinion, "reporter"), head("联系电话"), say.cell(person, "phone")),
        field_row(head("单位职务"), say.cell(person, "post", 3)),
        field_row(head("联名"), told(names, 3, of=source(opinion))),
        field_row(
            head("报送单位"), told(office.name, of=source(office, "name")),
            head("主送单位"), say.cell(opinion, "reported_to"),
        ),
    )  # fmt: skip


def _adopted(say: Wording, opinion: Opinion) -> tuple[Row, ...]:
    """What was taken up, by whom, and the word on it."""
    adoptions = say.read.find(Adoption, opinion=opinion.id) if opinion.id else []
    rows = [
        row(
            middle(each.level, of=source(each, "level")),
            middle(short_day(each.adopted_on), of=source(each, "adopted_on")),
            middle(each.way, of=source(each, "way")),
            say.cell(each, "instructed_by"), say.cell(each, "instruction"),
        )
        for each in adoptions
    ]  # fmt: skip
    return (
        heads("级别", "采用日期", "方式", "批示人", "批示内容"),
        *rows,
        *empty_rows(2 - len(rows), 5),
    )


def _handled(say: Wording, opinion: Opinion) -> Row:
    """What was done about it."""
    return field_row(head("办理情况"), say.cell(opinion, "handling"))
