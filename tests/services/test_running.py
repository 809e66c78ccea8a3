"""A program runs under trace, and what it does is seen while it does it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.apps import wiring
from lovhe.core.checks.evidence import Event
from lovhe.core.errors import BoardSilentError
from lovhe.services import running
from lovhe.services.recorder import Recorder
from lovhe.services.running import run_program
from lovhe.virtual.line.faults import Faults, Strike

from .boards import powered_board

LESSON = wiring.kit().lesson("6-01-blink")
BLINK = """\
from machine import Pin
import time
led = Pin(2, Pin.OUT)
while True:
    led.toggle()
    print('light:', led.value())
    time.sleep(0.1)
"""


def test_events_come_while_the_program_runs(link: ReplLink) -> None:
    """Levels and text arrive with the board's times; after the given time the program is stopped, and says so."""
    events = list(run_program(BLINK, link, watch=(2,), runtime=wiring.runtime(), duration_s=1.0))
    assert events[0].kind == "begin"
    assert events[-1].kind == "end"
    assert events[-1].args[0] == "stopped"
    toggles = [event.t_ms for event in events if event.kind == "level" and 2 in event.args[::2]]
    assert len(toggles) >= 8
    texts = [event.args[0].strip() for event in events if event.kind == "text"]
    assert texts[:2] == ["light: 1", "light: 0"]


def test_a_program_that_ends_ends_the_stream(link: ReplLink) -> None:
    """Without a time limit the stream ends with the program's own end."""
    events = list(run_program("print('hello')\n", link, runtime=wiring.runtime()))
    assert [event.args[0].strip() for event in events if event.kind == "text"] == ["hello"]
    assert events[-1].args[0] == "done"


def test_what_was_handed_on_is_not_kept(link: ReplLink, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program may print for days: all that it says is handed on, and of that only the newest stays in memory."""
    recorders: list[Recorder] = []

    def recorder(*arguments: Any, **options: Any) -> Recorder:
        recorders.append(Recorder(*arguments, **options))
        return recorders[-1]

    monkeypatch.setattr(running, "Recorder", recorder)
    count = 20_000
    most = texts = 0
    for event in run_program(f"for i in range({count}):\n    print(i)\n", link, runtime=wiring.runtime()):
        texts += event.kind == "text"
        most = max(most, len(recorders[0].events))
    assert texts == count
    assert most < count / 2


def test_a_question_is_seen_and_what_is_typed_reaches_input(link: ReplLink) -> None:
    """Each answer is typed once its question stands there; the board shows what it was sent."""
    source = "name = input('Name? ')\nprint('Salam,', name)\nprint(2 * int(input('Number? ')))\n"
    answers = {"Name? ": b"Leyla\r", "Number? ": b"21\r"}
    heard: list[str] = []

    def typed() -> bytes:
        return answers.pop("".join(heard).rpartition("\n")[2], b"")

    for event in run_program(source, link, runtime=wiring.runtime(), duration_s=10, typed=typed):
        if event.kind == "text":
            heard.append(event.args[0])
    assert "".join(heard) == "Name? Leyla\nSalam, Leyla\nNumber? 21\n42\n"
    assert event.kind == "end"
    assert event.args[0] == "done"


def test_a_caller_who_has_seen_enough_leaves_a_free_board(link: ReplLink) -> None:
    """Stopping to listen stops the program; the link goes on."""
    for event in run_program(BLINK, link, runtime=wiring.runtime()):
        if event.kind == "text":
            break
    assert link.execute("print(6 * 7)").strip() == b"42"


def test_stop_is_obeyed_at_once(link: ReplLink) -> None:
    """`cancelled` ends the run within a second."""
    heard: list[str] = []
    begin = 0.0
    for event in run_program(BLINK, link, runtime=wiring.runtime(), cancelled=lambda: len(heard) > 3):
        heard.append(event.kind)
        if len(heard) == 4:
            begin = time.monotonic()
    assert time.monotonic() - begin < 2
    assert heard[-1] == "end"


def test_a_syntax_error_on_the_board_is_an_end_with_its_line(link: ReplLink) -> None:
    """What MicroPython refuses to compile ends with the line; it is no silence of the board."""
    events = list(run_program("x = 1\nwhile True\n    pass\n", link, runtime=wiring.runtime()))
    assert events[-1].args[:2] == ["error", "SyntaxError"]
    assert events[-1].args[3] == 2


def test_a_missing_library_is_told(link: ReplLink) -> None:
    """Without the runner the program does not start, and the user is told what to do."""
    link.execute("import os\nos.rename('/lib/lovhe', '/lib/lost')")
    with pytest.raises(BoardSilentError):
        list(run_program("print(1)\n", link))


def test_drivers_go_with_programs_that_use_them(link: ReplLink) -> None:
    """A board that lost its drivers gets them back when a program needs them, and is not asked about them otherwise."""
    link.execute("import os\nos.rename('/lib/lovhe/drivers', '/lib/lost')")
    plain = list(run_program("import os\nprint('driver' + 's' in os.listdir('/lib/lovhe'))\n", link, runtime=wiring.runtime()))
    assert [event.args[0] for event in plain if event.kind == "text"] == ["False\n"]
    using = list(run_program("from lovhe.drivers.keypad import Keypad\nprint(Keypad.__name__)\n", link, runtime=wiring.runtime()))
    assert [event.args[0] for event in using if event.kind == "text"] == ["Keypad\n"]


def _struck(folder: Path, strike: Strike) -> list[Event]:
    """The events of a program whose board is struck while it prints."""
    faults = Faults()
    with powered_board(folder, LESSON, faults=faults) as board:
        link = ReplLink("desk", board.line)
        events = []
        for event in run_program(BLINK, link, runtime=wiring.runtime(), duration_s=20.0):
            events.append(event)
            if event.kind == "text" and len(events) < 20:
                faults.arm(strike, 0)
                board.line.write(b"\r")
        link.close()
    return events


def test_a_pulled_cable_ends_the_stream(tmp_path: Path) -> None:
    """The stream ends with "gone", and what came before is kept."""
    events = _struck(tmp_path, Strike.UNPLUG)
    assert events[0].kind == "begin"
    assert events[-1].kind == "gone"


def test_a_supply_that_sags_ends_the_stream_with_its_reason(tmp_path: Path) -> None:
    """The chip's own words after a brown-out make a "gone" event: what a program did not do then is not its fault."""
    events = _struck(tmp_path, Strike.BROWNOUT)
    assert [event.args for event in events if event.kind == "gone"] == [["brownout"]]


def test_a_program_that_resets_its_board_is_not_gone(link: ReplLink) -> None:
    """A reset of the program's own making ends the stream without a fault of ours, whatever it prints."""
    events = list(
        run_program("import machine\nprint('Brownout detector was triggered')\nmachine.reset()\n", link, runtime=wiring.runtime())
    )
    assert "gone" not in [event.kind for event in events]
