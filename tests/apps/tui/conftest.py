"""The app as its user meets it: on a PC without real boards, with virtual ones that end with the test."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator

import pytest
from lovhe.apps import wiring
from lovhe.apps.workspace.lesson_work import LessonWork
from lovhe.apps.workspace.wiring import work_store
from lovhe.core.pupils.group import Group
from textual.css.query import NoMatches
from textual.pilot import Pilot

LIMIT_S = 90.0
GROUP = Group(guest="somebody")

Until = Callable[..., Awaitable[None]]


@pytest.fixture(autouse=True)
def _no_real_boards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    yield
    wiring.stop_virtual_boards()


@pytest.fixture
def until() -> Until:
    """Waits until a condition holds, a generous time at most; what it waits for stands in the failure.

    It does not hold, either, while a widget that it is about is not there: a screen may just be put together anew.
    """

    async def wait(pilot: Pilot[None], condition: Callable[[], object], what: str = "") -> None:
        def holds() -> bool:
            try:
                return bool(condition())
            except NoMatches:
                return False

        end_s = time.monotonic() + LIMIT_S
        while not holds():
            assert time.monotonic() < end_s, f"waited in vain: {what}"
            await pilot.pause(0.02)

    return wait


@pytest.fixture
def typed() -> Callable[[str, str], str]:
    """Puts a program into a lesson's first step that has one of the pupil's own, as if it had been typed before; the step's id."""

    def put(lesson_id: str, program: str) -> str:
        lesson = wiring.kit().lesson(lesson_id)
        step = next(step for step in lesson.file.step if step.kind in ("change", "make"))
        LessonWork(lesson, GROUP, work_store()).typed(step, program)
        return step.id

    return put
