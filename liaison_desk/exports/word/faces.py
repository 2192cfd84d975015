"""The names of the fonts in a Word file, by role.

仿宋, 黑体, 楷体 and 宋体 are the names under which every Chinese Windows has installed them since
Vista, and which WPS on UOS and Kylin maps to its own. No system brings a 小标宋; 方正小标宋简体 is
what offices buy. Where a name is missing, Word takes the other names in the font table, and then
the family and the character set written there; never a Japanese font.
"""

from __future__ import annotations

from dataclasses import dataclass

from liaison_desk.exports.pdf.font_files import Role


@dataclass(frozen=True)
class FaceNames:
    """A font as the file names it.

    Attributes:
        name: written at every run.
        others: names it is looked for under when that one is not installed.
        family: roman or modern, for a substitute.
        panose: the classification of the design, ten bytes in hexadecimal.
    """

    name: str
    others: tuple[str, ...]
    family: str
    panose: str


FACES = {
    Role.FANG: FaceNames(
        "仿宋", ("仿宋_GB2312", "FangSong", "方正仿宋_GBK"), "modern", "02010609060101010101"
    ),
    Role.TITLE: FaceNames(
        "方正小标宋简体", ("方正小标宋_GBK", "小标宋体", "宋体"), "script", "02010601030101010101"
    ),
    Role.SONG: FaceNames("宋体", ("SimSun", "方正书宋_GBK"), "auto", "02010600030101010101"),
    Role.HEI: FaceNames("黑体", ("SimHei", "方正黑体_GBK"), "modern", "02010609060101010101"),
    Role.KAI: FaceNames(
        "楷体", ("楷体_GB2312", "KaiTi", "方正楷体_GBK"), "modern", "02010609060101010101"
    ),
}
