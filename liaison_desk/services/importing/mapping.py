"""Which column of a table goes into which field: proposed, changed by the clerk, remembered."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from liaison_desk.domain.fields import IdentityNumber, PersonName, Phone
from liaison_desk.services.importing import synonyms
from liaison_desk.services.importing.targets import (
    MEETINGS,
    PEOPLE,
    ROSTER,
    TOLD_OTHERWISE,
    Target,
    target_of,
    targets,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from liaison_desk.services.desk import Desk
    from liaison_desk.services.importing.tables import SourceColumn, Table
    from liaison_desk.services.importing.targets import TargetField

_SETTING = "import_mappings"
_KEPT = 60
"""How many tables' mappings are kept; the one not used for longest goes first."""
_ALIKE = 0.75
_SHORT = 2
_OF_OTHERS = re.compile(r"^(接待|联系|推荐|介绍|紧急|家庭|配偶|帮扶|结对|分管|包保|负责)")
"""How a heading begins that asks for somebody beside the one that the row is about."""
NOT_IMPORTED = "不导入"


class Why(StrEnum):
    """How a column came to its field."""

    KNOWN = "标题相同"
    ALIKE = "标题相近，请核对"
    KEPT = "上次的选择"
    CHOSEN = "已改选"
    SERIAL = "序号，程序自己排序，不保存"
    HEADCOUNT = "人数由到会名单得出，没有单独的栏目；请在协商会页补登到会人员"
    REASON = "退回时写的原因，不导入"
    REPEATED = "与前面的列重复"
    UNKNOWN = "没有对应的栏目"
    NO_HEADING = "没有标题"


@dataclass(frozen=True)
class MappedColumn:
    """One column of the source and what becomes of it.

    Attributes:
        column: as it stands in the file.
        field: the key of a field of the target, or "" for 不导入.
        why: how that came about.
    """

    column: SourceColumn
    field: str
    why: Why


@dataclass(frozen=True)
class Mapping:
    """Every column of a table and its field in one target; `with_field` makes a changed one."""

    target: Target
    columns: tuple[MappedColumn, ...]

    def with_field(self, position: int, key: str) -> Mapping:
        """The mapping after the clerk put a column into a field, or "" for 不导入.

        A field that takes one column only leaves the column that had it before.
        """
        wanted = self.target.field(key)
        changed = []
        for each in self.columns:
            if each.column.position == position:
                changed.append(replace(each, field=key, why=Why.CHOSEN))
            elif key and each.field == key and not (wanted and wanted.takes_several):
                changed.append(replace(each, field="", why=Why.CHOSEN))
            else:
                changed.append(each)
        return Mapping(self.target, tuple(changed))

    def label(self, position: int) -> str:
        """What the clerk reads beside a column: the field's name, or 不导入."""
        found = next(each for each in self.columns if each.column.position == position)
        field = self.target.field(found.field)
        return field.label if field else NOT_IMPORTED

    @property
    def taken(self) -> tuple[tuple[SourceColumn, TargetField], ...]:
        """The columns that are imported, with their fields, in the order of the source."""
        found = []
        for each in self.columns:
            field = self.target.field(each.field)
            if field is not None:
                found.append((each.column, field))
        return tuple(found)

    @property
    def missing(self) -> tuple[TargetField, ...]:
        """The required fields that no column goes into; nothing can be imported without them."""
        filled = {each.field for each in self.columns}
        needed = [
            each
            for each in self.target.fields
            if (each.required and each.key not in TOLD_OTHERWISE) or each.key == self.target.mark
        ]
        return tuple(each for each in needed if each.key not in filled)


def rank_targets(table: Table) -> tuple[Target, ...]:
    """Every target, the likeliest first: by the headings it knows, then by the title."""
    return tuple(sorted(targets(), key=lambda each: -_score(each, table)))


def _score(target: Target, table: Table) -> float:
    """How well a target fits a table."""
    fields = [each for each in _exact(target, table.columns) if each is not None]
    score = len({each.key for each in fields}) * 1.0
    keys = {each.key for each in fields}
    if target.mark not in keys:
        score -= 3
    score -= sum(each.required and each.key not in keys for each in target.fields)
    if target.key == MEETINGS and not keys & {"topic.name", "meeting.name"}:
        score -= 3
    title = synonyms.plain(f"{table.source} {table.title} {table.sheet.name}")
    score += next((len(word) / 2 for word in target.title_words if word in title), 0)
    if target.key == ROSTER and not any(each.table == "membership" for each in fields):
        score -= 2
    if target.key == PEOPLE and "person.name" in keys:
        score += 0.5
    return score


def propose_mapping(table: Table, target: Target, desk: Desk | None = None) -> Mapping:
    """Say which column goes into which field.

    What the clerk chose the last time for a table with these headings comes first, then the
    words that are known, then those alike.

    Args:
        table: as `find_tables` gives it.
        target: what it is to be imported as.
        desk: where former choices are kept; None to do without.
    """
    kept = _kept(desk).get(_key(table, target), []) if desk else []
    former = dict(zip((each.position for each in table.kept_columns), kept, strict=False))
    exact = _exact(target, table.columns)
    used = {each.key for each in exact if each is not None and not each.takes_several}
    found = []
    for column, field in zip(table.columns, exact, strict=True):
        proposed = _proposed(target, column, field, used)
        remembered = former.get(column.position, proposed.field)
        is_other = remembered != proposed.field and (not remembered or target.field(remembered))
        found.append(MappedColumn(column, remembered, Why.KEPT) if is_other else proposed)
    return _without_doubles(Mapping(target, tuple(found)))


