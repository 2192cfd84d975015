"""The pages of records that need no more than the generic page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.person import Person
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.ui.record_page import RecordPage

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record


class TopicPage(RecordPage):
    """议题."""

    title = "议题"
    icon_name = "lightbulb"
    record_type = Topic
    record_types = (Topic,)
    search_through = ("village",)
    empty_sentence = "议题是协商的起点：群众、委员或党政提出的事。按 Ctrl+N 登记第一个议题。"

    def blank(self) -> Record:
        """Raised today, on the office's own workflow."""
        office = self.desk.office
        return Topic(proposed_on=self.desk.today, workflow=office.workflow if office else "")


class PersonPage(RecordPage):
    """人员: everyone who ever sat in a meeting."""

    title = "人员"
    icon_name = "user-round"
    record_type = Person
    record_types = (Person,)
    search_through = ("village",)
    empty_sentence = "参加过会议的每个人都在这里，只登记一次。按 Ctrl+N 新建。"


class VillagePage(RecordPage):
    """村（社区）."""

    title = "村（社区）"
    icon_name = "map-pin"
    record_type = Village
    record_types = (Village,)


class AgencyPage(RecordPage):
    """承办单位."""

    title = "承办单位"
    icon_name = "building-2"
    record_type = Agency
    record_types = (Agency,)
    empty_sentence = "办理事项交给这些单位。登记会议的共识事项时，直接输入单位名称也会记到这里。"
