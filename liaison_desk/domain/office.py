"""The office itself."""

from __future__ import annotations

from dataclasses import dataclass

from liaison_desk.domain.codes import NUMBERINGS, OFFICE_LEVELS, PRACTICES, WORKFLOWS
from liaison_desk.domain.declare import choice, phone, several, text
from liaison_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class Office(Record):
    """A township's liaison office, or the county desk; a packet brings its own to the county."""

    table = "office"
    title = "本室"
    order = ("township", "name")

    name: str = text("名称", required=True, max_length=60, listed=True, hint="如 柳河镇政协联络组")
    level: str = choice("级别", OFFICE_LEVELS, required=True, default="乡镇", listed=True)
    province: str = text("省", max_length=30)
    city: str = text("市", max_length=30)
    county: str = text("县（市、区）", max_length=30, listed=True)
    township: str = text("乡镇（街道）", max_length=30, listed=True)
    region_code: str = text("统计用区划代码", max_length=12, hint="9位或12位，可不填")
    convener: str = text("召集人", max_length=60, listed=True)
    clerk: str = text("联络员", max_length=60, listed=True)
    phone: str = phone("电话", personal=False)
    mark: str = text("纪要标志文字", max_length=40, hint="如 柳河镇政协联络组协商纪要")
    number_prefix: str = text("文号机关代字", max_length=20, hint="如 柳协纪，可不填")
    numbering: str = choice("文号编号规则", NUMBERINGS, default=NUMBERINGS[0])
    main_to: str = text("主送默认")
    copies: str = text("抄送默认")
    printed_by: str = text("印发机关", max_length=60)
    practices: str = several("打开的规则", PRACTICES)
    workflow: str = choice(
        "采用的工作流程", WORKFLOWS, default="四单闭环", open_list=True, words="工作流程"
    )

    @property
    def is_county(self) -> bool:
        """Whether this desk takes packets in rather than sending them."""
        return self.level == "县级"

    @property
    def place(self) -> str:
        """The township's (or the county's) own name, for sentences and file names."""
        return (self.county if self.is_county else self.township) or self.name
