"""A title is broken by sense and into a fair shape."""

from __future__ import annotations

import pytest

from liaison_desk.exports.pdf.titles import break_title, width_of

MOST = 20.1


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("柳河镇2026年第一次协商会议纪要", ["柳河镇2026年第一次协商会议纪要"]),
        (
            "关于破解老旧小区停车难问题专题协商会议纪要",
            ["关于破解老旧小区停车难问题", "专题协商会议纪要"],
        ),
        (
            "关于推进柳河镇乡村振兴示范带建设和农村人居环境整治提升工作的专题协商会议纪要",
            [
                "关于推进柳河镇乡村振兴示范带建设",
                "和农村人居环境整治提升工作的",
                "专题协商会议纪要",
            ],
        ),
        ("关于停车\n协商会议纪要", ["关于停车", "协商会议纪要"]),
    ],
)
def test_a_title_is_broken_where_it_reads_well(title: str, lines: list[str]) -> None:
    assert break_title(title, MOST) == lines


def test_a_very_long_title_is_broken_by_sense_too() -> None:
    title = (
        "关于召开进一步整合辖区内闲置集体建设用地推进桥口村、袁庄村、柳河社区三地"
        "停车设施建设和长效管理的专题协商会议的通知"
    )
    lines = break_title(title, MOST)
    assert "".join(lines) == title
    assert len(lines) <= 4
    assert all(8 <= width_of(line) <= MOST for line in lines)
    assert lines[0].startswith("关于召开进一步")


def test_the_longest_title_of_all_is_not_broken_inside_its_words() -> None:
    title = (
        "关于“推动柳河镇老旧小区电动自行车停放充电设施与消防通道综合整治及长效管理机制建设的"
        "若干问题和2026—2028年度分步实施方案的协商（第一阶段）”和“桥口村停车难问题”的协商纪要"
    )
    lines = break_title(title, MOST)
    assert "".join(lines) == title
    assert len(lines) == 5
    for word in ("停放", "设施", "整治", "机制", "建设", "方案", "停车难", "问题", "（第一阶段）"):
        assert any(word in line for line in lines), lines
    assert all(width_of(line) <= MOST for line in lines)


@pytest.mark.parametrize("start", range(8, 24))
def test_a_date_in_a_title_stays_whole(start: int) -> None:
    title = "协" * start + "2026年3月5日" + "商" * 9
    assert any("2026年3月5日" in line for line in break_title(title, MOST))


@pytest.mark.parametrize("title", ["全镇" * 60, "A" * 90, "《" * 50, "一" * 41])
def test_a_title_of_any_kind_fits_its_lines(title: str) -> None:
    lines = break_title(title, MOST)
    assert "".join(lines) == title
    assert all(width_of(line) <= MOST for line in lines)
