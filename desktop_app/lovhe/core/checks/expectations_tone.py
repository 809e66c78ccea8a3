"""What a buzzer sounded and where a servo stood, by what the program set its PWM to."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from lovhe.core.amounts import Amount, parse_amount
from lovhe.core.checks.check_steps import ExpectTune
from lovhe.core.checks.expectations import Scene, Verdict, Window, digits, in_a_row, lost_before
from lovhe.core.checks.part_trace import part_trace
from lovhe.core.messages import N_, Text
from lovhe.core.number_words import in_words

TONE_MS = 20
"""What sounds no longer is no tone: the moment between a new frequency and the end of the old one, and what the trace leaves out."""

_PULSE_MS = (0.5, 2.4)
_TAKEN_MS = (0.3, 2.7)
_TAKEN_HZ = (40, 330)
_DEGREES = 180.0


def tone_amount(tone: str, tolerance: str) -> Amount:
    """A tone as it must be; one that says its own tolerance keeps it. Raises `LessonError`."""
    amount = parse_amount(tone, "frequency")
    return amount if amount.tolerant else parse_amount(f"{tone} ± {tolerance}", "frequency")


def judge_tune(expect: ExpectTune, scene: Scene) -> Iterator[Verdict]:
    """Whether the tones sounded one right after another somewhere in the window, but for pauses."""
    trace = part_trace(scene.lesson, scene.record, expect.part)
    name = scene.part_name(trace.part_id)
    wanted = [tone_amount(tone, expect.tolerance) for tone in expect.tones]
    heard: list[float] = []
    silent = True
    for span in trace.spans:
        lasted_ms = min(span.end_ms, scene.window.end_ms) - max(span.start_ms, scene.window.start_ms)
        if span.on and lasted_ms >= TONE_MS:
            if silent or heard[-1] != span.freq_hz:
                heard.append(span.freq_hz)
            silent = False
        elif lasted_ms >= TONE_MS:
            silent = True
    expected = N_("{part}: tones one after another: {tones}.", part=name, tones=in_a_row([in_words(tone) for tone in expect.tones]))
    seen: Text = N_("{part}: no tone sounded.", part=name)
    if heard:
        seen = N_(
            "{part}: tones one after another: {tones}.",
            part=name,
            tones=in_a_row([in_words(f"{digits(round(tone, 1))} Hz") for tone in heard]),
        )
    yield scene.verdict(_played(wanted, heard), expected, seen)


def _played(wanted: Sequence[Amount], heard: Sequence[float]) -> bool:
    places = range(len(heard) - len(wanted) + 1)
    return any(all(tone.contains(heard[place + index], 0.5) for index, tone in enumerate(wanted)) for place in places)


def judge_angle(part: str, angle: Amount, scene: Scene) -> Verdict:
    """Whether the servo was told to be at that angle during the whole window."""
    trace = part_trace(scene.lesson, scene.record, part)
    name = scene.part_name(trace.part_id)
    told = _told(_pulses(trace.wire.gpio, scene), scene.window)
    expected = N_("{part}: its arm stands at {angle}°.", part=name, angle=in_words(angle.text.replace("°", "")))
    wrong = any(degrees is None or not angle.contains(degrees, 0.5) for _, degrees in told)
    angles = list(dict.fromkeys("?" if degrees is None else f"{round(degrees)}°" for _, degrees in told))
    seen: Text = N_("{part}: its arm was told to turn: {angles}.", part=name, angles=in_a_row(angles))
    if not told:
        seen = N_("{part}: nothing told its arm where to turn.", part=name)
    elif angles[0] == "?":
        seen = N_("{part}: its pulses are none that it understands. It needs 50 a second, of 0.5 ms to 2.4 ms.", part=name)
    elif len(angles) == 1:
        seen = N_("{part}: its arm stands at {angle}.", part=name, angle=angles[0])
    since_ms = told[0][0] if told else -math.inf
    if any(loss.end_ms > since_ms and loss.start_ms < scene.window.start_ms for loss in scene.record.losses) and not (told and wrong):
        return Verdict("unclear", expected, lost_before())
    return scene.verdict(bool(told) and not wrong, expected, seen, certain=bool(told) and wrong)


def _pulses(gpio: int, scene: Scene) -> list[tuple[int, float | None]]:
    """When a servo's pulses were changed, and to which angle; None: to pulses that are none for a servo. Without pulses it stays."""
    found: list[tuple[int, float | None]] = []
    for event in scene.record.events:
        if event.kind != "pwm" or event.args[0] != gpio or not event.args[1] or not event.args[2]:
            continue
        freq_hz = event.args[1]
        pulse_ms = 1000 / freq_hz * event.args[2] / 65535
        share = (pulse_ms - _PULSE_MS[0]) / (_PULSE_MS[1] - _PULSE_MS[0])
        taken = _TAKEN_HZ[0] <= freq_hz <= _TAKEN_HZ[1] and _TAKEN_MS[0] <= pulse_ms <= _TAKEN_MS[1]
        if found and event.t_ms - found[-1][0] <= TONE_MS:
            found.pop()  # set in two steps, first the frequency and then the width
        found.append((event.t_ms, _DEGREES * min(max(share, 0.0), 1.0) if taken else None))
    return found


def _told(pulses: Sequence[tuple[int, float | None]], window: Window) -> list[tuple[int, float | None]]:
    """The angle in force when the window begins, and those that came in it."""
    before = [told for told in pulses if told[0] <= window.start_ms]
    return [*before[-1:], *(told for told in pulses if window.start_ms < told[0] <= window.end_ms)]
