"""Closed and usual lists of words; the national ones are in resources/codes."""

from __future__ import annotations

GENDERS = ("男", "女")
LEVELS = ("全国", "省", "市", "县")
DUTIES = ("委员", "常委", "召集人", "副组长", "组长")
MEMBER_STATES = ("在任", "增补", "辞去", "撤销", "免除")
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
MATTER_SOURCES = ("共识事项", "社情民意", "提案", "接待", "活动", "县级交办")
RESULTS = ("A 已解决", "B 正在解决或列入计划", "C 暂不能解决", "D 留作参考")
POOLS = ("特长委员库", "乡贤人才库", "信息员")
OFFICE_LEVELS = ("乡镇", "县级")
PRACTICES = ("利益相关方占半数", "议题经审定公示", "会后7个工作日内成文")
"""Rules that an office may switch on; each warns and never refuses, see `domain.practices`."""
NUMBERINGS = ("每年从1号编起", "不分年份接着编")
WORKFLOWS = ("四单闭环", "七步闭环", "六事机制", "两题两议两事", "民主恳谈", "八个环节")
DISSENT_HANDLINGS = ("提交党组织决策参考", "下次协商会再议", "转有关部门研究")
