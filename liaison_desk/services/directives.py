"""What the county has asked and what is still to be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desk.domain.directive import Directive
from liaison_desk.domain.matter import light_of

if TYPE_CHECKING:
    from datetime import date

    from liaison_desk.services.desk import Desk


def state_of(directive: Directive, today: date) -> str:
    """已回复, 超期, 临期, 待回复 or, for what asks nothing, 不需回复."""
    if directive.answered_on is not None:
        return "已回复"
    if directive.due_on is None:
        return "待回复" if directive.kind == "交办" else "不需回复"
    light = light_of(directive.due_on, today)
    return "待回复" if light == "正常" else light


def directives_due(desk: Desk) -> list[Directive]:
    """What has a date and no answer yet, soonest first."""
    found = desk.find(Directive, office=desk.office_id, answered_on=None)
    dated = [(each.due_on, each) for each in found if each.due_on is not None]
    return [each for _due, each in sorted(dated, key=lambda pair: pair[0])]
