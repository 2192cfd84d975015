"""What was looked into before a consultation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from liaison_desk.domain.codes import SURVEY_WAYS
from liaison_desk.domain.declare import choice, day, link, long_text, text, whole_number
from liaison_desk.domain.record import Record

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class Survey(Record):
    """One survey (调研) of a topic."""

    table = "survey"
    title = "调研"
    headline = "topic"
    order = ("-held_on",)

    topic: str | None = link("议题", to="topic", required=True, listed=True)
    held_on: date | None = day("日期", required=True, listed=True)
    way: str = choice("方式", SURVEY_WAYS, open_list=True, listed=True, words="调研方式")
    place: str = text("地点", max_length=60, listed=True)
    households: int | None = whole_number("走访户数", listed=True)
    people_heard: int | None = whole_number("受访人数", listed=True)
    situation: str = long_text("情况")
    shortcomings: str = long_text("发现的问题")
    suggestions: str = long_text("建议")


@dataclass(frozen=True, kw_only=True)
class SurveyParticipant(Record):
    """One person who took part in a survey."""

    table = "survey_participant"
    title = "调研参加人"
    headline = "person"
    order = ("position",)
    parent = "survey"

    survey: str | None = link("调研", to="survey", required=True)
    position: int | None = whole_number("次序", searched=False)
    person: str | None = link("人员", to="person", required=True, listed=True)
