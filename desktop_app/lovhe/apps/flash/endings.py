"""What is to be told of boards whose flash has ended: their troubles and what helps, and what happened on the way."""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.apps.flash.sentences import put_together, said_of
from lovhe.core.messages import Text
from lovhe.services.flash.flashing import FlashResult


def told_troubles(results: Sequence[FlashResult]) -> list[tuple[str, list[Text]]]:
    """For each different trouble: the labels of all boards that have it, then what happened and what to do next."""
    return put_together(
        said_of(one.board, end_label(one), (one.error.what, one.error.next_step), one.mac) for one in results if one.error is not None
    )


def told_notes(results: Sequence[FlashResult]) -> list[tuple[str, list[Text]]]:
    """What happened on the way to boards that did not fail, each with the labels of those boards; of the others there is more to say."""
    told = [one for one in results if one.error is None]
    return put_together(said_of(one.board, end_label(one), (note,), one.mac) for one in told for note in one.notes)


def end_label(result: FlashResult) -> str:
    """What a user knows the board by, now that its flash has ended."""
    return result.name or result.board.shown
