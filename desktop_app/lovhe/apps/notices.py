"""Sentences that come up on the way and stop nothing; each is told once a run, and the front end says how."""

from __future__ import annotations

from collections.abc import Callable

from lovhe.core.messages import Text

_tell: Callable[[Text], None] | None = None
_told: list[Text] = []


def show_notices(tell: Callable[[Text], None]) -> None:
    """From now on notices are told by `tell`, and none has been told yet."""
    global _tell
    _tell = tell
    _told.clear()


def notice(*sentences: Text) -> None:
    """Tell what has not been told yet; nothing where no front end listens."""
    for sentence in sentences:
        if _tell is not None and sentence not in _told:
            _told.append(sentence)
            _tell(sentence)


def was_told(sentence: Text) -> bool:
    """Whether the user has read this already."""
    return sentence in _told
