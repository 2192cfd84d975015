"""The words of a paper, and what comes of laying it out; light, so that a window can start fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.errors import DeskError

if TYPE_CHECKING:
    from datetime import date

    from liaison_desk.exports.pdf.page import Place


@dataclass(frozen=True, kw_only=True)
class MinutesPaper:
    """The words of one 协商纪要; "" or None leaves a part out.

    Attributes:
        mark: 标志文字, such as 柳河镇政协联络组协商纪要.
        title: 标题; a line end in it is the clerk's own.
        body: 正文, one paragraph on each line.
        number: 文号; "" for a draft, which shows 〔2026〕　号.
        issuer: 机关, at the left above the red line.
        dated: the date at the right above the red line.
        year: the year a draft's number shows when `dated` is None.
        present, leave, nonvoting: 出席, 请假, 列席.
        signature, signed_on: 署名 and 成文日期 under the text; usually none on 纪要.
        copies: 抄送, one line each.
        printed_by, printed_on: 印发机关 and 印发日期.
    """

    mark: str
    title: str
    body: str
    number: str = ""
    issuer: str = ""
    dated: date | None = None
    year: int | None = None
    present: str = ""
    leave: str = ""
    nonvoting: str = ""
    signature: str = ""
    signed_on: date | None = None
    copies: str = ""
    printed_by: str = ""
    printed_on: date | None = None


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A finished paper: the file, how many pages it has, and where each part stands."""

    pdf: bytes
    pages: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that no font has.

    Attributes:
        char: the character.
        part, paragraph: where it stands in the source, as in `Place`.
        place: the same in the clerk's words, such as 出席：陆𰻞.
    """

    char: str
    part: str
    paragraph: int
    place: str


class CannotPrint(DeskError):
    """Some characters are in no font; `missing` names each and where it stands.

    `opening` begins the sentence: what has not been done.
    """

    def __init__(self, missing: list[Missing], opening: str = "没有打印") -> None:
        places = "；".join(
            f"“{each.char}”（U+{ord(each.char):04X}，{each.place}）" for each in missing
        )
        super().__init__(
            f"{opening}：这台电脑的字体里没有 {places}。资料没有改动。"
            "请核对该字，或装上生僻字字体（如花园明朝 HanaMinB）后重新打开本程序。"
        )
        self.missing = missing
