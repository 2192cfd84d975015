"""The words that stand above columns, by the field they mean; what people write, as data.

A field's own label, and its record's title with it (议题名称), are known without being listed here.
"""

from __future__ import annotations

import re
import unicodedata

from liaison_desk.domain.fields import clean_line

SERIAL = "serial"
"""A column of running numbers: recognised, not kept."""
POSITION = "position"
"""A column 职务 beside one of the employer's: kept with it, or as the member's duty."""
REASON = "reason"
"""The column that a workbook of bad rows has beside its own: for the clerk's eyes, not read."""

HEADCOUNT_WORDS = ("列席人数", "请假人数")
SERIAL_WORDS = ("序号", "编号", "序列", "序", "no", "no.", "行号", "顺序号")
SPARE_WORDS = (
    "短号", "座机", "宅电", "固话", "固定电话", "办公电话", "家庭电话", "其他电话", "备用电话",
    "第二电话", "微信", "qq", "邮箱", "电子邮件", "传真", "紧急联系",
)  # fmt: skip
"""What is said of a person or body beside the number that has a field: it goes into 备注."""
REASON_WORDS = ("原因", "没有导入的原因")

BY_KEY: dict[str, tuple[str, ...]] = {
    "person.name": (
        "姓名", "委员姓名", "名字", "人员姓名", "代表姓名", "委员",
        "来访人", "来访人姓名", "来访群众", "群众姓名",
    ),
    "person.gender": ("性别", "男/女", "男女"),
    "person.ethnicity": ("民族", "族别"),
    "person.born": ("出生年月", "出生日期", "出生年月日", "出生时间", "生日", "出生"),
    "person.party": ("政治面貌", "政治面目", "党派", "所属党派", "党派名称", "面貌"),
    "person.education": ("学历", "文化程度", "最高学历", "学历学位"),
    "person.post": (
        "工作单位及职务", "工作单位和职务", "工作单位与职务", "工作单位职务", "工作单位及职称",
        "现工作单位及职务", "单位及职务", "单位和职务", "单位职务", "单位/职务", "单位、职务",
        "工作单位", "现工作单位", "所在单位", "单位",
    ),
    "person.phone": (
        "联系电话", "手机", "手机号", "手机号码", "电话", "电话号码", "联系手机", "移动电话",
        "联系方式", "本人电话",
    ),
    "person.identity": ("身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号码"),
    "person.village": (
        "村(社区)", "村(社区)/网格", "所在村(社区)", "所在村", "村社区", "村", "住址", "所属村",
        "村居",
    ),
    "person.speciality": ("专长标签", "专长", "特长"),
    "person.pool": ("人才库", "库别"),
    "person.note": ("备注", "备考", "说明", "身份", "人员身份", "代表身份"),
    "membership.term": ("届次", "届别"),
    "membership.sector": ("界别", "所属界别", "所在界别"),
    "membership.committee": ("专委会", "所属专委会", "专门委员会", "所属专门委员会"),
    "membership.group": ("活动组", "所属活动组", "界别活动组", "活动小组", "小组"),
    "membership.duty": ("政协职务", "委员职务", "政协内职务", "本届政协职务"),
    "membership.card_number": ("委员证号", "委员证编号", "委员证号码", "委员编号", "证号"),
    "membership.village": (
        "联系村(社区)", "联系村", "联系村/社区", "进驻村(社区)", "进驻村", "联系网格",
    ),
    "topic.name": (
        "议题", "议题名称", "协商议题", "协商主题", "协商内容", "协商事项", "议事主题", "主题",
        "题目", "协商议题名称",
    ),
    "topic.proposer": ("提出人", "提议人", "议题提出人", "建议人", "荐题人"),
    "topic.source": ("来源", "议题来源"),
    "topic.proposed_on": ("提出日期", "提出时间", "征集时间", "征集日期", "收集时间"),
    "meeting.name": ("名称", "会议名称", "协商会名称", "协商会", "活动名称"),
    "meeting.held_at": (
        "日期时间", "时间", "日期", "协商时间", "协商日期", "会议时间", "会议日期", "召开时间",
        "活动时间", "开展时间",
    ),
    "meeting.form": ("形式", "协商形式", "协商方式", "会议形式", "活动形式", "类型", "协商类型"),
    "meeting.place": ("地点", "协商地点", "会议地点", "召开地点", "活动地点"),
    "meeting.host": ("主持人", "主持", "召集人"),
    "meeting.recorder": ("记录人", "记录"),
    "meeting.headcount": (
        "参加人数", "参会人数", "到会人数", "出席人数", "人数", "参与人数", "参加人次", "参会人次",
    ),
    "meeting.note": ("备注", "备考", "说明"),
    "ledger.people": (
        "参加人员", "参会人员", "出席人员", "到会人员", "参加委员", "参会委员", "参与委员", "出席",
    ),
    "ledger.agreed": (
        "达成共识情况", "共识事项", "达成共识", "协商结果", "协商成果", "共识", "协商意见",
        "形成共识", "达成意见", "会议结果", "协商结论", "议定事项",
    ),
    "ledger.agency": (
        "责任单位", "主办单位", "承办单位", "办理单位", "落实单位", "牵头单位", "责任部门",
        "落实部门",
    ),
    "ledger.partners": ("协办", "协办单位", "配合单位", "会办单位"),
    "ledger.due_on": (
        "完成时限", "时限", "办理时限", "完成时间", "办结时限", "办理期限", "期限", "整改时限",
    ),
    "ledger.outcome": (
        "办理情况", "落实情况", "完成情况", "办理进展", "进展情况", "办理结果", "成果转化情况",
        "办理状态", "跟踪落实情况",
    ),
    "ledger.closed_on": ("办结日期", "办结时间", "完成日期"),
    "ledger.number": ("纪要文号", "纪要编号", "文号", "纪要期号", "纪要号"),
    "matter.name": (
        "事项", "办理事项", "交办事项", "事项名称", "事项内容", "交办内容", "协商成果", "共识事项",
        "议定事项", "落实事项", "达成共识",
    ),
    "matter.source": ("来源", "事项来源"),
    "matter.agency": (
        "主办单位", "责任单位", "承办单位", "办理单位", "主办", "牵头单位", "责任部门",
    ),
    "matter.partners": ("协办", "协办单位", "配合单位", "会办单位"),
    "matter.handler": ("承办人", "经办人", "责任人", "办理人"),
    "matter.handover_number": ("交办文号", "文号", "交办单号"),
    "matter.handed_over_on": ("交办日期", "交办时间", "下达日期"),
    "matter.signed_on": ("签收日期", "签收时间"),
    "matter.due_on": (
        "时限", "办理时限", "完成时限", "完成时间", "办结时限", "办理期限", "期限", "要求完成时间",
    ),
    "matter.requirement": ("要求", "办理要求", "交办要求", "备注"),
    "matter.closed_on": ("办结日期", "办结时间", "实际完成时间", "完成日期"),
    "progress.content": (
        "最新进展", "办理进展", "进展", "进展情况", "办理情况", "落实情况", "办理进度", "推进情况",
    ),
    "reply.result": ("办理结果", "反馈结果", "结果"),
    "reply.content": ("办理反馈", "反馈内容", "答复内容", "反馈情况"),
    "reply.reply_number": ("复文号", "反馈文号", "答复文号"),
    "village.name": ("名称", "村(社区)", "村名", "村名称", "村(社区)名称", "村", "社区"),
    "village.contact": (
        "联系人", "负责人", "书记", "村书记", "支部书记", "党总支书记", "村支书", "村主任",
        "党组织书记", "村党组织书记", "村(社区)书记", "支书", "主要负责人",
    ),
    "agency.name": ("名称", "单位名称", "单位", "承办单位", "部门", "部门名称"),
    "agency.short_name": ("简称", "单位简称"),
    "agency.leader": ("分管领导", "分管负责人", "领导"),
    "agency.contact": ("联系人", "经办人", "联络员"),
    "opinion.name": ("标题", "题目", "信息标题", "社情民意标题"),
    "opinion.reporter": ("反映人", "撰写人", "作者", "提交人", "信息作者"),
    "opinion.number": ("编号", "信息编号"),
    "opinion.reported_on": ("报送日期", "报送时间", "上报时间", "提交日期", "日期"),
    "opinion.reported_to": ("报送单位", "报送至"),
    "opinion.body": ("主要内容", "反映内容", "内容摘要", "正文", "内容", "信息内容"),
    "opinion.handling": ("办理情况", "处理情况", "办理结果", "采用情况"),
    "proposal.name": ("案由", "提案案由", "提案名称", "提案题目", "提案标题", "标题"),
    "proposal.number": ("编号", "提案编号", "提案号", "案号"),
    "proposal.proposer": ("提案人", "提案者", "第一提案人", "领衔人"),
    "proposal.submitted_on": ("提交日期", "提交时间", "日期"),
    "proposal.agency": ("主办单位", "承办单位"),
    "proposal.partners": ("协办", "协办单位", "会办单位"),
    "proposal.assessment": ("委员评价", "满意度", "委员满意度", "满意情况", "提案人满意度"),
    "proposal.result": ("答复结果", "办理结果"),
    "proposal.replied_on": ("答复日期", "答复时间"),
    "activity.name": ("主题", "活动主题", "活动名称", "名称"),
    "activity.kind": ("类型", "活动类型", "活动类别", "类别"),
    "activity.held_at": ("时间", "活动时间", "日期", "活动日期"),
    "activity.organiser": ("组织者", "组织单位", "组织人", "主办单位"),
    "activity.visits": (
        "接待人次", "走访人次", "参加人次", "来访人次", "来访群众", "接待人数", "来访人数",
    ),
    "activity.households": ("走访户数", "户数", "走访户"),
    "activity.problems_collected": ("收集问题", "收集问题数", "反映问题", "问题数"),
    "activity.problems_solved": ("解决问题", "解决问题数", "已解决"),
    "activity.donated_money": ("捐款", "捐款金额", "捐款数", "捐资"),
    "activity.donated_goods": ("捐物", "捐物折价", "捐赠物资"),
    "activity.volunteer_hours": ("志愿服务", "志愿服务时长", "志愿时长", "服务时长"),
    "activity.media_reports": ("媒体报道", "报道篇数", "宣传报道"),
    "activity.expenses": ("经费", "活动经费", "经费支出", "支出"),
    "activity.content": ("内容", "主要内容", "活动内容", "活动情况"),
    "activity.outcome": ("成效", "活动成效", "取得成效", "效果"),
    "activity.place": ("地点", "活动地点", "接待地点", "走访地点", "视察地点"),
    "activity_participant.person": (
        "参加人", "参加人员", "参加委员", "参与委员", "接待委员", "走访委员", "参与人员",
        "接待人", "接待人员",
    ),
    "opinion_cosigner.person": ("联名", "联名人", "联名委员", "附议人"),
    "proposal_cosigner.person": ("联名", "联名人", "联名委员", "附议人", "联名提案人"),
    "survey_participant.person": ("参加人", "参加人员", "调研人员", "参加委员", "调研人"),
    "survey.held_on": ("日期", "调研时间", "调研日期", "时间"),
    "plan_item.year": ("年度", "年份"),
    "plan_item.topic": ("议题", "协商议题", "议题名称", "课题"),
    "plan_item.responsible": ("责任单位", "召集人", "责任单位/召集人"),
}  # fmt: skip
"""Headings without spaces, half-width; the first is the usual one."""

