"""Whether a virtual board's part shows what a step expects to be seen: its state, moment by moment, held against `expect-look`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lovhe.core.amounts import parse_amount
from lovhe.core.checks.check_steps import ExpectLook

_MOST_TOLD = 6
"""Different values of a state that are told when the right ones did not come."""


class LookTally:
    """What one part has shown during one step."""

    def __init__(self, look: ExpectLook) -> None:
        self._missing = [(name, value) for name, values in look.shows.items() for value in values]
        self._names = list(look.shows)
        self._told: list[str] = []

    def add(self, state: Mapping[str, Any]) -> None:
        """Take the part's state of one moment; an empty one is that of a part which is not there."""
        self._missing = [(name, value) for name, value in self._missing if name not in state or not _shows(state[name], value)]
        told = ", ".join(f"{name}: {_brief(state[name])}" for name in self._names if name in state)
        if told and told not in self._told and len(self._told) < _MOST_TOLD:
            self._told.append(told)

    @property
    def complete(self) -> bool:
        """Whether everything has been seen."""
        return not self._missing

    @property
    def told(self) -> str:
        """The different states that were seen; "" for a part that shows nothing."""
        return "; ".join(self._told)


def _shows(value: object, expected: bool | str) -> bool:
    if isinstance(expected, bool) or isinstance(value, bool):
        return value is expected
    if isinstance(value, int | float):
        return parse_amount(expected).contains(value)
    return value is not None and expected in _text(value)


def _text(value: object) -> str:
    """All texts in a value, one a line."""
    if isinstance(value, Mapping):
        return "\n".join(_text(inner) for inner in value.values())
    if isinstance(value, list | tuple):
        return "\n".join(_text(inner) for inner in value)
    return str(value)


def _brief(value: object) -> str:
    """A value in a few letters."""
    if isinstance(value, Mapping):
        return "…"
    if isinstance(value, list | tuple):
        return " ".join(dict.fromkeys(str(inner).strip() for inner in value))[:60]
    return {True: "+", False: "–", None: "–"}.get(value, str(value)) if value is None or isinstance(value, bool) else str(value)
