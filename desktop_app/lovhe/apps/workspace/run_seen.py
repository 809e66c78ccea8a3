"""What could be seen of a program that ran: how its pins changed, what it printed, its readings. It outlives the forms that show it."""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Iterable

import msgspec

from lovhe.apps.language import t
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.readings import read_line
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_, Localized, Text
from lovhe.core.shown_text import harmless

_LINES = 3
_LONGEST = 200
_NEWEST = 5
_MOST_NAMES = 12
_FULL_DUTY = 65_535
_FIRST_SHARES = 3
_SWITCHED = ("led", "relay", "active-buzzer")
"""Models of parts that are on or off with one pin."""


class Wave(msgspec.Struct):
    """A pin's PWM: how often it began after a silence, its first duties and the last in percent, and whether others lie between."""

    begun: int = 0
    shares: list[int] = []
    left_out: bool = False

    def set(self, share: int) -> None:
        """Another duty; the same again is none."""
        if self.shares and self.shares[-1] == share:
            return
        self.begun += share > 0 and not (self.shares and self.shares[-1])
        if len(self.shares) > _FIRST_SHARES:
            self.shares.pop()
            self.left_out = True
        self.shares.append(share)


class RunSummary(msgspec.Struct):
    """A run in few words: by GPIO number how often it changed and its last level, the last printed lines, how it ended ("": not yet).

    `coloured` are the GPIO numbers of strips that were given colours, `waves` has what was done by PWM, by GPIO number.
    """

    pins: dict[str, tuple[int, int]] = {}
    printed: list[str] = []
    ended: str = ""
    coloured: list[int] = []
    waves: dict[str, Wave] = {}


class Series(msgspec.Struct):
    """The readings of one name: how many there were, and the newest ones."""

    count: int = 0
    newest: list[float] = []


class RunSeen:
    """One step's last run. `any` is whether there was one."""

    def __init__(self) -> None:
        self.begin()
        self.any = False

    def begin(self) -> None:
        """A run begins: nothing of the one before stays."""
        self.any = True
        self.series: dict[str, Series] = {}
        self._pins: dict[int, tuple[int, int]] = {}
        self._printed: deque[str] = deque(maxlen=_LINES)
        self._open, self._ended = "", ""
        self._coloured: set[int] = set()
        self._waves: dict[int, Wave] = {}

    def add(self, events: Iterable[Event]) -> None:
        """Take what happened."""
        for event in events:
            match event.kind, event.args:
                case "begin", _:
                    self.begin()
                case "level", [*pairs]:
                    for gpio, level in zip(pairs[::2], pairs[1::2], strict=False):
                        self._level(int(gpio), int(level))
                case "neo", [int(gpio), *_]:
                    self._coloured.add(gpio)
                case "pwm", [int(gpio), int(freq_hz), int(duty), *_]:
                    self._waves.setdefault(gpio, Wave()).set(round(100 * duty / _FULL_DUTY) if freq_hz else 0)
                case "text", [str(text), *_]:
                    self._text(text)
                case "show", [dict() as readings, *_]:
                    for name, value in readings.items():
                        if isinstance(value, int | float):
                            self._reading(str(name), float(value))
                case "end", [str(status), *_]:
                    self._ended = status
                case "gone" | "stuck", _:
                    self._ended = event.kind

    @property
    def summary(self) -> RunSummary:
        """In few words."""
        printed = [*self._printed, *([self._open] if self._open.strip() else [])][-_LINES:]
        pins = {str(gpio): seen for gpio, seen in sorted(self._pins.items())}
        waves = {str(gpio): copy.deepcopy(wave) for gpio, wave in sorted(self._waves.items())}
        return RunSummary(pins, printed, self._ended, sorted(self._coloured), waves)

    def _level(self, gpio: int, level: int) -> None:
        changes, before = self._pins.get(gpio, (0, level))
        self._pins[gpio] = changes + (level != before), level

    def _text(self, text: str) -> None:
        *whole, self._open = (self._open + text).replace("\r", "").split("\n")
        for line in whole:
            if line.strip():
                self._printed.append(line[:_LONGEST])
            for reading in read_line(line):
                self._reading(reading.name, reading.value)
        self._open = self._open[:_LONGEST]

    def _reading(self, name: str, value: float) -> None:
        if name not in self.series and len(self.series) >= _MOST_NAMES:
            return
        series = self.series.setdefault(name, Series())
        series.count += 1
        series.newest = [*series.newest, value][-_NEWEST:]


def summary_sentences(lesson: Lesson, summary: RunSummary) -> list[Text | str]:
    """What happened in a run, a line each."""
    parts: dict[int, str] = {}
    models: dict[int, str] = {}
    for wired in lesson.wired.values():
        for wire in wired.wires.values():
            same = sum(other.part.id == wired.part.id for other in lesson.wired.values()) > 1
            parts[wire.gpio] = f"{t(Localized(wired.part.names))} “{wired.id}”" if same else t(Localized(wired.part.names))
            models[wire.gpio] = wired.part.model
    said: list[Text | str] = []
    said += [N_("{part}: was given colours (Shift+F8 shows them)", part=parts.get(number, f"GPIO{number}")) for number in summary.coloured]
    said += [
        sentence
        for gpio, wave in summary.waves.items()
        if (sentence := _wave_sentence(wave, parts.get(int(gpio), f"GPIO{gpio}"), models.get(int(gpio), ""))) is not None
    ]
    for gpio, (changes, level) in summary.pins.items():
        part = parts.get(int(gpio), f"GPIO{gpio}")
        more_than_a_level = int(gpio) in summary.coloured or gpio in summary.waves
        if more_than_a_level or (changes <= 1 and models.get(int(gpio), "led") not in _SWITCHED):
            continue  # its level alone says nothing of what the part does
        if changes > 1:
            said.append(N_("{part}: changed {n} time", "{part}: changed {n} times", n=changes, part=part))
        elif changes and level:
            said.append(N_("{part}: went on once, and stayed on", part=part))
        elif changes:
            said.append(N_("{part}: went off once, and stayed off", part=part))
        elif level:
            said.append(N_("{part}: on all the time", part=part))
        else:
            said.append(N_("{part}: off all the time", part=part))
    if summary.printed:
        said.append(N_("It printed:"))
        said += [f"  {harmless(line)}" for line in summary.printed]
    if summary.ended == "error":
        said.append(N_("It ended with an error: the panel below says which."))
    elif summary.ended == "done":
        said.append(N_("The program came to its end."))
    return said


def _wave_sentence(wave: Wave, part: str, model: str) -> Text | None:
    """What a light or a buzzer did by PWM; None for parts of which a duty says nothing, such as a servo."""
    if model == "led":
        shares = [f"{share} %" for share in wave.shares]
        if wave.left_out:
            shares.insert(_FIRST_SHARES, "…")
        return N_("{part}: its brightness was {row}", part=part, row=" → ".join(shares))
    if model != "buzzer":
        return None
    if not wave.begun:
        return N_("{part}: made no sound", part=part)
    return N_("{part}: sounded {n} time", "{part}: sounded {n} times", n=wave.begun, part=part)
