"""The editor of a link: a name is typed, the record behind it is the value."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from liaison_desk.domain.fields import WrongText
from liaison_desk.domain.registry import BY_TABLE
from liaison_desk.ui.editor import Editor, hint_of
from liaison_desk.ui.input_method import guard_composing
from liaison_desk.ui.name_index import NameIndex
from liaison_desk.ui.new_records import new_called
from liaison_desk.ui.suggest_line import Offer, SuggestLine, pick_first

if TYPE_CHECKING:
    from liaison_desk.domain.fields import Link
    from liaison_desk.domain.record import Record
    from liaison_desk.ui.asker import Asker
    from liaison_desk.ui.field_offers import FieldOffers
    from liaison_desk.ui.name_index import Named

Choices = Callable[[str], list[tuple[str, str]]]
"""The ids and captions a link to a table can choose from; asked on any thread."""
_Read = tuple[list[tuple[str, str]], NameIndex]
"""The choices, and the index of them."""
NAMED_ON_THE_SPOT = {"person", "agency", "village", "topic"}
"""Tables whose records a clerk may bring into being by typing a new name into a link."""
_KNOWN_SHORT = {"agency"}
"""Tables whose records are called by their detail as well: the short name of an agency."""


class LinkLine(SuggestLine):
    """The line of a link; the names are read when the cursor comes, and spelt in idle moments."""

    def __init__(self, editor: LinkEditor) -> None:
        super().__init__(editor.offered, first=pick_first, has_arrow=True)
        self._editor = editor

    def warm(self) -> bool:
        """Spell some names, once they are read."""
        return not self.isReadOnly() and self._editor.warm()

    def take_suggestion(self) -> bool:
        """Somebody who types faster than names are read still gets the one meant."""
        if self.isModified() and self._editor.is_waiting():
            self._editor.wait()
        return super().take_suggestion()

    def names_are_here(self) -> None:
        """Offer what is meant by what was typed meanwhile."""
        if self.hasFocus():
            if self.isModified():
                self.suggest_for_typed()
            self.get_ready()


class LinkEditor(Editor):
    """Another record, picked by typing part of its name, its pinyin or initials.

    A name that is not known may be a new record; that is said beside the field, with the known
    names that it may be a misspelling of. The names are read when the field is first entered, and
    many of them off the UI thread: until then only the linked one is known.
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
        self._is_stale = True
        self._asker: Asker | None = None
        guard_composing(self.line)
        self.line.setPlaceholderText(kind.hint)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.editingFinished.connect(self.left)

    def fill(self) -> None:
        """What there is now may be other names; they are read when they are asked for."""
        self._new = None
        self._is_stale = True
        if self._asker is not None:
            self._asker.give_up()

    @property
    def index(self) -> NameIndex:
        """The names to choose from, read now if need be."""
        if self._index is None or self._is_stale:
            self._take(self._read())
        assert self._index is not None
        return self._index

    def is_waiting(self) -> bool:
        """Whether the names are being read."""
        return self._asker is not None and self._asker.is_busy

    def wait(self) -> None:
        """Go on only when the names are read."""
        if self._asker is not None:
            self._asker.give_up()
        self._take(self._read())
        self.line.suggest_for_typed()

    def warm(self) -> bool:
        """Read the names, or spell some that are read; False while there is nothing to spell."""
        if self.is_waiting():
            return False
        is_read = self._index is not None and not self._is_stale
        if is_read or self.offers is None or self.offers.is_quick(self._to):
            return self.index.warm()
        if self._asker is None:
            self._asker = self.offers.asker(self)
            self._asker.answered.connect(self._take_read)
        self._asker.ask(self._read_whole, at_once=False)
        return False

    def set_offers(self, offers: FieldOffers) -> None:
        """Know what tells namesakes apart."""
        super().set_offers(offers)
        self._offered = None
        self.fill()

    def offered(self, typed: str) -> list[Offer]:
        """What may be meant; for "" what was linked last, then everything."""
        if self.is_waiting():
            return []
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
        name = self._name_of(value) if value else ""
        self._chosen = (value, name) if name else None
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
            self._new = new_called(BY_TABLE[self._to], name)
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

    def _name_of(self, record_id: str) -> str:
        """What the record is called here."""
        if self.offers is not None:
            return self.offers.name_of(self._to, record_id)
        named = self.index.by_id(record_id)
        return named.caption if named is not None else ""

    def _read(self) -> _Read:
        """The names there are now, put in order; on any thread."""
        choices = self._choices(self._to)
        if choices is self._offered and self._index is not None:
            return choices, self._index
        details = self.offers.details(self._to) if self.offers else {}
        return choices, NameIndex.of(choices, details)

    def _read_whole(self) -> _Read:
        """The names, spelt as well."""
        choices, index = self._read()
        return choices, index.prepare()

    def _take(self, read: _Read) -> None:
        """Search these names from now on."""
        self._offered, self._index = read
        self._is_stale = False

    def _take_read(self, read: _Read) -> None:
        """The names were read while the window went on."""
        self._take(read)
        self.line.names_are_here()

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
