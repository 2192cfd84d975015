"""Every measure of GB/T 9704-2012 that the papers use, as data with its clause.

Lengths are from the trimmed edge of A4, x from the left and y from the top. Nothing else in the
package holds such a number.
"""

from __future__ import annotations

from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Measure:
    """One measure of the standard.

    Attributes:
        value: the figure as the standard states it.
        unit: "mm", "pt", "字" (character cells), "行" (grid lines) or "个" (a count).
        clause: the clause of GB/T 9704-2012 it comes from; "custom" where the standard is silent.
        binding: whether the standard demands it (规定) or only recommends it (一般, 推荐).
    """

    value: float
    unit: str
    clause: str
    binding: bool = True

    @property
    def pt(self) -> float:
        """The length in points; raises ValueError for a count."""
        match self.unit:
            case "mm":
                return self.value * POINTS_PER_MM
            case "pt":
                return self.value
        raise ValueError(f"{self.unit} is not a length")

    @property
    def count(self) -> int:
        """The number of cells, lines or pieces; raises ValueError for a length."""
        if self.unit in {"mm", "pt"}:
            raise ValueError(f"{self.unit} is not a count")
        return int(self.value)


# 5.1 paper, 5.2.1 margins: 天头 37 ±1, 订口 28 ±1, 版心 156 x 225.
PAPER_WIDTH = Measure(210, "mm", "5.1")
PAPER_HEIGHT = Measure(297, "mm", "5.1")
TEXT_TOP = Measure(37, "mm", "5.2.1")
TEXT_LEFT = Measure(28, "mm", "5.2.1")
TEXT_WIDTH = Measure(156, "mm", "5.2.1")
TEXT_HEIGHT = Measure(225, "mm", "5.2.1")

TEXT_RIGHT = Measure(26, "mm", "5.2.1")  # what is left of the paper at the right
TEXT_BOTTOM = Measure(35, "mm", "5.2.1")
A3_LONG_SIDE = Measure(420, "mm", "8")

# 5.2.2-3 the grid and the type sizes.
LINES = Measure(22, "行", "5.2.3", binding=False)
CELLS = Measure(28, "字", "5.2.3", binding=False)
BODY_SIZE = Measure(16, "pt", "5.2.2", binding=False)  # 3号
TITLE_SIZE = Measure(22, "pt", "7.3.1")  # 2号
SMALL_SIZE = Measure(14, "pt", "7.4.2")  # 4号, 版记 and page number

# 7.2 and 10.3, the head.
MARK_TOP = Measure(72, "mm", "10.3")  # ink: 35 mm under the top of the 版心
MARK_MAX_SIZE = Measure(52, "pt", "7.2.4", binding=False)
MARK_WIDTH = Measure(26, "字", "7.2.4", binding=False)
NUMBER_GAP = Measure(2, "行", "7.2.5")
HEAD_INSET = Measure(1, "字", "10.3", binding=False)
RED_LINE_GAP = Measure(4, "mm", "7.2.7")
RED_LINE_WIDTH = Measure(0.5, "mm", "custom", binding=False)

# 10.1 信函: everything from the paper's edges, both double lines centred on the 版心.
LETTER_MARK_TOP = Measure(30, "mm", "10.1")
LETTER_LINE_GAP = Measure(4, "mm", "10.1")  # from the mark to the upper double line
LETTER_LINE_WIDTH = Measure(170, "mm", "10.1")
LETTER_LINE_FOOT = Measure(20, "mm", "10.1")  # from the paper's bottom to the lower one
LETTER_NUMBER_GAP = Measure(14, "pt", "10.1")  # 7/8 of a 3号 character under the line
LETTER_THICK = Measure(0.9, "mm", "custom", binding=False)
LETTER_THIN = Measure(0.3, "mm", "custom", binding=False)
LETTER_BETWEEN = Measure(0.6, "mm", "custom", binding=False)