def likely_target(table: Table, desk: Desk | None = None) -> Target:
    """The target the clerk chose for these headings the last time, or the likeliest."""
    if desk is not None:
        signature = table.signature
        for key in reversed(_kept(desk)):
            target, _, headings = key.partition("#")
            if headings == signature and any(each.key == target for each in targets()):
                return target_of(target)
    return rank_targets(table)[0]


def remember_mapping(desk: Desk, table: Table, mapping: Mapping) -> None:
    """Keep what the clerk chose for tables with these headings; call it inside a deed."""
    kept = _kept(desk)
    key = _key(table, mapping.target)
    kept.pop(key, None)
    fields = {each.column.position: each.field for each in mapping.columns}
    kept[key] = [fields.get(each.position, "") for each in table.kept_columns]
    newest = dict(list(kept.items())[-_KEPT:])
    desk.database.set_setting(_SETTING, json.dumps(newest, ensure_ascii=False))


def _kept(desk: Desk) -> dict[str, list[str]]:
    """The mappings that are kept, oldest first; a setting that is no such list counts as none."""
    try:
        found = json.loads(desk.database.setting(_SETTING) or "{}")
    except json.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _key(table: Table, target: Target) -> str:
    """What a mapping is kept by."""
    return f"{target.key}#{table.signature}"


def _exact(target: Target, columns: Sequence[SourceColumn]) -> list[TargetField | None]:
    """The field that each heading means word for word; of two alike the first counts."""
    taken: set[str] = set()
    found: list[TargetField | None] = []
    for column in columns:
        field = target.field_of(column.heading) or _second(target, column.heading)
        if field is not None and field.key in taken and not field.takes_several:
            field = next((each for each in _meant(target, column) if each.key not in taken), None)
        if field is not None:
            taken.add(field.key)
        found.append(field)
    return found


def _second(target: Target, heading: str) -> TargetField | None:
    """The field that the last word of a heading in two rows means: 联系方式 手机."""
    last = heading.rpartition(" ")[2]
    return target.field_of(last) if last and last != heading else None


def _meant(target: Target, column: SourceColumn) -> Iterator[TargetField]:
    """Every field that a heading could mean."""
    bare = synonyms.plain(column.heading)
    words = {bare, synonyms.without_brackets(bare)}
    return (each for each in target.fields if words & each.headings)


def _proposed(
    target: Target, column: SourceColumn, field: TargetField | None, used: set[str]
) -> MappedColumn:
    """What is proposed for one column."""
    if field is not None:
        return MappedColumn(column, field.key, Why.KNOWN)
    if not column.heading:
        return MappedColumn(column, "", Why.NO_HEADING)
    if synonyms.is_serial(column.heading):
        return MappedColumn(column, "", Why.SERIAL)
    if synonyms.is_reason(column.heading):
        return MappedColumn(column, "", Why.REASON)
    if any(True for _ in _meant(target, column)):
        return MappedColumn(column, "", Why.REPEATED)
    if synonyms.is_headcount(column.heading) and target.key == MEETINGS:
        return MappedColumn(column, "", Why.HEADCOUNT)
    alike = _alike(target, column, used)
    if alike is None and synonyms.is_spare(column.heading):
        alike = target.field(f"{target.record_types[0].table}.note")
    if alike is None:
        return MappedColumn(column, "", Why.UNKNOWN)
    used.add(alike.key)
    return MappedColumn(column, alike.key, Why.ALIKE)


def _alike(target: Target, column: SourceColumn, used: set[str]) -> TargetField | None:
    """The free field whose headings are most like a column's, if any is alike."""
    bare = synonyms.without_brackets(synonyms.plain(column.heading))
    is_other = bool(_OF_OTHERS.match(bare))
    best: tuple[float, TargetField | None] = (0.0, None)
    for field in target.fields:
        is_of_others = isinstance(field.kind, PersonName | Phone | IdentityNumber) and is_other
        if field.key in used or is_of_others:
            continue
        alike = max((_likeness(bare, word) for word in field.headings), default=0.0)
        if alike > best[0]:
            best = (alike, field)
    return best[1] if best[0] >= _ALIKE else None


def _likeness(heading: str, word: str) -> float:
    """How alike two headings are, 0 to 1; one that holds the other whole is."""
    if len(word) > _SHORT and (word in heading or (heading in word and len(heading) > _SHORT)):
        return 0.8 + min(len(heading), len(word)) / max(len(heading), len(word)) / 10
    if heading.endswith(word) and len(heading) <= len(word) + _SHORT:
        return _ALIKE
    return SequenceMatcher(None, heading, word, autojunk=False).ratio()


def _without_doubles(mapping: Mapping) -> Mapping:
    """A field that takes one column has one, even when old choices and new words agree on two."""
    taken: set[str] = set()
    found = []
    for each in mapping.columns:
        field = mapping.target.field(each.field)
        if field is not None and not field.takes_several and field.key in taken:
            found.append(replace(each, field="", why=Why.REPEATED))
            continue
        taken.add(each.field)
        found.append(each)
    return Mapping(mapping.target, tuple(found))
