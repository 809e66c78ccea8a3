"""What a job tells is taken in its order, and in few pieces however fast it comes."""

from __future__ import annotations

import threading
import time

import pytest
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.workspace.board_follow import BoardFollow
from lovhe.apps.workspace.jobs import Job, ProgramRun, end_jobs
from lovhe.apps.workspace.told import Busy, Happened, Noticed
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import switched_gpios

BUTTON = "6-02-button-light"
WAITS = "from machine import Pin\nbutton = Pin(4, Pin.IN, Pin.PULL_UP)\nwhile True:\n    pass\n"
LIMIT_S = 90.0


def _text(number: int) -> Event:
    return Event(number, "text", [f"{number}\n"])


def test_events_that_follow_each_other_come_together() -> None:
    """A thousand printed lines are one look; what was told between events stays between them, and nothing comes twice."""
    job = Job()
    for number in range(1000):
        job.tell(Happened([_text(number)]))
    job.tell(Noticed())
    job.tell(Busy("half-way", 1, 2))
    job.tell(Happened([_text(1000), _text(1001)]))
    job.tell(Happened([_text(1002)]))
    assert job.take() == [
        Happened([_text(number) for number in range(1000)]),
        Noticed(),
        Busy("half-way", 1, 2),
        Happened([_text(number) for number in range(1000, 1003)]),
    ]
    assert job.take() == []


def test_what_was_told_is_left_as_it_is() -> None:
    """Putting events together changes none of the lists that were told."""
    job = Job()
    told = [Happened([_text(1)]), Happened([_text(2)])]
    for one in told:
        job.tell(one)
    assert job.take() == [Happened([_text(1), _text(2)])]
    assert told == [Happened([_text(1)]), Happened([_text(2)])]


def test_a_button_is_followed_while_a_program_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pin's level is told although the program never asks for it: the board's panel shows a real board's pins live."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    board = start_lesson_board(BUTTON)
    follow = BoardFollow(board.name)
    job = ProgramRun(WAITS, "main.py", board, switched_gpios(wiring.kit().lesson(BUTTON)))
    levels: list[int] = []
    try:
        follow.begin()
        job.begin()
        end_s = time.monotonic() + LIMIT_S
        while len(set(levels)) < 2:
            assert time.monotonic() < end_s, levels
            assert not job.over, job.problem
            for told in job.take():
                if isinstance(told, Happened):
                    levels += [event.args[1] for event in told.events if event.kind == "level" and event.args[0] == 4]
            if levels:
                follow.set("button.state", "pressed")
                follow.look()
    finally:
        job.stop()
        follow.end()
        assert job.wait(LIMIT_S)
        wiring.stop_virtual_boards()


def test_the_app_waits_for_what_is_being_stopped() -> None:
    """Else a program would run on at a board whose app has gone; what does not end is not waited for for ever."""
    ended = threading.Event()

    class Slow(Job):
        def _work(self) -> None:
            assert self.stopped.wait(LIMIT_S)
            assert ended.wait(LIMIT_S)

    job = Slow()
    job.begin()
    assert not end_jobs(0.1)
    assert job.stopped.is_set()
    threading.Timer(0.3, ended.set).start()
    assert end_jobs(LIMIT_S)
    assert job.over
    assert job.problem is None
