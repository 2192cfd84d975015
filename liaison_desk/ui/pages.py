"""Every page of the window, in the order of the sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.ui.activity_page import ActivityPage
from liaison_desk.ui.bin_page import BinPage
from liaison_desk.ui.county_home_page import CountyHomePage
from liaison_desk.ui.directive_page import DirectivePage
from liaison_desk.ui.handoff.handoff_page import HandoffPage
from liaison_desk.ui.history_page import HistoryPage
from liaison_desk.ui.home_page import HomePage
from liaison_desk.ui.lists_page import ListsPage
from liaison_desk.ui.matter_page import MatterPage
from liaison_desk.ui.meeting.meeting_page import MeetingPage
from liaison_desk.ui.member_page import MemberPage
from liaison_desk.ui.minutes.minutes_page import MinutesPage
from liaison_desk.ui.opinion_page import OpinionPage
from liaison_desk.ui.plan_page import PlanPage
from liaison_desk.ui.proposal_page import ProposalPage
from liaison_desk.ui.record_pages import AgencyPage, PersonPage, TopicPage, VillagePage
from liaison_desk.ui.settings_page import SettingsPage
from liaison_desk.ui.survey_page import SurveyPage

if TYPE_CHECKING:
    from liaison_desk.ui.context import Context
    from liaison_desk.ui.page import Page

PAGES: tuple[type[Page], ...] = (
    HomePage,
    TopicPage,
    PlanPage,
    SurveyPage,
    MeetingPage,
    MinutesPage,
    MatterPage,
    MemberPage,
    OpinionPage,
    ProposalPage,
    ActivityPage,
    DirectivePage,
    HandoffPage,
    PersonPage,
    AgencyPage,
    VillagePage,
    ListsPage,
    HistoryPage,
    BinPage,
    SettingsPage,
)
COUNTY_PAGES: tuple[type[Page], ...] = (CountyHomePage, *PAGES[1:])


def pages_of(context: Context) -> tuple[type[Page], ...]:
    """The pages of a township's desk, or of the county's."""
    return COUNTY_PAGES if context.is_county else PAGES
