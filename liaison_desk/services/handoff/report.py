"""A merge plan in the clerk's words, for the county's preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.office import Office
from liaison_desk.domain.packet import RECEIVED, Packet
from liaison_desk.domain.registry import BY_TABLE, RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.services.handoff.merge import Merged, MergePlan
    from liaison_desk.store.stored import StoredRecord


@dataclass(frozen=True)
class FieldChange:
    """One value that becomes another, by the field's label; personal ones are masked."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangedRecord:
    """A record known before, and what changes in it."""

    id: str
    caption: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class TypeReport:
    """What happens to the records of one type.

    Attributes:
        table: the type.
        title: its Chinese name.
        new: id and caption of records that appear.
        changed: records that change, with old and new values.
        removed: id and caption of records that go to the recycle bin.
        unchanged: how many stay as they are.
        older: how many values were not taken because this desk knows newer ones.
    """

    table: str
    title: str
    new: tuple[tuple[str, str], ...]
    changed: tuple[ChangedRecord, ...]
    removed: tuple[tuple[str, str], ...]
    unchanged: int
    older: int


@dataclass(frozen=True)
class PlanReport:
    """The whole preview.

    Attributes:
        sender: the township.
        title: 柳河镇2026年第1号报送包.
        types: what happens, by type in the order of the sidebar; types without records left out.
        summary: one sentence on what taking it in would do.
        notices: what the clerk should know first: 首次接收, already taken in, older, namesakes.
        is_first: whether nothing of this office is here yet.
        is_known: whether exactly this file has been taken in already and would change nothing.
    """

    sender: str
    title: str
    types: tuple[TypeReport, ...]
    summary: str
    notices: tuple[str, ...]
    is_first: bool
    is_known: bool


def describe(plan: MergePlan) -> PlanReport:
    """Tell what a plan would do; changes nothing."""
    words = _Words(plan)
    by_table: dict[str, list[Merged]] = {}
    for each in plan.merged:
        by_table.setdefault(each.incoming.table, []).append(each)
    types = tuple(
        _type_report(kind.table, by_table[kind.table], words)
        for kind in RECORD_TYPES
        if kind.table in by_table
    )
    manifest = plan.content.manifest
    sender = plan.content.place
    return PlanReport(
        sender,
        f"{sender}{manifest.year}年第{manifest.number}号报送包",
        types,
        summary(plan),
        tuple(_notices(plan)),
        is_first(plan),
        is_known(plan),
    )


def summary(plan: MergePlan) -> str:
    """One sentence on what taking the packet in would do."""
    new = sum(each.is_new for each in plan.merged)
    changed = sum(bool(each.changed) for each in plan.merged)
    removed = sum(each.is_removed for each in plan.merged)
    older = sum(len(each.older) for each in plan.merged)
    told = [
        f"{what}{count}条"
        for what, count in (("新增", new), ("修改", changed), ("删除", removed))
        if count
    ]
    sentence = "、".join(told) if told else "没有新的内容，资料不会改动"
    return f"{sentence}；有{older}处本机的更新，没有采用包里较早的内容" if older else sentence


def is_first(plan: MergePlan) -> bool:
    """Whether nothing of the sender is here yet, or all of it was taken back."""
    known = plan.known.get(plan.content.manifest.office)
    return known is None or not any(known.stamps.values())


def is_known(plan: MergePlan) -> bool:
    """Whether exactly this file has been taken in and there is nothing left to take."""
    return plan.is_empty and any(
        each.columns["sha256"] == plan.content.sha256 for each in _received(plan)
    )


def _received(plan: MergePlan) -> list[StoredRecord]:
    """The packets of this sender that were taken in and not taken back."""
    return [
        each
        for each in plan.known.values()
        if each.table == Packet.table
        and each.columns["direction"] == RECEIVED
        and each.columns["sender"] == plan.content.manifest.office
        and not each.columns["removed_at"]
    ]


