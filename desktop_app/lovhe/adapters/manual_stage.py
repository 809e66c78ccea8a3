"""The surroundings of a real board: a student changes them when asked, and the evidence shows that it was done.

What the program's trace saw of the part answers: of its pins, or of the readings and texts that the step itself expects. A program
that never looks at a sensor leaves no such evidence; then the student's time runs out, and the check can only say that it could
not tell. Where somebody can answer questions (`person`), they are then asked once whether they have done it: a yes makes what the
board saw count against the part. Of what the part itself never shows, such as the distance before an HC-SR04, they are asked at
once to say when it is so, and not again while it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from lovhe.adapters.manual_evidence import Shows, evidence_of, movement_of
from lovhe.core.checks.check_steps import Step
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.expectations_look import NO, NOBODY, YES, look_question
from lovhe.core.circuits.hardware import Part
from lovhe.core.circuits.surroundings import read_setting
from lovhe.core.lessons.lesson import Lesson, ask_key
from lovhe.core.messages import N_
from lovhe.services.ports import Person

PATIENCE_S = 30.0
"""How long a student has for one change, or for one answer."""


class ManualStage:
    """Fits `services.ports.Stage` and `AskingStage`: real time, and `ask` is called with a whole sentence in `language`."""

    def __init__(
        self,
        lesson: Lesson,
        parts: Mapping[str, Part],
        language: str,
        ask: Callable[[str], None],
        patience_s: float = PATIENCE_S,
        person: Person | None = None,
    ) -> None:
        self._lesson = lesson
        self._parts = parts
        self._language = language
        self._ask = ask
        self._patience_s = patience_s
        self._person = person
        self._began_s = self._deadline_s = self._asked_s = time.monotonic()
        self._levels: dict[int, int] = {}
        self._done: dict[str, str] = {}  # what the person has said to be so
        self._wanted: dict[str, str] = {}  # what was asked for last
        self._part = self._value = ""
        self._shows: Shows | None = None
        self._seen = True
        self._seen_ms: int | None = None
        self._sentence = ""
        self._questioned = False
        self._absent = False

    def begin(self) -> None:
        """A program is about to start."""
        self._began_s = self._deadline_s = time.monotonic()
        self._levels.clear()
        self._done.clear()
        self._wanted.clear()

    def allow(self, duration_ms: int) -> None:
        """Let `duration_ms` go by from now."""
        self._deadline_s = time.monotonic() + duration_ms / 1000

    def reached(self) -> bool:
        """Whether that time is over."""
        return time.monotonic() >= self._deadline_s

    def now_ms(self) -> int:
        """The PC's time since `begin`."""
        return round((time.monotonic() - self._began_s) * 1000)

    def end(self) -> None:
        """The program is over; real time goes on by itself."""

    def set(self, part_id: str, value: str) -> None:
        """Ask the student. Raises `InputError` for an unknown part or value."""
        setting = read_setting(self._parts, self._lesson.file.circuit, part_id, value)
        answered = self._person is not None and not self._absent
        before = self._wanted.get(part_id, "")
        self._wanted[part_id] = value
        self._shows = evidence_of(self._lesson, part_id, value, setting, before=before, answered=answered)
        self._seen = self._is_so(part_id, value)
        self._part, self._value = part_id, value
        self._seen_ms = None
        self._questioned = False
        self._asked_s = time.monotonic()
        if self._seen:
            return
        self._done.pop(part_id, None)
        self._sentence = self._words(part_id, value)
        if self._shows is not None or self._person is None or self._absent:
            self._ask(self._sentence)
            return
        self._questioned = True
        self._person.ask(N_("{asked} Answer yes when it is so.", asked=self._sentence))

    def move(self, part_id: str, how: str, step: Step) -> None:
        """Ask the student for the step's "swing" or "glide"; what no pin tells they have to say when they begin."""
        self._sentence = self._words(part_id, how, step)
        self._shows = movement_of(self._lesson, self._parts, how, step, self._levels)
        self._seen = self._questioned = False
        self._part = self._value = ""
        self._done.clear()
        self._wanted.clear()
        self._seen_ms = None
        self._asked_s = time.monotonic()
        if self._shows is not None or self._person is None or self._absent:
            self._ask(self._sentence)
            return
        self._questioned = True
        self._person.ask(N_("{asked} Answer yes in the moment in which you begin.", asked=self._sentence))

    def observe(self, events: Sequence[Event]) -> None:
        """Look for what was asked, and remember the pins' levels, which are told only when they change."""
        for event in events:
            if event.kind == "level":
                self._levels.update(zip(event.args[::2], event.args[1::2], strict=False))
            if self._shows is not None and self._shows(event) and not self._seen:
                self._seen = True
                self._seen_ms = event.t_ms

    def answer(self) -> bool | None:
        """True when the change was seen, or a person says that it was made; False when the time for it is over, None while waiting."""
        if self._seen:
            return True
        if self._person is None or not self._questioned:
            if self._time_is_over():
                return self._question()
            return None
        said = self._person.answer()
        if said is None and self._time_is_over():
            self._absent = True
            return False
        if said and self._part:
            self._done[self._part] = self._value
        return said

    def seen_ms(self) -> int | None:
        """The board's time at which the evidence showed the change; None where it was so before, or a person said so."""
        return self._seen_ms

    def inquire(self, part: str, see: str) -> None:
        """Ask what can be seen of a part; nobody, if nobody is there."""
        self._asked_s = time.monotonic()
        if self._person is not None and not self._absent:
            self._person.ask(look_question(self._lesson, part, see))

    def said(self) -> str | None:
        """The answer; "" when the time for it is over or nobody is there."""
        if self._person is None or self._absent:
            return NOBODY
        answer = self._person.answer()
        if answer is not None:
            return YES if answer else NO
        self._absent = self._time_is_over()
        return NOBODY if self._absent else None

    def _is_so(self, part_id: str, value: str) -> bool:
        if self._shows is None:
            return self._done.get(part_id) == value
        return any(self._shows(Event(0, "level", [gpio, level])) for gpio, level in self._levels.items())

    def _question(self) -> bool | None:
        """Nothing was seen: ask whether it was done, once, if somebody is there."""
        if self._person is None or self._absent:
            return False
        self._questioned = True
        self._asked_s = time.monotonic()
        self._person.ask(N_("The board has not noticed it: “{asked}” Have you done it?", asked=self._sentence))
        return None

    def _time_is_over(self) -> bool:
        return time.monotonic() - self._asked_s > (0 if self._absent else self._patience_s)

    def _words(self, part_id: str, value: str, step: Step | None = None) -> str:
        """The words for this change in the student's language, if the lesson has them: the step's own check's go before the lesson's."""
        texts = self._lesson.texts
        key = ask_key(part_id, value)
        check_id = next((check.id for check in self._lesson.file.check if any(one is step for one in check.step)), "")
        for language in (self._language, "en", *texts):
            if language not in texts:
                continue
            check = texts[language].checks.get(check_id)
            own: dict[str, str] = check.ask if check is not None else {}
            for asked in (own, texts[language].ask):
                for name, words in asked.items():
                    if "=" in name and ask_key(*name.split("=", 1)) == key:
                        return words
        return key
