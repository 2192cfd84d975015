"""Every paper the office prints: its title, what it is printed from, and what must be there.

Light to import: builders turn records into words; what draws them is loaded when it is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from liaison_desk.domain.activity import Activity, ActivityParticipant
from liaison_desk.domain.matter import Matter, Rating
from liaison_desk.domain.meeting import AgendaItem, Attendance, Meeting, MeetingTopic, Statement
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.minutes import Minutes
from liaison_desk.domain.opinion import Opinion
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.topic import Topic
from liaison_desk.exports.content import ArchiveStamps, FormPaper, NamePlates, WallPaper
from liaison_desk.exports.papers.activity import activity_form
from liaison_desk.exports.papers.archive import archive_list, archive_stamps
from liaison_desk.exports.papers.case import typical_case
from liaison_desk.exports.papers.handover import handover_sheet, reminder
from liaison_desk.exports.papers.ledger_papers import (
    activity_paper,
    matter_paper,
    meeting_paper,
    opinion_paper,
    roster_paper,
)
from liaison_desk.exports.papers.loop_form import loop_form
from liaison_desk.exports.papers.meeting_record import meeting_record
from liaison_desk.exports.papers.member_files import member_file, member_year
from liaison_desk.exports.papers.notice import agenda, notice
from liaison_desk.exports.papers.opinion import opinion_report
from liaison_desk.exports.papers.outcome import outcome_sheet
from liaison_desk.exports.papers.packet_sheet import packet_sheet
from liaison_desk.exports.papers.plan import year_plan
from liaison_desk.exports.papers.ratings import rating_blank, rating_summary
from liaison_desk.exports.papers.reply_form import reply_form
from liaison_desk.exports.papers.sign_in import name_plates, sign_in
from liaison_desk.exports.papers.wall import (
    wall_duties,
    wall_members,
    wall_photos,
    wall_plan,
    wall_reception,
    wall_rights,
)
from liaison_desk.exports.papers.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from liaison_desk.domain.office import Office
    from liaison_desk.domain.reading import Reading
    from liaison_desk.domain.record import Record
    from liaison_desk.exports.content import Paper
    from liaison_desk.exports.papers.options import PaperOptions

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME = 60
_OWN = FormPaper | NamePlates | WallPaper | ArchiveStamps
"""Papers that do not say themselves who issues them."""


class Make(Protocol):
    """Builds the papers of one record, or of the office when it is None."""

    def __call__(
        self, read: Reading, office: Office, record: Record | None, options: PaperOptions
    ) -> tuple[Paper, ...]:
        """The papers, in the order they are printed."""
        ...


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """One kind of paper.

    Attributes:
        key: a short English name that settings and file names keep.
        title: what the clerk calls it.
        of: the type of record it is printed from, or None for the whole office.
        make: builds it.
        description: a sentence for the list of papers.
        is_public: whether it hangs on a wall, and must hold no personal data.
        needs: fields of the record that are to be filled before it is printed.
        parts: parts of the record of which there is to be at least one.
    """

    key: str
    title: str
    of: type[Record] | None
    make: Make
    description: str
    is_public: bool = False
    needs: tuple[str, ...] = ()
    parts: tuple[type[Record], ...] = ()

    def papers(
        self, read: Reading, office: Office, record: Record | None, options: PaperOptions
    ) -> tuple[Paper, ...]:
        """The papers of a record; without one, the form as it is to be filled by hand."""
        if record is None and self.of is not None:
            record = self.of()
        made = self.make(read, office, record, options)
        return tuple(replace(e, author=office.name) if isinstance(e, _OWN) else e for e in made)

    def file_name(self, read: Reading, record: Record | None, options: PaperOptions) -> str:
        """What its file is called, without ending: 签到表_桥口村停车难专题协商会."""
        name = str(options.of_year)
        if record is not None:
            name = Wording(read).caption(record.table, record.id) or "空白"
        return _FORBIDDEN.sub("", f"{self.title}_{name}")[:_LONGEST_NAME]


def papers_of(record_type: type[Record] | None) -> tuple[PaperKind, ...]:
    """The papers that are printed from a type of record, or from the office when it is None."""
    return tuple(each for each in PAPERS if each.of is record_type)


def paper_called(key: str) -> PaperKind:
    """The paper with a key."""
    return next(each for each in PAPERS if each.key == key)


def _kind(
    key: str,
    title: str,
    of: type[Record] | None,
    make: Callable[..., Any],
    description: str,
    needs: str = "",
    parts: tuple[type[Record], ...] = (),
) -> PaperKind:
    return PaperKind(
        key=key,
        title=title,
        of=of,
        make=make,
        description=description,
        is_public=key.startswith("wall_"),
        needs=tuple(needs.split()),
        parts=parts,
    )


PAPERS: tuple[PaperKind, ...] = (
    _kind(
        "notice", "会议通知", Meeting, notice,
        "信函格式，附参会回执；可以每人一份，写好姓名。",
        "name held_at place", (Attendance, MeetingTopic),
    ),
    _kind(
        "agenda", "会议议程", Meeting, agenda, "会上发给与会人员的议程。",
        "name held_at place host", (AgendaItem,),
    ),
    _kind(
        "sign_in", "签到表", Meeting, sign_in, "按参会名单印好，留出签名栏和空行。",
        "name held_at place", (Attendance,),
    ),
    _kind(
        "name_plates", "席卡", Meeting, name_plates, "A4纸对折，两面都有姓名，一人一张。",
        "", (Attendance,),
    ),
    _kind(
        "meeting_record", "会议记录", Meeting, meeting_record,
        "议程、发言和议定事项，由主持人和记录人签名。",
        "name held_at place host recorder", (Attendance, Statement),
    ),
    _kind(
        "outcome_sheet", "成果报送单", Minutes, outcome_sheet,
        "把协商纪要报送县政协时附在前面，留有签批栏。", "heading dated",
    ),
    _kind(
        "loop_form", "协商登记表", Topic, loop_form,
        "按议题的工作流程一步一格，从征集到评价。", "name source",
    ),
    _kind(
        "typical_case", "典型案例", Topic, typical_case,
        "由议题、协商会和办理事项写成的案例初稿：背景、过程、成效。", "name reason",
    ),
    _kind(
        "handover_sheet", "交办单", Matter, handover_sheet, "交承办单位签收，下半张是签收回执。",
        "name agency due_on handed_over_on",
    ),
    _kind(
        "reminder", "催办函", Matter, reminder, "信函格式，写明已超期几天，附办理情况回执。",
        "name agency due_on handed_over_on",
    ),
    _kind(
        "reply_form", "办理反馈单", Matter, reply_form,
        "承办单位的答复；还没有答复时是空白单，交承办单位填写。", "name agency",
    ),
    _kind(
        "rating_blank", "满意度测评表", Matter, rating_blank,
        "发给提出人、委员和群众代表，打勾填写。", "name agency",
    ),
    _kind(
        "rating_summary", "满意度测评汇总表", Matter, rating_summary,
        "把收回的测评表汇总，算出满意率。", "name agency", (Rating,),
    ),
    _kind(
        "opinion_report", "社情民意信息", Opinion, opinion_report,
        "反映人、正文和采用情况。", "name reporter body reported_on",
    ),
    _kind(
        "member_year", "委员履职登记表", Membership, member_year,
        "一名委员一年的履职情况，由本人签字。", "person term",
    ),
    _kind(
        "member_file", "委员履职档案", Membership, member_file,
        "一届一人一档：基本情况、各类履职明细和逐年汇总。", "person term since",
    ),
    _kind(
        "activity_form", "活动登记表", Activity, activity_form,
        "活动内容、成效、数字和照片；接待日附来访群众。",
        "name held_at place organiser content", (ActivityParticipant,),
    ),
    _kind(
        "packet_sheet", "U盘交接登记单", Packet, packet_sheet, "交收双方签字，一张两联，各存一份。",
    ),
    _kind("year_plan", "年度协商计划表", None, year_plan, "一年的协商计划，横排。"),
    _kind("roster", "委员名册", None, roster_paper, "在任委员名册，横排；号码默认隐去中间几位。"),
    _kind("meeting_ledger", "协商活动台账", None, meeting_paper, "一年的协商会，横排。"),
    _kind("matter_ledger", "办理事项台账", None, matter_paper, "一年交办的和没办结的，横排。"),
    _kind("opinion_ledger", "社情民意台账", None, opinion_paper, "一年的信息和采用情况，横排。"),
    _kind("activity_ledger", "活动台账", None, activity_paper, "一年的活动和各项数字，横排。"),
    _kind("archive_list", "归档文件目录", None, archive_list, "按档案行业标准排列一年的归档文件。"),
    _kind("archive_stamps", "归档章", None, archive_stamps, "45×16毫米，六格，印成一张剪贴。"),
    _kind("wall_rights", "上墙：委员权利义务", None, wall_rights, "A3或A4，文字可以改。"),
    _kind("wall_members", "上墙：委员联系方式", None, wall_members, "姓名、职务；电话可选。"),
    _kind("wall_duties", "上墙：工作职责", None, wall_duties, "A3或A4，文字可以改。"),
    _kind("wall_reception", "上墙：接待流程", None, wall_reception, "A3或A4，文字可以改。"),
    _kind("wall_plan", "上墙：年度计划", None, wall_plan, "一年的协商议题，A3或A4横放。"),
    _kind("wall_photos", "上墙：活动风采", None, wall_photos, "一年的活动照片，A3或A4横放。"),
)  # fmt: skip
"""In the order of the list of papers; 协商纪要 has a page of its own."""