# 7.3 the text.
TITLE_GAP = Measure(2, "行", "7.3.1")
TEXT_GAP = Measure(1, "行", "7.3.2")
FIRST_INDENT = Measure(2, "字", "7.3.3")
ATTENDANCE_GAP = Measure(1, "行", "10.3")
ATTACHMENT_GAP = Measure(1, "行", "7.3.4")
SIGNATURE_GAP = Measure(1, "行", "7.3.5.2")
SIGNATURE_INSET = Measure(2, "字", "7.3.5.2")
SEAL = Measure(42, "mm", "7.3.5.1")  # of a township's seal, and 45 of a county's
SEAL_GAP = Measure(
    2, "行", "7.3.5.1"
)  # its top within a line of the text, the words below its middle
SEAL_BELOW = Measure(1, "行", "7.3.5.1")
SEAL_DATE_INSET = Measure(4, "字", "7.3.5.1")
ENCLOSURE_TITLE_ROW = Measure(3, "行", "7.3.7")  # 附件 on the first line, its title on the third
TEXT_WITH_SIGNATURE = Measure(2, "行", "custom", binding=False)  # never 此页无正文 (7.3.5.5)

# 7.4 版记: rules of 0.35, 0.25, 0.35 mm, the last one on the bottom of the 版心.
IMPRINT_OUTER_RULE = Measure(0.35, "mm", "7.4.1", binding=False)
IMPRINT_INNER_RULE = Measure(0.25, "mm", "7.4.1", binding=False)
IMPRINT_INSET = Measure(1, "字", "7.4.2")

# 7.5 page number: the dash lies 7 mm under the 版心; odd right, even left, one character in.
PAGE_NUMBER_GAP = Measure(7, "mm", "7.5")
PAGE_NUMBER_INSET = Measure(1, "字", "7.5")

# Forms of the office: no standard sets them; the sizes go down until a little too much fits.
FORM_SIZES = (
    Measure(14, "pt", "custom"),
    Measure(12, "pt", "custom"),
    Measure(10.5, "pt", "custom"),
)
FORM_SMALLEST = Measure(9, "pt", "custom")  # of a form whose columns are crowded in all of these
FORM_OUTER_RULE = Measure(1, "pt", "custom")
FORM_INNER_RULE = Measure(0.5, "pt", "custom")

# Wall sheets, 席卡, 归档章.
WALL_SIZES = tuple(
    Measure(size, "pt", "custom") for size in (42, 36, 32, 28, 26, 24, 22, 20, 18, 16, 14, 12)
)
PLATE_WIDTH = Measure(250, "mm", "custom")  # of a name on half a sheet
PLATE_HEIGHT = Measure(72, "mm", "custom")
STAMP_WIDTH = Measure(45, "mm", "DA/T 22-2015")
STAMP_HEIGHT = Measure(16, "mm", "DA/T 22-2015")
STAMP_GAP = Measure(6, "mm", "custom")
STAMP_SIZE = Measure(10.5, "pt", "custom")

RED = (1.0, 0.0, 0.0)
BLACK = (0.0, 0.0, 0.0)

# Derived: one cell and one line of the grid, in points (15.793 x 28.991).
CELL = TEXT_WIDTH.pt / CELLS.value
LINE = TEXT_HEIGHT.pt / LINES.value
EM_ASCENT = 0.88  # of the ideographic em box, above the baseline
EM_DESCENT = 0.12


def to_mm(points: float) -> float:
    """Return a length in points as millimetres."""
    return points / POINTS_PER_MM


def row_top(row: float) -> float:
    """Return the top of a grid line (0 is the first), in points from the paper's edge."""
    return TEXT_TOP.pt + row * LINE


def row_baseline(row: float, size: float = BODY_SIZE.value) -> float:
    """Return the baseline of type of `size` centred in a grid line, in points from the edge."""
    return row_top(row) + (LINE - size) / 2 + size * EM_ASCENT
