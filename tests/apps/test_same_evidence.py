"""One program, one verdict, one evidence: in real time over the serial line and in virtual time.

Boards in real time are processes with an RFC 2217 port, in virtual time threads of this process; MicroPython, trace, raw REPL,
surroundings and judge are the same real ones for both.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise, takewhile
from pathlib import Path

import msgspec
import pytest
from lovhe.apps import wiring
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import Report
from lovhe.core.lessons.lesson import Lesson
from lovhe.services.checking import check_program
from lovhe.services.ports import BoardInfo

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

LESSONS = Path(__file__).parent.parent.parent / "lessons"
TOLERANCE_MS = 30 + 5  # and a sample of the pins
DRIFT = 0.015  # of a PC's speed and the modelled one, where a program prints a lot
NOISE = 0.01  # of an ADC's full scale
CHANCES = 3
"""How often a program may run in real time until its times fit: a PC that is busy with other tests is late at times."""

FADES = """\
from machine import Pin, PWM
import time
led = PWM(Pin(2), freq=1000)
for turn in range(12):
    for duty in (0, 20000, 65535):
        led.duty_u16(duty)
        print("duty:", duty)
        time.sleep(0.3)
led.deinit()
print("end", 1 // 0)
"""

PROGRAMS = {
    "6-01-blink": ("solution", "wrong/too_fast", "wrong/misspelt_name", FADES),
    "6-02-button-light": ("solution", "wrong/changes_at_each_press", "wrong/misspelt_in_a_branch"),
    "6-03-night-light": ("solution", "wrong/one_low_threshold", "wrong/misspelt_in_a_branch"),
}
LOOKS_EVERY_MS = {"6-01-blink": 0, "6-02-button-light": 50, "6-03-night-light": 100}
"""How long a program of this lesson may take to see a change: the surroundings change at any moment of its loop."""

CASES = [(lesson, program) for lesson, programs in PROGRAMS.items() for program in programs]

Run = tuple[Report, list[Event]]


def _source(lesson_id: str, program: str) -> str:
    return program if "\n" in program else (LESSONS / lesson_id / f"{program}.py").read_text("utf-8")


def _goal_of(lesson_id: str) -> Lesson:
    """The lesson with the checks of its goal, for which its programs are written."""
    lesson = wiring.kit().lesson(lesson_id)
    return lesson.judged_by(lesson.goal)


def _in_real_time(board: BoardInfo, lesson_id: str, program: str) -> Run:
    lesson = _goal_of(lesson_id)
    link = wiring.open_link(board)
    try:
        stage = wiring.open_stage(board, lesson, "en", pytest.fail)
        return check_program(lesson, _source(lesson_id, program), link, stage, runtime=wiring.runtime())
    finally:
        link.close()


def _in_virtual_time(lesson_id: str, program: str) -> Run:
    lesson = _goal_of(lesson_id)
    with wiring.virtual_bench(lesson) as (link, stage):
        return check_program(lesson, _source(lesson_id, program), link, stage, runtime=wiring.runtime())


@pytest.fixture
def boards(data_dir: Path) -> Iterator[list[BoardInfo]]:
    """A flashed board in real time for each case, with the lesson's circuit."""
    (data_dir / "boards").mkdir(parents=True)
    started: list[BoardInfo] = []
    try:
        for number, (lesson_id, _) in enumerate(CASES):
            (data_dir / "boards" / f"case{number}.flash").write_bytes(wiring._factory_flash())
            started += wiring.start_virtual_boards(
                count=1,
                name=f"case{number}",
                lesson=lesson_id,
                circuit=None,
                chip="esp32",
                baud_limit=None,
                endpoint="rfc2217",
                tie_to_this_process=True,
            )
        yield started
    finally:
        wiring.stop_virtual_boards()


def test_real_time_and_virtual_time_give_the_same_evidence_and_verdict(boards: list[BoardInfo]) -> None:
    """For each lesson a solution and two wrong programs, and a program of many kinds of evidence, give in both times

    - the same outcome for each check, the same points, and the same words in what was expected;
    - for each pin the same row of levels and of PWM settings between two changes of the surroundings, each as long after the one
      before it, or after the change, give or take 30 ms, the trace's 5 ms, 1.5 % of the time since the change (printing and computing
      cost what the chip needs in virtual time, what the PC needs in real time), and the loop of the program that has to see the change;
    - ADC readings at the same rate and, once the change can have been seen, equal within 1 % of the scale;
    - the same printed text, as far as the shorter run goes, and the same end: exception, message and line.

    What may differ: what a pin reads before the program has set it up, what a pin under PWM seems to be at (it is sampled in
    passing), and when the steps begin (a real clock goes on while the PC looks); so evidence is aligned at the changes of the
    surroundings, and compared for as long as both runs had. Verdicts must agree each time; times have three chances.
    Takes some 20 s.
    """
    with ThreadPoolExecutor(len(CASES)) as pool:
        real = [pool.submit(_in_real_time, board, *case) for board, case in zip(boards, CASES, strict=True)]
        real_runs = [run.result() for run in real]
        virtual_runs = [_in_virtual_time(*case) for case in CASES]
        late: dict[int, AssertionError] = {}
        for _ in range(CHANCES):
            late.clear()
            for number, (case, one, other) in enumerate(zip(CASES, real_runs, virtual_runs, strict=True)):
                assert _verdict(one[0]) == _verdict(other[0]), case
                assert _ends(one[1]) == _ends(other[1]), case
                try:
                    _compare(one[1], other[1], LOOKS_EVERY_MS[case[0]])
                except AssertionError as difference:
                    late[number] = difference
            if not late:
                return
            again: dict[int, Future[Run]] = {number: pool.submit(_in_real_time, boards[number], *CASES[number]) for number in late}
            for number, run in again.items():
                real_runs[number] = run.result()
    raise AssertionError(str({CASES[number]: str(difference) for number, difference in late.items()}))


def _verdict(report: Report) -> object:
    checks = [(check.id, check.outcome, str(check.expected), str(check.hint)) for check in report.checks]
    return report.outcome, report.points, report.total, checks


def _ends(events: list[Event]) -> list[object]:
    return [event.args for event in events if event.kind == "end"]


class _Stretch(msgspec.Struct):
    """What happened between two changes of the surroundings; times are counted from the first of them."""

    duration_ms: int
    pins: dict[str, list[tuple[int, object]]]
    readings: dict[str, list[tuple[int, int]]]


def _stretches(events: list[Event]) -> list[_Stretch]:
    """A run up to its end, cut where the surroundings really changed."""
    known: dict[str, str] = {}
    found = [_Stretch(0, {}, {})]
    begin_ms = 0
    levels: dict[int, int] = {}
    with_pwm = {event.args[0] for event in events if event.kind == "pwm"}
    for event in sorted(events, key=lambda event: event.t_ms):
        found[-1].duration_ms = event.t_ms - begin_ms
        match event.kind, event.args:
            case "set", [str(part), str(value)]:
                if known.setdefault(part, value) != value:
                    known[part] = value
                    begin_ms = event.t_ms
                    found.append(_Stretch(0, {}, {}))
            case "level", pairs:
                for gpio, level in zip(pairs[::2], pairs[1::2], strict=True):
                    if levels.get(gpio) != level and gpio not in with_pwm:
                        levels[gpio] = level
                        row = found[-1].pins.setdefault(f"level of {gpio}", [])
                        if row and event.t_ms < TOLERANCE_MS:  # a pin floats until the program has set it up
                            row.clear()
                        row.append((event.t_ms - begin_ms, level))
            case "pwm", [int(gpio), *setting]:
                row = found[-1].pins.setdefault(f"PWM of {gpio}", [])
                if not row or row[-1][1] != setting:
                    row.append((event.t_ms - begin_ms, setting))
            case "adc", [int(gpio), int(raw)]:
                found[-1].readings.setdefault(f"ADC of {gpio}", []).append((event.t_ms - begin_ms, raw))
            case "over", _:
                break
    return found


def _text(events: list[Event]) -> list[str]:
    before_over = takewhile(lambda event: event.kind != "over", events)
    return "".join(event.args[0] for event in before_over if event.kind == "text").splitlines()


def _compare(real: list[Event], virtual: list[Event], looks_every_ms: int) -> None:
    one, other = _stretches(real), _stretches(virtual)
    assert len(one) == len(other)
    for number, (left, right) in enumerate(zip(one, other, strict=True)):
        common_ms = min(left.duration_ms, right.duration_ms) - TOLERANCE_MS
        reaction_ms = TOLERANCE_MS + looks_every_ms
        for pin in left.pins.keys() | right.pins.keys():
            _compare_pins(f"{pin}, stretch {number}", left.pins.get(pin, []), right.pins.get(pin, []), common_ms, reaction_ms)
        for pin in left.readings.keys() | right.readings.keys():
            _compare_readings(f"{pin}, stretch {number}", left.readings.get(pin, []), right.readings.get(pin, []), reaction_ms)
    texts = _text(real), _text(virtual)
    shorter, longer = sorted(texts, key=len)
    assert longer[: len(shorter)] == shorter
    assert len(longer) - len(shorter) <= 2


def _compare_pins(what: str, real: list[tuple[int, object]], virtual: list[tuple[int, object]], common_ms: int, reaction_ms: int) -> None:
    shorter, longer = sorted((real, virtual), key=len)
    assert [state for _, state in longer[: len(shorter)]] == [state for _, state in shorter], (what, real, virtual)
    assert all(t_ms > common_ms for t_ms, _ in longer[len(shorter) :]), (what, real, virtual)
    before = (0, 0)
    for index, (left, right) in enumerate(zip(real, virtual, strict=False)):
        apart_ms = abs((left[0] - before[0]) - (right[0] - before[1]))
        assert apart_ms <= (TOLERANCE_MS if index else reaction_ms) + DRIFT * left[0], (what, left, right, before)
        before = left[0], right[0]


def _compare_readings(what: str, real: list[tuple[int, int]], virtual: list[tuple[int, int]], reaction_ms: int) -> None:
    if min(len(real), len(virtual)) < 3:  # the program was at its end
        assert abs(len(real) - len(virtual)) <= 2, (what, real, virtual)
        return
    periods = [[later - sooner for (sooner, _), (later, _) in pairwise(row)] for row in (real, virtual)]
    assert abs(statistics.median(periods[0]) - statistics.median(periods[1])) <= TOLERANCE_MS, (what, periods)
    seen = [raw for row in (real, virtual) for t_ms, raw in row if t_ms > reaction_ms]
    assert max(seen) - min(seen) <= NOISE * 65535, (what, seen)


LEAVES_PINS = """\
from machine import Pin
Pin(2, Pin.OUT).on()
Pin(4, Pin.IN, Pin.PULL_UP)
"""


def test_a_verdict_does_not_depend_on_the_program_before() -> None:
    """A light left on and a pull-up left behind, which a soft reset does not undo, neither fail a program nor let one pass."""
    lesson = _goal_of("6-02-button-light")
    programs = [_source(lesson.id, program) for program in ("solution", "wrong/changes_at_each_press", "wrong/no_pull_up")]
    with wiring.virtual_bench(lesson) as (link, stage):

        def verdict(source: str) -> object:
            return _verdict(check_program(lesson, source, link, stage, runtime=wiring.runtime())[0])

        fresh = [_verdict(_in_virtual_time(lesson.id, program)[0]) for program in programs]
        after = [(verdict(LEAVES_PINS), verdict(program))[1] for program in programs]
    assert after == fresh


ENDS = """\
from machine import Pin, PWM
import time
led = PWM(Pin(2), freq=1000)
for turn in range({turns}):
    led.duty_u16(1000 * turn)
    time.sleep_us({pause_us})
led.deinit()
1 // 0
"""


def test_the_end_is_evidence_whatever_the_sampler_is_doing_then() -> None:
    """Programs that end at thirty different moments between two samples all leave their exception and its line, and lose nothing."""
    lesson = _goal_of("6-01-blink")
    with wiring.virtual_bench(lesson) as (link, stage):
        for turns in range(1, 31):
            source = ENDS.format(turns=turns, pause_us=3000 + 740 * turns)
            _, events = check_program(lesson, source, link, stage, runtime=wiring.runtime())
            assert _ends(events) == [["error", "ZeroDivisionError", "divide by zero", 8]], (turns, events)
            assert not {"gap", "lost"} & {event.kind for event in events}


def test_the_comparison_sees_a_difference() -> None:
    """A level that is missing, another PWM, a reading beyond the noise, other text: none of it passes for the same evidence."""
    same = _events({})
    _compare(same, same, 0)
    for change in ({3: Event(1000, "level", [2, 0])}, {4: Event(1500, "pwm", [5, 100, 99])}, {8: Event(3100, "adc", [34, 9000])}):
        with pytest.raises(AssertionError):
            _compare(same, _events(change), 0)
    with pytest.raises(AssertionError):
        _compare(same, _events({5: Event(1600, "text", ["b\nc\nd\ne\n"])}), 0)
    with pytest.raises(AssertionError):
        _compare(same, _events({3: Event(1000 + 2 * TOLERANCE_MS, "level", [2, 1])}), 0)


def _events(changes: Mapping[int, Event]) -> list[Event]:
    events = [
        Event(0, "begin", ["0.1.0", 5, "main.py"]),
        Event(5, "level", [2, 0]),
        Event(10, "set", ["light", "80 %"]),
        Event(1000, "level", [2, 1]),
        Event(1500, "pwm", [5, 100, 32768]),
        Event(1600, "text", ["a\n"]),
        Event(2000, "set", ["light", "10 %"]),
        Event(3000, "adc", [34, 5000]),
        Event(3100, "adc", [34, 5100]),
        Event(3200, "adc", [34, 5050]),
        Event(4000, "over", []),
    ]
    return [changes.get(index, event) for index, event in enumerate(events)]
