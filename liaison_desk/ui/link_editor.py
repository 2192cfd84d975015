"""The editor of a link: a name is typed, the record behind it is the value."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import uuid4

from liaison_desk.domain.fields import WrongText
from liaison_desk.domain.record import with_values
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.ui.editor import Editor, hint_of
from liaison_desk.ui.input_method import guard_composing
from liaison_desk.ui.name_index import NameIndex
from liaison_desk.ui.suggest_line import Offer, SuggestLine, pick_first

if TYPE_CHECKING:
    from liaison_desk.domain.fields import Link
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.field_offers import FieldOffers
    from liaison_desk.ui.name_index import Named

Choices = Callable[[str], list[tuple[str, str]]]
"""The ids and captions a link to a table can choose from."""
NAMED_ON_THE_SPOT = {"person", "agency", "village", "topic"}
"""Tables whose records a clerk may bring into being by typing a new name into a link."""
_KNOWN_SHORT = {"agency"}
"""Tables whose records are called by their detail as well: the short name of an agency."""


class LinkLine(SuggestLine):
    """The line of a link; what it searches is made ready in idle moments."""

    def __init__(self, editor: LinkEditor) -> None:
        super().__init__(editor.offered, first=pick_first, has_arrow=True)
        self._editor = editor

    def warm(self) -> bool:
        """Spell some names."""
        return self._editor.index.warm()


class LinkEditor(Editor):
    """Another record, picked by typing part of its name, its pinyin or initials.

    A name that is not known may be a new record; that is said beside the field, with the known
    names that it may be a misspelling of.
    """

    def __init__(self, kind: Link, choices: Choices) -> None:
        self._index: NameIndex | None = None
        self.line = LinkLine(self)
        super().__init__(kind, self.line)
        self._to = kind.to
        self._choices = choices
        self._new: Record | None = None
        self._chosen: tuple[str, str] | None = None
        self._offered: list[tuple[str, str]] | None = None
        guard_composing(self.line)
        self.line.setPlaceholderText(kind.hint)
        self.fill()
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.editingFinished.connect(self.left)

    def fill(self) -> None:
        """Offer what there is now, keeping what is typed."""
        self._new = None
        choices = self._choices(self._to)
        if choices is self._offered:
            return
        self._offered = choices
        self._index = None

    @property
    def index(self) -> NameIndex:
        """The names to choose from, put in order when they are first asked for."""
        if self._index is None:
            details = self.offers.details(self._to) if self.offers else {}
            self._index = NameIndex.of(self._offered or (), details)
        return self._index

    def set_offers(self, offers: FieldOffers) -> None:
        """Know what tells namesakes apart."""
        super().set_offers(offers)
        self._offered = None
        self.fill()

    def offered(self, typed: str) -> list[Offer]:
        """What may be meant; for "" what was linked last, then everything."""
        if not typed:
            return [_offer(each) for each in self._recent_first()]
        found = self.index.find(typed)
        offers = [_offer(each) for each in found]
        is_pinyin = typed.isascii() and bool(found)
        if is_pinyin or self._to not in NAMED_ON_THE_SPOT or self._known(typed) is not None:
            return offers
        new = Offer(typed, f"新建{BY_TABLE[self._to].title}", is_new=True)
        if found:
            return [*offers, new]
        return [new, *(Offer(each.caption, "是不是这个？") for each in self.index.near(typed))]

    def answer(self) -> str:
        """The name chosen or typed."""
        return self.line.text().strip()

    def set_answer(self, answer: str) -> None:
        """Show a name."""
        self.line.setText(answer)
        self.line.setCursorPosition(0)

    def set_value(self, value: Any) -> None:
        """Show the record with this id."""
        self._new = None
        found = (each for each in self._offered or () if each[0] == value)
        self._chosen = next(found, None) if value else None
        self.set_answer(self._chosen[1] if self._chosen else "")

    def set_read_only(self, read_only: bool) -> None:
        """A name that cannot be changed can still be copied."""
        self.line.setReadOnly(read_only)
        if self.line.arrow is not None:
            self.line.arrow.setVisible(not read_only)

    def set_hint(self, last: str) -> None:
        """Say which record the last one named."""
        self.line.setPlaceholderText(hint_of(self.kind, last))

    def value(self) -> str | None:
        """The id of the record named; a new name gets a record, see `new_record`.

        Raises:
            WrongText: there is no such record, or several, and none can be made here.
        """
        name = self.answer()
        if not name:
            return None
        if self._chosen is not None and self._chosen[1] == name:
            return self._chosen[0]
        known = self._known(name)
        if known is not None:
            return known.id
        if self.index.is_shared(name):
            raise WrongText(f"有几个叫“{name}”的，请按 ↓ 打开列表选其中一个")
        if self._to not in NAMED_ON_THE_SPOT:
            raise WrongText(f"没有找到“{name}”，请从列表里选，或先新建{BY_TABLE[self._to].title}")
        if self._new is None or self._new.caption != name:
            record_type = BY_TABLE[self._to]
            named = {"id": str(uuid4()), "name": record_type.fields()["name"].parse(name)}
            self._new = with_values(record_type(), named)
        return self._new.id

    def new_record(self) -> Record | None:
        """The record that a new name brings into being, to be saved before the one edited."""
        try:
            value = self.value()
        except WrongText:
            return None
        return self._new if self._new is not None and self._new.id == value else None

    def remark(self) -> str:
        """That a new record will be made, and which known ones may be meant instead."""
        new = self.new_record()
        if new is None:
            return ""
        said = f"将新建{new.title}“{escape(new.caption)}”"
        near = [each.caption for each in self.index.near(self.answer())]
        if not near:
            return said
        links = "".join(f"“<a href='{quote(each)}'>{escape(each)}</a>”" for each in near)
        return f"{said}；是不是{links}？"

    def _known(self, name: str) -> Named | None:
        """The record of this name, also by the short one it has."""
        return self.index.exact(name, by_detail=self._to in _KNOWN_SHORT)

    def _recent_first(self) -> list[Named]:
        """Those linked last here, then the others."""
        ids = self.offers.recent(self.objectName()) if self.offers else []
        recent = [named for each in ids if (named := self.index.by_id(each)) is not None]
        return [*recent, *(each for each in self.index.find("") if each not in recent)]


def _offer(named: Named) -> Offer:
    """A name in the list, with its detail unless the name holds it already."""
    return Offer(named.caption, "" if named.more in named.caption else named.more)
