"""交办单 and 催办函: a matter handed to an agency, and the reminder when no answer has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.domain.minutes import Minutes
from liaison_desk.exports.content import (
    Align,
    FormPaper,
    Grid,
    OfficialPaper,
    PaperStyle,
    Paragraph,
)
from liaison_desk.exports.papers.reply_form import result_boxes
from liaison_desk.exports.papers.wording import (
    BLANK_DAY,
    ROOM,
    Wording,
    as_sentence,
    day_text,
    field_row,
    head,
    middle,
    own_word,
    prose,
    row,
    source,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Paper, Row
    from liaison_desk.exports.papers.options import PaperOptions

SLIP = "办理情况回执"
_CUT = "…………………（沿此线裁开，签收后交回）…………………"


def handover_sheet(
    read: Reading, office: Office, matter: Matter, options: PaperOptions
) -> tuple[Paper, ...]:
    """交办单 with a slip to be signed and sent back."""
    say = Wording(read)
    rows = tuple(_handed(say, office, matter))
    slip = (
        field_row(head("事项"), told(matter.name, 3, of=source(matter, "name"))),
        field_row(
            head("交办文号"),
            say.cell(matter, "handover_number"),
            head("时限"),
            say.cell(matter, "due_on"),
        ),
        field_row(head("签收单位"), say.cell(matter, "agency"), head("联系电话"), told("")),
        field_row(head("签收人"), told(""), head("签收日期"), middle(BLANK_DAY)),
    )
    widths = (2, 3.7, 2, 4.1)
    parts = (
        Grid(widths=widths, rows=rows),
        Paragraph(text=_CUT, align=Align.CENTRE),
        Paragraph(text="签收回执", align=Align.CENTRE, is_heading=True),
        Grid(widths=widths, rows=slip),
    )
    number = matter.handover_number or "　　　　　　　　"
    return (
        FormPaper(
            title="协商成果交办单" if _is_agreed(matter) else "办理事项交办单",
            parts=parts,
            over_left=office.name,
            over_right=f"文号：{number}",
        ),
    )


def reminder(
    read: Reading, office: Office, matter: Matter, options: PaperOptions
) -> tuple[Paper, ...]:
    """催办函, with a slip to answer on."""
    say = Wording(read)
    parts = {"title": "name", "main_to": "agency", "body": "due_on"}
    return (
        OfficialPaper(
            style=PaperStyle.LETTER,
            mark=office.name,
            number=options.number,
            title=f"关于抓紧办理{'协商议定' if _is_agreed(matter) else '交办'}事项的函",
            main_to=say.of(matter, "agency") or ROOM,
            body="\n".join(_reminding(say, matter, own_word(office.name), options)),
            attachments=(SLIP,),
            signature=office.name,
            signed_on=options.day,
            has_seal=True,
            note=_contact(office),
            enclosure=_answer_slip(say, office, matter),
            sources={part: found for part, of in parts.items() if (found := source(matter, of))},
        ),
    )


def origin_text(say: Wording, matter: Matter) -> str:
    """Where a matter comes from: 共识事项，见纪要柳协纪〔2026〕1号."""
    minutes = say.read.get(Minutes, matter.minutes)
    number = minutes.full_number if minutes else ""
    return f"{matter.source}，见纪要{number}" if number else matter.source


def _is_agreed(matter: Matter) -> bool:
    """Whether a meeting agreed on a matter; others were raised by visitors or the county."""
    return matter.source == "共识事项"


def _handed(say: Wording, office: Office, matter: Matter) -> Iterator[Row]:
    """The sheet itself."""
    steps = say.read.find(Progress, matter=matter.id) if matter.id else []
    yield field_row(head("事项"), say.cell(matter, "name", 3))
    yield field_row(
        head("来源"), told(origin_text(say, matter), of=source(matter, "source")),
        *say.pair(matter, "due_on"),
)  # fmt: skip
    yield field_row(*say.pair(matter, "agency"), *say.pair(matter, "partners"))
    yield row(head("办理要求"), say.prose(matter, "requirement", 3), height=22)
    yield field_row(
        head("交办人"),
        told(office.clerk, of=source(office, "clerk")),
        *say.pair(matter, "handed_over_on"),
    )
    signed = matter.handler if matter.signed_on else ""  # else to be signed by hand
    yield field_row(
        head("签收人"),
        told(signed, of=source(matter, "handler")),
        *say.pair(matter, "signed_on"),
    )
    yield row(head("领导批示"), told(f"\n{BLANK_DAY}", 3, align=Align.RIGHT), height=22)
    told_steps = "\n".join(
        f"{say.of(each, 'reported_on')}　{as_sentence(each.content)}" for each in steps
    )
    yield row(
        head("催办记录"),
        prose(told_steps, 3, of=source(steps[-1], "content") if steps else None),
        height=24,
    )


def _reminding(say: Wording, matter: Matter, we: str, options: PaperOptions) -> Iterator[str]:
    """What was handed over, when it was due, how it stands, and what is asked."""
    name = matter.name or ROOM
    number = f"（{matter.handover_number}）" if matter.handover_number else ""
    handed = f"于{day_text(matter.handed_over_on)}" if matter.handed_over_on else ""
    partners = f"，{matter.partners}协办" if matter.partners else ""
    minutes = say.read.get(Minutes, matter.minutes)
    ground = f"根据协商纪要{minutes.full_number}，" if minutes and minutes.full_number else ""
    yield (
        f"{ground}{we}{handed}将“{name}”交你单位办理{number}{partners}，"
        f"办理时限为{day_text(matter.due_on)}。{_delay(say.read, matter, options)}"
    )
    steps = say.read.find(Progress, matter=matter.id) if matter.id else []
    if steps:
        day = say.of(steps[-1], "reported_on")
        yield f"最近一次反映的进展（{day}）：{as_sentence(steps[-1].content)}"
    if matter.requirement:
        yield f"办理要求：{as_sentence(matter.requirement)}"
    yield (
        f"请你单位抓紧办理，于收到本函之日起5个工作日内将办理情况填入回执，加盖公章后送{we}。"
        "确需延期的，请书面说明理由和新的办结时间。"
    )
    yield "特此函告。"


def _delay(read: Reading, matter: Matter, options: PaperOptions) -> str:
    """How it stands with the time on the day of the letter."""
    if matter.due_on is None:
        return ""
    days = (options.day - matter.due_on).days
    late = f"已超过时限{days}天" if days > 0 else f"距办理时限还有{-days}天"
    if not days:
        late = "办理时限已到"
    waiting = "" if has_answer(read, matter) else "，尚未收到办理结果"
    return f"截至{day_text(options.day)}，{late}{waiting}。"


def _answer_slip(say: Wording, office: Office, matter: Matter) -> FormPaper:
    """What the agency fills in and sends back."""
    rows = (
        field_row(head("事项"), say.cell(matter, "name", 3)),
        field_row(*say.pair(matter, "agency"), *say.pair(matter, "due_on")),
        row(head("办理情况"), told("", 3), height=60),
        row(head("办理结果"), told(result_boxes(), 3), height=26),
        row(head("延期申请"), told("理由：\n\n新的办结时间：" + BLANK_DAY, 3), height=30),
        field_row(head("承办人"), told(""), head("联系电话"), told("")),
        row(head("单位\n（盖章）"), told(""), head("日期"), middle(BLANK_DAY), height=20),
    )
    return FormPaper(
        title=SLIP,
        parts=(Grid(widths=(2, 3.7, 2, 4.1), rows=rows),),
        foot=f"请送回{office.name}{_contact(office, '。')}",
    )


def _contact(office: Office, end: str = "") -> str:
    """Whom to ask."""
    about = (
        f"联系人：{office.clerk}" if office.clerk else "",
        f"电话：{office.phone}" if office.phone else "",
    )
    told_of = "，".join(filter(None, about))
    return f"{'，' if end and told_of else ''}{told_of}{end}"


def has_answer(read: Reading, matter: Matter) -> bool:
    """Whether an answer has come, so that nobody need be reminded."""
    return bool(read.find(Reply, matter=matter.id))
