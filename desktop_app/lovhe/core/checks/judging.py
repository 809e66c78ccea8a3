"""From evidence to verdicts: pure and deterministic, so that a stored run can be judged again.

The rules, in the order in which they are asked of each check:

1. A check whose needed check has not passed (failed, skipped or unclear) is skipped: one cause is told once.
2. A program that ended with an exception fails the check in whose time that was and all later ones, and every check of
   its source alone. So does a program that ended on its own too early, unless the check says `may-end`.
3. Where our side lost evidence, or the surroundings were not changed as asked, the check is unclear, unless it has failed
   whatever the missing evidence may say.
4. The rest is what its steps and its source expect. The first expectation that failed is reported. Of a passed check the first
   thing that each step has shown is told: the first step alone may look like the contrary of the check's title.

A step's window begins when the step began (or its surroundings were last changed) plus `settle`, and lasts until `delay` is
over. A program that may end and did is judged by all it did, and by the state it left behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from lovhe.core.amounts import parse_duration_ms
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.expectations import Scene, Verdict, Window, seconds, then
from lovhe.core.checks.expectations_display import judge_display
from lovhe.core.checks.expectations_look import judge_look
from lovhe.core.checks.expectations_order import judge_order
from lovhe.core.checks.expectations_output import judge_text
from lovhe.core.checks.expectations_pin import judge_pin
from lovhe.core.checks.expectations_pixels import judge_pixels
from lovhe.core.checks.expectations_reading import judge_reading
from lovhe.core.checks.expectations_tone import judge_tune
from lovhe.core.checks.expectations_use import judge_device, judge_source, judge_use
from lovhe.core.checks.readings import folded
from lovhe.core.checks.report import CheckReport, Outcome, Report, make_report
from lovhe.core.checks.run_record import Ending, RunRecord, StepMark, read_run
from lovhe.core.checks.source_facts import SourceFacts, source_facts
from lovhe.core.checks.step_words import with_what_was_done
from lovhe.core.lessons.answers import problem_where_lines_are_moved
from lovhe.core.lessons.lesson import Check, ExpectError, Lesson, Step
from lovhe.core.messages import N_, Localized, Message, Text
from lovhe.core.programs.friendly_errors import explain
from lovhe.core.programs.friendly_errors.unstarted import unstarted
from lovhe.core.programs.program import ProgramProblem, syntax_problem


def judge(lesson: Lesson, source: str, events: Sequence[Event]) -> Report:
    """The verdict on a run of `source`. A source with a syntax error needs no events."""
    record = read_run(events)
    if not record.began:
        problem = syntax_problem(source)
        if problem is not None:
            return syntax_report(lesson, problem)
    judgement = _Judgement(lesson, source, record, source_facts(source))
    return make_report(lesson.id, [judgement.report(check) for check in lesson.file.check], lesson.judging)


def syntax_report(lesson: Lesson, problem: ProgramProblem) -> Report:
    """The report on a program that cannot be compiled: a first check "syntax" failed, all others skipped."""
    step = lesson.step(lesson.judging)
    if step is not None and step.kind == "order":
        problem = problem_where_lines_are_moved(problem)
    expected = N_("The board can read the program.")
    first = CheckReport("syntax", "failed", expected, problem.what, [problem.hint] if problem.hint else [])
    rest = [
        _check_report(lesson, check, Verdict("skipped", check_title(lesson, check), N_("The program has to be mended first.")))
        for check in lesson.file.check
    ]
    return make_report(lesson.id, [first, *rest], lesson.judging)


def watched_gpios(lesson: Lesson) -> tuple[int, ...]:
    """GPIO numbers, sorted, that the trace is told to sample beside the program's outputs: those of parts that sense.

    Not those of an LED: at a pin that is no output it is dark, whatever chance level the pin reads.
    """
    return tuple(sorted({wire.gpio for part in lesson.wired.values() if part.part.quantity for wire in part.wires.values()}))


def switched_gpios(lesson: Lesson) -> tuple[int, ...]:
    """GPIO numbers, sorted, of the parts that sense in words, as a button does: what somebody wants to see live while a program runs.

    The level of a pin that measures a voltage, or on which a sensor sends its bits, says nothing to anybody.
    """
    parts = [part for part in lesson.wired.values() if part.part.quantity]
    switches = [part for part in parts if all(one.values and not one.analog_mv for one in part.part.quantity)]
    return tuple(sorted({wire.gpio for part in switches for wire in part.wires.values()}))


def check_title(lesson: Lesson, check: Check) -> Localized:
    """The check's title in all the lesson's languages."""
    return Localized({language: text.checks[check.id].title for language, text in lesson.texts.items()})


def check_hints(lesson: Lesson, check: Check) -> list[Text]:
    """The check's hints, from a nudge to nearly the code. Every language has as many."""
    by_language = {language: text.checks[check.id].hints for language, text in lesson.texts.items()}
    count = min((len(hints) for hints in by_language.values()), default=0)
    return [Localized({language: hints[index] for language, hints in by_language.items()}) for index in range(count)]


