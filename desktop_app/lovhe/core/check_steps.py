"""One step of a check and what it can expect: the words that lessons and the tests of single parts share."""

from __future__ import annotations

import msgspec


class ExpectPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a part's pin must have done during the step, by the sampled levels.

    `level` ("on" or "off") is what the part shows: an LED wired from 3V3 to the pin is on at a low pin. With `level`, the
    pin must hold it for the whole step after `settle`. The others count inside the step: `toggles` ("≥ 4"), `on-time`,
    `off-time`, `period` ("1 s ± 10 %"), `duty` ("50 % ± 10 %": 40 % to 60 %), `frequency` ("440 Hz ± 5 %", of PWM).
    A part with several pins at the board is named with one of them: "rgb.red".
    """

    part: str
    level: str | None = None
    toggles: str | None = None
    on_time: str | None = None
    off_time: str | None = None
    period: str | None = None
    duty: str | None = None
    frequency: str | None = None


class ExpectReading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A named reading the program reported or printed (`name: value`, `name=value`, `>name:value`).

    `range`: all of them lie in it; `count`: how many come; `agrees-with`: a part that the check's steps set to two values at
    least: the readings follow, all in one direction.
    """

    name: str
    range: str | None = None
    count: str | None = None
    agrees_with: str | None = None


class ExpectText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Text the program printed during the step. `contains` ignores case; `count` is how often ("≥ 3")."""

    contains: str
    count: str | None = None


class ExpectUse(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What the program used while it ran: `part` (read by ADC, DHT or I2C) was read `reads` times ("≥ 10").

    The trace cannot see a program look at a digital input; expect what the program then does.
    """

    part: str
    reads: str = "≥ 1"


class ExpectLook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a person sees or hears of a part during the step, which no pin can tell.

    On a real board a question is asked, the one that the texts have under `[look]` as "part=see", and yes is right. A virtual
    board's part answers itself: each value that `shows` names must have been its own at some moment of the step. A text
    holds for a number in that range ("≥ 140"), and for a text, or a list of texts, in which it is found.
    """

    part: str
    see: str
    shows: dict[str, list[bool | str]]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One step of a check: change the surroundings (`set`), let the program run (`delay`), expect.

    Expectations are judged on the evidence between `settle` after the step's begin and its end.
    """

    delay: str
    settle: str = "200 ms"
    set: dict[str, str] = {}
    expect_pin: list[ExpectPin] = []
    expect_reading: list[ExpectReading] = []
    expect_text: list[ExpectText] = []
    expect_use: list[ExpectUse] = []
    expect_look: list[ExpectLook] = []
