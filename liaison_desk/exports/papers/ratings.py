"""满意度测评表: blank, to be filled by who is asked; and the summary of what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.codes import RATERS, SATISFACTIONS
from liaison_desk.domain.matter import Matter, Rating
from liaison_desk.exports.content import FormPaper, Grid, Paragraph
from liaison_desk.exports.papers.wording import (
    BLANK_DAY,
    Wording,
    empty_rows,
    field_row,
    head,
    heads,
    middle,
    row,
    short_day,
    source,
    ticked,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.exports.content import Paper, Row
    from liaison_desk.exports.papers.options import PaperOptions

_WORK = ("work_good", "work_fair", "work_poor")
_OUTCOME = ("outcome_good", "outcome_fair", "outcome_poor")
_WAYS = ("面商", "电话", "书面")


def rating_blank(
    read: Reading, office: Office, matter: Matter, options: PaperOptions
) -> tuple[Paper, ...]:
    """满意度测评表, one for each who is asked: boxes to tick, room for reason and signature."""
    say = Wording(read)
    rows = (
        field_row(head("办理事项"), say.cell(matter, "name", 3)),
        field_row(*say.pair(matter, "agency"), *say.pair(matter, "closed_on")),
        field_row(head("测评对象"), told(ticked(RATERS), 3)),
        field_row(head("联系方式"), told(ticked(_WAYS), 3)),
        field_row(head("对办理工作"), told(ticked(SATISFACTIONS), 3)),
        field_row(head("对办理结果"), told(ticked(SATISFACTIONS), 3)),
        row(head("理由"), told("", 3), height=34),
        row(head("意见建议"), told("", 3), height=34),
        field_row(head("签名"), told(""), head("日期"), middle(BLANK_DAY)),
    )
    paper = FormPaper(
        title="满意度测评表",
        parts=(Grid(widths=(2.4, 3.4, 2, 4.1), rows=rows),),
        over_left=office.name,
        foot="办理工作、办理结果分别测评，请在□内打“√”，各选一项；不满意的请写明理由。",
    )
    return (paper,)


def rating_summary(
    read: Reading, office: Office, matter: Matter, options: PaperOptions
) -> tuple[Paper, ...]:
    """满意度测评汇总表: how many of each group said what, with the share of the content."""
    say = Wording(read)
    ratings = read.find(Rating, matter=matter.id) if matter.id else []
    about = Grid(
        widths=(2, 4, 2, 3),
        rows=(
            field_row(head("办理事项"), say.cell(matter, "name", 3)),
            field_row(*say.pair(matter, "agency"), *say.pair(matter, "closed_on")),
        ),
    )
    counts = Grid(widths=(3, 2.4, *[1.6] * 6), rows=tuple(_counts(ratings)), head=2)
    parts: list[Grid | Paragraph] = [about, counts]
    for name, label in (("work", "办理工作"), ("outcome", "办理结果")):
        parts.append(Paragraph(text=f"{label}：{_share(ratings, name)}", is_flush=True))
    for each in ratings:
        if each.reason:
            text = f"{each.rater}的理由：{each.reason}"
            parts.append(Paragraph(text=text, is_flush=True, source=source(each, "reason")))
    return (
        FormPaper(
            title="满意度测评汇总表",
            parts=tuple(parts),
            over_left=office.name,
            foot="汇总人：　　　　　　　　　审核人：　　　　　　　　　",
        ),
    )


def rating_line(rating: Rating) -> str:
    """群众代表测评：办理工作满意8人、基本满意1人；办理结果满意7人、不满意1人."""
    told = (
        f"{label}{'、'.join(found)}"
        for label, names in (("办理工作", _WORK), ("办理结果", _OUTCOME))
        if (found := list(_said(rating, names)))
    )
    return f"{rating.rater}测评：{'；'.join(told)}"


def _said(rating: Rating, names: Sequence[str]) -> Iterator[str]:
    """How many said what, where anybody did."""
    for name, word in zip(names, SATISFACTIONS, strict=True):
        count = getattr(rating, name)
        if count:
            yield f"{word}{count}人"


def _counts(ratings: Sequence[Rating]) -> Iterator[Row]:
    """The grid: a row for each rating, and the sums."""
    yield row(
        head("测评对象", rows=2),
        head("日期", rows=2),
        head("办理工作（人）", 3),
        head("办理结果（人）", 3),
    )
    yield heads(*SATISFACTIONS, *SATISFACTIONS)
    names = (*_WORK, *_OUTCOME)
    for each in ratings:
        numbers = (middle(_number(getattr(each, name)), of=source(each, name)) for name in names)
        day = middle(short_day(each.rated_on), of=source(each, "rated_on"))
        yield row(middle(each.rater, of=source(each, "rater")), day, *numbers, height=11)
    yield from empty_rows(4 - len(ratings), 8)
    sums = (sum(getattr(each, name) or 0 for each in ratings) for name in names)
    yield row(head("合计"), told(""), *(middle(str(each) if ratings else "") for each in sums))


def _number(count: int | None) -> str:
    return "" if count is None else str(count)


def _share(ratings: Sequence[Rating], name: str) -> str:
    """The share of 满意 and 基本满意 among all who answered."""
    good, fair, poor = (
        sum(getattr(each, f"{name}_{word}") or 0 for each in ratings)
        for word in ("good", "fair", "poor")
    )
    total = good + fair + poor
    if not total:
        return "满意率　　　　％"
    return (
        f"共{total}人测评，满意和基本满意{good + fair}人，满意率{100 * (good + fair) / total:.1f}％"
    )
