"""归档文件目录 tells how many pages each piece has, as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from liaison_desk.domain.errors import Cancelled
from liaison_desk.domain.minutes import FINAL
from liaison_desk.exports.page_counts import page_counts
from liaison_desk.exports.papers.registry import paper_called
from liaison_desk.exports.pdf.fonts import FontBook
from liaison_desk.ui.printing.orders import Order, OrderDraft
from tests import factory
from tests.exports.papers.making import rows_of
from tests.exports.papers.story import OPTIONS, Story

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk


def test_every_piece_that_is_printed_here_is_counted(desk: Desk, story: Story) -> None:
    assert desk.office is not None
    body = "会议认为，停车难要抓紧解决。\n" * 60
    long = factory.minutes(desk, story.meeting, body=body, status=FINAL)
    counts = dict(page_counts(desk, desk.office, OPTIONS, FontBook(bundled_only=True)))
    assert (counts[story.minutes.id], counts[long.id]) == (1, 4)
    assert counts[story.opinion.id] == 1


def test_what_cannot_be_printed_is_left_to_be_counted_by_hand(desk: Desk, story: Story) -> None:
    assert desk.office is not None
    body = "陆\U00030ede提出意见。"
    rare = factory.minutes(desk, story.meeting, body=body, status=FINAL)
    counts = dict(page_counts(desk, desk.office, OPTIONS, FontBook(bundled_only=True)))
    assert rare.id not in counts
    assert story.opinion.id in counts


def test_the_list_from_the_window_has_the_pages_in_it(desk: Desk, story: Story) -> None:
    order = Order(paper_called("archive_list"), None, "")
    (paper,) = OrderDraft(desk, order, OPTIONS).papers()
    rows = rows_of(paper)  # type: ignore[arg-type]
    assert [row[6] for row in rows[1:]] == ["1", "1", "", "1"]


def test_counting_tells_how_far_it_is_and_ends_when_it_is_not_wanted_any_more(
    desk: Desk, story: Story
) -> None:
    draft = OrderDraft(desk, Order(paper_called("archive_list"), None, ""), OPTIONS)
    told: list[tuple[int, int, str]] = []
    draft.papers(lambda *step: told.append(step))
    total = told[0][1]
    assert told == [(done, total, "正在数页数") for done in range(total)]
    assert total > 1

    def stop(done: int, _total: int, _what: str) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        draft.papers(stop)