def _check_report(lesson: Lesson, check: Check, verdict: Verdict) -> CheckReport:
    hints = [*verdict.hints, *check_hints(lesson, check)] if verdict.outcome == "failed" else []
    points = check.points if verdict.outcome == "passed" else 0
    return CheckReport(check.id, verdict.outcome, verdict.expected, verdict.seen, hints, points, check.points, check_title(lesson, check))


class _Judgement:
    """One run being judged, check by check, in the lesson's order."""

    def __init__(self, lesson: Lesson, source: str, record: RunRecord, facts: SourceFacts | None) -> None:
        self.lesson, self.source, self.record, self.facts = lesson, source, record, facts
        self.outcomes: dict[str, Outcome] = {}
        ending = record.ending
        if ending is not None and ending.type == "SystemExit":
            ending = msgspec.structs.replace(ending, status="done")
        self.ending = ending

    def report(self, check: Check) -> CheckReport:
        verdict = self._skipped(check) or self._crashed(check) or self._judged(check)
        self.outcomes[check.id] = verdict.outcome
        return _check_report(self.lesson, check, verdict)

    def _skipped(self, check: Check) -> Verdict | None:
        for needed in check.needs:
            if self.outcomes.get(needed) != "passed":
                title = next((check_title(self.lesson, other) for other in self.lesson.file.check if other.id == needed), needed)
                return Verdict("skipped", check_title(self.lesson, check), N_("First this has to pass: “{title}”.", title=title))
        return None

    def _crashed(self, check: Check) -> Verdict | None:
        ending = self.ending
        windows = [self._window(check, index) for index in range(len(check.step))]
        if check.expect_error is not None:
            return self._error_missing(check, check.expect_error, [window for window in windows if window is not None])
        if ending is None or ending.status != "error":
            return None
        if check.step and all(window is not None and window.end_ms <= ending.t_ms for window in windows):
            return None  # its time was over by then
        what, hint = explain(ending.type, ending.message, ending.line, self.source)
        return Verdict("failed", N_("The program runs without an error."), what, [hint] if hint else [])

    def _error_missing(self, check: Check, expect: ExpectError, windows: list[Window]) -> Verdict | None:
        """What is wrong with the end of a program that should end with an exception; None if it is just that one."""
        ending = self.ending
        expected = _ends_with(expect)
        if len(windows) < len(check.step):
            return self._never_began(check)
        if ending is None or ending.status != "error" or ending.t_ms > windows[-1].end_ms:
            loss = self.record.loss_in(windows[0].begin_ms, windows[-1].end_ms)
            return Verdict("unclear", expected, loss.reason) if loss else Verdict("failed", expected, N_("It ran without an error."))
        if ending.t_ms < windows[0].begin_ms:
            return Verdict("failed", expected, N_("It ended before: after {time} s.", time=seconds(ending.t_ms)))
        if ending.type == expect.type and folded(expect.contains) in folded(ending.message):
            return None
        what, hint = explain(ending.type, ending.message, ending.line, self.source)
        return Verdict("failed", expected, what, [hint] if hint else [])

    def _judged(self, check: Check) -> Verdict:
        by_step = list(self._verdicts(check))
        verdicts = [verdict for _, verdict in by_step]
        for outcome in ("failed", "unclear"):
            for verdict in verdicts:
                if verdict.outcome == outcome:
                    return verdict
        if not verdicts:
            return Verdict("passed", N_("The program runs without an error."), N_("It ran without an error."))
        firsts = {index: verdict.seen for index, verdict in reversed(by_step) if index is not None}
        seen = [firsts[index] for index in sorted(firsts)]
        return msgspec.structs.replace(verdicts[0], seen=then(seen)) if len(seen) > 1 else verdicts[0]

    def _verdicts(self, check: Check) -> Iterator[tuple[int | None, Verdict]]:
        """All verdicts, each with the step that it is about."""
        if check.expect_error is not None:
            yield None, Verdict("passed", _ends_with(check.expect_error), N_("So it ended."))
        windows: list[Window] = []
        for index, step in enumerate(check.step):
            window = self._ended_early(check, index, step) or self._window(check, index)
            if isinstance(window, Verdict):
                yield index, window
                break
            if window is None:
                yield index, self._never_began(check)
                break
            windows.append(window)
        if len(windows) == len(check.step):
            for index, (step, window) in enumerate(zip(check.step, windows, strict=True)):
                yield from ((index, verdict) for verdict in self._step_verdicts(check, index, step, window, windows))
        if check.expect_source is not None:
            yield None, judge_source(check.expect_source, self.facts)

    def _step_verdicts(self, check: Check, index: int, step: Step, window: Window, windows: list[Window]) -> Iterator[Verdict]:
        mark = self.record.steps.get((check.id, index))
        if mark is not None and mark.unseen:
            reason = N_("The evidence does not show that this was done: {change}.", change=mark.unseen[0])
            yield Verdict("unclear", check_title(self.lesson, check), reason)
            return
        scene = Scene(self.lesson, self.record, window)
        for verdict in _expectations(check, index, step, scene, windows):
            yield with_what_was_done(self.lesson, check, step, verdict)

    def _window(self, check: Check, index: int) -> Window | None:
        """When the step is judged; None if it never began."""
        mark = self.record.steps.get((check.id, index))
        return _window(check.step[index], mark) if mark is not None else None

    def _ended_early(self, check: Check, index: int, step: Step) -> Verdict | Window | None:
        """What becomes of a step whose time was not over when the program ended without an exception; None if it was."""
        ending, window = self.ending, self._window(check, index)
        if ending is None or ending.status == "error" or (window is not None and window.end_ms <= ending.t_ms):
            return None
        if ending.status == "stopped":
            return Verdict("unclear", N_("The program keeps running."), N_("It was stopped after {time} s.", time=seconds(ending.t_ms)))
        if not check.may_end:
            return _left(ending) if ending.status in ("sleep", "reset") else _too_short(ending, self.source)
        begin = ending.t_ms if step.asked else 0
        return Window(begin, begin, ending.t_ms, ended=True)

    def _never_began(self, check: Check) -> Verdict:
        loss = self.record.losses[-1].reason if self.record.losses else N_("The run did not get as far as this check.")
        return Verdict("unclear", check_title(self.lesson, check), loss)


