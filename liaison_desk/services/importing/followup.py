"""What became of a matter, as ledgers tell it in a word: 已办结, 正在办理, 已上报."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from liaison_desk.domain import dates
from liaison_desk.domain.codes import RESULTS
from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.domain.short import short
from liaison_desk.services.importing.assembling import list_clashes
from liaison_desk.services.importing.written_dates import read_day

if TYPE_CHECKING:
    from liaison_desk.services.importing.assembling import Context
    from liaison_desk.services.importing.entries import Entry

_DONE = re.compile(
    r"(已|全部|均已)(经)?(办结|完成|解决|落实|整改|办理完毕|销号)|^(办结|完成|解决)$"
)
_DAY = re.compile(r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?|\d{1,2}月\d{1,2}日")
_DATED = re.compile(rf"(?:{_DAY.pattern})(?:\s*[：:，,]\s*|\s+)(?=\S)")
"""A day that stands before the words, as our own ledgers have it."""
_A_WORD = 6
_NOT_DONE = re.compile(r"未|正在|尚|部分|基本")


def is_done(text: str) -> bool:
    """Whether a ledger's words say that a matter is settled."""
    return bool(_DONE.search(text)) and not _NOT_DONE.search(text)


def day_in(text: str, year: int) -> date | None:
    """A day that the words name, or None."""
    found = _DAY.search(text)
    read = read_day(found[0], year) if found else None
    return read.day if read else None


def add_progress(matter: Matter, content: str, entry: Entry, context: Context) -> None:
    """One step on a matter; the ledger's words, on its last day unless they name one."""
    work = context.work
    dated = _DATED.match(content)
    told = day_in(content, context.year)
    if dated and told:
        content = content[dated.end() :]
    if work.find(Progress, matter=matter.id, content=content):
        return
    day = told or _ledger_day(matter, context)
    if told is None:
        shown = dates.chinese_day(day)
        entry.notes.append(f"“{short(content)}”没有写日期，办理进展按{shown}登记")
    work.new(Progress(matter=matter.id, reported_on=day, content=content), ["content"])


def add_reply(
    matter: Matter,
    content: str,
    result: str,
    closed_on: date | None,
    entry: Entry,
    context: Context,
    *,
    number: str = "",
) -> None:
    """The answer on a matter; without a day of its own it is of the day it was due."""
    work = context.work
    for known in work.find(Reply, matter=matter.id, content=content):
        values = {"result": result, "reply_number": number}
        list_clashes(entry, work.fill(known, values)[1], Reply.table)
        return
    told = closed_on or day_in(content, context.year)
    day = told or _due_day(matter, context)
    if told is None:
        shown = dates.chinese_day(day)
        entry.notes.append(f"“{short(content)}”没有写日期，按时限登记为{shown}")
    reply = Reply(
        matter=matter.id,
        replied_on=day,
        result=result or RESULTS[0],
        content=content,
        reply_number=number,
    )
    work.new(reply, ["result", "content"])


def settle(matter: Matter, text: str, told: date | None, entry: Entry, context: Context) -> Matter:
    """Take a ledger's words on a matter: settled ones are answered and closed, others progress."""
    if not is_done(text) and told is None:
        add_progress(matter, text, entry, context)
        return matter
    if matter.closed_on is not None and len(text) <= _A_WORD and told in {None, matter.closed_on}:
        return matter  # it says no more than the record does
    day = told or day_in(text, context.year) or _due_day(matter, context)
    add_reply(matter, text or "已办结", "", told, entry, context)
    if matter.closed_on is not None and told is None:
        return matter
    filled, clashes = context.work.fill(matter, {"closed_on": day})
    list_clashes(entry, clashes, Matter.table, {"closed_on": "ledger.closed_on"})
    return filled


def _due_day(matter: Matter, context: Context) -> date:
    """The day a matter was due, or today if that is still to come."""
    return min(matter.due_on or context.today, context.today)


def _ledger_day(matter: Matter, context: Context) -> date:
    """The last day of the ledger's year, or today if that is still to come."""
    year = max(context.year, matter.handed_over_on.year if matter.handed_over_on else 0)
    return min(date(year, 12, 31), context.today)
