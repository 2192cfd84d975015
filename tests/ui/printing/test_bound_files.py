"""一会一档 is one of the papers: shown, printed, saved like any other, and given up when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from liaison_desk.domain.errors import Cancelled
from liaison_desk.exports.papers.options import PaperOptions
from liaison_desk.ui.printing.bound_kinds import MEETING_FILE, YEAR_FILE
from liaison_desk.ui.printing.orders import MINUTES, Order, OrderDraft, groups_of, office_groups
from liaison_desk.ui.printing.paper_maker import PaperMaker, Wish
from tests.ui.printing.printouts import PATIENCE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from liaison_desk.services.desk import Desk
    from tests.exports.papers.story import Story


@pytest.fixture
def maker(qtbot: QtBot) -> Iterator[PaperMaker]:
    made = PaperMaker()
    yield made
    made.stop()


def draft(desk: Desk, story: Story) -> OrderDraft:
    order = Order(MEETING_FILE, story.meeting, story.meeting.name)
    return OrderDraft(desk, order, PaperOptions(today=desk.today))


def test_a_meeting_offers_its_file_and_the_office_that_of_a_year(desk: Desk, story: Story) -> None:
    own = [offer.kind for group in groups_of(desk, [story.meeting]) for offer in group.offers]
    office = [offer.kind for group in office_groups(desk) for offer in group.offers]
    assert MEETING_FILE in own
    assert MINUTES in own
    assert YEAR_FILE in office


def test_the_file_of_a_meeting_has_its_outline_and_says_what_it_lacks(
    desk: Desk, story: Story, maker: PaperMaker
) -> None:
    made = maker.lay(draft(desk, story))
    document = pypdfium2.PdfDocument(made.papers[0].pdf)
    outline = [each.get_title() for each in document.get_toc()]
    assert outline[:3] == ["封面", "目录", "会议通知"]
    assert len(document) == made.pages
    sentences = [each.sentence for each in made.findings]
    assert sentences == list(made.papers[0].left_out)


def test_while_a_file_is_bound_to_be_shown_the_view_is_told_how_far_it_is(
    desk: Desk, story: Story, maker: PaperMaker, qtbot: QtBot
) -> None:
    told: list[tuple[int, int, str]] = []
    maker.moved.connect(lambda *step: told.append(step))
    with qtbot.waitSignal(maker.settled, timeout=PATIENCE_MS):
        maker.wish(Wish(draft(desk, story), 40))
    assert next(what for *_, what in told) == "正在排版"
    assert told[0][1] > 3


def test_a_file_that_is_bound_can_be_given_up_half_way(
    desk: Desk, story: Story, maker: PaperMaker
) -> None:
    steps = []

    def stop_at_the_third(done: int, total: int, _what: str) -> None:
        steps.append((done, total))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        maker.lay(draft(desk, story), tell=stop_at_the_third)
    assert steps[-1][0] == 2
    assert maker.lay(draft(desk, story)).pages > 3


def test_a_view_gives_way_to_whoever_waits_and_another_paper_is_shown_at_once(
    desk: Desk, story: Story, maker: PaperMaker, qtbot: QtBot
) -> None:
    minutes = Order(MINUTES, story.minutes, story.minutes.caption)
    other = OrderDraft(desk, minutes, PaperOptions(today=desk.today))
    shown = []
    maker.laid_out.connect(lambda _draft, laid: shown.append(laid.titles))
    with qtbot.waitSignal(
        maker.settled, timeout=PATIENCE_MS, check_params_cb=lambda made: made is other
    ):
        maker.wish(Wish(draft(desk, story), 40))
        maker.wish(Wish(other, 40))
    assert shown[-1] == ("".join(story.minutes.heading.split("\n")),)
    assert len(shown) <= 2
