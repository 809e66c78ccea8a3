"""How long a part waits before it goes on, counted from something that a person does: a pause that no person's pace hides."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.amounts import parse_amount
from lovhe.core.checks.check_steps import ExpectPin
from lovhe.core.checks.expectations import Scene, Verdict, plain, span_of
from lovhe.core.checks.moments import Moment, SeenMoments, read_moment
from lovhe.core.messages import N_, Text


def judge_wait(expect: ExpectPin, scene: Scene) -> Iterator[Verdict]:
    """One verdict for `wait`, one for `spread`: of each time that the part went on since the program began, what passed since `after`."""
    moment = read_moment(expect.after or "")
    if moment is None:
        return
    begin, end = SeenMoments(moment, scene), SeenMoments(Moment(expect.part), scene)
    waits = _waits(begin, end)
    slack_ms = scene.record.slack_ms
    seen: Text = N_("This was not seen: {moment}.", moment=end.words if begin.times else begin.words)
    if waits:
        seen = N_("{first} → {second}: {time} s.", first=begin.words, second=end.words, time=span_of(waits))
    if expect.wait is not None:
        wait = parse_amount(expect.wait, "time")
        expected = N_("{first} → {second}: each time {wait}.", first=begin.words, second=end.words, wait=wait.words)
        yield _verdict(scene, bool(waits) and all(wait.contains(one, slack_ms) for one in waits), expected, seen)
    if expect.spread is not None:
        spread = parse_amount(expect.spread, "time")
        expected = N_("{first} → {second}: the times differ by {spread}.", first=begin.words, second=end.words, spread=spread.words)
        differ_ms = max(waits) - min(waits) if waits else 0.0
        if len(waits) > 1:
            seen = N_("{first} → {second}: the times differ by {time} ms.", first=begin.words, second=end.words, time=plain(differ_ms))
        yield _verdict(scene, len(waits) > 1 and spread.contains(differ_ms), expected, seen)


def _waits(begin: SeenMoments, end: SeenMoments) -> list[float]:
    """What passed each time; going on again without the first moment between is no wait."""
    found: list[float] = []
    before_ms = -1.0
    for at in end.times:
        since = begin.last(at)
        if since is not None and since > before_ms:
            found.append(at - since)
        before_ms = at
    return found


def _verdict(scene: Scene, right: bool, expected: Text, seen: Text) -> Verdict:
    if (loss := scene.record.loss_in(0, scene.window.end_ms)) is not None:
        return Verdict("unclear", expected, loss.reason)
    if not right and (blind := scene.blind()) is not None:
        return Verdict("unclear", expected, blind)
    return scene.verdict(right, expected, seen)
