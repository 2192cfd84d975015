"""活动登记表: one activity with who took part, what came of it, and photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.activity import Activity, ActivityParticipant, Visitor
from liaison_desk.domain.attachment import Attachment
from liaison_desk.exports.content import Align, FormPaper, Grid
from liaison_desk.exports.papers.photos import photos_of
from liaison_desk.exports.papers.wording import (
    Wording,
    field_row,
    head,
    heading,
    middle,
    row,
    source,
    table,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Paper, Part, Row
    from liaison_desk.exports.papers.options import PaperOptions

_FIGURES = (
    "visits", "households", "problems_collected", "problems_solved", "donated_money",
    "donated_goods", "volunteer_hours", "media_reports", "expenses",
)  # fmt: skip
_RECEPTIONS = ("接待日", "联络日")


def activity_form(
    read: Reading, office: Office, activity: Activity, options: PaperOptions
) -> tuple[Paper, ...]:
    """委员活动登记表; a reception day lists its visitors, telephone numbers masked."""
    say = Wording(read, show_personal=options.show_personal)
    parts: list[Part] = [Grid(widths=(2.2, 2, 2.2, 2, 2.3, 2), rows=tuple(_rows(say, activity)))]
    visitors = read.find(Visitor, activity=activity.id) if activity.id else []
    if visitors or activity.kind in _RECEPTIONS:
        parts += [heading("来访群众"), _visitors(say, visitors)]
    photos = photos_of(read.find(Attachment, owner=activity.id) if activity.id else [])
    if photos.photos:
        parts += [heading("活动照片"), photos]
    return (
        FormPaper(
            title="委员活动登记表",
            parts=tuple(parts),
            over_left=office.name,
            foot="记录人：　　　　　　　　　审核人：　　　　　　　　　",
        ),
    )


def _rows(say: Wording, activity: Activity) -> Iterator[Row]:
    """What it was, who came, what it came to, and its figures three to a row."""
    people = say.read.find(ActivityParticipant, activity=activity.id) if activity.id else []
    names = "、".join(
        f"{say.name(each.person)}（{each.note}）" if each.note else say.name(each.person)
        for each in people
    )
    count = f"（共{len(people)}人）" if people else ""
    yield field_row(head("主题"), say.cell(activity, "name", 5))
    yield field_row(*say.pair(activity, "kind"), *say.pair(activity, "organiser", 3))
    yield field_row(head("时间"), say.cell(activity, "held_at", 5))
    yield field_row(*say.pair(activity, "place", 3), *say.pair(activity, "village"))
    yield row(head("参加委员"), told(f"{names}{count}", 5, of=source(activity)), height=18)
    yield row(head("内容摘要"), say.prose(activity, "content", 5), height=44)
    yield row(head("成效"), say.prose(activity, "outcome", 5), height=30)
    for start in range(0, len(_FIGURES), 3):
        pairs = (say.pair(activity, name) for name in _FIGURES[start : start + 3])
        yield field_row(*(cell for pair in pairs for cell in pair))


def _visitors(say: Wording, visitors: list[Visitor]) -> Grid:
    """Who came to a reception day, with what, and what they were told."""
    rows = [
        row(
            middle(str(place)),
            say.cell(each, "name", align=Align.CENTRE),
            say.cell(each, "phone", align=Align.CENTRE),
            say.cell(each, "concern"),
            say.cell(each, "answer", align=Align.CENTRE),
            say.cell(each, "answer_text"),
        )
        for place, each in enumerate(visitors, 1)
    ]
    labels = ("序号", "姓名", "电话", "反映事项", "答复方式", "答复内容")
    return table((1.3, 2, 2.6, 4.4, 2.5, 3.8), labels, rows, least=3)
