"""Members and everyone else who ever sits in a meeting."""

from __future__ import annotations

from dataclasses import dataclass

from liaison_desk.domain.codes import GENDERS, POOLS
from liaison_desk.domain.declare import (
    choice,
    identity_number,
    link,
    long_text,
    month,
    person_name,
    phone,
    text,
)
from liaison_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """One person, entered once however many terms, meetings and papers they appear in."""

    table = "person"
    title = "人员"
    order = ("name",)

    name: str = person_name("姓名", required=True, listed=True)
    gender: str = choice("性别", GENDERS, listed=True)
    ethnicity: str = text("民族", max_length=20, words="民族")
    born: str = month("出生年月", is_past=True)
    party: str = text("政治面貌", max_length=30, words="政治面貌")
    education: str = text("学历", max_length=30, words="学历")
    post: str = text("工作单位及职务", max_length=100, listed=True)
    phone: str = phone("手机", listed=True)
    identity: str = identity_number("身份证号")
    village: str | None = link("村（社区）", to="village", listed=True)
    speciality: str = text("专长标签")
    pool: str = choice("人才库", POOLS)
    former_names: str = text("曾用名", hint="改名前的名字，用顿号隔开，仍可查到")
    note: str = long_text("备注", max_length=2000, holds_numbers=True)
    merged_into: str | None = link("合并到", to="person", searched=False)
