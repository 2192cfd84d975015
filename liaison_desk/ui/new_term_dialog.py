"""换届: which term ends, what the next one is called, and who goes on into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import DeskError, NotValid, Problem
from liaison_desk.domain.fields import Day, WrongText
from liaison_desk.domain.membership import Membership
from liaison_desk.services.captions import captions
from liaison_desk.services.terms import (
    CARRIED,
    NewTerm,
    Turned,
    next_term,
    serving,
    start_term,
    terms,
)
from liaison_desk.ui.date_line import DateLine
from liaison_desk.ui.flow_layout import FlowLayout
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from liaison_desk.ui.context import Context

AT_ONCE = 50
"""So many seats are turned before the clerk would notice."""
_DAY = Day(label="起始日期")
_SEAT = Qt.ItemDataRole.UserRole


class NewTermDialog(QDialog):
    """The terms above, the members with a tick each below; search hides, it does not untick."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk
        self.turned: Turned | None = None
        self.old_box = QComboBox()
        self.name_line = QLineEdit()
        self.since_line = DateLine(_DAY)
        self.carried = {name: QCheckBox(Membership.fields()[name].label) for name in CARRIED}
        self.search_line = QLineEdit()
        self.members = QListWidget()
        self.count_label = QLabel()
        self.all_button = QPushButton("全选")
        self.none_button = QPushButton("全不选")
        self.whole = QLabel()
        self.buttons = QDialogButtonBox()
        self.start_button = self.buttons.addButton("换届", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._name()
        self._arrange()
        self.old_box.addItems(terms(self._desk))
        self._show_term()
        self._connect()

    @classmethod
    def ask(cls, parent: QWidget, context: Context) -> Turned | None:
        """Let the clerk start a term; what it came to, or None when she gave up."""
        dialog = cls(parent, context)
        dialog.exec()
        return dialog.turned

    def going_on(self) -> list[Membership]:
        """The seats of those who are ticked."""
        return [
            item.data(_SEAT) for item in self._items() if item.checkState() is Qt.CheckState.Checked
        ]

    def apply(self) -> None:
        """Start the term and close, or say why not and stay."""
        desk = self._desk
        try:
            chosen = self._chosen()
            if self.members.count() > AT_ONCE:
                self.turned = run_task(self, "正在换届", lambda _told: start_term(desk, chosen))
            else:
                self.turned = start_term(desk, chosen)
        except DeskError as error:
            self._complain(str(error).replace("没有保存：", ""))
            return
        self._context.say(self.turned.summary, True)
        self.accept()

    # -- inside ----------------------------------------------------------------------------

    def _chosen(self) -> NewTerm:
        """What stands in the dialog.

        Raises:
            NotValid: the day cannot be read.
        """
        try:
            since = _DAY.parse(self.since_line.text())
        except WrongText as error:
            raise NotValid([Problem("since", str(error))]) from error
        if since is None:
            raise NotValid([Problem("since", f"请填写{_DAY.label}")])
        return NewTerm(
            old=self.old_box.currentText(),
            name=self.name_line.text().strip(),
            since=since,
            going_on=frozenset(each.id for each in self.going_on()),
            carried=frozenset(name for name, box in self.carried.items() if box.isChecked()),
        )

    def _show_term(self) -> None:
        """Another term ends: propose the next one, all of its members ticked."""
        old = self.old_box.currentText()
        self.name_line.setText(next_term(old))
        seats = serving(self._desk, old)
        self.members.blockSignals(True)
        self.members.clear()
        for seat, name in zip(seats, captions(self._desk, seats), strict=True):
            told = (seat.sector, seat.duty, seat.group)
            item = QListWidgetItem("　".join(filter(None, (name, *told))))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setData(_SEAT, seat)
            self.members.addItem(item)
        self.members.setCurrentRow(0)
        self.members.blockSignals(False)
        self._search()
        self._count()

    def _search(self) -> None:
        """Show only those whose line holds every word."""
        words = self.search_line.text().split()
        for item in self._items():
            item.setHidden(not all(word in item.text() for word in words))

    def _tick(self, state: Qt.CheckState) -> None:
        """All that are shown, or none of them."""
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(state)

    def _count(self) -> None:
        """How many go on, and how many seats end."""
        count, total = len(self.going_on()), self.members.count()
        self.count_label.setText(
            f"连任 {count} 人，不再连任 {total - count} 人。"
            "上一届全部转为届满，以前的会议和名单照原样。新委员换届后再登记。"
        )
        self.start_button.setEnabled(total > 0)

    def _items(self) -> list[QListWidgetItem]:
        return [self.members.item(row) for row in range(self.members.count())]

    def _complain(self, sentence: str) -> None:
        self.whole.setText(sentence)
        self.whole.setVisible(bool(sentence))

    def _name(self) -> None:
        """What tests and the style sheet know the parts by."""
        self.setWindowTitle("换届")
        self.since_line.setText(_DAY.format(self._desk.today))
        self.name_line.setPlaceholderText("如 第十三届")
        self.search_line.setPlaceholderText("查找姓名、界别，可输几个词")
        self.search_line.setClearButtonEnabled(True)
        self.members.setAccessibleName("连任的委员，按空格打勾或取消")
        for box in self.carried.values():
            box.setChecked(True)
        self.start_button.setProperty("role", "main")
        self.start_button.setObjectName("start")
        self.start_button.setAutoDefault(False)  # Enter in a line must not start the term
        for button in (self.all_button, self.none_button):
            button.setAutoDefault(False)
        self.count_label.setObjectName("count")
        self.whole.setProperty("role", "wrong")
        for label in (self.count_label, self.whole):
            label.setWordWrap(True)
        self.whole.hide()

    def _arrange(self) -> None:
        """The terms, what is kept, the members."""
        grid = QGridLayout()
        rows = (("上一届", self.old_box), ("新一届", self.name_line), (_DAY.label, self.since_line))
        for place, (words, widget) in enumerate(rows):
            label = QLabel(words)
            label.setBuddy(widget)
            grid.addWidget(label, 0, 2 * place)
            grid.addWidget(widget, 0, 2 * place + 1)
        kept = FlowLayout()
        kept.addWidget(QLabel("连任的照上一届的："))
        for box in self.carried.values():
            kept.addWidget(box)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.search_line, 1)
        row.addWidget(self.all_button)
        row.addWidget(self.none_button)
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addLayout(kept)
        layout.addLayout(row)
        layout.addWidget(self.members, 1)
        for widget in (self.count_label, self.whole, self.buttons):
            layout.addWidget(widget)
        em = self.fontMetrics().horizontalAdvance("国")
        self.resize(min(48 * em, 1200), min(36 * em, 660))

    def _connect(self) -> None:
        self.old_box.currentIndexChanged.connect(self._show_term)
        self.search_line.textChanged.connect(self._search)
        self.members.itemChanged.connect(self._count)
        self.all_button.clicked.connect(lambda: self._tick(Qt.CheckState.Checked))
        self.none_button.clicked.connect(lambda: self._tick(Qt.CheckState.Unchecked))
        self.buttons.accepted.connect(self.apply)
        self.buttons.rejected.connect(self.reject)
