"""A mark that a teacher sets by hand, with the reason."""

from __future__ import annotations

import unicodedata

import msgspec

from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.shown_text import harmless

MOST_REASON_LETTERS = 200
_MOST_DIGITS = 9


class Correction(msgspec.Struct, frozen=True):
    """The points that a pupil has in a lesson because a teacher says so; None takes back what was said before."""

    pupil_id: str
    lesson_id: str
    points: int | None
    reason: str
    when_utc: str


class CorrectionNote(msgspec.Struct, frozen=True):
    """The same as it is kept, in the note of an audit entry."""

    lesson: str
    points: int | None
    reason: str


def check_reason(typed: str) -> str:
    """A reason as it is kept. Raises `InputError` for none, and for one that is too long."""
    reason = " ".join(unicodedata.normalize("NFC", harmless(typed)).split())
    if not reason:
        raise InputError(N_("A correction needs a reason."), N_("Write why the points are others: the reason is kept with them."))
    if len(reason) > MOST_REASON_LETTERS:
        raise InputError(N_("The reason is too long."), N_("Write it in {n} letters at most.", n=MOST_REASON_LETTERS))
    return reason


def check_points(points: int, total: int) -> int:
    """Points that a lesson can have. Raises `InputError`."""
    if not 0 <= points <= total:
        raise InputError(
            N_("{points} points cannot be had in this lesson.", points=points), N_("Give a number from 0 to {total}.", total=total)
        )
    return points


def points_typed(typed: str, total: int) -> int:
    """Points as somebody typed them. Raises `InputError` for what is no number, and for points that a lesson cannot have."""
    if not typed.isdecimal() or len(typed) > _MOST_DIGITS:
        raise InputError(
            N_("“{points}” is no number of points.", points=harmless(typed[:40])), N_("Give a number from 0 to {total}.", total=total)
        )
    return check_points(int(typed), total)
