"""Reading JSON that somebody else wrote."""

from __future__ import annotations

import json
from typing import Any

_DIGITS = 18


class HostileJson(ValueError):
    """No program of ours writes such JSON."""


def loads(text: bytes) -> object:
    """Read UTF-8 JSON, refusing what JSON allows but no packet holds.

    Raises:
        HostileJson: not JSON; NaN, infinities, fractions or huge numbers; a name twice; lone
            surrogates; too deep.
    """
    try:
        found: object = json.loads(
            text.decode("utf-8"),
            parse_constant=_refused,
            parse_float=_refused,
            parse_int=_integer,
            object_pairs_hook=_object,
        )
        return found
    except (ValueError, RecursionError) as error:
        raise HostileJson(str(error)) from error


def _refused(text: str) -> None:
    raise HostileJson(f"{text[:20]} is no value of ours")


def _integer(text: str) -> int:
    if len(text) > _DIGITS:
        raise HostileJson("a huge number")
    return int(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise HostileJson("a name twice")
    return found
