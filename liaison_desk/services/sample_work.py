"""What the sample office does beside consulting: plan, surveys, opinions, activities."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from liaison_desk.domain.activity import Activity, ActivityParticipant, Visitor
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.conversion import Conversion
from liaison_desk.domain.directive import Directive
from liaison_desk.domain.matter import Extension, Matter, Rating, Revisit
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.domain.opinion import Adoption, Opinion, OpinionCosigner
from liaison_desk.domain.person import Person
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.proposal import Proposal, ProposalCosigner
from liaison_desk.domain.record import Record, with_values
from liaison_desk.domain.survey import Survey, SurveyParticipant
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.services.follow_up import extend_matter
from liaison_desk.services.parts import save_parts
from liaison_desk.services.workflows import states_of, tick_step

if TYPE_CHECKING:
    from datetime import date

    from liaison_desk.services.desk import Desk

R = TypeVar("R", bound=Record)


class SampleWork:
    """Enters the rest of the sample office's story, as the clerk would."""

    def __init__(self, desk: Desk, story: dict[str, Any]) -> None:
        self._desk = desk
        self._story = story

    def before_meetings(self) -> None:
        """What comes before a consultation: the plan, the surveys, who keeps in touch."""
        for number, told in enumerate(self._story["plan"], 1):
            self._plan(number, told)
        for told in self._story["surveys"]:
            survey = Survey(held_on=self._day(told["days"]), **self._linked(told, "topic"))
            self._with_people(self._desk.save(survey), SurveyParticipant, told["people"])
        for told in self._story["pairings"]:
            self._pair(told)

    def after_meetings(self) -> None:
        """What comes of them, and everything else of these weeks."""
        for told in self._story["people"]:
            person = self._one(Person, told["name"])
            self._desk.save(with_values(person, {k: v for k, v in told.items() if k != "name"}))
        for told in self._story["opinions"]:
            self._opinion(told)
        for told in self._story["proposals"]:
            self._proposal(told)
        for told in self._story["activities"]:
            self._activity(told)
        for told in self._story["directives"]:
            self._directive(told)
        for told in self._story["aftermath"]:
            self._aftermath(told)
        for told in self._story["conversions"]:
            self._conversion(told)
        for told in self._story["steps"]:
            topic = self._one(Topic, told["topic"])
            for row in range(told["count"]):
                topic = tick_step(self._desk, topic, states_of(self._desk, topic)[row])

    def _plan(self, number: int, told: dict[str, Any]) -> None:
        """One item of the plan of the year its meeting is in."""
        held = self._day(told["meeting_days"])
        looked = self._day(told["meeting_days"] - 14)
        values = {
            k: v for k, v in self._linked(told, "topic", "agency").items() if k != "meeting_days"
        }
        self._desk.save(
            PlanItem(
                year=self._desk.today.year,
                position=number,
                survey_month=f"{looked:%Y.%m}",
                meeting_month=f"{held:%Y.%m}",
                **values,
            )
        )

    def _pair(self, told: dict[str, Any]) -> None:
        """A party member and the one she keeps in touch with."""
        seat = self._desk.find(Membership, person=self._one(Person, told["member"]).id)[0]
        partner = self._one(Person, told["partner"]).id
        pairing = Pairing(membership=seat.id, partner=partner, since=self._day(told["days"]))
        self._desk.save(pairing)

    def _opinion(self, told: dict[str, Any]) -> None:
        """One report of public opinion, who signed it and who took it up."""
        values = self._linked(told, "reporter", "village")
        opinion = self._desk.save(Opinion(reported_on=self._day(told["days"]), **values))
        self._with_people(opinion, OpinionCosigner, told["people"])
        adoptions = [
            Adoption(adopted_on=self._day(each.pop("days")), **each)
            for each in (dict(one) for one in told["adoptions"])
        ]
        for each in adoptions:
            self._desk.save(with_values(each, {"opinion": opinion.id}))

    def _proposal(self, told: dict[str, Any]) -> None:
        """One proposal and who signed it."""
        values = self._linked(told, "proposer", "agency")
        replied = values.pop("replied_days", None)
        proposal = Proposal(
            submitted_on=self._day(told["days"]),
            replied_on=None if replied is None else self._day(replied),
            **values,
        )
        self._with_people(self._desk.save(proposal), ProposalCosigner, told["people"])

    def _activity(self, told: dict[str, Any]) -> None:
        """One activity, who took part, and who came."""
        values = self._linked(told, "village")
        hour = time.fromisoformat(values.pop("time"))
        held = datetime.combine(self._day(told["days"]), hour)
        kinds = Activity.fields()
        for name in values.keys() & {
            "donated_money",
            "donated_goods",
            "volunteer_hours",
            "expenses",
        }:
            values[name] = kinds[name].parse(values[name])
        activity = self._desk.save(Activity(held_at=held, **values))
        self._with_people(activity, ActivityParticipant, told["people"])
        visitors = [Visitor(**each) for each in told["visitors"]]
        save_parts(self._desk, activity, Visitor, visitors)

    def _directive(self, told: dict[str, Any]) -> None:
        """What the county asked, and the answer if there is one."""
        days = ("issued_on", "received_on", "due_on", "answered_on")
        values: dict[str, Any] = {
            name: self._day(value) if name in days else value for name, value in told.items()
        }
        self._desk.save(Directive(**values))

    def _aftermath(self, told: dict[str, Any]) -> None:
        """More time for a matter, how people judge it, and a look back."""
        matter = self._one(Matter, told["matter"]).id
        for each in told.get("extensions", ()):
            granted, until = self._day(each["days"]), self._day(each["until"])
            reason, approver = each["reason"], each["approver"]
            extend_matter(
                self._desk,
                Extension(
                    matter=matter,
                    granted_on=granted,
                    new_due_on=until,
                    reason=reason,
                    approver=approver,
                ),
            )
        for each in told.get("ratings", ()):
            values = {k: v for k, v in each.items() if k != "days"}
            self._desk.save(Rating(matter=matter, rated_on=self._day(each["days"]), **values))
        for each in told.get("revisits", ()):
            values = {k: v for k, v in each.items() if k != "days"}
            self._desk.save(Revisit(matter=matter, visited_on=self._day(each["days"]), **values))

    def _conversion(self, told: dict[str, Any]) -> None:
        """What was turned into what; each end is named by its table and its name."""
        ends = {
            f"{way}_{table}": self._one(kind, name).id
            for way in ("from", "into")
            for table, name in told[way].items()
            for kind in [_CONVERTED[table]]
        }
        self._desk.save(Conversion(converted_on=self._day(told["days"]), **ends))

    def _with_people(self, whole: Record, part_type: type[Record], names: list[str]) -> None:
        """The people of a record, by name."""
        people = [with_values(part_type(), {"person": self._one(Person, n).id}) for n in names]
        save_parts(self._desk, whole, part_type, people)

    def _linked(self, told: dict[str, Any], *links: str) -> dict[str, Any]:
        """The values of a record, its links by id; what is told of its parts is left out."""
        values = {
            k: v for k, v in told.items() if k not in {"days", "people", "adoptions", "visitors"}
        }
        for name in links:
            if values.get(name):
                values[name] = self._one(_LINKED[name], values[name]).id
        return values

    def _one(self, record_type: type[R], name: str) -> R:
        """The record of a name; an agency met for the first time is entered."""
        found = self._desk.find(record_type, name=name)
        return found[0] if found else self._desk.save(with_values(record_type(), {"name": name}))

    def _day(self, days: int) -> date:
        """The day that many days from today."""
        return self._desk.today + timedelta(days=days)


_LINKED: dict[str, type[Record]] = {
    "topic": Topic,
    "agency": Agency,
    "village": Village,
    "reporter": Person,
    "proposer": Person,
}
_CONVERTED: dict[str, type[Record]] = {
    "topic": Topic,
    "opinion": Opinion,
    "proposal": Proposal,
    "matter": Matter,
    "visitor": Visitor,
}
