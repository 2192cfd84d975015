"""合并: two records of one person side by side; field by field the clerk says which value stays."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.errors import Cancelled, DeskError
from liaison_desk.domain.fields import Link
from liaison_desk.domain.short import short
from liaison_desk.services.merging import following, merge, merged_values, shared
from liaison_desk.ui.style import GAP
from liaison_desk.ui.tab_order import order_by_layout
from liaison_desk.ui.tasks import run_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.domain.record import Record
    from liaison_desk.services.merging import Following
    from liaison_desk.ui.context import Context

AT_ONCE = 100
"""So many links are moved before the clerk would notice."""


class MergeDialog(QDialog):
    """The one that stays at the left, the duplicate at the right.

    Attributes:
        kept: the record that stays.
        duplicate: the one that goes.
        merged: the record as kept, once it was done.
    """

    def __init__(self, parent: QWidget, context: Context, kept: Record, duplicate: Record) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk
        self.kept, self.duplicate = kept, duplicate
        self.merged: Record | None = None
        self.choices: dict[str, QButtonGroup] = {}
        self.sentence = QLabel()
        self.follows = QLabel()
        self.whole = QLabel()
        self.frame_ = QScrollArea()
        self.swap_button = QPushButton("左右换过来")
        self.buttons = QDialogButtonBox()
        self.merge_button = self.buttons.addButton("合并", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._arrange()
        self._show()
        self.swap_button.clicked.connect(self.swap)
        self.buttons.accepted.connect(self.apply)
        self.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(cls, parent: QWidget, context: Context, one: Record, other: Record) -> Record | None:
        """Let the clerk merge two records; the one that stays, or None when she gave up.

        The one on which more hangs is proposed to stay.
        """
        pair = sorted((one, other), key=lambda each: -_weight(context, each))
        dialog = cls(parent, context, *pair)
        dialog.exec()
        return dialog.merged

    def values(self) -> dict[str, Any]:
        """The fields of the one that stays, as chosen."""
        chosen = merged_values(self.kept, self.duplicate)
        for name, group in self.choices.items():
            chosen[name] = getattr((self.kept, self.duplicate)[group.checkedId()], name)
        return chosen

    def swap(self) -> None:
        """Let the other one stay."""
        self.kept, self.duplicate = self.duplicate, self.kept
        self._show()

    def apply(self) -> None:
        """Merge and close, or say why not and stay."""
        values, desk = self.values(), self._desk
        work = partial(merge, desk, self.kept, self.duplicate, values)
        try:
            if _weight(self._context, self.duplicate) > AT_ONCE:
                self.merged = run_task(self, "正在合并", work)
            else:
                self.merged = work()
        except Cancelled as error:
            self._complain(str(error))
            return
        except DeskError as error:
            self._complain(str(error).replace("没有保存：", ""))
            return
        self._context.say(f"已把“{self.duplicate.caption}”合并到“{self.merged.caption}”", True)
        self.accept()

    # -- inside ----------------------------------------------------------------------------

    def _show(self) -> None:
        """Fill the table and say what follows."""
        self._complain("")
        title = self.kept.title
        self.sentence.setText(
            f"两条{title}合为一条：左边的留下，右边的进回收站。不一样的，选要留下的内容。"
        )
        self._fill()
        self.follows.setText(self._told())

    def _fill(self) -> None:
        """One line for each field in which something stands."""
        table = QWidget()
        table.setObjectName("fields")
        grid = QGridLayout(table)
        grid.setHorizontalSpacing(GAP * 2)
        for column, words in ((1, "留下的"), (2, "重复的")):
            head = QLabel(words)
            head.setProperty("role", "heading")
            grid.addWidget(head, 0, column)
        self.choices = {}
        for name, kind in self.kept.fields().items():
            if name != "merged_into":
                self._add_row(grid, name, kind.label)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self.frame_.setWidget(table)
        order_by_layout(self)

    def _add_row(self, grid: QGridLayout, name: str, label: str) -> None:
        """Two values to choose from, or the one that both have."""
        left, right = self._told_of(name)
        if not left and not right:
            return
        row = grid.rowCount()
        words = QLabel(label)
        words.setProperty("role", "muted")
        grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        if left == right:
            grid.addWidget(_value(left), row, 1, 1, 2)
            return
        group = self.choices[name] = QButtonGroup(grid.parentWidget())
        for place, text in enumerate((left, right)):
            button = QRadioButton(short(text, 40) or "（空）")
            button.setToolTip(text)
            button.setObjectName(f"{name}_{place}")
            button.setAccessibleName(f"{label}：{text or '空'}")
            group.addButton(button, place)
            grid.addWidget(button, row, 1 + place)
        group.button(1 if not left else 0).setChecked(True)

    def _told_of(self, name: str) -> tuple[str, str]:
        """Both values; personal ones masked, unless they could not be told apart then."""
        left, right = self._shown(self.kept, name), self._shown(self.duplicate, name)
        kind = self.kept.fields()[name]
        veiled = kind.veiled(left), kind.veiled(right)
        return veiled if left == right or veiled[0] != veiled[1] else (left, right)

    def _shown(self, record: Record, name: str) -> str:
        """A value as the clerk reads it."""
        kind = record.fields()[name]
        value = getattr(record, name)
        if isinstance(kind, Link):
            return self._desk.caption(kind.to, value)
        return kind.format(value)

    def _told(self) -> str:
        """What follows, and what becomes one."""
        moved = _counted(following(self._desk, self.duplicate))
        both = _counted(shared(self._desk, self.kept, self.duplicate))
        name = self.kept.caption
        lines = [f"跟到“{name}”名下：{moved}。" if moved else "右边这条没有别的资料跟着。"]
        lines += [f"两条都有、合为一条的：{both}，不一致的记在说明里。"] if both else []
        if "former_names" in self.kept.fields() and name != self.duplicate.caption:
            lines.append("没留下的名字记入“曾用名”，仍可查到；已定稿的纪要照原样不变。")
        return "\n".join([*lines, "合并后可按 Ctrl+Z 撤销。"])

    def _complain(self, sentence: str) -> None:
        self.whole.setText(sentence)
        self.whole.setVisible(bool(sentence))

    def _arrange(self) -> None:
        self.setWindowTitle(f"合并{self.kept.title}")
        self.merge_button.setProperty("role", "main")
        self.merge_button.setObjectName("merge")
        self.swap_button.setObjectName("swap")
        self.follows.setObjectName("follows")
        self.whole.setProperty("role", "wrong")
        self.frame_.setWidgetResizable(True)
        for label in (self.sentence, self.follows, self.whole):
            label.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(self.sentence, 1)
        top.addWidget(self.swap_button)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.frame_, 1)
        for widget in (self.follows, self.whole, self.buttons):
            layout.addWidget(widget)
        em = self.fontMetrics().horizontalAdvance("国")
        self.resize(min(52 * em, 1200), min(38 * em, 680))


def _weight(context: Context, record: Record) -> int:
    """How much hangs on a record."""
    return sum(each.count for each in following(context.desk, record))


def _counted(found: Sequence[Following]) -> str:
    """出席 12 条、发言 3 条."""
    return "、".join(f"{each.words} {each.count} 条" for each in found)


def _value(text: str) -> QLabel:
    """What both have."""
    label = QLabel(text[:80])
    label.setToolTip(text)
    return label