BY_LABEL: dict[str, tuple[str, ...]] = {
    "备注": ("备注", "备考", "说明"),
    "村(社区)": ("村(社区)", "村", "村社区", "所在村", "所属村", "村居"),
    "地点": ("地点", "活动地点", "调研地点"),
    "手机": ("手机", "手机号", "手机号码", "联系电话", "电话"),
    "电话": ("电话", "联系电话", "电话号码", "手机", "联系方式", "手机号码"),
    "责任单位": ("责任单位", "承办单位", "主办单位"),
}
"""The same by label, for record types whose fields nobody has listed."""


def plain(heading: str) -> str:
    """A heading without spaces and marks, half-width, as it is looked up."""
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", clean_line(heading))).lower().strip("*:")
    return bare.replace("〔", "(").replace("〕", ")").replace("[", "(").replace("]", ")")


def without_brackets(heading: str) -> str:
    """A plain heading without what stands in brackets: an explanation, most often."""
    return re.sub(r"\(.*?\)", "", heading)


_SERIALS = frozenset(map(plain, SERIAL_WORDS))
_HEADCOUNTS = frozenset(map(plain, HEADCOUNT_WORDS))
_REASONS = frozenset(map(plain, REASON_WORDS))


def is_serial(heading: str) -> bool:
    """Whether a column of running numbers stands below a heading."""
    return plain(heading) in _SERIALS


def is_headcount(heading: str) -> bool:
    """Whether a heading is that of how many people came."""
    return plain(heading) in _HEADCOUNTS


def is_spare(heading: str) -> bool:
    """Whether a heading is that of another number or address beside the one that has a field."""
    return any(word in plain(heading) for word in SPARE_WORDS)


def is_reason(heading: str) -> bool:
    """Whether a heading is that of the reasons in a workbook of bad rows."""
    return plain(heading) in _REASONS


ACTIVITY_WORDS = {
    "接待日": ("接待",),
    "联络日": ("联络",),
    "学习培训": ("学习", "培训", "研讨"),
    "视察": ("视察",),
    "调研": ("调研",),
    "民主监督": ("监督",),
    "走访": ("走访", "慰问", "入户"),
    "公益": ("公益", "志愿", "捐", "义诊"),
    "述职": ("述职",),
    "党建": ("党建", "支部", "主题党日"),
    "文史": ("文史",),
}
"""The words by which an activity without a kind is known."""