def _notices(plan: MergePlan) -> Iterable[str]:
    """What the clerk should know before taking the packet in."""
    manifest, place = plan.content.manifest, plan.content.place
    if is_first(plan):
        yield f"首次接收{place}的报送包。"
    if is_known(plan):
        yield "这个报送包已经接收过，再次接收不会改动任何资料。"
    others = [each for each in _received(plan) if each.columns["sha256"] != plan.content.sha256]
    later = [each.columns["number"] for each in others if each.columns["stamp"] > manifest.stamp]
    if later:
        yield (
            f"这是较早的报送包，本机已接收过更新的（第{max(later)}号）；"
            "只补上缺少的内容，不会用旧内容覆盖新内容。"
        )
    same = (manifest.year, manifest.number)
    if any((each.columns["year"], each.columns["number"]) == same for each in others):
        yield f"已接收过{place}另一个第{manifest.number}号报送包，内容不同，请与乡镇核对。"
    if any(_is_namesake(each, plan) for each in plan.known.values()):
        yield f"本机已有另一个“{place}”（不是同一个单位的资料）。请先与乡镇核对，再决定是否接收。"


def _is_namesake(record: StoredRecord, plan: MergePlan) -> bool:
    """Whether a record is another office of the sender's name and county."""
    columns = record.columns
    if record.table != Office.table or record.id == plan.content.manifest.office:
        return False
    if columns["removed_at"] or columns["level"] == "县级":
        return False
    place = columns["township"] or columns["name"]
    sender = next(
        each.columns
        for each in plan.content.records
        if each.table == Office.table and "office" in each.columns
    )
    same_county = columns["county"] == sender.get("county", "")
    return bool(same_county and place == plan.content.place)


def _type_report(table: str, merged: list[Merged], words: _Words) -> TypeReport:
    """What happens to the records of one type."""
    changed = [each for each in merged if each.changed]
    new = [each.incoming.id for each in merged if each.is_new]
    removed = [each.incoming.id for each in merged if each.is_removed]
    known = [each for each in merged if each.existing and not each.existing.columns["removed_at"]]
    return TypeReport(
        table,
        BY_TABLE[table].title,
        tuple((each, words.caption(each)) for each in new),
        tuple(words.changed(each) for each in changed),
        tuple((each, words.caption(each)) for each in removed),
        len(known) - len(changed) - len(removed),
        sum(len(each.older) for each in merged),
    )


class _Words:
    """Values as the clerk reads them; links by the name of what they lead to."""

    def __init__(self, plan: MergePlan) -> None:
        self._incoming = {each.id: each for each in plan.content.records}
        self._known = plan.known

    def caption(self, record_id: str) -> str:
        """What a record is called, here or in the packet."""
        for records in (self._incoming, self._known):
            record = records.get(record_id)
            if record is None:
                continue
            headline = BY_TABLE[record.table].headline
            if record.columns.get(headline):
                return self._shown(record.table, headline, record.columns[headline])
        found = self._incoming.get(record_id) or self._known.get(record_id)
        return f"未命名的{BY_TABLE[found.table].title}" if found else ""

    def changed(self, merged: Merged) -> ChangedRecord:
        """One changed record, field by field."""
        change = merged.change
        assert change is not None
        assert change.before is not None
        kinds = BY_TABLE[change.table].fields()
        fields = tuple(
            FieldChange(
                kinds[name].label,
                self._shown(change.table, name, change.before[name]),
                self._shown(change.table, name, change.after[name]),
            )
            for name in merged.changed
            if name in kinds
        )
        return ChangedRecord(change.record, self.caption(change.record), fields)

    def _shown(self, table: str, name: str, value: object) -> str:
        """One column as the clerk reads it."""
        kind = BY_TABLE[table].fields()[name]
        if name in BY_TABLE[table].links():
            return self.caption(str(value)) if value else ""
        shown = kind.format(kind.from_column(value))
        return kind.veiled(shown)
