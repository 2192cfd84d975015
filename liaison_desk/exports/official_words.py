"""The words of an official paper as they are printed, whichever way it is set: PDF or Word."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from liaison_desk.exports.content import OfficialPaper, PaperStyle
from liaison_desk.exports.pdf.source import clean, one_line

SINGLE_LINES = frozenset({"mark", "number", "issuer", "main_to", "signature", "printed_by"})
_numbered = re.compile(r"\d{1,2}[.．、]\s*")
_bracketed = re.compile(r"[（(](.*)[）)]", re.DOTALL)
_labelled = re.compile(r"(抄送|主送|分送|发)[：:]")


def printed_words(paper: OfficialPaper) -> OfficialPaper:
    """Return a paper with its words as they stand on it: labels, numbers, brackets and stops.

    Nothing in it is invisible, heads are on one line. 主送机关 ends with a colon (7.3.2), 附件 are
    numbered when several and have no stop (7.3.4), 附注 is in brackets (7.3.6), copies have label
    and stop (7.4.2); 信函 names no printing office (10.1). What is printed already stays as it is.
    """
    values: dict[str, Any] = {}
    for each in fields(paper):
        value = getattr(paper, each.name)
        if isinstance(value, str) and each.name != "style":
            values[each.name] = one_line(value) if each.name in SINGLE_LINES else clean(value)
    main_to = values["main_to"].strip(" \u3000：:")
    is_letter = paper.style is PaperStyle.LETTER
    names = tuple(
        replace(each, label=one_line(each.label), names=clean(each.names))
        for each in paper.name_lists
    )
    values |= {
        "main_to": f"{main_to}：" if main_to else "",
        "attachments": _attachments(paper.attachments),
        "note": _note(paper.note),
        "name_lists": names,
        "copies": tuple(copies_text(line) for line in map(one_line, paper.copies) if line),
        "printed_by": "" if is_letter else values["printed_by"],
        "printed_on": None if is_letter else paper.printed_on,
    }
    return replace(paper, **values)


def enclosure_label(paper: OfficialPaper) -> str:
    """Return the words over the form behind a paper: 附件, or its number in the list (7.3.7)."""
    names = _attachments(paper.attachments)
    if not names or paper.enclosure is None:
        return ""
    if len(names) == 1:
        return "附件"
    title = one_line(paper.enclosure.title)
    numbers = [number for number, name in enumerate(names, 1) if name.endswith(title)]
    return f"附件{(numbers or [1])[0]}"


def copies_text(line: str) -> str:
    """Return a line of copies with its label and its full stop (7.4.2)."""
    label = _labelled.match(line)
    labelled = f"{label.group(1)}：{line[label.end() :]}" if label else f"抄送：{line}"
    return labelled if labelled.endswith("。") else f"{labelled}。"


def _attachments(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names of 附件: numbered when several, no stop after any (7.3.4)."""
    plain = (_numbered.sub("", one_line(name), count=1).rstrip("。；;，,、 ") for name in names)
    known = tuple(filter(None, plain))
    if len(known) < 2:
        return known
    return tuple(f"{number}.{name}" for number, name in enumerate(known, 1))


def _note(note: str) -> str:
    """Return 附注 on one line in round brackets (7.3.6)."""
    text = one_line(note)
    inner = _bracketed.fullmatch(text)
    return f"（{inner.group(1) if inner else text}）" if text else ""
