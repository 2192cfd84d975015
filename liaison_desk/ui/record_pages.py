"""The pages of records that need little more than the generic page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from liaison_desk.domain.agency import Agency
from liaison_desk.domain.codes import POOLS
from liaison_desk.domain.filters import IS, Filter
from liaison_desk.domain.matter import Matter, Rating, Reply, Revisit
from liaison_desk.domain.meeting import Consensus, Meeting, MeetingTopic
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.person import Person
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.survey import Survey
from liaison_desk.domain.topic import Topic, TopicStep
from liaison_desk.domain.village import Village
from liaison_desk.domain.workflow import Workflow, WorkflowStep
from liaison_desk.ui.flow_layout import FlowLayout
from liaison_desk.ui.record_form import RecordForm
from liaison_desk.ui.record_page import RecordPage
from liaison_desk.ui.steps_panel import StepsPanel

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.context import Context

STEP_EVIDENCE = (
    *(PlanItem, Survey, Meeting, MeetingTopic, Minutes, Consensus),
    *(Matter, Reply, Rating, Revisit, Workflow, WorkflowStep),
)
"""What can show that a topic has taken a step, and what its steps are."""
PERSON_NAMES = tuple(name for name in Person.fields() if name != "merged_into")
"""The fields of a person that are typed."""


class TopicPage(RecordPage):
    """议题, with the steps of the workflow that each one passes."""

    title = "议题"
    icon_name = "lightbulb"
    section = "协商"
    key = "Alt+3"
    record_type = Topic
    record_types = (Topic, TopicStep, *STEP_EVIDENCE)
    search_through = ("village",)
    empty_sentence = "议题是协商的起点：群众、委员或党政提出的事。按 Ctrl+N 登记第一个议题。"

    def __init__(self, context: Context) -> None:
        self.steps = StepsPanel(context, lambda: self.save())
        super().__init__(context)
        self.tabs.insertTab(1, self.steps, "流程")

    def make_form(self) -> RecordForm:
        """What is raised, why, and how it was screened; the current step follows the workflow."""
        names = [name for name in Topic.fields() if name != "step"]
        headings = {"reason": "预可研", "weight": "筛选与计划"}
        return RecordForm(Topic, self.choices, names, headings)

    def blank(self) -> Record:
        """Raised today, on the office's own workflow."""
        office = self.desk.office
        return Topic(proposed_on=self.desk.today, workflow=office.workflow if office else "")

    def show_state(self, record: Record | None) -> None:
        """Show the steps, and the current one under the head."""
        is_kept = isinstance(record, Topic) and self.desk.get(Topic, record.id) is not None
        self.steps.show_topic(record if isinstance(record, Topic) and is_kept else None)
        place = self.tabs.indexOf(self.steps)
        if place >= 0:
            self.tabs.setTabEnabled(place, is_kept)
        if isinstance(record, Topic) and is_kept and self.desk.is_own(record) and record.step:
            self.detail.show_source(f"{record.workflow} · 当前步骤：{record.step}")

    def history_ids(self, record: Record) -> list[str]:
        """What changed in the topic and in its steps."""
        return [record.id, *(each.id for each in self.desk.find(TopicStep, topic=record.id))]


class PersonPage(RecordPage):
    """人员: everyone who ever sat in a meeting, and the two pools of talent."""

    title = "人员"
    icon_name = "user-round"
    record_type = Person
    record_types = (Person,)
    search_through = ("village",)
    empty_sentence = "参加过会议的每个人都在这里，只登记一次。按 Ctrl+N 新建。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.pools = PoolChoice()
        self.pools.chosen.connect(self.show_pool)
        self.list.add_bar(self.pools)

    def make_form(self) -> RecordForm:
        """Everything but into whom one was merged, which merging notes."""
        return RecordForm(Person, self.choices, PERSON_NAMES)

    def show_pool(self, pool: str) -> None:
        """Show those of one pool, or everyone; other narrowings stay."""
        rest = tuple(each for each in self.list.model.query.filters if each.path != "pool")
        only = (Filter("pool", IS, (pool,)),) if pool else ()
        self.list.narrow_by((*rest, *only))


class PoolChoice(QWidget):
    """全部 and each pool of talent, to show at one click."""

    chosen = Signal(str)
    """A pool, or "" for everyone."""

    def __init__(self) -> None:
        super().__init__()
        row = FlowLayout()
        self.setLayout(row)
        self.buttons = {}
        for pool in ("", *POOLS):
            button = self.buttons[pool] = QPushButton(pool or "全部人员")
            button.setProperty("role", "tool")
            button.clicked.connect(lambda _on=False, pool=pool: self.chosen.emit(pool))
            row.addWidget(button)


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
