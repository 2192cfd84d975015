"""Where each station of a chain stands in the picture: columns along the loop, long ones folded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from liaison_desk.services.stations import STAGES, Chain, Edge, Node

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 6
"""So many stations of one kind stand in a column before the rest is folded."""


@dataclass(frozen=True)
class Box:
    """One box of the picture.

    Attributes:
        key: the node's, or that of the fold.
        node: the station, or None for a fold.
        words: what a fold says; "" for a station.
        fold: the fold that a click opens or closes; "" for a station.
        is_here: whether it is the record that was asked for.
    """

    key: str
    node: Node | None = None
    words: str = ""
    fold: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class Column:
    """One column: its heading and its boxes from the top."""

    title: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Picture:
    """The whole picture; lines name boxes by key.

    Attributes:
        columns: from left to right, none empty.
        lines: between boxes that are shown; a folded station's go to its fold.
        rest: how many stations are not in it at all.
    """

    columns: tuple[Column, ...]
    lines: tuple[Edge, ...]
    rest: int

    def box(self, key: str) -> tuple[int, int] | None:
        """The column and row of a box."""
        for column, each in enumerate(self.columns):
            for row, box in enumerate(each.boxes):
                if box.key == key:
                    return column, row
        return None


def picture_of(chain: Chain, opened: frozenset[str] = frozenset()) -> Picture:
    """Lay a chain out.

    Args:
        chain: what is drawn.
        opened: the folds that the clerk has opened.
    """
    places: dict[str, float] = {}
    stands_at: dict[str, str] = {}
    columns = []
    for stage, nodes in groupby(chain.nodes, key=lambda node: node.stage):
        boxes: list[Box] = []
        for _, kind in groupby(nodes, key=lambda node: (node.table, node.word)):
            boxes += _folded(chain, _by_sources(chain, list(kind), places), opened, stands_at)
        places |= {box.key: float(row) for row, box in enumerate(boxes)}
        places |= {key: places[box] for key, box in stands_at.items() if box in places}
        columns.append(Column(STAGES[stage][0] if stage >= 0 else _heading(boxes), tuple(boxes)))
    lines = {
        replace(each, source=stands_at[each.source], target=stands_at[each.target])
        for each in chain.edges
    }
    shown = tuple(sorted(lines, key=lambda each: (each.source, each.target)))
    return Picture(
        tuple(columns),
        tuple(each for each in shown if each.source != each.target),
        0 if chain.is_grouped else sum(chain.left_out.values()),
    )


def _by_sources(chain: Chain, nodes: list[Node], places: dict[str, float]) -> list[Node]:
    """Nodes in the order of what they came from, so that few lines cross."""
    sources: dict[str, list[float]] = {}
    for edge in chain.edges:
        if edge.source in places:
            sources.setdefault(edge.target, []).append(places[edge.source])

    def height(node: Node) -> float:
        above = sources.get(node.key, [0.0])
        return sum(above) / len(above)

    return sorted(nodes, key=height)


def _folded(
    chain: Chain, nodes: list[Node], opened: frozenset[str], stands_at: dict[str, str]
) -> list[Box]:
    """The boxes of one kind of station; `stands_at` learns in which box each node is found."""
    first = nodes[0]
    fold = f"fold/{first.table}/{first.word}"
    rest = chain.left_out.get((first.table, first.word), 0)
    few = 0 if chain.is_grouped else SHOWN
    is_short = len(nodes) <= few and not rest
    has_fold = not is_short and not (chain.is_grouped and _is_here(chain, first))
    hidden = {
        node.key: fold
        for node in nodes[few:]
        if has_fold and fold not in opened and not _is_here(chain, node)
    }
    shown = [node for node in nodes if node.key not in hidden]
    stands_at |= {node.key: node.key for node in shown} | hidden
    boxes = [Box(node.key, node, is_here=_is_here(chain, node)) for node in shown]
    if not has_fold:
        return boxes
    words = _words(first, len(nodes), len(hidden), rest, is_grouped=chain.is_grouped)
    marked = Box(fold, words=words, fold=fold)
    return [marked, *boxes] if chain.is_grouped else [*boxes, marked]


def _words(node: Node, count: int, hidden: int, rest: int, *, is_grouped: bool) -> str:
    """What a fold says."""
    if is_grouped:
        note = f"，列出{count}条" if rest and not hidden else ""
        return f"{node.word} {count + rest} 条{note}"
    return f"还有 {hidden} 条" if hidden else "收起"


def _is_here(chain: Chain, node: Node) -> bool:
    return node.key == chain.here


def _heading(boxes: Iterable[Box]) -> str:
    """The heading of what is no station: a person, an agency, seats."""
    kinds = (box.node.kind if box.node else box.words.split(" ")[0] for box in boxes)
    return "、".join(dict.fromkeys(kinds))
