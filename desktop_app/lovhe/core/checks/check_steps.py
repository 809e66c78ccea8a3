"""One step of a check and what it can expect: the words that lessons and the tests of single parts share."""

from __future__ import annotations

import msgspec

from lovhe.core.amounts import parse_duration_ms
from lovhe.core.statistic import Statistic

DEFAULT_SETTLE = "200 ms"


class ExpectPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a part's pin must have done during the step, by the sampled levels.

    `level` ("on" or "off") is what the part shows: an LED wired from 3V3 to the pin is on at a low pin. With `level`, the
    pin must hold it for the whole step after `settle`. The others count inside the step: `toggles` ("≥ 4"), `on-time`,
    `off-time`, `period` ("1 s ± 10 %"), `duty` ("50 % ± 10 %": 40 % to 60 %), `frequency` ("440 Hz ± 5 %", of PWM).
    A part with several pins at the board is named with one of them: "rgb.red". `angle` ("90 ± 8") is a servo's, by the pulses
    of its PWM, held the whole time after `settle`. `after` ("button=off") with `wait` ("≥ 500 ms") and `spread` ("≥ 20 ms"): of each time
    that the part went on since the program began, how long that was after the moment named, and how much these times differ.
    """

    part: str
    level: str | None = None
    toggles: str | None = None
    on_time: str | None = None
    off_time: str | None = None
    period: str | None = None
    duty: str | None = None
    frequency: str | None = None
    angle: str | None = None
    after: str | None = None
    wait: str | None = None
    spread: str | None = None


class OrderState(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One state of several parts together: those that are `on`, the others being off, and how long it `lasts` ("2 s ± 15 %")."""

    on: list[str]
    lasts: str | None = None


class ExpectOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """States that `parts` show together, one after another, round and round, whichever comes first when the step begins.

    `rounds` ("≥ 2") is how many whole rounds are seen; one at least without it. `once`: the row is seen one time, from its first
    state to its last, and need not begin again.
    """

    parts: list[str]
    states: list[OrderState]
    rounds: str | None = None
    once: bool = False


