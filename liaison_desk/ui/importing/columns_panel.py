"""Which column goes where: heading, examples, and the field it is imported as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.domain.names import mask
from liaison_desk.services.importing import NOT_IMPORTED, Why
from liaison_desk.ui.headed_model import HeadedModel
from liaison_desk.ui.importing.masking import without_numbers
from liaison_desk.ui.importing.text_table import PlainTable

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QStyleOptionViewItem

    from liaison_desk.services.importing import MappedColumn, TargetField
    from liaison_desk.services.importing import Mapping as ColumnMapping
    from liaison_desk.ui.headed_model import Index
    from liaison_desk.ui.style import Style, Tokens

LETTER, HEADING, SAMPLES, FIELD, WHY = range(5)
_KEY_ROLE = Qt.ItemDataRole.UserRole
_LACKING = "（必填，还没有列）"
_TO_CHECK = frozenset({Why.ALIKE, Why.UNKNOWN, Why.REPEATED, Why.NO_HEADING})


class ColumnsModel(HeadedModel):
    """One line for each column of the source; the field can be chosen."""

    heads = ("列", "表里的标题", "例子", "记到（可以改）", "说明")

    chosen = Signal(int, str)
    """The clerk put a column into a field: its position, and the field's key or ""."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._mapping: ColumnMapping | None = None
        self._columns: tuple[MappedColumn, ...] = ()

    def show(self, mapping: ColumnMapping) -> None:
        """Show a mapping."""
        self.beginResetModel()
        self._mapping, self._columns = mapping, mapping.columns
        self.endResetModel()

    def choices(self, row: int) -> list[tuple[str, str]]:
        """The keys and labels a column can be put into, with who has each, or must have it."""
        assert self._mapping is not None
        own = self._columns[row].column.position
        taken = {
            each.field: each.column.letter
            for each in self._columns
            if each.field and each.column.position != own
        }
        fields, missing = self._mapping.target.fields, self._mapping.missing
        return [("", NOT_IMPORTED)] + [
            (each.key, self.label(each) + (_LACKING if each in missing else _taken(each, taken)))
            for each in fields
        ]

    def label(self, field: TargetField) -> str:
        """A field's label, with its record where the target makes several."""
        assert self._mapping is not None
        groups = {each.group for each in self._mapping.target.fields}
        return f"{field.group} · {field.label}" if len(groups) > 1 else field.label

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        """The columns of the source."""
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only the field can be changed."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == FIELD else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, and a colour for what should be looked at."""
        if not index.isValid():
            return None
        each = self._columns[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(each, index.column())
        if role in (_KEY_ROLE, Qt.ItemDataRole.EditRole):
            return each.field
        if role == Qt.ItemDataRole.ForegroundRole and index.column() in (FIELD, WHY):
            return QColor(self._colour(each))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A field was chosen."""
        each = self._columns[index.row()]
        if role == Qt.ItemDataRole.EditRole and value != each.field:
            self.chosen.emit(each.column.position, str(value))
            return True
        return False

    def _text(self, each: MappedColumn, column: int) -> str:
        """What stands in one cell."""
        assert self._mapping is not None
        source, field = each.column, self._mapping.target.field(each.field)
        if column == SAMPLES:
            return "；".join(_sample(text, field) for text in source.samples)
        if column == FIELD:
            return self.label(field) if field else f"－ {NOT_IMPORTED}"
        if column == WHY:
            return f"◆ {each.why}" if _is_to_check(each) else str(each.why)
        return source.letter if column == LETTER else source.heading or "（没有标题）"

    def _colour(self, each: MappedColumn) -> str:
        """Calm, unless a column should be looked at."""
        if _is_to_check(each):
            return self._tokens.soon
        return self._tokens.text if each.field else self._tokens.muted


class FieldDelegate(QStyledItemDelegate):
    """Chooses a field from the list of them."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The list, open at once."""
        box = QComboBox(parent)
        box.setMaxVisibleItems(20)
        model = index.model()
        assert isinstance(model, ColumnsModel)
        for key, label in model.choices(index.row()):
            box.addItem(label, key)
        box.activated.connect(lambda _place: self._take(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin at the present field."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(editor.findData(index.data(_KEY_ROLE)), 0))
        editor.showPopup()

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        """Take the choice over."""
        assert isinstance(editor, QComboBox)
        assert isinstance(model, ColumnsModel)
        model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)

    def _take(self, box: QComboBox) -> None:
        """An item was chosen: that is the end of it."""
        self.commitData.emit(box)
        self.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)


class ColumnsPanel(QWidget):
    """The table of columns and the sentence over it."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.model = ColumnsModel(style.tokens)
        self.table = PlainTable(self.model, style)
        self.missing = QLabel()
        self.hint = QLabel("选中一列按 Enter 或点“记到”那一格可以改；改过的下次自动照用。")
        self._delegate = FieldDelegate(self.table)
        self._arrange()

    def show_mapping(self, mapping: ColumnMapping) -> None:
        """Show a mapping, the chosen column kept."""
        row = self.table.currentIndex().row()
        is_first = self.model.rowCount() == 0
        self.model.show(mapping)
        if is_first:
            self.table.fit(self._style.scaled(300))
            self.table.setColumnWidth(FIELD, self._style.scaled(230))
        if mapping.columns:
            place = min(max(row, 0), len(mapping.columns) - 1)
            self.table.setCurrentIndex(self.model.index(place, FIELD))
        labels = "、".join(f"“{each.label}”" for each in mapping.missing)
        self.missing.setText(f"▲ 还没有指定哪一列是{labels}，请在下面选好。" if labels else "")
        self.missing.setVisible(bool(labels))

    def _arrange(self) -> None:
        self.missing.setProperty("role", "wrong")
        self.missing.setObjectName("missing")
        self.hint.setProperty("role", "muted")
        self.table.setObjectName("columns")
        self.table.setAccessibleName("表里的各列记到哪里")
        self.table.setItemDelegateForColumn(FIELD, self._delegate)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(
            triggers.SelectedClicked | triggers.DoubleClicked | triggers.EditKeyPressed
        )
        # The list of fields goes away together with the rows it stands in.
        self._delegate.closeEditor.connect(lambda _box, _hint: self.table.setFocus())
        self.table.clicked.connect(self._clicked)
        self.table.activated.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.missing)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.hint)

    def _clicked(self, index: QModelIndex) -> None:
        """A click on the field; one elsewhere only chooses the column."""
        if index.column() == FIELD:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        """Enter, or a click on the field, opens the list of fields."""
        field = index.siblingAtColumn(FIELD)
        if not self.table.isPersistentEditorOpen(field) and (
            self.table.state() != QAbstractItemView.State.EditingState
        ):
            self.table.setCurrentIndex(field)
            self.table.edit(field)


def _taken(field: TargetField, taken: dict[str, str]) -> str:
    """Which column has a field that takes one only."""
    letter = "" if field.takes_several else taken.get(field.key, "")
    return f"（现在是{letter}列）" if letter else ""


def _is_to_check(each: MappedColumn) -> bool:
    """Whether the clerk should look at a column."""
    return each.why in _TO_CHECK and bool(each.column.filled)


def _sample(text: str, field: TargetField | None) -> str:
    """An example, masked where the window masks such numbers."""
    if field is not None and field.kind.personal:
        return mask(text)
    if field is None:
        return without_numbers(text)
    return text
