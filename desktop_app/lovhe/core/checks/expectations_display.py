"""What a display must show, by what the drivers of `lovhe.drivers` tell under trace: the same on a real and on a virtual board.

The bytes on a display's wires are too many for the line, so of a program with a driver of its own nobody can tell what it shows:
its check is unclear, never failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from lovhe.core.amounts import parse_amount
from lovhe.core.checks.check_steps import ExpectDisplay
from lovhe.core.checks.expectations import Scene, Verdict, digits, plain
from lovhe.core.checks.expectations_output import excerpt
from lovhe.core.checks.expectations_reading import last_reading
from lovhe.core.checks.expectations_use import answers_at, i2c_address
from lovhe.core.checks.readings import folded
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_, Text

DRIVER_OF = {"lcd1602": "lcd1602", "ssd1306": "ssd1306", "tm1637": "tm1637"}
"""The driver of `lovhe.drivers` for each model of a display."""

SHOWN_WITHIN = "± 1"
"""How exact a reading must be shown, where the lesson does not say: room for whole numbers, and for the next measurement."""

_CLOCK_PIN = "CLK"
_JUST_NOW_MS = 300  # a program that clears its display and writes it anew may be between the two at the step's end
_NUMBER = re.compile(r"(?<![\w.,])[+\-−]?\d+(?:[.,]\d+)?(?![\d])")
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_UNREADABLE = "▒"


class Picture(msgspec.Struct, frozen=True):
    """A text that a display shows, and since when."""

    t_ms: float
    text: str


def judge_display(expect: ExpectDisplay, scene: Scene) -> Iterator[Verdict]:
    """A verdict on a text that holds all that `expect` asks for, and one on each text that the display must lack."""
    pictures = pictures_of(scene, expect.part)
    start_ms, end_ms = scene.window.start_ms, scene.window.end_ms
    looked_at = _during(pictures, start_ms if expect.sometime else max(end_ms - _JUST_NOW_MS, start_ms), end_ms)
    fitting = [text for text in looked_at if _fits(expect, text)]
    if not pictures and _driven_otherwise(scene, expect.part):
        model = scene.lesson.wired[expect.part].part.model
        seen = N_(
            "The program speaks to the display, but not with the kit's driver, so nobody can tell what it shows. Use this: {code}",
            code=f"from lovhe.drivers.{DRIVER_OF.get(model, model)} import {DRIVER_OF.get(model, model).capitalize()}",
        )
        yield Verdict("unclear", _expected(expect, scene), seen)
        return
    if expect.asks:
        yield _of_asked(expect, scene, looked_at, right=bool(fitting))
    if expect.reading is not None:
        yield _of_reading(expect, expect.reading, scene, looked_at)
    if expect.sometime:  # the rest is judged already: one picture that is right in all is enough
        looked_at = [text for text in fitting if not any(stands_in(text, lacked) for lacked in expect.lacked)][:1] or fitting[-1:]
    for lacked in expect.lacked:
        shown = next((text for text in reversed(looked_at) if stands_in(text, lacked)), None)
        yield scene.verdict(shown is None, _expected_lacking(expect, lacked, scene), _seen(looked_at if shown is None else [shown]))


def _of_asked(expect: ExpectDisplay, scene: Scene, looked_at: list[str], *, right: bool) -> Verdict:
    """The verdict on what must stand there, with the advice to clear the display where that is the slip."""
    shown = _last_written(looked_at)
    if right or _UNREADABLE not in shown:
        return scene.verdict(right, _expected(expect, scene), _seen(looked_at))
    seen = N_("Letters stand on top of each other: “{text}”.", text=excerpt(shown))
    verdict = scene.verdict(right, _expected(expect, scene), seen)
    hint = N_("What was drawn stays there. Clear the picture before you draw the next one: {code}", code="fill(0)")
    return msgspec.structs.replace(verdict, hints=[hint]) if verdict.outcome == "failed" else verdict


def _of_reading(expect: ExpectDisplay, name: str, scene: Scene, looked_at: list[str]) -> Verdict:
    """The verdict on a number that the program tells and must show as well, rounded as it likes."""
    last = last_reading(name, scene)
    part = scene.part_name(expect.part)
    if last is None:
        return scene.verdict(
            False, N_("{part}: shows the reading “{name}”.", part=part, name=name), N_("There was no reading “{name}”.", name=name)
        )
    allowed = parse_amount(f"{digits(last)} {expect.within or SHOWN_WITHIN}")
    right = any(allowed.contains(number) for text in looked_at for number in numbers_in(text))
    expected = N_("{part}: shows the reading “{name}”: {number}.", part=part, name=name, number=plain(last))
    return scene.verdict(right, expected, _seen(looked_at))


def _seen(texts: list[str]) -> Text:
    if not texts:
        return N_("The display showed nothing.")
    shown = _last_written(texts)
    return N_("The display showed: “{text}”.", text=excerpt(shown)) if shown else N_("The display was empty.")


def _last_written(texts: list[str]) -> str:
    return next((text for text in reversed(texts) if text.strip()), "")


def pictures_of(scene: Scene, part: str) -> list[Picture]:
    """All that a display showed up to the window's end, in order."""
    wired = scene.lesson.wired[part]
    own: list[Picture] = []
    others: list[Picture] = []
    for event in scene.record.events:
        if event.kind == "draw" and event.t_ms <= scene.window.end_ms:
            bus, number, text = event.args
            picture = Picture(event.t_ms, text)
            if _CLOCK_PIN in wired.wires:
                own += [picture] if bus == "pin" and number == wired.wires[_CLOCK_PIN].gpio else []
            elif bus == "i2c":
                (own if number == i2c_address(scene.lesson, part) else others).append(picture)
    return own or (others if _only_one_on_i2c(scene.lesson) else [])


