"""One office's work, with something in every record that papers are printed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from liaison_desk.domain.activity import Activity, ActivityParticipant, Visitor
from liaison_desk.domain.agency import Agency
from liaison_desk.domain.attachment import Attachment
from liaison_desk.domain.matter import Matter, Progress, Rating, Reply, Revisit
from liaison_desk.domain.meeting import (
    AgendaItem,
    Attendance,
    Consensus,
    Dissent,
    Meeting,
    MeetingTopic,
    Statement,
)
from liaison_desk.domain.membership import Membership, Pairing
from liaison_desk.domain.minutes import FINAL, Minutes
from liaison_desk.domain.opinion import Adoption, Opinion, OpinionCosigner
from liaison_desk.domain.packet import SENT, Packet
from liaison_desk.domain.person import Person
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.proposal import Proposal, ProposalCosigner
from liaison_desk.domain.survey import Survey, SurveyParticipant
from liaison_desk.domain.topic import Topic
from liaison_desk.domain.village import Village
from liaison_desk.exports.papers.options import PaperOptions

if TYPE_CHECKING:
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Desk

MOBILE, IDENTITY = "13856100001", "11010519491231002X"
OPTIONS = PaperOptions(today=date(2026, 3, 9))
PHOTO = "ab" * 32


@dataclass(frozen=True)
class Story:
    """The records of the story."""

    chair: Membership
    member: Membership
    topic: Topic
    meeting: Meeting
    minutes: Minutes
    matter: Matter
    reply: Reply
    rating: Rating
    opinion: Opinion
    activity: Activity
    packet: Packet

    def record(self, of: type[Record] | None) -> Record | None:
        """The record of a type that papers are printed from."""
        found: dict[type[Record] | None, Record] = {
            Meeting: self.meeting,
            Minutes: self.minutes,
            Topic: self.topic,
            Matter: self.matter,
            Opinion: self.opinion,
            Membership: self.member,
            Activity: self.activity,
            Packet: self.packet,
        }
        return found.get(of)


def live(desk: Desk) -> Story:
    """Enter the story."""
    village = desk.save(Village(name="桥口村"))
    agency = desk.save(Agency(name="镇村镇建设办公室", contact="周建设", phone="0561-6000222"))
    chair = _member(desk, "陆䶮", "镇党委副书记", village, duty="召集人", sector="中共")
    member = _member(
        desk, "买买提·艾力", "农贸市场经营户", village, sector="民族宗教",
        gender="男", ethnicity="维吾尔族", party="群众", identity=IDENTITY, born="1976.08",
    )  # fmt: skip
    guest = desk.save(Person(name="何木兰", post="桥口村村民"))
    desk.save(Pairing(membership=chair.id, partner=member.person))
    topic = _topic(desk, village, member)
    meeting = _meeting(desk, topic, chair, member, guest)
    agreed = desk.save(
        Consensus(
            meeting=meeting.id, position=1, name="新划停车位30个", agency=agency.id,
            partners="桥口村", due_on=date(2026, 3, 1),
        )
    )  # fmt: skip
    desk.save(
        Dissent(meeting=meeting.id, position=1, name="是否收停车费", raised_by="部分商户",
                handling="下次协商会再议")
    )  # fmt: skip
    minutes = _minutes(desk, meeting)
    matter, reply, rating = _matter(desk, agreed, minutes, agency)
    return Story(
        chair=chair,
        member=member,
        topic=topic,
        meeting=meeting,
        minutes=minutes,
        matter=matter,
        reply=reply,
        rating=rating,
        opinion=_opinion(desk, chair, member, village),
        activity=_activity(desk, member, village),
        packet=_packet(desk),
    )


def _member(desk: Desk, name: str, post: str, village: Village, **values: object) -> Membership:
    of_seat = {k: v for k, v in values.items() if k in Membership.fields()}
    of_person = {k: v for k, v in values.items() if k not in of_seat}
    person = desk.save(Person(name=name, post=post, phone=MOBILE, **of_person))  # type: ignore[arg-type]
    seat = Membership(
        person=person.id, term="第十二届", card_number="HX12-001", since=date(2022, 1, 10),
        village=village.id, **of_seat,  # type: ignore[arg-type]
    )  # fmt: skip
    return desk.save(seat)


def _topic(desk: Desk, village: Village, member: Membership) -> Topic:
    topic = desk.save(
        Topic(
            name="桥口村停车难问题", source="群众提题", proposer="何木兰",
            proposed_on=date(2026, 1, 5), village=village.id, weight="大事",
            reason="逢集日占道停车，群众多次反映。", policy="《停车场管理办法》",
            present_state="现有停车位18个。", shortcomings="停车位少", direction="利用闲置场院",
            screening="列入协商", approver="镇党委", approved_on=date(2026, 1, 12),
            posted_from=date(2026, 1, 13), posted_until=date(2026, 1, 19), is_planned=True,
            workflow="七步闭环", convener=member.person,
        )
    )  # fmt: skip
    desk.save(
        PlanItem(
            year=2026, position=1, topic=topic.id, leader="陆䶮", responsible="买买提·艾力",
            scope="委员、商户", survey_month="2026.01", meeting_month="2026.02",
            outcome="协商纪要", status="延期", delay_reason="等测绘",
        )
    )  # fmt: skip
    survey = desk.save(
        Survey(
            topic=topic.id, held_on=date(2026, 1, 20), way="实地察看", place="桥口村集镇段",
            households=36, people_heard=52, situation="占道停车51辆。",
            shortcomings="场院闲置", suggestions="划定卸货时段",
        )
    )  # fmt: skip
    desk.save(SurveyParticipant(survey=survey.id, position=1, person=member.person))
    return topic


def _meeting(
    desk: Desk, topic: Topic, chair: Membership, member: Membership, guest: Person
) -> Meeting:
    meeting = desk.save(
        Meeting(
            name="桥口村停车难专题协商会", held_at=datetime(2026, 2, 6, 14, 30),
            place="镇政府三楼会议室", host=chair.person, recorder=member.person,
            votes_for=3, votes_against=0, abstentions=1, vote_way="举手",
        )
    )  # fmt: skip
    desk.save(MeetingTopic(meeting=meeting.id, position=1, topic=topic.id))
    for place, (name, starts, speaker) in enumerate(
        (("通报调研结果", "14:30", "买买提·艾力"), ("委员和群众发言", "15:00", "")), 1
    ):
        desk.save(
            AgendaItem(
                meeting=meeting.id, position=place, name=name, starts=starts, speaker=speaker
            )
        )
    seats = (
        (chair.person, "委员", "出席", ""),
        (member.person, "委员", "出席", ""),
        (guest.id, "利益相关方", "请假", "外出务工"),
    )
    for place, (who, capacity, presence, reason) in enumerate(seats, 1):
        desk.save(
            Attendance(
                meeting=meeting.id, position=place, person=who, capacity=capacity,
                presence=presence, reason=reason,
            )
        )  # fmt: skip
    desk.save(
        Statement(meeting=meeting.id, position=1, person=member.person, kind="问",
                  point="能否固定卸货时段")
    )  # fmt: skip
    return meeting


def _minutes(desk: Desk, meeting: Meeting) -> Minutes:
    return desk.save(
        Minutes(
            meeting=meeting.id, heading="关于桥口村停车难问题的协商纪要",
            mark="柳河镇政协联络组协商纪要", issuer="柳河镇政协联络组", dated=date(2026, 2, 8),
            body="会议认为，停车难是群众反映强烈的问题。", year=2026, number=1,
            status=FINAL, version=1,
        )
    )  # fmt: skip


def _matter(
    desk: Desk, agreed: Consensus, minutes: Minutes, agency: Agency
) -> tuple[Matter, Reply, Rating]:
    matter = desk.save(
        Matter(
            name="新划停车位30个", consensus=agreed.id, minutes=minutes.id, agency=agency.id,
            partners="桥口村", handler="周建设", handover_number="柳协办〔2026〕1号",
            handed_over_on=date(2026, 2, 8), signed_on=date(2026, 2, 9), due_on=date(2026, 3, 1),
            requirement="标线清楚，设置标识。",
        )
    )  # fmt: skip
    desk.save(
        Progress(
            matter=matter.id,
            reported_on=date(2026, 2, 15),
            content="场院清理完毕",
            handler="周建设",
        )
    )
    reply = desk.save(
        Reply(
            matter=matter.id, replied_on=date(2026, 3, 5), result="A 已解决",
            content="已划停车位32个。", reply_number="村建函〔2026〕3号",
        )
    )  # fmt: skip
    rating = desk.save(
        Rating(
            matter=matter.id, rated_on=date(2026, 3, 7), rater="群众代表", work_good=8,
            work_fair=1, work_poor=1, outcome_good=6, outcome_fair=2, outcome_poor=2,
            reason="标识太少",
        )
    )  # fmt: skip
    desk.save(
        Revisit(
            matter=matter.id,
            visited_on=date(2026, 3, 8),
            finding="落实到位",
            situation="车位都在用",
        )
    )
    return matter, reply, rating


def _opinion(desk: Desk, chair: Membership, member: Membership, village: Village) -> Opinion:
    opinion = desk.save(
        Opinion(
            number="2026-001", name="建议在小学门口设置减速带", reporter=member.person,
            village=village.id, body="门口没有斑马线。\n建议设置减速带。",
            reported_on=date(2026, 2, 3), reported_to="县政协办公室", handling="已现场踏勘",
        )
    )  # fmt: skip
    desk.save(OpinionCosigner(opinion=opinion.id, position=1, person=chair.person))
    desk.save(
        Adoption(
            opinion=opinion.id, level="市", adopted_on=date(2026, 2, 20), way="批示",
            instructed_by="市政府办公室", instruction="请研究办理",
        )
    )  # fmt: skip
    proposal = desk.save(
        Proposal(
            number="第45号", name="关于增设停车位的提案", proposer=member.person,
            submitted_on=date(2026, 1, 20), filing="立案",
        )
    )  # fmt: skip
    desk.save(ProposalCosigner(proposal=proposal.id, position=1, person=chair.person))
    return opinion


def _activity(desk: Desk, member: Membership, village: Village) -> Activity:
    activity = desk.save(
        Activity(
            kind="接待日", name="三月委员接待日", held_at=datetime(2026, 3, 5, 8, 30),
            place="镇政协联络室", organiser="柳河镇政协联络组", village=village.id,
            content="两位委员接待来访群众。", outcome="当场答复1件。", visits=3,
            problems_collected=2, problems_solved=1, donated_money=Decimal("1200.50"),
        )
    )  # fmt: skip
    desk.save(ActivityParticipant(activity=activity.id, position=1, person=member.person))
    desk.save(
        Visitor(
            activity=activity.id, position=1, name="钱大妈", phone=MOBILE, concern="路灯坏了",
            answer="当场答复", answer_text="已报修",
        )
    )  # fmt: skip
    for name, note in (("现场.jpg", "委员接待群众"), ("说明.docx", "")):
        desk.save(
            Attachment(
                owner_table="activity",
                owner=activity.id,
                name=name,
                sha256=PHOTO,
                size=1,
                note=note,
            )
        )
    return activity


def _packet(desk: Desk) -> Packet:
    return desk.save(
        Packet(
            direction=SENT, sender=desk.office_id, year=2026, number=3,
            period_from=date(2026, 1, 1), period_until=date(2026, 3, 8),
            handled_at=datetime(2026, 3, 9, 10, 0), file_name="柳河镇_2026_003.zip",
            sha256="0123456789abcdef" * 4, contents="纪要1份、台账3本",
        )
    )  # fmt: skip
