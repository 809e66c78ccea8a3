"""What a teacher has settled for a PC. Pupils' screens ask it; only the teacher's side changes it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from lovhe.core.decoding import decode_json
from lovhe.core.lessons.hint_rule import HintRule
from lovhe.core.pupils.pupil import SecretKind

LanguageCode = Literal["az", "ru", "en"]

_Count = Annotated[int, msgspec.Meta(ge=0, le=1000)]
_Word = Annotated[str, msgspec.Meta(max_length=100)]


class TeacherSettings(msgspec.Struct, frozen=True):
    """As Lövhə is where nobody has settled anything.

    `language` is what the app begins with, "" for what was spoken last; F3 goes round `languages`. `theme` is how it looks when it
    begins, "" for how it looked last. `board` is the kind of a new virtual board, "" for the one a lesson is written for. `most_hints` of
    a check may be taken, None for all, each `hint_wait_min` minutes after the failure or the hint before it. `secret_kind` is for new
    classes. After `backup_reminder_days` without a copy of the results the teacher is reminded, 0 for never. After `idle_min` minutes
    without a key the teacher's side closes.
    """

    language: LanguageCode | Literal[""] = ""
    languages: Annotated[tuple[LanguageCode, ...], msgspec.Meta(min_length=1, max_length=3)] = ("az", "ru", "en")
    theme: _Word = ""
    board: _Word = ""
    most_hints: _Count | None = None
    hint_wait_min: _Count = 0
    secret_kind: SecretKind = "none"
    backup_reminder_days: _Count = 7
    idle_min: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 15

    @property
    def hint_rule(self) -> HintRule:
        """What holds for pupils' hints."""
        return HintRule(self.most_hints, self.hint_wait_min * 60.0)

    def language_after(self, code: str) -> str:
        """Where F3 leads from `code`; to itself where there is no other one."""
        codes: list[str] = [*self.languages]
        return codes[(codes.index(code) + 1) % len(codes)] if code in codes else codes[0]


def read_settings(data: bytes) -> TeacherSettings:
    """The settings that are kept. Raises `msgspec.MsgspecError` where the bytes are none."""
    return decode_json(data, TeacherSettings)


def settings_bytes(settings: TeacherSettings) -> bytes:
    """For keeping."""
    return msgspec.json.format(msgspec.json.encode(settings))
