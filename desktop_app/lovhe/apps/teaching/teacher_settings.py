"""What a teacher can settle for a PC: each thing with its name, what it means, and the values there are to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import msgspec

from lovhe.apps.language import LANGUAGES, key, t
from lovhe.apps.lesson_view import LANGUAGE_NAMES
from lovhe.core.circuits.hardware import Board
from lovhe.core.messages import N_, Localized
from lovhe.core.teacher_settings import TeacherSettings


class Setting(NamedTuple):
    """One thing. `id` is the field of `TeacherSettings`, `shown` gives the words for any value, also one that is not among `values`."""

    id: str
    name: str
    what: str
    values: Sequence[Any]
    shown: Callable[[Any], str]

    def now(self, settings: TeacherSettings) -> Any:
        """Its value."""
        return getattr(settings, self.id)

    def settle(self, settings: TeacherSettings, value: Any) -> TeacherSettings:
        """The settings with that value."""
        return msgspec.structs.replace(settings, **{self.id: value})


def all_settings(themes: Mapping[str, str], boards: Mapping[str, Board]) -> list[Setting]:
    """In the order in which they are shown. `themes` are words for looks by name; both hold what there is to choose from."""
    rounds = [some for count in range(len(LANGUAGES), 0, -1) for some in combinations(LANGUAGES, count)]
    return [
        Setting("language", key("First language"), _LANGUAGE, ["", *LANGUAGES], _or_last(LANGUAGE_NAMES)),
        Setting("languages", key("Languages of F3"), _LANGUAGES, rounds, lambda codes: " · ".join(LANGUAGE_NAMES[code] for code in codes)),
        Setting("theme", key("Looks"), _THEME, ["", *themes], _or_last({name: t(words) for name, words in themes.items()})),
        Setting("most_hints", key("Hints for a check"), _MOST_HINTS, [0, 1, 2, 3, None], _hints),
        Setting("hint_wait_min", key("Wait for a hint"), _HINT_WAIT, [0, 1, 2, 5], _wait),
        Setting("secret_kind", key("New classes show"), _SECRET, list(_SECRET_WORDS), lambda kind: t(_SECRET_WORDS[kind])),
        Setting("board", key("New virtual boards"), _BOARD, ["", *boards], lambda kind: _board(kind, boards)),
        Setting("backup_reminder_days", key("Reminder to copy"), _REMINDER, [0, 1, 3, 7, 14, 30], _days),
        Setting("idle_min", key("Teacher's side closes"), _IDLE, [5, 10, 15, 30, 60], _minutes),
    ]


_LANGUAGE = key("In what language Lövhə begins: when it opens, and each time somebody has left.")
_LANGUAGES = key("The languages that pupils can choose from with F3 and in the menu (F2).")
_THEME = key("How Lövhə looks when it opens, and each time somebody has left. Pupils can choose other looks in the menu (F2).")
_MOST_HINTS = key("How many hints of each check pupils can take with F7.")
_HINT_WAIT = key("How long pupils try by themselves: after a check failed, and after each hint, the next hint waits so long.")
_SECRET = key("How pupils of a class that is added from now on show that it is they.")
_BOARD = key("What kind of board the computer plays, for lessons that fit it. Choose the kind that your class has.")
_REMINDER = key("After so many days without a copy of the results on a USB stick you are reminded.")
_IDLE = key("So long without a key or the mouse, and this side closes by itself, so that no pupil finds it open.")
_SECRET_WORDS = {"none": key("nothing"), "pin": key("four digits"), "pictures": key("three pictures")}


def _or_last(words: Mapping[str, str]) -> Callable[[str], str]:
    return lambda value: words.get(value, value) if value else t(key("as it was last"))


def _hints(most: int | None) -> str:
    if most is None:
        return t(key("all that there are"))
    return t(N_("{n} hint", "{n} hints", n=most)) if most else t(key("no hints"))


def _wait(minutes: int) -> str:
    return _minutes(minutes) if minutes else t(key("at once"))


def _minutes(minutes: int) -> str:
    return t(N_("after {n} minute", "after {n} minutes", n=minutes))


def _days(days: int) -> str:
    return t(N_("after {n} day", "after {n} days", n=days)) if days else t(key("never"))


def _board(kind: str, boards: Mapping[str, Board]) -> str:
    if not kind:
        return t(key("as the lesson is written for"))
    return t(Localized(boards[kind].names)) if kind in boards else kind
