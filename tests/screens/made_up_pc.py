"""A PC that is the same everywhere: its classes, boards, stick and clock are made up, and no board takes its time.

The screens of the app are pictured on it. All that stands between a key and what is seen is the app's own; what is put in is what comes
from outside of it: which boards there are, what a board tells of a run (`recorded`), and the time.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps import wiring
from lovhe.apps.language import use_language
from lovhe.apps.step_judging import Judged
from lovhe.apps.teaching import class_progress
from lovhe.apps.teaching.copies import FoundCopy
from lovhe.apps.tui import drawing, guard
from lovhe.apps.tui.teacher import other_pcs
from lovhe.apps.workspace import board_follow, check_state
from lovhe.apps.workspace import wiring as work_wiring
from lovhe.apps.workspace.jobs import ProgramRun
from lovhe.apps.workspace.step_check import StepCheck
from lovhe.apps.workspace.told import Happened, Told
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import Report
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.progress import points_of
from lovhe.core.pupils.group import Group
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.work.stick import KIND, StickFile, StickIndex
from lovhe.services.ports import BoardInfo

from tests.school_classes import add_pupils

PUPILS = {
    "6A": ("Aysel", "Murad", "Nigar", "Tural", "Şəbnəm", "Əli", "Çinar", "Ülviyyə", "Orxan", "İlkin", "Ömər", "Leyla"),
    "6B": ("Анна", "Юлия", "Илья"),
    "7A": ("Kənan", "Zəhra"),
    "8B": ("Günel", "Rəşad"),
}
PIN_CLASS, PICTURES_CLASS = "7A", "8B"
DESK = BoardInfo("desk", "pretend://desk", "esp32", True, "ready")
REAL = BoardInfo("COM4", "COM4", "esp32", False, "ready", "CP2102", "24:0a:c4:00:00:03", "6A-3")
EMPTY = BoardInfo("COM7", "COM7", "esp32s3", False, "empty", "CH340", "24:0a:c4:00:00:04")
STICK = "/media/STEAM"
OWN_FOLDER = "/home/6a/blink"
SECONDS_LEFT = 24
TEACHERS_NOW = datetime.datetime(2027, 3, 1, 9, 40, tzinfo=datetime.UTC)


class MadeUpPc:
    """`boards` are plugged in now; `run` is what a board tells of the next run or check; `goes_on` whether that has no end."""

    def __init__(self) -> None:
        self.classes: dict[str, list[Pupil]] = {}
        self.boards: list[BoardInfo] = []
        self.run: list[Event] = []
        self.told: list[Told] = []
        self.goes_on = False
        self.world: Callable[[], dict[str, Any]] = dict
        self.circuit_of = "6-03-night-light"

    def group(self, class_name: str = "6A", count: int = 3) -> Group:
        """The first pupils of a class."""
        return Group(tuple(self.classes[class_name][:count]))


@contextmanager
def made_up_pc(folder: Path) -> Iterator[MadeUpPc]:
    """The PC, with all that it keeps in `folder`; what was before is put back afterwards."""
    pc = MadeUpPc()
    with pytest.MonkeyPatch.context() as patch:
        _place(patch, folder)
        _clock(patch)
        _outside(patch, pc)
        wiring.kit.cache_clear()
        drawing.screen_glyphs.cache_clear()
        _fill(pc)
        yield pc
    wiring.kit.cache_clear()
    drawing.screen_glyphs.cache_clear()
    use_language("en")
    if hasattr(time, "tzset"):
        time.tzset()


def _place(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setenv("LOVHE_DATA_DIR", str(folder / "data"))
    patch.setenv("LOVHE_RUNTIME_DIR", str(folder / "run"))
    patch.setenv("LANGUAGE", "en")
    patch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        patch.delenv(name, raising=False)
    for module in (drawing, guard):
        patch.setattr(module, "screen_encoding", lambda: "utf-8")


class _Clock(datetime.datetime):
    """Stands still, but for a millionth of a second at each look, so that what is kept has its order."""

    _looks = 0
    _minutes = 0

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> _Clock:
        """A school day in spring."""
        _Clock._looks += 1
        return cls(2027, 3, 1, 9, 0, tzinfo=tz) + datetime.timedelta(minutes=_Clock._minutes, microseconds=_Clock._looks)


def minutes_later(minutes: int) -> None:
    """The clock goes on."""
    _Clock._minutes += minutes


def _clock(patch: pytest.MonkeyPatch) -> None:
    _Clock._minutes = _Clock._looks = 0
    patch.setattr("lovhe.adapters.work_files.datetime", _Clock)
    patch.setattr(class_progress, "now", lambda: TEACHERS_NOW)
    patch.setattr(check_state.CheckState, "seconds_left", property(lambda state: SECONDS_LEFT if state.asked is not None else 0))


def _outside(patch: pytest.MonkeyPatch, pc: MadeUpPc) -> None:
    index = StickIndex(KIND, "Aysel, Murad, Nigar", [], [StickFile("6-01-blink", "lighthouse", "6-01 blink/main.py")])
    patch.setattr("serial.tools.list_ports.comports", list)
    patch.setattr(wiring, "reachable_boards", lambda: list(pc.boards))
    patch.setattr(work_wiring, "stick_folders", lambda: [Path(STICK)])
    patch.setattr(work_wiring, "work_on_sticks", lambda folders: [(Path(STICK) / "Lovhe Aysel Murad Nigar", index)])
    patch.setattr(work_wiring, "own_file_folder", lambda group, lesson, step: Path(OWN_FOLDER))
    patch.setattr(board_follow, "BoardFollow", lambda name: _StillBoard(pc))
    patch.setattr(other_pcs, "copies_of_others", lambda *more: _copies())
    patch.setattr(ProgramRun, "_work", lambda job: _run(job, pc))
    patch.setattr(StepCheck, "_judged", lambda job: _judged(job, pc))


def _copies() -> list[FoundCopy]:
    """What three other PCs have left on the stick."""
    named = [("lovhe-results-2027-03-01-094000", 1), ("pc3", 4), ("pc2", 5)]
    days = [TEACHERS_NOW - datetime.timedelta(days=days) for days, _ in enumerate(named)]
    return [FoundCopy(Path(STICK) / f"{name}.sqlite", day, size * 1_000_000) for day, (name, size) in zip(days, named, strict=True)]


class _StillBoard:
    """A virtual board as `BoardFollow` sees it, in which nothing moves."""

    problem = refused = None

    def __init__(self, pc: MadeUpPc) -> None:
        self.seen: dict[str, Any] | None = None
        self.circuit = wiring.kit().lesson(pc.circuit_of).file.circuit
        self.looks = 0
        self._pc = pc

    def begin(self) -> None:
        """See it."""
        self.seen, self.looks = self._pc.world(), 1

    def look(self) -> None:
        """Nothing has changed."""

    def set(self, name: str, value: str) -> None:
        """Nobody turns anything here."""

    def end(self) -> None:
        """Nothing to end."""


def _run(job: ProgramRun, pc: MadeUpPc) -> None:
    """Tell what was recorded, as a board would."""
    for event in pc.run:
        job.tell(Happened([event]))
    if pc.goes_on:
        job.stopped.wait()


def _judged(job: StepCheck, pc: MadeUpPc) -> Judged:
    """Judge what was recorded, as if a board had told it; where a check goes on, tell what there is by now."""
    given = job.handed_in
    if pc.told:
        for told in pc.told:
            job.tell(told)
        job.stopped.wait()
    for event in pc.run:
        job.tell(Happened([event]))
    report = judge(given.lesson.judged_by(given.step), given.program or "", pc.run)
    return Judged(report, "desk", given.program or "", list(pc.run))


# --- classes, and what the first three have done ---


def _fill(pc: MadeUpPc) -> None:
    from lovhe.services.signing_in import choose_secret

    with work_wiring.roster() as pupils:
        for name, first_names in PUPILS.items():
            add_pupils(pupils, name, first_names)
        pupils.set_secret_kind(PIN_CLASS, "pin")
        pupils.set_secret_kind(PICTURES_CLASS, "pictures")
        by_name = pc.classes = {one.name: one.pupils for one in pupils.classes()}
        choose_secret(pupils, by_name[PIN_CLASS][0].id, "2580")
    for lesson_id, steps in {"6-01-blink": (), "6-02-button-light": ("build", "guess")}.items():
        lesson = wiring.kit().lesson(lesson_id)
        for step in lesson.file.step:
            if not steps or step.id in steps:
                _pass(lesson, step.id, Group(tuple(by_name["6A"][:3])))


def _pass(lesson: Lesson, step_id: str, group: Group) -> None:
    from lovhe.apps.attempts import record_attempt

    points = points_of(lesson, lesson.step(step_id))
    report = Report(lesson.id, "passed", points, points, [], step_id)
    with wiring.results() as store:
        record_attempt(store, lesson, report, [], board="desk", program="", pupils=group.pupils)
