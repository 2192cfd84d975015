"""纪要: the record of some minutes turned into the words of their paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.content import NameList, OfficialPaper, PaperStyle, Source

if TYPE_CHECKING:
    from liaison_desk.domain.minutes import Minutes


ATTENDANCE = (("present", "出席"), ("on_leave", "请假"), ("nonvoting", "列席"))
"""The fields of names that stand under the text, with their labels (10.3)."""
_FIELDS = {
    "mark": "mark",
    "number": "number",
    "issuer": "issuer",
    "dated": "dated",
    "title": "heading",
    "body": "body",
    "copies": "copies",
    "printed_by": "printed_by",
    "printed_on": "printed_on",
}
"""The field that each part of the paper comes from."""


def minutes_paper(minutes: Minutes) -> OfficialPaper:
    """Return what the paper of some minutes says; a draft shows the year it would be numbered in.

    The issuing office stands at the left above the red line, with the date at the right, as
    GB/T 9704-2012 sets 纪要 (10.3); so there is no signature under the text. 主送 stands in the
    版记, on the line above 抄送 (7.4.2).
    """
    main_to = f"主送：{minutes.main_to}" if minutes.main_to else ""
    return OfficialPaper(
        style=PaperStyle.MINUTES,
        mark=minutes.mark,
        title=minutes.heading,
        body=minutes.text,
        number=_number(minutes),
        issuer=minutes.issuer,
        dated=minutes.dated,
        name_lists=tuple(
            NameList(label=label, names=getattr(minutes, name), source=_source(minutes, name))
            for name, label in ATTENDANCE
        ),
        copies=tuple(filter(None, (main_to, minutes.copies))),
        printed_by=minutes.printed_by,
        printed_on=minutes.printed_on,
        sources={part: _source(minutes, name) for part, name in _FIELDS.items()},
    )


def minutes_file_name(minutes: Minutes) -> str:
    """〔2026〕1号_关于…, without ending and without what a file name cannot hold."""
    heading = "".join(each for each in minutes.heading if each not in '\\/:*?"<>|\n\r\t')
    version = f"_第{minutes.version}版" if (minutes.version or 1) > 1 else ""
    return f"{minutes.full_number or '草稿'}_{heading[:40]}{version}"


def _number(minutes: Minutes) -> str:
    """The 文号; a draft has the year, when it is known, and room for a number."""
    year = minutes.dated.year if minutes.dated else minutes.year
    return minutes.full_number or (f"〔{year}〕　号" if year else "")


def _source(minutes: Minutes, name: str) -> Source:
    return Source(minutes.table, minutes.id, name)