def _only_one_on_i2c(lesson: Lesson) -> bool:
    """Whether there is one I2C display alone: a real one may have another address than the circuit says."""
    return sum(wired.part.model in DRIVER_OF and _CLOCK_PIN not in wired.wires for wired in lesson.wired.values()) == 1


def _during(pictures: list[Picture], start_ms: float, end_ms: float) -> list[str]:
    """The texts that stood there at some moment from `start_ms` to `end_ms`."""
    earlier = [picture.text for picture in pictures if picture.t_ms <= start_ms]
    return earlier[-1:] + [picture.text for picture in pictures if start_ms < picture.t_ms <= end_ms]


def _driven_otherwise(scene: Scene, part: str) -> bool:
    """Whether the program did something at the display's wires."""
    wired = scene.lesson.wired[part]
    if _CLOCK_PIN in wired.wires:
        gpio = wired.wires[_CLOCK_PIN].gpio
        return any(gpio in event.args[::2] for event in scene.record.events if event.kind == "level")
    return any(answers_at(scene.lesson, part, event) for event in scene.record.events)


def _fits(expect: ExpectDisplay, text: str) -> bool:
    if expect.contains is not None and folded(expect.contains) not in folded(text):
        return False
    if expect.number is None:
        return True
    allowed = parse_amount(expect.number)
    return any(allowed.contains(number) for number in numbers_in(text))


def stands_in(text: str, lacked: str) -> bool:
    """Whether `lacked` is in `text`, and not merely inside a longer word: no “OK” stands in “Books”, but one in “ok!” and “OK23”."""
    piece = folded(lacked)
    before = _NO_LETTER_BEFORE if piece[:1].isalpha() else ""
    after = _NO_LETTER_AFTER if piece[-1:].isalpha() else ""
    return re.search(f"{before}{re.escape(piece)}{after}", folded(text)) is not None


def numbers_in(text: str) -> list[float]:
    """The numbers in a display's text, with a decimal point or comma."""
    return [float(found.replace(",", ".").replace("−", "-")) for found in _NUMBER.findall(text)]


def _expected(expect: ExpectDisplay, scene: Scene) -> Text:
    part = scene.part_name(expect.part)
    if not expect.asks and expect.reading is not None:
        return N_("{part}: shows the reading “{name}”.", part=part, name=expect.reading)
    if not expect.asks:
        return _expected_lacking(expect, expect.lacked[0], scene)
    if expect.contains is None:
        return N_("{part}: shows a number: {number}.", part=part, number=parse_amount(expect.number or "≥ 0").words)
    if expect.number is None:
        return N_("{part}: shows “{text}”.", part=part, text=expect.contains)
    return N_("{part}: shows “{text}” and a number: {number}.", part=part, text=expect.contains, number=parse_amount(expect.number).words)


def _expected_lacking(expect: ExpectDisplay, lacked: str, scene: Scene) -> Text:
    part = scene.part_name(expect.part)
    if expect.asks:
        return N_("{part}: does not show “{text}” at the same time.", part=part, text=lacked)
    return N_("{part}: does not show “{text}”.", part=part, text=lacked)
