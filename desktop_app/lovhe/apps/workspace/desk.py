"""What stays where it was when the app, or the power, goes away: who is here, the open lesson, the language, the looks."""

from __future__ import annotations

import msgspec

from lovhe.core.decoding import decode_json
from lovhe.core.pupils.group import Group

_SAME_LESSON_S = 2 * 3600.0


class Desk(msgspec.Struct):
    """The state of the app that outlives it. `lesson` is the open lesson's id, "" in the list; `step` the step that is shown.

    `text_language` is what this group reads the lessons in, "" for the app's language.

    `cursor` is where the cursor stands in that step's program, row and column. `places` has, for each lesson this group has opened, the
    step they were at, the lesson opened last at the end. `folded` are the ids of folded panels. `class_name` is the class that was here
    last, which stays when its pupils go. `guarded` is whether somebody of the group has shown a secret to sit here.
    `lessons_folder` is the one whose lessons were written last.
    """

    language: str = ""
    text_language: str = ""
    theme: str = ""
    group: Group | None = None
    lesson: str = ""
    step: str = ""
    cursor: tuple[int, int] = (0, 0)
    places: dict[str, str] = {}
    folded: list[str] = []
    class_name: str = ""
    guarded: bool = False
    lessons_folder: str = ""

    def sit_down(self, group: Group, guarded: bool = False) -> None:
        """Somebody else sits here: nothing of those before them is left."""
        self._clear()
        self.guarded, self.group = guarded, group
        if group.pupils:
            self.class_name = group.pupils[0].class_name

    def stand_up(self) -> None:
        """Nobody is here."""
        self._clear()

    def begin_with(self, language: str, theme: str) -> None:
        """Nobody is here: who comes next begins in this language and with these looks, "" for those that are there."""
        self.language, self.theme = language or self.language, theme or self.theme

    def _clear(self) -> None:
        self.group, self.lesson, self.step, self.cursor, self.places = None, "", "", (0, 0), {}
        self.guarded, self.text_language = False, ""

    def wake(self, since_s: float) -> None:
        """The app is there again, `since_s` after the desk was kept last: a power cut leads back, but not those who come later."""
        if self.guarded and not 0 <= since_s <= _SAME_LESSON_S:
            self.stand_up()

    def close(self) -> None:
        """The app was closed by hand: who had to show a secret shows it again."""
        if self.guarded:
            self.stand_up()

    def open(self, lesson: str, step: str) -> None:
        """The lesson and the step that are shown now."""
        if (lesson, step) != (self.lesson, self.step):
            self.cursor = 0, 0
        self.lesson, self.step = lesson, step
        self.places.pop(lesson, None)
        self.places[lesson] = step


def read_desk(data: bytes) -> Desk:
    """The stored desk; a new one where the bytes are none."""
    try:
        return decode_json(data, Desk)
    except msgspec.MsgspecError:
        return Desk()


def desk_bytes(desk: Desk) -> bytes:
    """For storing."""
    return msgspec.json.encode(desk)
