"""A program that restarts its board, or sends it to sleep, is told as that and judged by what it did before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.apps import wiring
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import Report
from lovhe.services.checking import check_program
from lovhe.services.running import run_program
from lovhe.virtual.local_board import LocalBoard

from .boards import powered_board

_LESSON = wiring.kit().lesson("6-01-blink")
BLINK = _LESSON.judged_by(_LESSON.goal)
HEAD = "import machine, time\nfrom machine import Pin\nled = Pin(2, Pin.OUT)\nled.on()\nprint('lit')\n"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[tuple[ReplLink, LocalBoard]]:
    """A board in virtual time with the blink lesson's circuit."""
    with powered_board(tmp_path, BLINK, virtual_time=True) as board:
        link = ReplLink("desk", board.line)
        yield link, board
        link.close()


def check(bench: tuple[ReplLink, LocalBoard], code: str) -> tuple[Report, list[Event]]:
    """The verdict on `code` after the LED was lit."""
    return check_program(BLINK, HEAD + code, *bench, runtime=wiring.runtime())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("machine.deepsleep(500)", "It put the board into deep sleep"),
        ("machine.deepsleep()", "It put the board into deep sleep"),
        ("time.sleep(1)\nmachine.reset()", "It restarted the board after 1"),
        ("from machine import reset\nreset()", "It restarted the board"),
    ],
)
def test_the_programs_own_restart_is_its_end(bench: tuple[ReplLink, LocalBoard], code: str, words: str) -> None:
    """Not "off the whole time": the verdict names what ended the run, what came before it was seen, and the board works again."""
    report, events = check(bench, code)
    first = report.checks[0]
    assert (first.outcome, str(first.seen)[: len(words)]) == ("failed", words)
    assert [2, 1] in [event.args for event in events if event.kind == "level"]
    again, _ = check_program(BLINK, BLINK.solutions["solution.py"], *bench, runtime=wiring.runtime())
    assert again.outcome == "passed"


def test_a_refused_sleep_is_an_error_like_any_other(bench: tuple[ReplLink, LocalBoard]) -> None:
    """What the chip does not take does not end the run twice."""
    report, events = check(bench, "machine.deepsleep('1')")
    assert [event.args[:2] for event in events if event.kind == "end"] == [["error", "TypeError"]]
    assert report.checks[0].outcome == "failed"


def test_a_watchdogs_bite_leaves_the_verdict_open(bench: tuple[ReplLink, LocalBoard]) -> None:
    """The board started anew, and nobody can say that the program did it."""
    report, events = check(bench, "machine.WDT(timeout=300)\nwhile True: pass")
    assert [event.args for event in events if event.kind == "gone"] == [["restart"]]
    assert report.checks[0].outcome == "unclear"
    assert "started anew" in str(report.checks[0].seen)


def test_a_watchdog_of_one_program_does_not_bite_the_next(bench: tuple[ReplLink, LocalBoard]) -> None:
    """It cannot be stopped; after the run it is told to wait for days."""
    source = BLINK.solutions["solution.py"]
    guard = "from machine import WDT, Timer\ndog = WDT(timeout=400)\nTimer(0, period=100, callback=lambda t: dog.feed())\n"
    guarded = guard + source
    for program in (guarded, source, guarded, source):
        report, _ = check_program(BLINK, program, *bench, runtime=wiring.runtime())
        assert report.outcome == "passed"


def test_a_run_in_real_time_tells_the_restart(tmp_path: Path) -> None:
    """`lovhe run` sees the end and the ROM's words; after the wake the board answers."""
    with powered_board(tmp_path, BLINK) as board:
        link = ReplLink("desk", board.line)
        events = list(run_program(HEAD + "machine.deepsleep(300)", link, runtime=wiring.runtime(), duration_s=20))
        said = "".join(event.args[0] for event in events if event.kind == "text")
        assert [event.args[0] for event in events if event.kind == "end"] == ["sleep"]
        assert "lit" in said
        assert "DEEPSLEEP_RESET" in said
        assert link.execute("import machine\nprint(machine.wake_reason())") == b"4\r\n"
        link.close()


def test_the_rtc_memory_outlives_a_restart_and_no_reset_button(tmp_path: Path) -> None:
    """`machine.reset()` keeps the clock and the memory; the EN pin, which USB's RTS pulls, takes the chip's power away."""
    show = "import machine\nr = machine.RTC()\nprint(machine.reset_cause(), r.memory(), r.datetime()[0])"
    with powered_board(tmp_path, BLINK) as board:
        link = ReplLink("desk", board.line)
        link.execute("import machine\nr = machine.RTC()\nr.memory(b'7')\nr.datetime((2026, 9, 1, 1, 8, 0, 0, 0))")
        list(run_program("import machine\nmachine.reset()", link, runtime=wiring.runtime(), duration_s=20))
        assert link.execute("r = __import__('machine').RTC()\nprint(r.memory(), r.datetime()[0])") == b"b'7' 2026\r\n"
        board.line.dtr = False
        board.line.rts = True
        board.line.rts = False
        link = ReplLink("desk", board.line, fresh=False)
        assert link.execute(show) == b"1 b'' 2000\r\n"
        link.close()


def test_a_program_that_sleeps_lightly_is_judged_like_one_that_waits(bench: tuple[ReplLink, LocalBoard]) -> None:
    """The trace goes on after each nap, and the times are right."""
    code = "while True:\n  led.on(); machine.lightsleep(500)\n  led.off(); machine.lightsleep(500)\n"
    report, events = check(bench, code)
    assert report.outcome == "passed"
    changes = [event.t_ms for event in events if event.kind == "level"][1:6]
    assert len(changes) == 5
    assert all(490 <= after - before <= 510 for before, after in pairwise(changes))
