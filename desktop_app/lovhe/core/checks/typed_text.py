"""What was typed to a program is no text of the program's own, though `input()` shows it: its echo is taken out of the evidence.

The board echoes each key, so a typed line ends a line of text: "Code: 1234". It may be cut by frames, so it is looked for over
several events.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from lovhe.core.checks.evidence import Event


def without_echo(events: Sequence[Event]) -> list[Event]:
    """`events` in their order, without the echo of what "type" events say was typed; each typed line is echoed once, at most."""
    if not any(event.kind == "type" for event in events):
        return list(events)
    kept: list[Event] = []
    typed: list[str] = []
    line: list[int] = []  # where in `kept` the pieces of the line at hand are
    for event in events:
        kept.append(event)
        if event.kind == "type":
            typed += event.args[0]
        elif event.kind == "text":
            line.append(len(kept) - 1)
            if event.args[0].endswith("\n"):
                if typed and _cut(kept, line, typed[0]):
                    del typed[0]
                line.clear()
    return kept


def _cut(kept: list[Event], line: Sequence[int], typed: str) -> bool:
    """Take `typed` from the end of a line, whose pieces stand at `line`; whether it was there."""
    if not "".join(kept[place].args[0] for place in line).rstrip("\r\n").endswith(typed):
        return False
    left = len(typed)
    for place in reversed(line):
        text: str = kept[place].args[0]
        end = text[len(text.rstrip("\r\n")) :] if place == line[-1] else ""
        words = text.removesuffix(end)
        cut = min(left, len(words))
        left -= cut
        kept[place] = msgspec.structs.replace(kept[place], args=[words[: len(words) - cut] + end])
    return True
