"""Records with sensible defaults, so that a test names only what it is about."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liaison_desk.domain.activity import Activity, Visitor
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.matter import Matter
from liaison_desk.domain.meeting import Attendance, Consensus, Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.office import Office
from liaison_desk.domain.opinion import Opinion
from liaison_desk.domain.person import Person
from liaison_desk.domain.proposal import Proposal
from liaison_desk.domain.survey import Survey
from liaison_desk.domain.topic import Topic

if TYPE_CHECKING:
    from liaison_desk.services.desk import Desk

SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample"
TODAY = datetime(2026, 3, 9, 9, 0)
RARE_NAMES = ("陆䶮", "周㛃", "王𬭚", "陈𫖯", "郑贇", "孙頔")


class Clock:
    """A wall clock that moves on by a second each time it is read."""

    def __init__(self, start: datetime = TODAY) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass(frozen=True)
class Filled:
    """A data file that was filled once; to begin with a copy of it is sooner than to fill another.

    Attributes:
        path: the file, closed.
        until: the time on the clock when it was full.
    """

    path: Path
    until: datetime

    def copy_to(self, desk: Desk) -> None:
        """Let a desk have all that is in the file, and go on from there."""
        with closing(sqlite3.connect(self.path)) as source:
            source.backup(desk.database.connection)
        desk.now = Clock(self.until)


def office(**values: Any) -> Office:
    """A township's office."""
    defaults: dict[str, Any] = {
        "name": "柳河镇政协联络组",
        "province": "安徽省",
        "city": "淮北市",
        "county": "濉溪县",
        "township": "柳河镇",
        "convener": "陆䶮",
        "clerk": "李文书",
        "phone": "0561-6000000",
        "mark": "柳河镇政协联络组协商纪要",
        "printed_by": "柳河镇政协联络组",
        "copies": "县政协办公室，镇党委、政府",
    }
    return Office(**(defaults | values))


def county_office(**values: Any) -> Office:
    """A county's office."""
    defaults = {"name": "濉溪县政协办公室", "level": "县级", "county": "濉溪县"}
    return Office(**(defaults | values))


def person(desk: Desk, name: str = "张伟", **values: Any) -> Person:
    """A saved person."""
    return desk.save(Person(name=name, **values))


def member(desk: Desk, name: str = "张伟", **values: Any) -> Membership:
    """A saved member of the twelfth term, with the person."""
    seat = {"term": "第十二届", "sector": "教育"} | values
    return desk.save(Membership(person=person(desk, name).id, **seat))


def agency(desk: Desk, name: str = "镇农业综合服务站") -> Agency:
    """A saved agency."""
    return desk.save(Agency(name=name))


def topic(desk: Desk, name: str = "桥口村停车难问题", **values: Any) -> Topic:
    """A saved topic."""
    return desk.save(Topic(name=name, **values))


def meeting(desk: Desk, name: str = "桥口村停车难专题协商会", **values: Any) -> Meeting:
    """A saved meeting on 6 March 2026."""
    defaults: dict[str, Any] = {"held_at": datetime(2026, 3, 6, 9, 0), "place": "镇政府三楼会议室"}
    return desk.save(Meeting(name=name, **(defaults | values)))


def attendance(desk: Desk, held: Meeting, who: Person, **values: Any) -> Attendance:
    """A saved place in a meeting."""
    return desk.save(Attendance(meeting=held.id, person=who.id, **values))


def consensus(desk: Desk, held: Meeting, name: str = "新划停车位30个", **values: Any) -> Consensus:
    """A saved agreed matter, due at the end of March 2026."""
    defaults: dict[str, Any] = {"due_on": date(2026, 3, 31), "position": 1}
    if "agency" not in values:
        defaults["agency"] = agency(desk).id
    return desk.save(Consensus(meeting=held.id, name=name, **(defaults | values)))


def minutes(desk: Desk, held: Meeting, **values: Any) -> Minutes:
    """Saved draft minutes of a meeting."""
    defaults: dict[str, Any] = {
        "heading": "关于桥口村停车难问题的协商纪要",
        "mark": "柳河镇政协联络组协商纪要",
        "dated": date(2026, 3, 9),
        "body": "一、会议认为，停车难是群众反映强烈的问题。",
        "present": "陆䶮　周㛃",
    }
    return desk.save(Minutes(meeting=held.id, **(defaults | values)))


def matter(desk: Desk, name: str = "新划停车位30个", **values: Any) -> Matter:
    """A saved matter, due at the end of March 2026."""
    defaults: dict[str, Any] = {"due_on": date(2026, 3, 31)}
    if "agency" not in values:
        defaults["agency"] = agency(desk).id
    return desk.save(Matter(name=name, **(defaults | values)))


def survey(desk: Desk, of: Topic, **values: Any) -> Survey:
    """A saved survey on 2 March 2026."""
    return desk.save(Survey(topic=of.id, **({"held_on": date(2026, 3, 2)} | values)))


def opinion(desk: Desk, name: str = "关于桥口村停车难的反映", **values: Any) -> Opinion:
    """A saved report of public opinion of 3 March 2026."""
    return desk.save(Opinion(name=name, **({"reported_on": date(2026, 3, 3)} | values)))


def proposal(desk: Desk, name: str = "关于增设停车位的提案", **values: Any) -> Proposal:
    """A saved proposal of 4 March 2026."""
    return desk.save(Proposal(name=name, **({"submitted_on": date(2026, 3, 4)} | values)))


def activity(desk: Desk, name: str = "三月委员接待日", **values: Any) -> Activity:
    """A saved reception day on 5 March 2026."""
    defaults: dict[str, Any] = {"kind": "接待日", "held_at": datetime(2026, 3, 5, 9, 0)}
    return desk.save(Activity(name=name, **(defaults | values)))


def visitor(desk: Desk, at: Activity, name: str = "钱大妈", **values: Any) -> Visitor:
    """A saved visitor of a reception day."""
    defaults = {"concern": "村口夜里停满了车，救护车进不来"}
    return desk.save(Visitor(activity=at.id, name=name, **(defaults | values)))


def directive(desk: Desk, name: str = "关于报送停车难办理情况的通知", **values: Any) -> Directive:
    """A saved directive of the county."""
    return desk.save(Directive(name=name, **({"received_on": date(2026, 3, 6)} | values)))
