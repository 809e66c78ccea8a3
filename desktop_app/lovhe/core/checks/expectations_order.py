"""States that several parts show together, one after another: a traffic light, a flag of three lamps, a heartbeat of one LED.

A state is the set of parts that are on. What lasts no longer than `GLITCH_MS` is no state: a program that switches one light off
and the next one on passes through such moments, and nobody sees them. The first and the last state of a step are seen in part
only, for a step begins at any moment of a program's round; so they count for the order, and for `lasts` if they lasted too long.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from lovhe.core.amounts import Amount, parse_amount
from lovhe.core.checks.check_steps import ExpectOrder
from lovhe.core.checks.expectations import Scene, Verdict, fits, in_a_row, lost_before, seconds, span_of
from lovhe.core.checks.expectations_pin import changed_elsewhere
from lovhe.core.checks.part_trace import part_trace
from lovhe.core.messages import N_, Text

GLITCH_MS = 25
_NOTICED_MS = 300

_On = frozenset[str] | None


class Shown(msgspec.Struct, frozen=True):
    """From `start_ms` to `end_ms` just the parts of `on` were on; None: it is not known."""

    start_ms: float
    end_ms: float
    on: _On

    @property
    def lasted_ms(self) -> float:
        """How long."""
        return self.end_ms - self.start_ms


def judge_order(expect: ExpectOrder, scene: Scene) -> Iterator[Verdict]:
    """One verdict on the order, and where that is right one on each state's time that is expected."""
    row = _Row(expect, scene)
    order = row.once() if expect.once else row.rounds()
    yield order
    if order.outcome == "passed":
        yield from row.times()


