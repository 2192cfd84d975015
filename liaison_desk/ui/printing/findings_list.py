"""打印前看一看: what is missing or looks wrong, each line a way to the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from liaison_desk.ui.style import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liaison_desk.exports.papers.checks import Finding

FINDING = Qt.ItemDataRole.UserRole
MOST = 200
"""So many lines say more than anyone reads."""


class FindingsList(QWidget):
    """The sentences under their heading; Enter or a click opens the place of one."""

    opened = Signal(object)
    """The `Source` of a finding that was chosen."""
    pointed = Signal(object)
    """The `Source` of the line the cursor is on."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.heading.setObjectName("findings_heading")
        self.list = QListWidget()
        self.list.setObjectName("findings")
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, 0, GAP // 2, 0)
        layout.setSpacing(GAP // 2)
        layout.addWidget(self.heading)
        layout.addWidget(self.list, 1)
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self.list.currentItemChanged.connect(lambda item, _old: self._point(item))
        self.show_findings(())

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what was found; a line without a place cannot be opened."""
        self.list.blockSignals(True)
        self.list.clear()
        for each in sorted(findings, key=lambda finding: not finding.is_grave)[:MOST]:
            item = QListWidgetItem(f"{'▲' if each.is_grave else '·'} {each.sentence}")
            item.setData(FINDING, each)
            item.setToolTip("点一下，到那一栏去改" if each.source else "")
            self.list.addItem(item)
        self.list.blockSignals(False)
        count = f"　{len(findings)} 处" if findings else "　没有问题"
        self.heading.setText(f"打印前看一看{count}")
        self.list.setVisible(bool(findings))
        tall = QSizePolicy.Policy.Expanding if findings else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, tall)

    def sentences(self) -> list[str]:
        """What is shown."""
        return [self.list.item(row).text()[2:] for row in range(self.list.count())]

    def _open(self, item: QListWidgetItem) -> None:
        finding: Finding = item.data(FINDING)
        if finding.source is not None:
            self.opened.emit(finding.source)

    def _point(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(FINDING).source is not None:
            self.pointed.emit(item.data(FINDING).source)
