"""Closed and usual lists of words; the national ones are in resources/codes."""

from __future__ import annotations

GENDERS = ("男", "女")
LEVELS = ("全国", "省", "市", "县")
DUTIES = ("委员", "常委", "召集人", "副组长", "组长")
MEMBER_STATES = ("在任", "增补", "辞去", "撤销", "免除", "届满")
TOPIC_SOURCES = ("党政点题", "委员荐题", "群众提题", "社会征集", "上级交办")
WEIGHTS = ("小事", "急事", "大事")
MEETING_FORMS = (
    "专题协商",
    "对口协商",
    "界别协商",
    "提案办理协商",
    "微协商",
    "民主恳谈",
    "板凳会",
    "院坝会",
    "网络协商",
)
CAPACITIES = ("委员", "党政领导", "部门", "群众代表", "利益相关方", "专家", "媒体")
PRESENCES = ("出席", "列席", "请假", "缺席", "迟到", "早退")
AT_MEETING = ("出席", "迟到", "早退")
"""The presences that count as having sat in the meeting with a voice."""
STATEMENT_KINDS = ("发言", "问", "答", "辩")
MATTER_SOURCES = (
    "共识事项",
    "未达成共识的意见",
    "议题",
    "社情民意",
    "提案",
    "接待",
    "活动",
    "县级交办",
)
RESULTS = ("A 已解决", "B 正在解决或列入计划", "C 暂不能解决", "D 留作参考")
POOLS = ("特长委员库", "乡贤人才库", "信息员")
OFFICE_LEVELS = ("乡镇", "县级")
PRACTICES = (
    "利益相关方占半数",
    "议题经审定公示",
    "会后7个工作日内成文",
    "不调研不协商",
    "委员占调研人员60%以上",
)
"""Rules that an office may switch on; each warns and never refuses, see `domain.practices`."""
NUMBERINGS = ("每年从1号编起", "不分年份接着编")
STEP_NEEDS = (
    "审定",
    "公示",
    "列入计划",
    "调研",
    "协商会",
    "纪要",
    "共识事项",
    "办理事项",
    "办理反馈",
    "满意度",
    "回头看",
    "办结",
)
"""What has to be there before a step of a workflow counts as done."""
PLAN_OUTCOMES = ("协商纪要", "协商报告", "调研报告", "建议案", "社情民意信息")
PLAN_STATES = ("未开始", "进行中", "已完成", "延期", "取消")
DELAYED = "延期"
SURVEY_WAYS = ("走访入户", "座谈会", "实地察看", "问卷", "查阅资料")
ADOPTION_LEVELS = ("乡镇", "县", "市", "省", "全国")
ADOPTION_WAYS = ("采用", "转办", "批示")
FILINGS = ("立案", "并案", "不立案", "转社情民意")
SATISFACTIONS = ("满意", "基本满意", "不满意")
ACTIVITY_KINDS = (
    "接待日",
    "联络日",
    "学习培训",
    "视察",
    "调研",
    "民主监督",
    "走访",
    "公益",
    "述职",
    "党建",
    "文史",
    "其他",
)
VISITOR_ANSWERS = ("当场答复", "交办", "转社情民意", "列为议题", "转提案")
RATERS = ("提出人", "委员", "群众代表")
REVISIT_FINDINGS = ("落实到位", "部分落实", "没有落实", "有反弹")
DIRECTIVE_KINDS = ("交办", "批示", "回执")
WORKFLOWS = ("四单闭环", "七步闭环", "六事机制", "两题两议两事", "民主恳谈", "八个环节")
DISSENT_HANDLINGS = ("提交党组织决策参考", "下次协商会再议", "转有关部门研究")
WORD_LISTS: dict[str, tuple[str, ...]] = {
    "界别": (),
    "专委会": (),
    "活动组": (),
    "政协职务": DUTIES,
    "民族": (),
    "政治面貌": (),
    "学历": (),
    "议题类别": ("民生", "生态环境", "交通", "教育", "医疗", "养老", "产业", "文化", "治理"),
    "协商形式": MEETING_FORMS,
    "参会身份": CAPACITIES,
    "未达成共识的处理": DISSENT_HANDLINGS,
    "成果形式": PLAN_OUTCOMES,
    "调研方式": SURVEY_WAYS,
    "采用方式": ADOPTION_WAYS,
    "提案类别": ("经济", "农业农村", "城乡建设", "教科文卫", "社会保障", "生态环境", "法治治理"),
    "活动类型": ACTIVITY_KINDS,
}
"""The lists of words an office may edit, with those shipped; some are read from resources."""
TERM_LISTS = ("界别", "专委会", "活动组")
"""The lists that every county sets anew for each term."""
