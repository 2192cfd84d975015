"""The people of a meeting: the line that finds or adds somebody, the tick list, the counts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from liaison_desk.domain.codes import PRESENCES
from liaison_desk.domain.person import Person
from liaison_desk.services.meeting_sheet import roster
from liaison_desk.services.words import words_now
from liaison_desk.ui.editors import WheelSafeComboBox
from liaison_desk.ui.meeting.attendance_model import AttendanceModel
from liaison_desk.ui.meeting.attendance_table import PRESENCE_KEYS, AttendanceTable
from liaison_desk.ui.meeting.name_line import NameLine, meant_name, several_names
from liaison_desk.ui.name_index import is_no_name
from liaison_desk.ui.roles import set_role
from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liaison_desk.domain.errors import Problem
    from liaison_desk.domain.meeting import Attendance
    from liaison_desk.ui.context import Context

FIRST_CAPACITY = "群众代表"
MEMBER = "委员"
LARGE_ZOOM = 110
"""Over this the words beside the counts have no room; keys and ticks do the same."""
HINT = "按键：Q请假 L列席 X缺席 C迟到 Z早退 空格出席 F2原因 Delete移出"


class AttendanceList(QWidget):
    """Everyone present by default, then the exceptions, then the guests."""

    edited = Signal()
    finished = Signal()
    """Enter was pressed on the empty line: everyone is there."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._desk = context.desk
        self._is_large = context.style.zoom > LARGE_ZOOM
        self.people = AttendanceModel(context.desk, context.style.tokens)
        self.table = AttendanceTable(self.people, context.style, partial(words_now, context.desk))
        self.line = NameLine(self._offers, details=self._posts)
        self.capacity = WheelSafeComboBox()
        self.counts = QLabel()
        self.said = QLabel(HINT)
        self.buttons = {each: QPushButton(each) for each in PRESENCES}
        self.drop_button = QPushButton("移出")
        self._known: dict[str, Person] = {}
        self._arrange()
        self._connect()

    def show_records(self, records: Iterable[Attendance]) -> None:
        """Show who is in a meeting."""
        row = self.table.currentIndex().row()
        self.people.set_records(records)
        self._known = {}
        self._offer_capacities()
        self.line.clear()
        self._say(HINT)
        self._count()
        if 0 <= row < self.people.rowCount() and self.table.hasFocus():
            self.table.choose(row)

    def mark(self, row: int, problems: Iterable[Problem]) -> None:
        """Say what is wrong with a row, and choose it."""
        self.people.mark(row, "；".join(problem.sentence for problem in problems))
        self.table.choose(row)

    def set_read_only(self, read_only: bool) -> None:
        """Let the list be read only."""
        self.people.set_read_only(read_only)
        for widget in (self.line, self.capacity, *self.buttons.values(), self.drop_button):
            widget.setEnabled(not read_only)

    def find_or_add(self) -> None:
        """Choose the person typed, or add them to the meeting; several names add each of them."""
        typed = self.line.text().strip()
        names = [typed] if typed in self._offers() else several_names(typed)
        if not typed:
            self.finished.emit()
        elif len(names) == 1:
            self._find_or_add(typed)
        else:
            self._take_all(names)

    def _find_or_add(self, typed: str) -> bool:
        """Choose or add one person; False when the name cannot be taken."""
        label = meant_name(typed, self._offers()) or typed
        person = self._known.get(label)
        row = self.people.row_of(person.id) if person else -1
        if row >= 0:
            self.line.clear()
            self.table.choose(row)
            return True
        return self._add(person, label)

    def _take_all(self, names: list[str]) -> None:
        """Take some names; the first that cannot be taken and those after it stay in the line."""
        for place, name in enumerate(names):
            if not self._find_or_add(name):
                self.line.setText("、".join(names[place:]))
                self.line.setFocus()
                return
        self.line.setFocus()
        self._say(f"{'、'.join(names)}都在名单里了。接着输下一位，或按回车写共识事项。")

    def _add(self, person: Person | None, name: str) -> bool:
        """Add somebody known, or a guest who is kept as a person from now on."""
        is_new = person is None
        if is_new and is_no_name(name):
            return self._refuse(f"没有找到“{name}”，第一次来的请输汉字姓名。")
        person = person or Person(id=str(uuid4()), name=Person.fields()["name"].parse(name))
        problems = person.problems()
        if problems:
            return self._refuse(problems[0].sentence)
        is_member = person.id in roster(self._desk)
        capacity = MEMBER if is_member else self.capacity.currentText()
        row = self.people.add(person, capacity, is_new=is_new)
        self._known = {}
        self.line.clear()
        self.table.setCurrentIndex(self.people.index(row, 0))
        self.table.scrollToBottom()
        words = "第一次来，已记入人员" if is_new else "已加入"
        self._say(f"{person.name}（{capacity}）{words}。接着输下一位，或按回车写共识事项。")
        return True

    def _refuse(self, sentence: str) -> bool:
        """Say why nobody was added; what is typed next takes the place of the name."""
        self._say(sentence, is_wrong=True)
        self.line.selectAll()
        return False

    def _offers(self) -> list[str]:
        """Everyone the office knows, those of this meeting first; namesakes by their posts."""
        if not self._known:
            here = [self.people.person(row) for row in range(self.people.rowCount())]
            found = [*filter(None, here), *self._desk.find(Person, office=self._desk.office_id)]
            people = {each.id: each for each in found}
            for each in people.values():
                label = each.name if each.name not in self._known else f"{each.name}　{each.post}"
                self._known[label] = each
        return list(self._known)

    def _posts(self) -> dict[str, str]:
        """What tells people of one name apart, by what they are offered as."""
        return {label: person.post for label, person in self._known.items()}

    def _say(self, sentence: str, *, is_wrong: bool = False) -> None:
        """Say what came of the last name."""
        self.said.setText(sentence)
        set_role(self.said, "wrong" if is_wrong else "muted")

    def _offer_capacities(self) -> None:
        """The words of 参会身份 as the office has them now; the one chosen stays."""
        chosen = self.capacity.currentText() or FIRST_CAPACITY
        self.capacity.clear()
        self.capacity.addItems([e for e in words_now(self._desk, "参会身份") if e != MEMBER])
        self.capacity.setCurrentIndex(max(self.capacity.findText(chosen), 0))

    def _count(self) -> None:
        self.counts.setText(self.people.counts())

    def _arrange(self) -> None:
        self.line.setObjectName("person_line")
        self.line.setPlaceholderText("输入姓名：名单里的选中，没有的加为来宾，回车")
        self.capacity.setObjectName("capacity")
        self.capacity.setToolTip("新加来宾的身份")
        self.counts.setObjectName("counts")
        self.said.setObjectName("said")
        self.said.setProperty("role", "muted")
        self.said.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(self.line, 1)
        top.addWidget(self.capacity)
        bottom = QHBoxLayout()
        bottom.setSpacing(GAP // 2)
        bottom.addWidget(self.counts, 1)
        letters = {presence: key for key, presence in PRESENCE_KEYS.items()}
        for presence, button in self.buttons.items():
            key = letters[presence]
            button.setToolTip(f"{presence} ({'空格' if key == Qt.Key.Key_Space else key.name[4:]})")
        self.drop_button.setToolTip("把选中的人移出名单 (Delete)")
        self.drop_button.setObjectName("drop_person")
        for button in (*self.buttons.values(), self.drop_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("role", "link")
            bottom.addWidget(button)
            if self._is_large:
                button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP // 2, GAP, GAP // 2)
        layout.setSpacing(GAP // 2)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addLayout(bottom)
        layout.addWidget(self.said)

    def _connect(self) -> None:
        self.line.returnPressed.connect(self.find_or_add)
        self.table.finished.connect(self.line.setFocus)
        self.people.edited.connect(self.edited)
        self.people.edited.connect(self._count)
        self.drop_button.clicked.connect(self.table.remove_chosen)
        for presence, button in self.buttons.items():
            button.clicked.connect(
                lambda _on=False, presence=presence: self.table.set_presence(presence)
            )
