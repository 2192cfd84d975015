"""纪要: the record of some minutes turned into the words of their paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.words import MinutesPaper

if TYPE_CHECKING:
    from liaison_desk.domain.minutes import Minutes


def minutes_paper(minutes: Minutes) -> MinutesPaper:
    """Return what the paper of some minutes says; a draft shows the year it would be numbered in.

    The issuing office stands at the left above the red line, with the date at the right, as
    GB/T 9704-2012 sets 纪要 (10.3); so there is no signature under the text. 主送 stands in the
    版记, on the line above 抄送 (7.4.2).
    """
    main_to = f"主送：{minutes.main_to}" if minutes.main_to else ""
    return MinutesPaper(
        mark=minutes.mark,
        title=minutes.heading,
        body=minutes.text,
        number=minutes.full_number,
        issuer=minutes.issuer,
        dated=minutes.dated,
        year=minutes.year,
        present=minutes.present,
        leave=minutes.on_leave,
        nonvoting=minutes.nonvoting,
        copies="\n".join(filter(None, (main_to, minutes.copies))),
        printed_by=minutes.printed_by,
        printed_on=minutes.printed_on,
    )
