"""What a part's pin must have done: level, changes, on and off times, period, duty, frequency, a servo's angle."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.amounts import Amount, parse_amount
from lovhe.core.checks.expectations import Scene, Verdict, digits, fits, lost_before, plain, seconds, span_of
from lovhe.core.checks.expectations_tone import judge_angle
from lovhe.core.checks.expectations_wait import judge_wait
from lovhe.core.checks.part_trace import part_trace
from lovhe.core.checks.signals import Stretch, stretch
from lovhe.core.lessons.lesson import ExpectPin, Wire
from lovhe.core.messages import N_, Text
from lovhe.core.number_words import in_words


def judge_pin(expect: ExpectPin, scene: Scene) -> Iterator[Verdict]:
    """One verdict for each thing `expect` names."""
    pin = _Pin(expect.part, scene)
    if expect.level is not None:
        yield pin.level(on=expect.level == "on")
    if expect.toggles is not None:
        yield pin.toggles(parse_amount(expect.toggles, "count"))
    if expect.on_time is not None or expect.off_time is not None:
        yield pin.times(
            parse_amount(expect.on_time, "time") if expect.on_time is not None else None,
            parse_amount(expect.off_time, "time") if expect.off_time is not None else None,
        )
    if expect.period is not None:
        yield pin.period(parse_amount(expect.period, "time"))
    if expect.duty is not None:
        yield pin.duty(parse_amount(expect.duty, "percent"))
    if expect.frequency is not None:
        yield pin.frequency(parse_amount(expect.frequency, "frequency"))
    if expect.angle is not None:
        yield judge_angle(expect.part, parse_amount(expect.angle), scene)
    yield from judge_wait(expect, scene)


class _Pin:
    """One part in one window."""

    def __init__(self, part: str, scene: Scene) -> None:
        self.scene = scene
        trace = part_trace(scene.lesson, scene.record, part)
        self.wire, self.model, self.spans = trace.wire, trace.model, trace.spans
        self.name = scene.part_name(trace.part_id)
        self.slack = scene.record.slack_ms
        self.whole = self._stretch(scene.window.start_ms, scene.window.end_ms)

    def level(self, *, on: bool) -> Verdict:
        """On (or off) during the whole window."""
        window = self.scene.window
        start_ms = window.end_ms if window.ended else min(window.start_ms + self.slack, window.end_ms)
        held = self._stretch(start_ms, window.end_ms)
        wrong = held.state is (not on) or any(state is (not on) for _, state in held.changes)
        expected = self._steady(on=on)
        return self._verdict(not wrong, expected, held, certain=wrong)

    def toggles(self, count: Amount) -> Verdict:
        """The number of changes; one that may lie on either side of the window's edge may count or not."""
        window = self.scene.window
        surely = len(self._stretch(window.start_ms + self.slack, window.end_ms).switchings) if self._long() else 0
        perhaps = len(self._stretch(window.start_ms, window.end_ms + self.slack).switchings)
        expected = N_("{part}: goes on and off. Number of changes: {count}.", part=self.name, count=count.words)
        return self._verdict(count.meets(surely, perhaps), expected, self.whole, certain=surely > count.high)

    def times(self, on: Amount | None, off: Amount | None) -> Verdict:
        """How long it is on and off each time."""
        expected: Text
        if on is not None and off is not None:
            expected = N_("{part}: on for {on}, off for {off}, again and again.", part=self.name, on=on.words, off=off.words)
        elif on is not None:
            expected = N_("{part}: each time on for {on}.", part=self.name, on=on.words)
        else:
            expected = N_("{part}: each time off for {off}.", part=self.name, off=off.words if off else "")
        pairs = [(amount, self.whole.lasted(state)) for amount, state in ((on, True), (off, False)) if amount is not None]
        passed = all(self._fit(amount, times) for amount, times in pairs)
        certain = any(times and not self._fit(amount, times) for amount, times in pairs)
        return self._verdict(passed, expected, self.whole, certain=certain)

    def period(self, period: Amount) -> Verdict:
        """The time from one switching on to the next."""
        periods = self.whole.periods() or [1000 / freq_hz for freq_hz in self.whole.freqs_hz]
        expected = N_("{part}: going on and off once takes {period}.", part=self.name, period=period.words)
        fits = self._fit(period, periods)
        return self._verdict(fits, expected, self.whole, certain=bool(periods) and not fits)

    def duty(self, duty: Amount) -> Verdict:
        """The share of the window in which it was on."""
        window = self.scene.window
        percent = self.whole.share * 100
        # Each change may have been up to a sampling period earlier than it was seen.
        error = 0.5 + (100 * self.slack / (window.end_ms - window.start_ms) if self.whole.changes and self._long() else 0)
        expected = N_("{part}: on for {duty} of the time.", part=self.name, duty=duty.words)
        seen = N_("{part}: on for {duty} % of the time.", part=self.name, duty=plain(round(percent)))
        return self._verdict(duty.contains(percent, error), expected, self.whole, seen=seen)

    def frequency(self, frequency: Amount) -> Verdict:
        """The PWM frequency, or, without PWM, turns in a second."""
        freqs_hz = self.whole.freqs_hz or [1000 / period for period in self.whole.periods()]
        expected = N_("{part}: frequency {frequency}.", part=self.name, frequency=frequency.words)
        seen: Text = N_("{part}: no frequency was set.", part=self.name)
        if freqs_hz:
            low, high = digits(round(min(freqs_hz), 1)), digits(round(max(freqs_hz), 1))
            shown = in_words(low if low == high else f"{low}…{high}")
            seen = N_("{part}: frequency {frequency} Hz.", part=self.name, frequency=shown)
        fits = bool(freqs_hz) and all(frequency.contains(freq_hz, 0.5) for freq_hz in freqs_hz)
        return self._verdict(fits, expected, self.whole, seen=seen, certain=bool(freqs_hz) and not fits)

    def _fit(self, amount: Amount, times: list[float]) -> bool:
        return fits(amount, times, self.slack)

    def _stretch(self, start_ms: float, end_ms: float) -> Stretch:
        return stretch(self.spans, start_ms, end_ms)

    def _long(self) -> bool:
        return self.scene.window.end_ms - self.scene.window.start_ms > self.slack

    def _verdict(self, passed: bool, expected: Text, shown: Stretch, *, seen: Text | None = None, certain: bool = False) -> Verdict:
        if not passed and (blind := self.scene.blind()) is not None:
            return Verdict("unclear", expected, blind)
        if not shown.known and (passed or not certain):
            reason = self.scene.lost() or lost_before()
            return Verdict("unclear", expected, reason)
        elsewhere = None if passed or shown.changes else changed_elsewhere(self.scene, self.wire)
        return self.scene.verdict(passed, expected, elsewhere or seen or self._seen(shown), certain=certain)

    def _steady(self, *, on: bool) -> Text:
        """That nothing changed, in words that are true of the part."""
        if self.model == "button":
            return N_("{part}: pressed the whole time.", part=self.name) if on else N_("{part}: not pressed.", part=self.name)
        return N_("{part}: on the whole time.", part=self.name) if on else N_("{part}: off the whole time.", part=self.name)

    def _seen(self, shown: Stretch) -> Text:
        name, time = self.name, seconds(shown.end_ms - shown.start_ms)
        switchings = shown.switchings
        if not switchings:
            return self._steady(on=bool(shown.state))
        on, off, count = shown.lasted(True), shown.lasted(False), len(switchings)
        if on and off:
            return N_(
                "{part}: on for {on} s, off for {off} s, {n} change in {time} s.",
                "{part}: on for {on} s, off for {off} s, {n} changes in {time} s.",
                part=name, on=span_of(on), off=span_of(off), n=count, time=time,
            )  # fmt: skip
        if on:
            return N_("{part}: went on once, for {on} s.", part=name, on=span_of(on))
        if off:
            return N_("{part}: went off once, for {off} s.", part=name, off=span_of(off))
        after = seconds(switchings[0] - self.scene.window.begin_ms)
        if shown.state:
            return N_("{part}: went off after {time} s.", part=name, time=after)
        return N_("{part}: went on after {time} s.", part=name, time=after)


def changed_elsewhere(scene: Scene, wire: Wire) -> Text | None:
    """A pupil's commonest slip: the program drives a pin that nothing of the lesson is wired to."""
    wired = {other.gpio for part in scene.lesson.wired.values() for other in part.wires.values()}
    highs: dict[int, int] = {}
    for event in scene.record.events:
        if event.kind == "level" and event.t_ms <= scene.window.end_ms:
            for gpio, level in zip(event.args[::2], event.args[1::2], strict=False):
                if gpio not in wired and level:
                    highs[gpio] = highs.get(gpio, 0) + 1
    if not highs:
        return None
    busiest = max(sorted(highs), key=lambda gpio: highs[gpio])
    return N_("Pin {wired} did not change, but the program switched pin {other}.", wired=wire.gpio, other=busiest)
