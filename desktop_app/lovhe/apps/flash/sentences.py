"""What is true of many boards is said once: sentences that differ in the boards' names alone are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lovhe.core.messages import Localized, Message, Text
from lovhe.services.ports import BoardInfo

_PAIR = 2
_FEW = 4
"""So many boards are all named within one sentence."""


class Said(NamedTuple):
    """Sentences about one board; `names` are all that it may be called in them."""

    label: str
    names: frozenset[str]
    texts: tuple[Text, ...]


def said_of(board: BoardInfo, label: str, texts: Iterable[Text], mac: str = "") -> Said:
    """`texts` about `board`, which a user knows as `label`."""
    return Said(label, frozenset({board.serial_port, board.name, board.shown, label, mac or board.mac}), tuple(texts))


def put_together(said: Iterable[Said]) -> list[tuple[str, list[Text]]]:
    """For each different thing that is said: the labels of all boards it is said of, and the sentences for them together."""
    groups: dict[str, list[Said]] = {}
    for each in said:
        groups.setdefault(repr([_gist(text, each.names) for text in each.texts]), []).append(each)
    return [
        (
            in_short(each.label for each in group),
            [_of_all(texts) for texts in zip(*(each.texts for each in group), strict=True)],
        )
        for group in groups.values()
    ]


def in_short(labels: Iterable[str]) -> str:
    """The labels in a row; three and more with numbers that follow each other as "7A-1 … 7A-28"."""
    runs: list[list[str]] = []
    for label in dict.fromkeys(labels):
        if runs and _next_of(runs[-1][-1]) == label:
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(f"{run[0]} … {run[-1]}" if len(run) > _PAIR else ", ".join(run) for run in runs)


def _next_of(label: str) -> str:
    """The label with the next number: COM10 after COM9; "" where there is no number at the end."""
    found = re.fullmatch(r"(.*?)(\d+)", label)
    return f"{found[1]}{int(found[2]) + 1}" if found else ""


def _gist(text: Text, names: frozenset[str]) -> str:
    """What `text` says, whichever board it says it of."""
    if isinstance(text, Localized):
        return repr(text)
    params = {}
    for name, value in text.params.items():
        params[name] = _gist(value, names) if isinstance(value, Text) else "" if value in names else value
    return repr((text.text, sorted(params.items())))


def _of_all(texts: Sequence[Text]) -> Text:
    """One sentence for several boards: where the boards' sentences differ, which is in their names, all of them stand."""
    messages = [text for text in texts if isinstance(text, Message)]
    if not messages:
        return texts[0]
    first = messages[0]
    return Message(first.text, {name: _joined([text.params[name] for text in messages]) for name in first.params}, first.plural)


def _joined(values: Sequence[object]) -> object:
    sentences = [value for value in values if isinstance(value, Text)]
    if sentences:
        return _of_all(sentences)
    different = list(dict.fromkeys(values))
    if len(different) == 1:
        return different[0]
    names = [str(value) for value in different]
    return ", ".join(names) if len(names) <= _FEW else f"{names[0]} … {names[-1]}"
