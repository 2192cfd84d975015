"""The sample office: an invented township a clerk can try things on."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from liaison_desk.domain.activity import Activity
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.matter import Matter, Progress, Reply
from liaison_desk.domain.meeting import (
    AgendaItem,
    Attendance,
    Consensus,
    Dissent,
    Meeting,
    MeetingTopic,
    Statement,
)
from liaison_desk.domain.office import Office
from liaison_desk.domain.person import Person
from liaison_desk.domain.record import with_values
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.attaching import attach
from liaison_desk.services.importing import ROSTER as AS_ROSTER
from liaison_desk.services.importing import apply_import, plan_file
from liaison_desk.services.matters import close_matter
from liaison_desk.services.meeting_sheet import MeetingSheet, blank_sheet, save_sheet
from liaison_desk.services.minutes import draft_minutes, finalise
from liaison_desk.services.sample_work import SampleWork

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

ROSTER = "县下发委员名册.xlsx"
"""The roster among the sample files."""
STORY = "office.json"
"""The sample office among the sample files; days are counted from today."""


_SHOWN: dict[str, type[Record]] = {"meeting": Meeting, "matter": Matter, "activity": Activity}


def read_story(folder: Path) -> dict[str, Any]:
    """The sample office as its file tells it."""
    story: dict[str, Any] = json.loads((folder / STORY).read_text("utf-8"))
    return story


def fill_sample(desk: Desk, folder: Path) -> None:
    """Set a new desk up as the sample office and live through a few weeks of its work.

    Args:
        desk: a desk that has not been set up.
        folder: where the sample files are.

    Raises:
        DeskError: the roster or a picture cannot be read.
    """
    story = read_story(folder)
    desk.set_up(Office(**story["office"]))
    apply_import(desk, plan_file(desk, folder / ROSTER, AS_ROSTER))
    SampleStory(desk, story).live()
    for told in story["photos"]:
        keep_photo(desk, told, folder)


def keep_photo(desk: Desk, told: dict[str, str], folder: Path) -> None:
    """Keep one of the sample's pictures with what it shows."""
    for table, kind in _SHOWN.items():
        if table in told:
            kept = attach(desk, desk.find(kind, name=told[table])[0], folder / told["file"])
            desk.save(with_values(kept, {"note": told["note"]}))


class SampleStory:
    """Lives through the sample office's story on a desk that has its roster."""

    def __init__(self, desk: Desk, story: dict[str, Any]) -> None:
        self._desk = desk
        self._story = story

    def live(self) -> None:
        """Topics, meetings, minutes and follow-up, each as the clerk would enter it."""
        desk = self._desk
        desk.save_all([Village(name=name) for name in self._story["villages"]])
        for topic in self._story["topics"]:
            self.enter_topic(topic)
        work = SampleWork(desk, self._story)
        work.before_meetings()
        for meeting in self._story["meetings"]:
            minutes = draft_minutes(desk, self.enter_meeting(meeting))
            if meeting["minutes"] == "final":
                finalise(desk, with_values(minutes, {"dated": self._day(meeting["days"] + 2)}))
        for entry in self._story["follow_up"]:
            self.follow_up(entry)
        work.after_meetings()

    def enter_topic(self, told: dict[str, Any]) -> Topic:
        """Enter one topic."""
        values = {key: value for key, value in told.items() if key != "days"}
        village = self._desk.find(Village, name=values.pop("village"))[0].id
        values.setdefault("workflow", self._story["office"]["workflow"])
        return self._desk.save(
            Topic(proposed_on=self._day(told["days"]), village=village, **values)
        )

    def enter_meeting(self, told: dict[str, Any]) -> Meeting:
        """Enter one meeting with all that happened in it."""
        desk = self._desk
        blank = blank_sheet(desk)
        guests = [
            Person(id=str(uuid4()), name=each["name"], post=each["post"])
            for each in told["guests"]
            if not desk.find(Person, name=each["name"])
        ]
        known = {each.name: each.id for each in (*desk.find(Person), *guests)}
        hour = time.fromisoformat(told["time"])
        meeting = with_values(
            blank.meeting,
            {
                "name": told["name"],
                "form": told["form"],
                "place": told["place"],
                "held_at": datetime.combine(self._day(told["days"]), hour),
                "host": known[told["host"]],
                "recorder": known[told["recorder"]],
            },
        )
        sheet = MeetingSheet(
            meeting=meeting,
            topics=tuple(
                MeetingTopic(topic=desk.find(Topic, name=name)[0].id) for name in told["topics"]
            ),
            agenda=tuple(AgendaItem(**each) for each in told["agenda"]),
            attendance=_attendance(blank, told, known),
            statements=tuple(
                Statement(person=known[each["person"]], kind=each["kind"], point=each["point"])
                for each in told["statements"]
            ),
            consensus=tuple(self._consensus(each) for each in told["consensus"]),
            dissents=tuple(Dissent(**each) for each in told["dissents"]),
            people=tuple(guests),
        )
        return save_sheet(desk, sheet).meeting

    def follow_up(self, told: dict[str, Any]) -> None:
        """Add what was done on a matter, its answer, and close it."""
        desk = self._desk
        matter = desk.find(Matter, name=told["matter"])[0]
        for each in told["progress"]:
            on = self._day(each["days"])
            desk.save(
                Progress(
                    matter=matter.id,
                    reported_on=on,
                    content=each["content"],
                    handler=each["handler"],
                )
            )
        reply = told.get("reply")
        if reply:
            values = {key: value for key, value in reply.items() if key != "days"}
            desk.save(Reply(matter=matter.id, replied_on=self._day(reply["days"]), **values))
        if told.get("close"):
            close_matter(desk, matter)

    def _consensus(self, told: dict[str, Any]) -> Consensus:
        """One agreed matter; its agency is entered on the spot."""
        desk = self._desk
        found = desk.find(Agency, name=told["agency"])
        agency = found[0] if found else desk.save(Agency(name=told["agency"]))
        return Consensus(
            name=told["name"],
            agency=agency.id,
            partners=told["partners"],
            due_on=self._day(told["days"]),
        )

    def _day(self, days: int) -> date:
        """The day that many days from today."""
        return self._desk.today + timedelta(days=days)


def _attendance(
    blank: MeetingSheet, told: dict[str, Any], known: dict[str, str]
) -> tuple[Attendance, ...]:
    """Everyone present, then the exceptions, then the guests."""
    exceptions = {known[name]: values for name, values in told["exceptions"].items()}
    members = [
        with_values(each, dict(zip(("presence", "reason"), exceptions[each.person], strict=True)))
        if each.person in exceptions
        else each
        for each in blank.attendance
    ]
    guests = [
        Attendance(person=known[each["name"]], capacity=each["capacity"], presence=each["presence"])
        for each in told["guests"]
    ]
    return (*members, *guests)