class _Row:
    """The row of states expected in one window, and the one seen."""

    def __init__(self, expect: ExpectOrder, scene: Scene) -> None:
        self.expect, self.scene = expect, scene
        self.slack = scene.record.slack_ms
        self.states = [frozenset(state.on) for state in expect.states]
        self.amounts = [parse_amount(state.lasts, "time") if state.lasts is not None else None for state in expect.states]
        self.traces = {part: part_trace(scene.lesson, scene.record, part) for part in expect.parts}
        # A row that is seen once answers to what the step did, so none of it is left out as settling. That a person did it
        # is noticed a moment later.
        self.start_ms = max(scene.window.begin_ms - _NOTICED_MS, 0) if expect.once else scene.window.start_ms
        self.seen = self._until(scene.window.end_ms)

    def rounds(self) -> Verdict:
        """Whether the states come in their order, round and round, as often as expected."""
        count = parse_amount(self.expect.rounds or "≥ 1", "count")
        expected = N_("One after another, again and again: {states}.", states=self._states())
        if self.expect.rounds is not None:
            expected = N_("One after another, again and again: {states}. Whole rounds: {count}.", states=self._states(), count=count.words)
        right = self._right(self.first)
        strange = any(shown.on is not None and shown.on not in self.states for shown in self.seen)
        if right < len(self.seen):
            return self._verdict(False, expected, self._elsewhere() or self._broken(right), certain=strange)
        if len(self.states) == 1:
            return self._verdict(True, expected, self._told())
        done = (len(self.seen) - 1) // len(self.states)
        perhaps = (len(self._until(self.scene.window.end_ms + self.slack)) - 1) // len(self.states)
        return self._verdict(count.meets(done, max(done, perhaps)), expected, self._elsewhere() or self._told())

    def once(self) -> Verdict:
        """Whether the whole row was seen, just once."""
        expected = N_("One after another, once: {states}.", states=self._states())
        found = self._places()
        seen = self._told() if found else self._elsewhere() or self._told()
        if len(found) > 1:
            seen = N_("The row came {n} time.", "The row came {n} times.", n=len(found))
        return self._verdict(len(found) == 1, expected, seen)

    def times(self) -> Iterator[Verdict]:
        """Whether each state lasts as long as it should."""
        for index, amount in enumerate(self.amounts):
            if amount is None:
                continue
            whole, cut = self._lasted(index, self.first)
            state = self._state(self.states[index])
            expected = N_("{state}: each time for {time}.", state=state, time=amount.words)
            seen: Text = N_("{state}: for {time} s.", state=state, time=span_of(whole or [0]))
            too_long = [time for time in cut if time > amount.high + self.slack]
            if too_long:
                seen = N_("{state}: for {time} s or longer.", state=state, time=seconds(max(too_long)))
            elif not whole:
                seen = N_("{state}: not seen from its begin to its end.", state=state)
            yield self._verdict(self._fits(index, self.first), expected, seen, certain=bool(whole or too_long))

    @cached_property
    def first(self) -> int:
        """Which of the expected states comes first in what was seen: the one after which most is right, in order and times."""

        def rank(first: int) -> tuple[int, int]:
            return -self._right(first), sum(not self._fits(index, first) for index in range(len(self.states)))

        return min(range(len(self.states)), key=rank)

    def _right(self, first: int) -> int:
        """How many of the states seen are in order, if the first one is the expected one of that index."""
        for index, shown in enumerate(self.seen):
            if shown.on != self.states[(first + index) % len(self.states)]:
                return index
        return len(self.seen)

    def _fits(self, index: int, first: int) -> bool:
        amount = self.amounts[index]
        if amount is None:
            return True
        whole, cut = self._lasted(index, first)
        return fits(amount, whole, self.slack) and all(time <= amount.high + self.slack for time in cut)

    def _lasted(self, index: int, first: int) -> tuple[list[float], list[float]]:
        """How long the state of that index lasted: each time it was seen whole, and each time it was cut by the window's edge."""
        if self.expect.once:
            return [self.seen[place + index].lasted_ms for place in self._places()], []
        whole: list[float] = []
        cut: list[float] = []
        for place, shown in enumerate(self.seen):
            if (first + place) % len(self.states) == index:
                edge = shown.start_ms <= self.start_ms or shown.end_ms >= self.scene.window.end_ms
                (cut if edge else whole).append(shown.lasted_ms)
        return whole, cut

    def _places(self) -> list[int]:
        """Where in what was seen the whole row begins."""
        seen, found, place = [shown.on for shown in self.seen], list[int](), 0
        while place + len(self.states) <= len(seen):
            if seen[place : place + len(self.states)] == self.states:
                found.append(place)
                place += len(self.states)
            else:
                place += 1
        return found

    def _until(self, end_ms: float) -> list[Shown]:
        shown = without_glitches(self._together(end_ms), GLITCH_MS + self.slack)
        return shown if self.expect.once or frozenset() in self.states else self._lit(shown)

    def _lit(self, shown: list[Shown]) -> list[Shown]:
        """Without the dark time before a program's first light, and after the last one of a program that ended."""
        ended = self.scene.window.ended
        lit_ms = min((span.start_ms for trace in self.traces.values() for span in trace.spans if span.on), default=math.inf)
        if len(shown) > 1 and shown[0].on == frozenset() and shown[0].end_ms <= lit_ms + GLITCH_MS + self.slack:
            shown = shown[1:]
        return shown[:-1] if ended and len(shown) > 1 and shown[-1].on == frozenset() else shown

    def _together(self, end_ms: float) -> list[Shown]:
        """What the parts showed together, from change to change."""
        stretches = {part: trace.between(self.start_ms, end_ms) for part, trace in self.traces.items()}
        state = {part: stretch.state for part, stretch in stretches.items()}
        found: list[Shown] = []
        since = self.start_ms
        for at, part, on in sorted((at, part, on) for part, stretch in stretches.items() for at, on in stretch.changes):
            if at > since:
                found.append(Shown(since, at, _on(state)))
                since = at
            state[part] = on
        return [*found, Shown(since, end_ms, _on(state))]

    def _states(self) -> Text | str:
        return in_a_row([self._state(on, amount) for on, amount in zip(self.states, self.amounts, strict=True)])

    def _state(self, on: _On, lasts: Amount | float | None = None) -> Text | str:
        """A state in words, and how long it lasts."""
        name: Text | str = " + ".join(part for part in self.expect.parts if part in on) if on else N_("all off")
        if on is None:
            name = "?"
        if isinstance(lasts, Amount):
            return N_("{state} ({time})", state=name, time=lasts.words)
        return name if lasts is None else N_("{state} ({time} s)", state=name, time=seconds(lasts))

    def _told(self) -> Text:
        """What was seen, in its order; times of what was seen whole."""
        if len(self.seen) == 1:
            return N_("All the time: {state}.", state=self._state(self.seen[0].on))
        ends = (self.seen[0], self.seen[-1])
        names = [self._state(shown.on, None if shown in ends else shown.lasted_ms) for shown in self.seen]
        return N_("One after another: {states}.", states=in_a_row(names))

    def _broken(self, right: int) -> Text:
        """The place where the order is not as expected."""
        if len(self.seen) == 1:
            return self._told()
        after = self._state(self.seen[right].on)
        if not right:
            return N_("This was seen, too: {state}.", state=after)
        before, due = self._state(self.seen[right - 1].on), self._state(self.states[(self.first + right) % len(self.states)])
        return N_("After “{before}” came “{after}”, not “{due}”.", before=before, after=after, due=due)

    def _elsewhere(self) -> Text | None:
        """The pin that a program switches instead of one at which a part stays dark."""
        for part, trace in self.traces.items():
            if any(part in state for state in self.states) and not any(shown.on and part in shown.on for shown in self.seen):
                return changed_elsewhere(self.scene, trace.wire)
        return None

    def _verdict(self, passed: bool, expected: Text, seen: Text, *, certain: bool = False) -> Verdict:
        if not passed and (blind := self.scene.blind()) is not None:
            return Verdict("unclear", expected, blind)
        if any(shown.on is None for shown in self.seen) and (passed or not certain):
            return Verdict("unclear", expected, self.scene.lost() or lost_before())
        return self.scene.verdict(passed, expected, seen, certain=certain)


def _on(state: dict[str, bool | None]) -> _On:
    return None if None in state.values() else frozenset(part for part, on in state.items() if on)


def without_glitches(seen: Sequence[Shown], longest_ms: float) -> list[Shown]:
    """`seen` without what is too short to be seen; equal states that then meet are one.

    Short states in a row go only if all of them together are that short: fast flicker is no glitch.
    """
    kept: list[Shown] = []
    index = 0
    while index < len(seen):
        last = index
        while last < len(seen) and seen[last].on is not None and seen[last].lasted_ms <= longest_ms:
            last += 1
        glitch = last > index and seen[last - 1].end_ms - seen[index].start_ms <= longest_ms
        kept += [] if glitch else seen[index : max(last, index + 1)]
        index = max(last, index + 1)
    joined: list[Shown] = []
    for shown in kept or seen:
        if joined and joined[-1].on == shown.on:
            shown = Shown(joined.pop().start_ms, shown.end_ms, shown.on)
        joined.append(shown)
    return joined
