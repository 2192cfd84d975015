"""The parts of a .docx or .xlsx as trees that are written back as they were but for the changes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, TypeGuard
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.minidom import parseString

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.dom.minidom import Document, Element

    from liaison_desk.exports.office_file import OfficeFile

DOM_LIMIT = 16 * 1024 * 1024
"""Bytes of one part; a form of a hundred sheets of paper takes a tenth."""
_BREAK = "\ufdd0"
"""Stands for a line break while a tree is written; no text holds it, it is no character."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def read_dom(file: OfficeFile, part: str) -> Document:
    """A part as a tree.

    Raises:
        FileUnusable: it is not well formed, too large, or declares entities that would grow.
    """
    if len(file.parts[part]) > DOM_LIMIT:
        raise file.refusing.too_large()
    try:
        document: Document = parseString(file.parts[part], forbid_dtd=True)
    except DefusedXmlException as error:
        raise file.refusing.unsafe() from error
    except (ExpatError, ValueError) as error:
        raise file.refusing.damaged() from error
    return document


def write_dom(document: Document) -> bytes:
    """A tree as a part; line breaks in attributes (hints of cells have some) are kept."""
    for each in elements(document, "*"):
        for name, value in each.attributes.items():
            if "\n" in value:
                each.setAttribute(name, value.replace("\n", _BREAK))
    written: bytes = document.toxml(encoding="UTF-8", standalone=True)
    return written.replace(_BREAK.encode(), b"&#10;")


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def root_of(document: Document) -> Element:
    """The element that holds all others."""
    root = document.documentElement
    assert root is not None
    return root


def elements(node: Document | Element, name: str) -> list[Element]:
    """All elements in a node with a name, whatever its prefix."""
    return list(node.getElementsByTagNameNS("*", name))


def children(node: Element, name: str) -> list[Element]:
    """The elements right below a node with a name, or * for any."""
    return [e for e in node.childNodes if is_element(e) and name in {"*", e.localName}]


def child(node: Element, name: str) -> Element | None:
    """The first element right below a node with a name."""
    return next(iter(children(node, name)), None)


def is_element(node: object) -> TypeGuard[Element]:
    """Whether a node is an element, rather than text or a comment."""
    return getattr(node, "nodeType", None) == 1


def text_of(node: Element) -> str:
    """The text right below a node."""
    return "".join(str(each.nodeValue or "") for each in node.childNodes)


def set_text(node: Element, text: str) -> None:
    """Write a text into a node, its blanks kept."""
    clear(node)
    plain = _UNSEEN.sub("", text)
    if plain != plain.strip() or "\n" in plain:
        node.setAttribute("xml:space", "preserve")
    document = node.ownerDocument
    assert document is not None
    node.appendChild(document.createTextNode(plain))


def clear(node: Element) -> None:
    """Take out everything in a node."""
    for each in list(node.childNodes):
        node.removeChild(each)


def drop(node: Element | None) -> None:
    """Take a node out of its tree, if there is one."""
    if node is not None and node.parentNode is not None:
        node.parentNode.removeChild(node)


def copy_of(node: Element) -> Element:
    """A node again with all that is in it, in no tree yet."""
    copied = node.cloneNode(True)
    assert copied is not None
    return copied


def put_before(node: Element, new: Element) -> None:
    """Put a node before another."""
    assert node.parentNode is not None
    node.parentNode.insertBefore(new, node)


def put_after(node: Element, new: Element) -> None:
    """Put a node behind another."""
    holder, then = node.parentNode, node.nextSibling
    assert holder is not None
    holder.insertBefore(new, then)  # type: ignore[arg-type]  # whatever stands there


def make_like(node: Element, name: str) -> Element:
    """A new element of the same namespace and prefix as another."""
    document = node.ownerDocument
    assert document is not None
    full = f"{node.prefix}:{name}" if node.prefix else name
    return document.createElementNS(node.namespaceURI or "", full)


def upwards(node: Element) -> Iterator[Element]:
    """A node and what holds it, up to the root."""
    at: object = node
    while is_element(at):
        yield at
        at = at.parentNode


def above(node: Element, tag: str) -> Element | None:
    """The nearest element with a tag (with its prefix) that holds a node."""
    return next((each for each in upwards(node) if each is not node and each.tagName == tag), None)
