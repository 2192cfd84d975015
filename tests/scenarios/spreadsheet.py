"""What the ten tasks take in a spreadsheet, key by key, by somebody who is practised at it.

The office is taken to keep one workbook, open all day, with a sheet for each ledger that has the
columns of the county's own tables. Everything is reckoned in favour of the spreadsheet:

- Going to another sheet is two keys (Ctrl+PageDown, some four to eight sheets in all), going to
  the first free row two (Ctrl+↓, ↓), each cell one (Tab, at the end of the row Enter, which goes
  back to the first column), today's date one (Ctrl+;), going to another program one (Alt+Tab).
- A text that a cell above has already is completed after its first character.
- Composing is not counted: a Chinese character is one character here as in the program, though
  it takes several keys. A name is typed whole; the program is content with its initials.
- Nothing is counted for slips, for looking up whom a telephone belongs to twice, for checking
  that nobody is entered twice, for wrong dates, or for keeping several tables in step; nor for
  numbers, lights, reports and the history that the program keeps by itself.
"""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """Something done in the spreadsheet: in words, the keys pressed, and what is typed."""

    what: str
    keys: int
    typed: str = ""


SHEET = Step("到这张工作表", 2)
ROW = Step("到第一个空行", 2)
SAVE = Step("保存", 1)
TO_WORD = Step("到另一个程序", 1)
COPIED_FROM_LEDGER = ("名称", "时间", "地点", "主持人", "记录人", "到会人员", "请假人员")


def cells(*texts: str, today: int = 0) -> Step:
    """A row filled cell by cell; `today` cells of it are filled with one key more each."""
    return Step("逐格填写", len(texts) + today, "".join(texts))


def find(text: str) -> Step:
    """Find a text in the sheet and close the box: Ctrl+F, Enter, Esc."""
    return Step("查找", 3, text)


SPREADSHEET: dict[str, tuple[Step, ...]] = {
    "1 登记一名新委员": (
        SHEET,
        ROW,
        # 序号 姓名 性别 民族 出生年月 政治面貌 学历 界别 工作单位及职务 联系电话
        cells("17", "何木兰", "女", "", "", "", "", "教育", "柳河小学教师", "13956780012"),
        SAVE,
    ),
    "2 查一个人的电话": (SHEET, find("韩冰")),
    "3 登记两条群众提的议题": (
        SHEET,
        ROW,
        # 序号 名称 来源 提出人 提出日期 状态
        cells("1", "桥口村集镇停车难", "群众提题", "钱大妈", "", "征集", today=1),
        cells("2", "袁庄村路灯不亮", "群", "马师傅", "", "征", today=1),
        SAVE,
    ),
    "4 登记一次调研": (
        SHEET,
        ROW,
        # 序号 日期 议题 方式 地点 参加人
        cells(
            "1", "", "桥口村集镇停车难", "实地察看", "桥口村集镇", "陆䶮、王𬭚、孙頔", today=1
        ),
        SAVE,
    ),
    "5 录一次协商会（14人到会、2人请假、1位来宾、3件共识）": (
        SHEET,
        ROW,
        # 序号 日期 名称 地点 主持人 记录人 应到 实到 请假 列席
        cells(
            "1", "2026-3-8", "桥口村停车难专题协商会", "镇政府三楼会议室", "陆䶮", "孙頔",
            "16", "14", "赵建国、冯志强", "马师傅",
        ),
        SHEET,
        Step("在名册里选中全部姓名，复制", 2),
        SHEET,
        Step("粘贴到到会名单", 1),
        Step("一列都填“出席”", 3, "出席"),
        find("赵建国"),
        Step("改为请假", 2, "请假"),
        find("冯志强"),
        Step("改为请假", 2, "请"),
        ROW,
        cells("马师傅", "列席"),
        SHEET,
        ROW,
        # 序号 事项 主办单位 时限 来自哪次会
        cells("1", "新划停车位30个", "镇村镇建设办公室", "2026-4-30", "桥口村停车难专题协商会"),
        cells("2", "划定卸货时段", "镇", "2026-3-31", "桥"),
        cells("3", "制定管理办法", "镇", "2026-6-30", "桥"),
        SAVE,
    ),
    "6 纪要起草、定稿并打印": (
        Step("打开纪要模板（Ctrl+O、↓、Enter）", 3),
        Step("另存（F12、Enter）", 2, "桥口村停车难专题协商会纪要"),
        *(
            Step(f"从台账复制{what}：换程序、到格、复制、换回、到位、粘贴", 6)
            for what in COPIED_FROM_LEDGER
        ),
        Step("从台账复制三件共识事项，一次选中", 6),
        Step("改成条文，三条", 6, "（主办单位：，时限：）" * 3),
        TO_WORD,
        SHEET,
        ROW,
        cells("1", "桥口村停车难专题协商会", "", today=1),
        SAVE,
        TO_WORD,
        Step("到编号处填号", 1, "〔2026〕1号"),
        SAVE,
        Step("打印（Ctrl+P、Enter）", 2),
    ),
    "7 给一件办理事项加进展、登记反馈、办结": (
        SHEET,
        find("卸货"),
        Step("到进展一格", 3),
        Step("在格里另起一行写（F2、Alt+Enter、Tab）", 3, "3月9日已征求商户意见"),
        # 反馈日期 反馈结果 反馈内容 办结日期 状态
        cells("", "A 已解决", "时段牌已立，有人值守", "", "办结", today=2),
        SAVE,
    ),
    "8 登记一条社情民意和县里的采用": (
        SHEET,
        ROW,
        # 序号 题目 反映人 反映日期 正文 报送日期 采用级别 采用日期 采用方式
        cells(
            "1", "关于集镇停车难的反映", "陆䶮", "", "集镇日均停车三百余辆，仅有车位八十个。",
            "2026-3-2", "县", "2026-3-9", "采用", today=1,
        ),
        SAVE,
    ),
    "9 登记一次接待日（5名委员、2名来访群众），一件转为办理事项": (
        SHEET,
        ROW,
        # 序号 类别 日期 名称 地点 参加委员 来访人数
        cells(
            "1", "接待日", "2026-3-5", "三月委员接待日", "委员工作室",
            "陆䶮、周㛃、王𬭚、孙頔、单丽", "2",
        ),
        SHEET,
        ROW,
        # 日期 姓名 电话 反映的问题 答复
        cells("2026-3-5", "钱大妈", "13800000021", "村口夜里停满了车", ""),
        cells("2026-3-5", "马师傅", "", "门前路灯坏了半年", "当场答复"),
        Step("回到这个问题，复制", 3),
        SHEET,
        ROW,
        # 序号 事项 来源 主办单位 交办日期 时限
        cells("4", "", "接待", "镇", "", "2026-3-31", today=2),
        SAVE,
    ),
    "10 把20行群众代表名单从 Excel 粘贴进来": (
        SHEET,
        ROW,
        Step("粘贴", 1),
        SAVE,
    ),
}  # fmt: skip
"""The steps of each task, under its name; empty texts are cells passed by or filled by a key."""


def keys_of(steps: tuple[Step, ...]) -> int:
    """The keys pressed for a task, characters not counted."""
    return sum(each.keys for each in steps)


def characters_of(steps: tuple[Step, ...]) -> int:
    """The characters typed for a task."""
    return sum(len(each.typed) for each in steps)
