"""Tab goes the way the eye does: through a layout from its top left to its bottom right."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def order_by_layout(container: QWidget) -> None:
    """Let Tab go through everything in a container in the order it is laid out.

    For what is put in place later than what stands behind it.
    """
    for one, following in pairwise(_stops(container)):
        QWidget.setTabOrder(one, following)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """Where Tab stops in a widget, itself first."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, QSplitter):
        for place in range(widget.count()):
            part = widget.widget(place)
            if part is not None:
                yield from _stops(part)
    elif isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from _stops(inner)
    elif not isinstance(widget, QAbstractScrollArea):
        layout = widget.layout()
        if layout is not None:
            yield from _stops_of(layout)


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    """Those of a layout, row by row where it is a grid."""
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        places = sorted(places, key=lambda place: layout.getItemPosition(place)[:2])  # type: ignore[assignment,index]
    for place in places:
        item = layout.itemAt(place)
        assert item is not None
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _stops_of(inner)