def _expectations(check: Check, index: int, step: Step, scene: Scene, windows: list[Window]) -> Iterator[Verdict]:
    for pin in step.expect_pin:
        yield from judge_pin(pin, scene)
    for order in step.expect_order:
        yield from judge_order(order, scene)
    for tune in step.expect_tune:
        yield from judge_tune(tune, scene)
    for pixels in step.expect_pixels:
        yield from judge_pixels(pixels, scene)
    for display in step.expect_display:
        yield from judge_display(display, scene)
    for device in step.expect_device:
        yield from judge_device(device, scene)
    for reading in step.expect_reading:
        yield from judge_reading(reading, scene, check, windows)
    for text in step.expect_text:
        yield from judge_text(text, scene)
    for use in step.expect_use:
        yield from judge_use(use, scene)
    for look in step.expect_look:
        yield from judge_look(look, scene, check.id, index)


def _window(step: Step, mark: StepMark) -> Window:
    """From the step's begin, or from when a person had changed the last of its surroundings."""
    begin = float(max([mark.start_ms, *_changes(step, mark)]))
    end = min(begin + parse_duration_ms(step.delay), mark.limit_ms)
    return Window(begin, min(begin + step.settle_ms, end), end)


def _changes(step: Step, mark: StepMark) -> list[int]:
    """When what was to be set was set; of what goes on changing during the step the first time."""
    moved = [t_ms for t_ms, part in mark.sets if part not in step.set]
    return [*(t_ms for t_ms, part in mark.sets if part in step.set), *moved[:1]]


def _ends_with(expect: ExpectError) -> Message:
    error = f"{expect.type}: {expect.contains}" if expect.contains else expect.type
    return N_("The program ends with this error: {error}.", error=error)


def _too_short(ending: Ending, source: str) -> Verdict:
    hints: list[Text] = [N_("A program ends when its last line is done. What could make it go round again and again?")]
    if (left := unstarted(source)) is not None:
        hints = [*left]
    return Verdict("failed", N_("The program keeps running."), N_("It ended after {time} s.", time=seconds(ending.t_ms)), hints)


def _left(ending: Ending) -> Verdict:
    """A program that has put its board to sleep or restarted it."""
    what = N_("It put the board into deep sleep after {time} s.", time=seconds(ending.t_ms))
    if ending.status == "reset":
        what = N_("It restarted the board after {time} s.", time=seconds(ending.t_ms))
    hint = N_("After `deepsleep()` or `reset()` the board begins anew, and a check doesn't see what it does then. Would `time.sleep()` do?")
    return Verdict("failed", N_("The program keeps running."), what, [hint])
