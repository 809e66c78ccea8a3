"""What one part showed over time, from the pin levels the board sampled and the PWM the program set.

"On" is what a person sees, not a level: an LED from 3V3 to the pin is on at a low pin (`on_level` 0). A pin driven by PWM
counts by its duty: dimmed to anything above 0 it is on. Only PWM slower than `SLOW_PWM_HZ` is seen to blink, so there its
single pulses count, as if the program had switched the pin itself. A passive buzzer is "on" while it sounds, so a steady
level leaves it off.

Levels are sampled, so a change is known only to lie within one sampling period before its time stamp.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from lovhe.core.checks.evidence import Event

SLOW_PWM_HZ = 50
DEFAULT_SAMPLE_MS = 5
LATE_SAMPLE_MS = 20
"""By so much a change may be stamped later than what the program says of it: a sample that is due waits for a busy board."""
_MAX_PULSES = 10_000


class Span(msgspec.Struct, frozen=True):
    """From `start_ms` up to `end_ms` the part was on for a `share` (0 to 1) of the time; None: evidence is missing."""

    start_ms: float
    end_ms: float
    share: float | None
    freq_hz: float = 0.0

    @property
    def on(self) -> bool | None:
        """Whether it was seen to be on; None when unknown."""
        return None if self.share is None else self.share > 0


def part_spans(
    events: Iterable[Event], gpio: int, *, on_level: int = 1, sounds: bool = False, losses: Sequence[tuple[float, float]] = ()
) -> list[Span]:
    """The whole record of one pin in order of time, without holes, from long before the run to long after.

    `losses` are the stretches from which evidence is missing; the pin is unknown from there until it is heard of again.
    """
    far = 10.0**12
    level = 1 - on_level
    pwm: tuple[int, float] | None = None
    points: list[tuple[float, float | None, float]] = [(-far, 0.0, 0.0)]
    for t_ms, kind, value in _marks(events, gpio, losses):
        if kind == "level":
            level = value[0]
        elif kind == "pwm":
            pwm = (value[0], min(value[1] / 65535, 1.0)) if value[0] else None
        share, freq_hz = (None, 0.0) if kind == "loss" else _shown(level, pwm, on_level, sounds)
        if (share, freq_hz) != points[-1][1:]:
            points.append((t_ms, share, freq_hz))
    spans: list[Span] = []
    for index, (start, share, freq_hz) in enumerate(points):
        end = points[index + 1][0] if index + 1 < len(points) else far
        if end > start:
            spans.append(Span(start, end, share, freq_hz))
    return spans


def _marks(events: Iterable[Event], gpio: int, losses: Sequence[tuple[float, float]]) -> list[tuple[float, str, tuple[int, ...]]]:
    """What happened to the pin, by time; a loss begins after the frame before it, whose time stamp it has."""
    marks: list[tuple[float, str, tuple[int, ...]]] = [(start + 1, "loss", ()) for start, _ in losses]
    for event in events:
        if event.kind == "level":
            pins = zip(event.args[::2], event.args[1::2], strict=False)
            marks += [(event.t_ms, "level", (level,)) for pin, level in pins if pin == gpio]
        elif event.kind == "pwm" and event.args[0] == gpio:
            marks.append((event.t_ms, "pwm", (event.args[1], event.args[2])))
    return sorted(marks, key=lambda mark: mark[0])


def _shown(level: int, pwm: tuple[int, float] | None, on_level: int, sounds: bool) -> tuple[float, float]:
    """The share of time on, and the PWM frequency (0: a steady level)."""
    if pwm is None:
        return (0.0 if sounds or level != on_level else 1.0), 0.0
    freq_hz, duty = pwm
    if sounds:
        return (1.0 if 0 < duty < 1 else 0.0), float(freq_hz)
    return (duty if on_level else 1 - duty), float(freq_hz)


class Stretch(msgspec.Struct, frozen=True):
    """What a part did between two moments: `state` at the begin (None: unknown), then `changes` as (time, on)."""

    start_ms: float
    end_ms: float
    state: bool | None
    changes: list[tuple[float, bool | None]]
    share: float
    known: bool
    freqs_hz: list[float]

    @property
    def switchings(self) -> list[float]:
        """The times at which it was seen to go on or off."""
        return [at for before, at, after in self._steps() if before is not None and after is not None]

    def lasted(self, on: bool) -> list[float]:
        """How long it was on (or off) each time, in ms; only times whose begin and end were both seen."""
        found: list[float] = []
        since: float | None = None
        for before, at, after in self._steps():
            if before is on and after is (not on) and since is not None:
                found.append(at - since)
            since = at if before is (not on) and after is on else None
        return found

    def periods(self) -> list[float]:
        """Times from one switching on to the next, and from one switching off to the next, in ms."""
        found: list[float] = []
        for on in (True, False):
            last: float | None = None
            for before, at, after in self._steps():
                if before is None or after is None:
                    last = None
                elif after is on:
                    found += [at - last] if last is not None else []
                    last = at
        return found

    def _steps(self) -> Iterator[tuple[bool | None, float, bool | None]]:
        before = self.state
        for at, after in self.changes:
            yield before, at, after
            before = after


def stretch(spans: Sequence[Span], start_ms: float, end_ms: float) -> Stretch:
    """What a part did from `start_ms` to `end_ms`. A change with exactly the first time stamp came before it."""
    state: bool | None = None
    changes: list[tuple[float, bool | None]] = []
    on_ms = known_ms = 0.0
    known = True
    freqs_hz: list[float] = []
    current: bool | None = None
    for index, span in enumerate(_seen(spans, start_ms, end_ms)):
        first, last = max(span.start_ms, start_ms), min(span.end_ms, end_ms)
        if index == 0:
            state = current = span.on
        elif span.on is not current:
            changes.append((span.start_ms, span.on))
            current = span.on
        if span.share is None:
            known = False
        else:
            on_ms += span.share * (last - first)
            known_ms += last - first
            if span.freq_hz and span.share:
                freqs_hz.append(span.freq_hz)
    share = on_ms / known_ms if known_ms else float(bool(state))
    return Stretch(start_ms, end_ms, state, changes, share, known, freqs_hz)


def _seen(spans: Sequence[Span], start_ms: float, end_ms: float) -> Iterator[Span]:
    """The spans that a stretch touches, slow PWM taken apart into its pulses."""
    for span in spans:
        if span.end_ms <= start_ms or span.start_ms > end_ms:
            continue
        if span.share is not None and 0 < span.share < 1 and 0 < span.freq_hz < SLOW_PWM_HZ:
            yield from (pulse for pulse in _pulses(span, end_ms) if start_ms < pulse.end_ms and pulse.start_ms <= end_ms)
        else:
            yield span


def _pulses(span: Span, until_ms: float) -> Iterator[Span]:
    period_ms = 1000 / span.freq_hz
    share = span.share or 0.0
    start = span.start_ms
    for _ in range(_MAX_PULSES):
        if start >= span.end_ms or start > until_ms:
            return
        middle, end = min(start + share * period_ms, span.end_ms), min(start + period_ms, span.end_ms)
        yield Span(start, middle, 1.0)
        if end > middle:
            yield Span(middle, end, 0.0)
        start = end
