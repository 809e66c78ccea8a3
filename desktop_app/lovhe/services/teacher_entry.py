"""The teacher goes in. A try is counted before it is looked at, so that pulling the plug takes back none."""

from __future__ import annotations

import datetime

from lovhe.core.passphrase import WAITS_S, as_meant, check_new
from lovhe.core.pupils.secrets import wait_s
from lovhe.services.ports.pupils import KeptSecret
from lovhe.services.ports.teacher_door import Hashing, TeacherDoor
from lovhe.services.signing_in import Tried


def is_chosen(door: TeacherDoor) -> bool:
    """Whether there is a passphrase on this PC. Raises `ResultsError`."""
    return bool(door.kept().hashed)


def choose_passphrase(door: TeacherDoor, hashing: Hashing, typed: str) -> None:
    """Keep a new passphrase, as a hash. Raises `InputError` for one that is too easy, `ResultsError`."""
    door.choose(hashing.hashed(check_new(typed)))


def must_wait_s(door: TeacherDoor, now: datetime.datetime) -> float:
    """How long the next try has to wait, in seconds. Raises `ResultsError`."""
    return _left_s(door.kept(), now)


def show_passphrase(door: TeacherDoor, hashing: Hashing, typed: str, now: datetime.datetime) -> Tried:
    """Look whether it is the passphrase. Takes a tenth of a second or more. Raises `ResultsError`."""
    kept = door.kept()
    left_s = _left_s(kept, now)
    if left_s > 0:
        return Tried(False, left_s)
    door.note_try(right=False, when_utc=now.isoformat())
    if not hashing.fits(as_meant(typed), kept.hashed):
        return Tried(False, wait_s(kept.wrong + 1, 0.0, WAITS_S))
    door.note_try(right=True, when_utc=now.isoformat())
    return Tried(True)


def _left_s(kept: KeptSecret, now: datetime.datetime) -> float:
    if not kept.wrong_utc:
        return 0.0
    return wait_s(kept.wrong, (now - datetime.datetime.fromisoformat(kept.wrong_utc)).total_seconds(), WAITS_S)
