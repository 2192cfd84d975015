"""首页: what is due, recent meetings and what they lack, the plan, and what was reported."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain import dates
from liaison_desk.domain.matter import Matter, Progress, light_of
from liaison_desk.domain.meeting import Meeting
from liaison_desk.domain.membership import Membership
from liaison_desk.domain.office import Office
from liaison_desk.domain.packet import Packet
from liaison_desk.domain.plan_item import PlanItem
from liaison_desk.domain.registry import RECORD_TYPES
from liaison_desk.domain.short import short
from liaison_desk.domain.topic import Topic
from liaison_desk.services.overview import (
    MeetingState,
    Overview,
    has_many_unreported,
    overview,
    unreported_count,
)
from liaison_desk.ui.asker import Asker
from liaison_desk.ui.context import Narrowing
from liaison_desk.ui.elided_button import ElidedButton
from liaison_desk.ui.page import Page
from liaison_desk.ui.record_dialog import RecordDialog
from liaison_desk.ui.style import GAP, LIGHT_SIGNS
from liaison_desk.ui.tab_order import order_by_layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from liaison_desk.domain.directive import Directive
    from liaison_desk.domain.record import Record
    from liaison_desk.services.desk import Change
    from liaison_desk.ui.context import Context

SHOWN = 6
"""How many lines a block shows."""
LINE_LENGTH = 26
"""How many characters of a name a line has room for."""
PAPERS = {"通知": "notice", "议程": "agenda", "签到表": "sign_in", "席卡": "name_plates"}
"""The papers of a meeting that the first page looks for, by their keys."""
PAIR_EM = 48
"""How many Chinese characters wide the page must be for two blocks side by side."""
OPEN_MATTERS = Narrowing("只看还没办结的", {"closed_on": None})


class Block(QFrame):
    """One of the four blocks: a heading and lines, each of which opens what it tells of."""

    def __init__(self, heading: str, opened: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.heading = QPushButton(heading)
        self.heading.setProperty("role", "heading")
        self.heading.setCursor(Qt.CursorShape.PointingHandCursor)
        self.heading.clicked.connect(lambda _checked=False: opened())
        self.buttons: list[ElidedButton] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP * 2, GAP, GAP * 2, GAP * 2)
        box.addWidget(self.heading)
        box.addLayout(self._lines)
        box.addStretch(1)

    def clear(self) -> None:
        """Take every line out."""
        self.buttons.clear()
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def add_text(self, text: str, role: str = "muted") -> None:
        """Add a plain sentence."""
        label = QLabel(text)
        label.setWordWrap(True)
        label.setProperty("role", role)
        self._lines.addWidget(label)

    def add_line(
        self, text: str, opened: Callable[[], None], *, side: QWidget | None = None
    ) -> QPushButton:
        """Add a line that opens something, with a widget at its right."""
        button = ElidedButton(text.replace("&", "&&"))  # one alone would underline what follows
        button.setProperty("role", "link")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setToolTip(text)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda _checked=False: opened())
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button, 1)
        if side is not None:
            row.addWidget(side)
        self._lines.addWidget(line)
        line.show()  # Qt would do so a moment later, and it can take no cursor until then
        self.buttons.append(button)
        return button


class HomePage(Page):
    """The first page of the morning."""

    title = "首页"
    icon_name = "house"
    section = ""
    key = "Alt+1"
    record_types = RECORD_TYPES
    is_overview = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        turn = self._turn
        self.due = Block("要办的", lambda: turn(Matter, OPEN_MATTERS))
        self.meetings = Block("近期会议", lambda: turn(Meeting))
        self.plan = Block("计划完成", lambda: turn(PlanItem, self._this_year()))
        self.handoff = Block("报送与备份", lambda: turn(Packet))
        for name in ("due", "meetings", "plan", "handoff"):
            getattr(self, name).setObjectName(name)
        self._across = 0
        self._day = QLabel()
        self._day.setProperty("role", "title")
        self._arrange()

    def take_cursor(self) -> None:
        """Onto the first line that opens something: Enter opens it, Tab goes on."""
        blocks = (self.due, self.meetings, self.plan, self.handoff)
        first = next((each.buttons[0] for each in blocks if each.buttons), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reload(self, change: Change | None = None) -> None:
        """Show the office as it stands now."""
        if self.desk.office is None:
            return
        weekday = "一二三四五六日"[self.desk.today.weekday()]
        self._day.setText(f"{dates.chinese_day(self.desk.today)}　星期{weekday}")
        seen = overview(self.desk)
        self._show_due(seen)
        self._show_meetings(seen)
        self._show_plan(seen)
        self._show_handoff(seen)
        order_by_layout(self)

    def _show_due(self, seen: Overview) -> None:
        """Open matters, soonest first, each with one click to add progress."""
        self.due.clear()
        every: list[Matter | Directive] = [*seen.due, *seen.directives]
        due = sorted(every, key=lambda each: each.due_on or date.max)
        for each in due[:SHOWN]:
            light = light_of(each.due_on, self.desk.today)
            text = f"{LIGHT_SIGNS[light]} {light}　{each.due_on}　{short(each.name, LINE_LENGTH)}"
            side = self._progress_button(each) if isinstance(each, Matter) else QLabel("县级交办")
            line = self.due.add_line(text, self._opens(each), side=side)
            line.setStyleSheet(f"color: {self.context.style.light_colour(light)}")
        if len(due) > SHOWN:
            rest = f"还有 {len(due) - SHOWN} 件"
            self.due.add_line(rest, lambda: self._turn(Matter, OPEN_MATTERS))
        if not due:
            self.due.add_text("没有待办的事项。会议纪要定稿后，议定的事项会列在这里。")
        late = sum(each.due_on is not None and each.due_on < self.desk.today for each in due)
        self.due.heading.setText(f"要办的　{len(due)} 件" + (f"（超期 {late} 件）" if late else ""))

    def _progress_button(self, matter: Matter) -> QPushButton:
        """加进展 beside a matter."""
        button = QPushButton("加进展")
        button.clicked.connect(lambda _checked=False: self.add_progress(matter))
        return button

    def _show_meetings(self, seen: Overview) -> None:
        """Recent meetings with what each still lacks."""
        self.meetings.clear()
        for state in seen.meetings:
            held = state.meeting.held_at
            ticks = "　".join(f"{'√' if done else '□'}{name}" for name, done in state.ticks.items())
            when = f"{held.month}月{held.day}日" if held else ""
            self.meetings.add_line(
                f"{when}　{short(state.meeting.name, LINE_LENGTH)}",
                self._opens(state.meeting),
                side=self._print_button(state),
            )
            self.meetings.add_text(f"　　{ticks}")
        if not seen.meetings:
            self.meetings.add_text("还没有协商会。")
            if not self.desk.queries.count(Membership):
                self.meetings.add_line("先导入委员名册", lambda: self._turn(Membership))
            self.meetings.add_line("登记第一次会议", lambda: self._start(Meeting))

    def _print_button(self, state: MeetingState) -> QPushButton:
        """打印 beside a meeting: the papers it still lacks are ticked."""
        keys = tuple(key for name, key in PAPERS.items() if not state.ticks[name])
        button = QPushButton("打印")
        button.setToolTip("通知、议程、签到表、席卡和别的会议资料")
        button.clicked.connect(lambda _checked=False: self.print_wanted.emit([state.meeting], keys))
        return button

    def _show_plan(self, seen: Overview) -> None:
        """What is done of this year's plan, and what is due next."""
        self.plan.clear()
        plan = seen.plan
        following = f"　下一项 {plan.next_month}" if plan.next_month else ""
        self.plan.heading.setText(f"计划完成　{plan.done}/{plan.target}{following}")
        for item in plan.waiting[:SHOWN]:
            when = item.meeting_month or "待定　　"
            name = short(self.desk.caption("topic", item.topic), LINE_LENGTH)
            self.plan.add_line(f"{when}　{name}", self._opens(item))
        if not plan.target:
            self.plan.add_text("到“年度计划”把议题列入今年的计划，完成情况就会显示在这里。")
            self.plan.add_line("列入年度计划", lambda: self._turn(PlanItem))
            self.plan.add_line("登记议题", lambda: self._start(Topic))
        elif not plan.waiting:
            self.plan.add_text("今年的计划都已完成。")

    def _show_handoff(self, seen: Overview) -> None:
        """The last packet, what has changed since, and the last backup."""
        self.handoff.clear()
        last = seen.last_packet
        if last is not None:
            until = dates.chinese_day(last.period_until) if last.period_until else ""
            self.handoff.add_line(f"上次报送：截至{until}，第{last.number}号", self._opens(last))
        else:
            self.handoff.add_text("还没有向县里报送过。")
        since = "之后又有" if last is not None else "现有"
        line = self.handoff.add_line(f"{since}……", lambda: self._turn(Packet))
        counter = Asker(self.desk.database, line)
        counter.answered.connect(
            lambda count: line.setText(f"{since} {count} 条资料新增或改动，还没有报送")
        )
        is_quick = not has_many_unreported(self.desk)
        counter.ask(lambda: unreported_count(self.desk), at_once=is_quick)
        newest = self.context.backups.newest()
        made = f"上次备份：{newest:%Y-%m-%d %H:%M}，已核对" if newest else "还没有备份"
        self.handoff.add_line(made, lambda: self._turn(Office))

    def _start(self, record_type: type[Record]) -> None:
        """Go to a page and start its first record."""
        self.context.turn_to(record_type, None)
        self.context.start_new()

    def add_progress(self, matter: Matter) -> None:
        """Ask what was done on a matter and keep it."""
        blank = Progress(matter=matter.id, reported_on=self.desk.today, handler=matter.handler)
        names = ("reported_on", "content", "handler")
        if RecordDialog.ask(self, self.desk, blank, title="加进展", names=names) is not None:
            self.context.say("已记下进展", True)

    def _this_year(self) -> Narrowing:
        """The plan of this year alone."""
        year = self.desk.today.year
        return Narrowing(f"只看{year}年的计划", {"year": year})

    def _turn(self, record_type: type[Record], narrowing: Narrowing | None = None) -> None:
        """Show the page of what a heading counts."""
        self.context.turn_to(record_type, narrowing)

    def _opens(self, record: Record) -> Callable[[], None]:
        return lambda: self.context.go(record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One below the other where two by two would cut their lines."""
        super().resizeEvent(event)
        least = PAIR_EM * self.fontMetrics().horizontalAdvance("国")
        self._place(2 if self.width() >= least else 1)

    def _place(self, across: int) -> None:
        """Put the blocks so many in a row."""
        if across == self._across:
            return
        self._across = across
        for place, block in enumerate((self.due, self.meetings, self.plan, self.handoff)):
            self._grid.removeWidget(block)
            self._grid.addWidget(block, 1 + place // across, place % across)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        for row in range(1, 5):
            self._grid.setRowStretch(row, 1 if row <= 4 // across else 0)

    def _arrange(self) -> None:
        """Two by two under the date."""
        inner = QWidget()
        inner.setObjectName("form")
        self._grid = grid = QGridLayout(inner)
        grid.setContentsMargins(GAP * 2, GAP * 2, GAP * 2, GAP * 2)
        grid.setSpacing(GAP * 2)
        grid.addWidget(self._day, 0, 0, 1, 2)
        self._place(2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
