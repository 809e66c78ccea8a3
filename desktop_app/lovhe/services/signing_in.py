"""A pupil shows that it is they. A try is counted before it is looked at, so that pulling the plug takes back none."""

from __future__ import annotations

import datetime
import os

import msgspec

from lovhe.core.pupils.secrets import SALT_BYTES, fits, hashed, wait_s
from lovhe.services.ports.pupils import KeptSecret, Roster


class Tried(msgspec.Struct, frozen=True):
    """How a try ended. `wait_s` is how long the next one has to wait; a try that came too early was not looked at."""

    right: bool
    wait_s: float = 0.0


def has_secret(roster: Roster, pupil_id: str) -> bool:
    """Whether the pupil has chosen a secret already. Raises `ResultsError`."""
    return bool(roster.secret(pupil_id).hashed)


def choose_secret(roster: Roster, pupil_id: str, secret: str) -> None:
    """Keep what a pupil has chosen, as a hash. Raises `ResultsError`."""
    roster.set_secret(pupil_id, hashed(secret, os.urandom(SALT_BYTES)))


def must_wait_s(roster: Roster, pupil_id: str, now: datetime.datetime) -> float:
    """How long the pupil has to wait before the next try, in seconds. Raises `ResultsError`."""
    return _left_s(roster.secret(pupil_id), now)


def show_secret(roster: Roster, pupil_id: str, secret: str, now: datetime.datetime) -> Tried:
    """Look whether it is the pupil's secret. Takes some 50 ms. Raises `ResultsError`."""
    kept = roster.secret(pupil_id)
    left_s = _left_s(kept, now)
    if left_s > 0:
        return Tried(False, left_s)
    roster.note_try(pupil_id, right=False, when_utc=now.isoformat())
    if not fits(secret, kept.hashed):
        return Tried(False, wait_s(kept.wrong + 1, 0.0))
    roster.note_try(pupil_id, right=True, when_utc=now.isoformat())
    return Tried(True)


def _left_s(kept: KeptSecret, now: datetime.datetime) -> float:
    if not kept.wrong_utc:
        return 0.0
    return wait_s(kept.wrong, (now - datetime.datetime.fromisoformat(kept.wrong_utc)).total_seconds())
