"""A title broken by sense into a trapezoid or a rhombus (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, islice, pairwise
from math import ceil
from typing import TYPE_CHECKING

from liaison_desk.exports.pdf.breaking import break_positions, is_wide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Shape = Callable[[Sequence[float]], float]

# Words that a title of this office is made of; a line end inside one of them reads badly.
WORD_LIST = (
    "关于 召开 协商 会议 纪要 座谈 恳谈 民主 专题 对口 界别 政协 联络 委员 召集 "
    "工作 情况 问题 建设 治理 整治 管理 提升 推进 推动 加强 完善 促进 解决 "
    "落实 改造 改善 建议 意见 方案 报告 通知 调研 视察 监督 提案 社情 民意 "
    "信息 乡村 振兴 农村 城镇 社区 街道 人居 环境 生态 停车 道路 交通 饮水 "
    "安全 养老 教育 医疗 文化 旅游 产业 发展 基础 设施 公共 服务 居民 村民 "
    "群众 老旧 小区 物业 垃圾 分类 污水 河道 水利 农田 灌溉 学校 卫生 就业 "
    "创业 年度 计划 总结 第一 第二 第三 季度 小组 办公 中心 工程 项目 政府 "
    "人民 全县 全镇 集镇 镇区 联络组 联络室 协商会 座谈会 恳谈会 协商会议 会议纪要 协商纪要 停车难 "
    "无党派 九三学社 人士 党员 团员 社员 会员 盟员 医药 卫生界 艺术 宗教 民族 党委 总支 支部 "
    "书记 副书记 会长 副会长 主任 副主任 站长 副站长 院长 副院长 校长 馆员 教师 经营户 "
    "综合 接待 群众日 加装 充电 灌溉 渠道 新划 停车位 "
    "集体 闲置 用地 辖区 规划 一体化 长效 机制 示范 试点 充电桩 场院 粮站 集镇段 "
    "电动 自行车 停放 消防 通道 正在 列入 暂不 回民 小学 中学 商会 公司 有限公司 集团 股份 "
    "董事长 经理 总监 技术 卫生院 文化站 服务站 民政办 执法队 派出所 司法所 供电所 合作社 "
    "委员会 农业 农贸 市场 粮油 "
)
WORDS = tuple(WORD_LIST.split())
GOOD_AFTER = frozenset("的，、：；》”）·")
GOOD_BEFORE = (
    "和",
    "与",
    "及",
    "暨",
    "并",
    "关于",
    "专题",
    "协商",
    "会议",
    "座谈",
    "纪要",
    "情况",
    "工作",
    "《",
    "“",
    "（",
)
BAD_START = frozenset("的等了")
BAD_END = frozenset("和与及暨并把将对为在")
BROKEN_WORD, BAD_EDGE, PLAIN, GOOD, BEST = 14.0, 10.0, 6.0, 2.0, 0.0
UNEVEN, SQUARE, HOURGLASS, EXTRA_LINE = 0.5, 3.0, 8.0, 2.0
LONELY, LETTERS = 5.0, 1.5  # of a line narrower than so many em
MOST_LINES = 4  # of a title that is balanced; a longer one fills its lines
SHORTEST = 0.4  # of its share of a title: no line is shorter
MANY = 5_000  # ways to cut a title that are looked at


def break_title(title: str, most: float) -> list[str]:
    """Return the lines of a title, none wider than `most` em; a line end in it is the clerk's own.

    Words, numbers and dates stay whole, except a word that is itself wider than a line.
    """
    return _break(title, most, _shape)


def break_label(label: str, most: float) -> list[str]:
    """Return the lines of a label in a cell, alike in length; otherwise as `break_title`."""
    return _break(label, most, _unevenness)


def width_of(text: str) -> float:
    """Return the width of a title in em, a Latin letter counted as half."""
    return sum(1.0 if is_wide(char) else 0.55 for char in text)


def _break(title: str, most: float, shape: Shape) -> list[str]:
    """Return the lines of all pieces of a title."""
    pieces = (piece.strip() for piece in title.split("\n"))
    return [line for text in pieces if text for line in _balance(text, most, shape)]


def _balance(text: str, most: float, shape: Shape) -> list[str]:
    """Return `text` in as few lines as hold it, cut where it reads and looks best."""
    if width_of(text) <= most:
        return [text]
    places = break_positions(text)[1:-1]
    fewest = ceil(width_of(text) / most)
    if fewest > MOST_LINES:
        return _fill(text, most)
    choices = [_best_cut(text, places, (count, most), shape) for count in (fewest, fewest + 1)]
    found = [
        (cost + EXTRA_LINE * extra, lines)
        for extra, choice in enumerate(choices)
        if choice
        for cost, lines in [choice]
    ]
    return min(found)[1] if found else _fill(text, most)


def _best_cut(
    text: str, places: Sequence[int], wanted: tuple[int, float], shape: Shape
) -> tuple[float, list[str]] | None:
    """Return the best way to cut `text` into a count of lines, and its cost; None if none fits."""
    count, most = wanted
    best: tuple[float, list[str]] | None = None
    inside = _inside_words(text)
    sense = {cut: BROKEN_WORD if cut in inside else _sense(text, cut) for cut in places}
    sums = list(accumulate(map(width_of, text), initial=0.0))
    for ends in islice(_ways([*places, len(text)], sums, count, most), MANY):
        clumsy = sum(sense[cut] for cut in ends[1:-1])
        if best is not None and clumsy >= best[0]:
            continue
        widths = [sums[b] - sums[a] for a, b in pairwise(ends)]
        cost = shape(widths) + clumsy
        if best is None or cost < best[0]:
            best = (cost, [text[a:b].strip() for a, b in pairwise(ends)])
    return best


def _ways(
    places: Sequence[int], sums: Sequence[float], count: int, most: float, start: int = 0
) -> Iterator[tuple[int, ...]]:
    """Yield the ends of `count` lines from `start` on, none too wide and none far too short."""
    if count == 1:
        if start < places[-1] and sums[-1] - sums[start] <= most:
            yield start, places[-1]
        return
    least = (sums[-1] - sums[start]) / count * SHORTEST
    for end in places[bisect_right(places, start) :]:
        width = sums[end] - sums[start]
        if width > most:
            break
        if width < least or sums[-1] - sums[end] > (count - 1) * most:
            continue
        for ends in _ways(places, sums, count - 1, most, end):
            yield start, *ends


def _shape(widths: Sequence[float]) -> float:
    """Return how far the line widths are from a trapezoid or a rhombus, 0 for a perfect one."""
    uneven = (max(widths) - min(widths)) * UNEVEN
    steps = [below - above for above, below in pairwise(widths)]
    hourglass = any(first < 0 < second for first, second in pairwise(steps))
    square = sum(SQUARE for step in steps if abs(step) < 1)
    return uneven + square + (HOURGLASS if hourglass else 0.0)


def _unevenness(widths: Sequence[float]) -> float:
    """Return how far line widths are from being alike; a line of one character is worse."""
    return max(widths) - min(widths) + (LONELY if min(widths) < LETTERS else 0.0)


def _sense(text: str, cut: int) -> float:
    """Return how badly it reads to end a line before `cut`."""
    before, after = text[:cut], text[cut:]
    is_in_brackets = before.count("（") > before.count("）")
    if after[0] in BAD_START or before[-1] in BAD_END or is_in_brackets:
        return BAD_EDGE
    if before[-1] in GOOD_AFTER:
        return BEST
    return GOOD if after.startswith(GOOD_BEFORE) else PLAIN


def _inside_words(text: str) -> set[int]:
    """Return every index of `text` at which a cut would part a word."""
    inside: set[int] = set()
    for word in WORDS:
        start = text.find(word)
        while start >= 0:
            inside.update(range(start + 1, start + len(word)))
            start = text.find(word, start + 1)
    return inside


def _fill(text: str, most: float) -> list[str]:
    """Return `text` in full lines that end between words; one wider than a line is broken."""
    lines, line = [], ""
    inside = _inside_words(text)
    first, *places, last = break_positions(text)
    fair = (e for e in places if e not in inside and _sense(text, e) < BAD_EDGE)
    for start, end in pairwise([first, *fair, last]):
        unit = text[start:end]
        if line and width_of(line + unit) > most:
            lines.append(line.strip())
            line = ""
        for char in unit:
            if line and width_of(line + char) > most:
                lines.append(line.strip())
                line = ""
            line += char
    return [*lines, line.strip()]
