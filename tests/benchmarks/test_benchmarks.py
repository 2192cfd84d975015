"""Each benchmark runs, in tiny form; how fast it is is asked of no test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.__main__ import main
from tests.benchmarks.ratio import Missing, Ratio, compare, table
from tests.benchmarks.registry import BENCHMARKS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_measures_and_prints(name: str, tmp_path: Path) -> None:
    try:
        ratios = BENCHMARKS[name](tmp_path, is_tiny=True)
    except Missing as missing:
        pytest.skip(f"there is no {missing} yet")
    assert ratios
    for ratio in ratios:
        assert ratio.ours_s > 0
        assert ratio.yardstick_s > 0
        assert ratio.line().startswith(f"| {ratio.name} | ")


def test_the_table_is_markdown_with_a_ratio_in_each_line() -> None:
    assert table([Ratio("finding", 0.0015, 0.003)]).splitlines() == [
        "| what | ours, ms | yardstick, ms | ratio |",
        "|---|---:|---:|---:|",
        "| finding | 1.50 | 3.00 | 0.500 |",
    ]


def test_both_sides_are_timed_in_turn() -> None:
    told: list[str] = []
    compare("turns", lambda: told.append("ours"), lambda: told.append("yardstick"), 3)
    assert told == ["ours", "yardstick"] * 3


def test_the_command_runs_only_what_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "ledger, 50 rows" in main(["ledger", "--tiny"])
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "no such benchmark: nothing" in capsys.readouterr().err
