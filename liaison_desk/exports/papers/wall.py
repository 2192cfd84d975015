"""上墙材料: six sheets in large type for everyone to read, without personal data.

What a wall shows of a member is name, duty, post and village; a telephone number only when the
clerk chose so, and never 民族, 政治面貌, 宗教 or identity numbers (PIPL art. 28). 界别 is left out
too: 中共 and 民族宗教 tell just that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from liaison_desk.domain.activity import Activity
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.exports.content import Grid, Paragraph, Photo, Photos, WallPaper
from liaison_desk.exports.papers.photos import photos_of
from liaison_desk.exports.papers.plan import month_of, plan_of
from liaison_desk.exports.papers.templates import DUTIES, RECEPTION, RIGHTS, read_template
from liaison_desk.exports.papers.wording import Wording, heads, middle, row, source, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Cell, Paper
    from liaison_desk.exports.papers.options import PaperOptions

MOST_PHOTOS = 9
_IN_A_ROW = 3
_VILLAGE, _PHONE = "联系村（社区）", "联系电话"


def wall_rights(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """委员权利义务."""
    return (_from_template(RIGHTS, office, options),)


def wall_duties(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """工作职责."""
    return (_from_template(DUTIES, office, options),)


def wall_reception(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """接待流程."""
    return (replace(_from_template(RECEPTION, office, options), foot=_reached(office)),)


def wall_members(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """委员联系方式: the members now serving, with telephone numbers only when chosen.

    The villages they look after stand there only where anyone's is known.
    """
    say = Wording(read, show_personal=options.show_phones_on_wall)
    seats = [each for each in read.find(Membership) if each.is_serving]
    labels = ["序号", "姓名", "政协职务", "单位及职务"]
    widths = [1.2, 2.6, 2, 5.6]
    if any(each.village for each in seats):
        labels.append(_VILLAGE)
        widths.append(2.6)
    if options.show_phones_on_wall:
        labels.append(_PHONE)
        widths.append(3)
    rows = [row(*_member(say, place, seat, labels)) for place, seat in enumerate(seats, 1)]
    return (
        WallPaper(
            title="政协委员联系方式",
            parts=(Grid(widths=tuple(widths), rows=(heads(*labels), *rows), head=1),),
            foot=_reached(office),
            size=options.size,
        ),
    )


def wall_plan(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """年度计划, as far as everyone may know it."""
    say = Wording(read)
    names = ("topic", "form", "responsible", "meeting_month", "agency", "status")
    labels = ("序号", "协商议题", "协商形式", "召集人", "协商时间", "落实部门", "完成情况")
    rows = [
        row(
            middle(str(each.position or place)),
            told(say.of(each, "topic"), of=source(each, "topic")),
            *(middle(month_of(say, each, name), of=source(each, name)) for name in names[1:]),
        )
        for place, each in enumerate(plan_of(read, options.of_year), 1)
    ]
    widths = (1.6, 5.2, 3.4, 2.6, 2.2, 3.8, 2.6)
    return (
        WallPaper(
            title=f"{options.of_year}年度协商计划",
            parts=(Grid(widths=widths, rows=(heads(*labels), *rows), head=1),),
            foot=office.name,
            size=options.size,
            is_landscape=True,
        ),
    )


def wall_photos(
    read: Reading, office: Office, record: Record | None, options: PaperOptions
) -> tuple[Paper, ...]:
    """活动风采: photos of the year's activities and meetings, the latest first."""
    photos = tuple(_photos(read, options))[:MOST_PHOTOS]
    across = min(_IN_A_ROW, max(1, len(photos)))
    note = Paragraph(text=f"{options.of_year}年还没有活动照片", is_flush=True)
    return (
        WallPaper(
            title="委员履职风采",
            parts=(Photos(photos=photos, across=across),) if photos else (note,),
            foot=office.name,
            size=options.size,
            is_landscape=True,
        ),
    )


def _reached(office: Office) -> str:
    """The office with its telephone."""
    return f"{office.name}　联系电话：{office.phone}" if office.phone else office.name


def _from_template(name: str, office: Office, options: PaperOptions) -> WallPaper:
    template = read_template(name, office, options.wall_texts)
    return WallPaper(
        title=template.title,
        parts=tuple(
            Paragraph(text=text, is_heading=is_heading) for is_heading, text in template.lines
        ),
        foot=office.name,
        size=options.size,
    )


def _member(say: Wording, place: int, seat: Membership, labels: Sequence[str]) -> Iterator[Cell]:
    person = say.person(seat.person)
    yield middle(str(place))
    yield middle(person.name, of=source(person, "name"))
    yield middle(seat.duty, of=source(seat, "duty"))
    yield told(person.post, of=source(person, "post"))
    if _VILLAGE in labels:
        yield middle(say.of(seat, "village"), of=source(seat, "village"))
    if _PHONE in labels:
        yield middle(say.of(person, "phone"), of=source(person, "phone"))


def _photos(read: Reading, options: PaperOptions) -> Iterator[Photo]:
    """Photos with the name and day of what they show."""
    held: list[Activity | Meeting] = [*read.find(Activity), *read.find(Meeting)]
    days = [
        (each.held_at, each.id, each.name)
        for each in held
        if each.held_at and options.is_in_year(each.held_at.date())
    ]
    for moment, owner, name in sorted(days, reverse=True):
        for photo in photos_of(read.find(Attachment, owner=owner), most=2).photos:
            caption = f"{moment.year}年{moment.month}月{moment.day}日　{photo.caption or name}"
            yield Photo(sha256=photo.sha256, caption=caption, source=photo.source)