class ExpectTune(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Tones that sound at a buzzer one after another, in this order, somewhere in the step; pauses between them are free."""

    part: str
    tones: list[str]
    tolerance: str = "3 %"


class ExpectPixels(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What the picture on NeoPixels is, at every moment of the step, or with `sometime` at one moment at least.

    `pattern` is the whole strip, a colour for each pixel, `pixels` with `colour` some of it (counted from 0). A colour is a word, whatever
    the brightness (red orange yellow green cyan blue purple pink white off), or "#RRGGBB", within 15 of each part. `lit` ("≥ 3")
    counts pixels that are not off, `colours` the different colours among them, `brightness` ("≤ 40 %") is the brightest part of any pixel.
    `mirrored`: read from the other end it is the same; `repeats`: it is a row of equal pieces of so many pixels.
    `changes` counts how often the picture changes in the step.
    """

    part: str
    pattern: list[str] = []
    pixels: list[int] = []
    colour: str | None = None
    lit: str | None = None
    colours: str | None = None
    brightness: str | None = None
    mirrored: bool = False
    repeats: int | None = None
    changes: str | None = None
    sometime: bool = False


class ExpectDisplay(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The text that a display shows at the step's end, or with `sometime` at any moment of it.

    `contains` ignores case; `number` ("22 … 24") is where one of the numbers shown must lie. `lacks` is a text, or a list of
    texts, that does not stand on the display: not once in the last 0.3 s of the step, or with `sometime` not beside the rest.
    `reading`: one of the numbers shown is the last reading of that name, `within` ("± 1", also if it is not said).
    """

    part: str
    contains: str | None = None
    number: str | None = None
    reading: str | None = None
    within: str | None = None
    lacks: str | list[str] = []
    sometime: bool = False

    @property
    def lacked(self) -> list[str]:
        """All texts of `lacks`."""
        return [self.lacks] if isinstance(self.lacks, str) else self.lacks

    @property
    def asks(self) -> bool:
        """Whether anything must stand on the display."""
        return bool((self.contains or "").strip()) or self.number is not None


class ExpectDevice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The program spoke to this I2C part, and the part answered."""

    part: str


class ExpectReading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A named reading the program reported or printed (`name: value`, `name=value`, `>name:value`).

    `range`: all of them lie in it; `count`: how many come; `agrees-with`: a part that the check's steps set to two values at
    least: the readings follow, all in one direction. With `within` ("± 1") instead, the last reading equals the value to which this
    step or an earlier one of the check set that part. `rate` ("2 Hz ± 20 %"): so many readings a second. `change` ("≥ 5", "≤ -5"): the
    last reading less the last one before the step began. `follows`: a part whose pulses a second the readings tell, `within` "± 20 %".
    `spread` ("≥ 20"): the greatest less the least of all that have come in this check so far. `spans`: two moments, such as ["light",
    "button"] or ["button", "button=off"]: each reading is the milliseconds from the one to the other, as seen at the pins just before,
    `within` "± 60 ms". `is` ("least") with `of` and `last`: the last reading is this statistic of the `last` so many readings `of` that
    name, or of all until then, `times` a number if there is one (turns become metres a second), `within` "± 1". TOML's `is` is
    `statistic` here, for Python keeps the word.
    """

    name: str
    range: str | None = None
    count: str | None = None
    agrees_with: str | None = None
    within: str | None = None
    rate: str | None = None
    change: str | None = None
    follows: str | None = None
    spread: str | None = None
    spans: list[str] | None = None
    statistic: Statistic | None = msgspec.field(name="is", default=None)
    of: str | None = None
    last: int | None = None
    times: float | None = None


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


class Swing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The surroundings go from each of `values` to the next during the step, and begin again: all of them once in a `period`.

    `part` is named as in `set`. On a real board a person is asked, in the texts' words under `[ask]` as "part=swing".
    """

    part: str
    values: list[str]
    period: str


class Glide(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The surroundings go evenly from one value to the other, from the step's begin to its end.

    `part` is named as in `set`. On a real board a person is asked, in the texts' words under `[ask]` as "part.quantity=glide".
    TOML's `from` is `begin` here, for Python keeps the word.
    """

    part: str
    begin: str = msgspec.field(name="from")
    to: str


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One step of a check: change the surroundings (`set`, `swing`, `glide`), let the program run (`delay`), expect.

    `type` are the lines that somebody types to the program when the step begins. Expectations are judged on the evidence
    between `settle` after the step's begin and its end; a step that types is judged from its begin, for programs answer at once.
    """

    delay: str
    settle: str = DEFAULT_SETTLE
    set: dict[str, str] = {}
    type: list[str] = []
    swing: Swing | None = None
    glide: Glide | None = None
    expect_pin: list[ExpectPin] = []
    expect_order: list[ExpectOrder] = []
    expect_tune: list[ExpectTune] = []
    expect_pixels: list[ExpectPixels] = []
    expect_display: list[ExpectDisplay] = []
    expect_device: list[ExpectDevice] = []
    expect_reading: list[ExpectReading] = []
    expect_text: list[ExpectText] = []
    expect_use: list[ExpectUse] = []
    expect_look: list[ExpectLook] = []

    @property
    def settle_ms(self) -> float:
        """So much of the step's begin is not judged. Raises `LessonError` where it is no time."""
        return 0.0 if self.type and self.settle == DEFAULT_SETTLE else parse_duration_ms(self.settle)

    @property
    def asked(self) -> list[tuple[str, str]]:
        """What becomes of the surroundings, as texts ask for it under `[ask]`: a part and its value, or "swing" or "glide"."""
        swing = [] if self.swing is None else [(self.swing.part, "swing")]
        glide = [] if self.glide is None else [(self.glide.part, "glide")]
        return [*self.set.items(), *swing, *glide]
