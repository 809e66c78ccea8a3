"""The whole app, killed outright at random moments while a pupil works with it, and what is left on the disk and seen at the next start.

The pupil types words that are counted up, so that what was typed when is known; runs, checks, goes to another step and back, and looks
at the history. Some moments strike while the app starts. In some rounds the app has a virtual board of its own, which is to end with it;
in the others a board outlives it, as a real one does, perhaps with a program that goes on.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from lovhe.adapters.results_db.opening import HEAD
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps import wiring
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.step_notes import StepNote
from lovhe.apps.workspace.wiring import roster, save_desk
from lovhe.core.checks.judging import judge
from lovhe.core.pupils.group import Group
from lovhe.services.ports import BoardInfo
from lovhe.services.ports.work import WorkKey
from lovhe.virtual.process.registry import list_boards

from tests.school_classes import add_pupils

from .cli.terminal import Terminal

LESSON = "6-01-blink"
STEP, OTHER_STEP = "lighthouse", "forever"
IN_BAR = {STEP: "[6", OTHER_STEP: "[5"}
PROGRAM = """\
from machine import Pin
import time
led = Pin(2, Pin.OUT)
for _ in range(10):
    led.off()
    print("off")
    time.sleep(0.1)
    led.on()
    print("on")
    time.sleep(0.1)
"""
"""It prints while it runs, and ends soon, so that many checks come to their end before the app does."""
AT_START = 0.15  # of the moments
CHECKS_FIRST = 0.2  # of the rounds
GENEROUS_S = 60.0
FEW, MANY = 5, 40  # keys in a row
F3, F4, F5, SHIFT_F5, F6, SHIFT_F8 = "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[15;2~", "\x1b[17~", "\x1b[19;2~"
ESCAPE, CTRL_END, CTRL_Q = "\x1b", "\x1b[1;5F", "\x11"
CLICK_ON_SAVED = "\x1b[<0;76;1M\x1b[<0;76;1m"
HISTORY, VERDICT = "What this step was before", " of "
KINDS_OF_FILES = {".txt", ".json", ".flash", ".sqlite", ".sqlite-wal", ".sqlite-shm", ".lock", ".log", ".new"}


class Figures:
    """What happened in all rounds. `oldest_lost_s` is how long before a kill the oldest key had been pressed that is not on the disk."""

    def __init__(self) -> None:
        self.kills: dict[str, int] = {}
        self.keys = 0
        self.lost_keys = 0
        self.oldest_lost_s = 0.0
        self.slowest_start_s = 0.0
        self.verdicts_seen = 0
        self.attempts = 0
        self.versions = 0
        self.boards_ended = 0

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in vars(self).items())


class _MomentHasCome(Exception):  # noqa: N818 (no error: what was waited for)
    """The app is to be killed now."""


class Trial:
    """One pupil at one lesson. `folder` is LOVHE_DATA_DIR, `longest_s` what is done at most between the start and the kill."""

    def __init__(self, folder: Path, seed: str, longest_s: float) -> None:
        self.figures = Figures()
        self._folder, self._longest_s = folder, longest_s
        self._chance = random.Random(seed)
        self._lesson = wiring.kit().lesson(LESSON)
        with roster() as pupils:
            self._group = Group(pupils=tuple(add_pupils(pupils, "6A", ["Aysel"])))
        desk = Desk(language="en", group=self._group)
        desk.open(LESSON, STEP)
        save_desk(desk)
        self._key = WorkKey(self._group.key, LESSON, STEP)
        WorkFiles(folder / "work").write(self._key, PROGRAM)
        self._before, self._typed = PROGRAM, list[tuple[float, str]]()
        self._words = itertools.count()
        self._board: BoardInfo | None = None
        self._own_boards = 0
        self._seen_files: set[Path] = set()
        self._attempts: set[str] = set()
        self._begin_life()

    def _begin_life(self) -> None:
        """What is known of one start of the app."""
        self._before += "".join(letter for _, letter in self._typed)
        self._typed = []
        self._phase = "start"
        self._moment_s = float("inf")
        self._verdicts = self._checks = self._sure = 0
        self._steps_gone: list[tuple[float, str]] = [(0.0, self._desk().step)]

    # --- a round ---

    def round(self, own_board: bool) -> None:
        """The app starts where it was, somebody works, it is killed, and all that is left is looked at."""
        self._have_board(None if own_board else LESSON)
        self._begin_life()
        terminal = Terminal()
        try:
            with contextlib.suppress(_MomentHasCome):
                self._live(terminal, own_board)
            if own_board:
                self.figures.boards_ended += len(list_boards())
            terminal.process.kill()
            killed_s = time.monotonic()
            terminal.process.wait()
        finally:
            terminal.close()
        self.figures.kills[self._phase] = self.figures.kills.get(self._phase, 0) + 1
        self.figures.keys += len(self._typed)
        self._look_at_the_text(killed_s)
        self._look_at_the_files()
        self._look_at_the_desk(killed_s)
        self._look_at_the_results()
        self._look_at_the_boards()

    def finish(self) -> None:
        """A last start: what is left can be seen, checked, and left as usual."""
        self._have_board(LESSON)
        self._begin_life()
        terminal = Terminal()
        try:
            self._open(terminal)
            self._check(terminal, GENEROUS_S)
            terminal.type(CTRL_Q)
            assert terminal.end() == 0, terminal.drawn[-2000:]
        finally:
            terminal.close()
        assert self._verdicts == 1
        self._look_at_the_results()

    def _have_board(self, lesson: str | None) -> None:
        if self._board is None and lesson is not None:
            self._board = start_lesson_board(lesson)
        elif self._board is not None and lesson is None:
            wiring.stop_virtual_board(self._board.name)
            self._board = None

    # --- somebody works ---

    def _live(self, terminal: Terminal, own_board: bool) -> None:
        begun_s = time.monotonic()
        if not own_board and self._chance.random() < AT_START:
            self._moment_s = begun_s + self._chance.uniform(0.05, 1.5)
        self._open(terminal)
        self.figures.slowest_start_s = max(self.figures.slowest_start_s, time.monotonic() - begun_s)
        left_s = self._chance.uniform(0.0, self._longest_s)
        self._moment_s = time.monotonic() + left_s
        if own_board:
            self._own_boards += 1
            self._phase = "a board starts"
            if self._own_boards % 2:  # the moment comes only after it is there
                self._moment_s = float("inf")
            terminal.type(SHIFT_F8 + "\r")
            self._until_drawn(terminal, "is ready")
            self._moment_s = min(self._moment_s, time.monotonic() + left_s)
        if self._chance.random() < CHECKS_FIRST:
            self._moment_s = float("inf")  # it comes only after a verdict
            self._check(terminal, GENEROUS_S)
            self._moment_s = time.monotonic() + left_s / 2
        while True:
            self._type(terminal)
            self._chance.choice((self._run, self._check, self._look_at_history, self._go_away_and_back))(terminal)

    def _open(self, terminal: Terminal) -> None:
        """The step where one was, and the last that was typed, are in view; the cursor is put behind it."""
        self._until_drawn(terminal, IN_BAR[self._desk().step])
        if self._desk().step == OTHER_STEP:
            self._go(terminal, F4, STEP)
        self._go_to_the_end(terminal)
        if words := self._before.split("\n# ")[-1].split():
            self._until(terminal, lambda: words[-1] in terminal.drawn, words[-1])
        if self._board is not None:
            self._until(terminal, lambda: self._board is not None and self._board.name in terminal.drawn, "the board")

    def _go_to_the_end(self, terminal: Terminal) -> None:
        terminal.type(CTRL_END)
        lines = (self._before + "".join(letter for _, letter in self._typed)).split("\n")
        self._until(terminal, lambda: self._desk().cursor == (len(lines) - 1, len(lines[-1])), "the cursor")
        self._sure = len(self._typed)  # where the cursor's place is on the disk, the letters before it are

    def _type(self, terminal: Terminal) -> None:
        self._phase = "type"
        for letter in itertools.islice(self._letters(), self._chance.randint(FEW, MANY)):
            terminal.type(letter.replace("\n", "\r"))
            self._typed.append((time.monotonic(), letter))
            self._wait(terminal, self._chance.uniform(0.01, 0.12))

    def _letters(self) -> Iterator[str]:
        """A comment after another, so that the program is a right one all the time."""
        begun = (self._before + "".join(letter for _, letter in self._typed)).rpartition("\n")[2]
        for number in self._words:
            if not begun:
                yield from "# "
                begun = "# "
            yield from f"w{number} "
            begun += f"w{number} "
            if len(begun) > 40:
                yield "\n"
                begun = ""

    def _run(self, terminal: Terminal) -> None:
        self._phase = "run"
        terminal.type(F5)
        self._wait(terminal, self._chance.uniform(0.0, 1.0))
        self._type(terminal)
        self._phase = "run"
        terminal.type(SHIFT_F5)
        self._wait(terminal, self._chance.uniform(0.0, 0.3))

    def _check(self, terminal: Terminal, longest_s: float | None = None) -> None:
        self._phase = "check"
        self._checks += 1
        terminal.type(F6)
        end_s = time.monotonic() + (self._chance.uniform(0.5, 5.0) if longest_s is None else longest_s)
        begin = len(terminal.drawn)
        while time.monotonic() < end_s:
            self._wait(terminal, 0.05)
            if "assed" in (news := terminal.drawn[begin:]) and "point" in news and VERDICT in news:
                self._verdicts += 1
                self.figures.verdicts_seen += 1
                return

    def _look_at_history(self, terminal: Terminal) -> None:
        self._phase = "history"
        terminal.type(CLICK_ON_SAVED)
        self._until_drawn(terminal, HISTORY)
        self._wait(terminal, self._chance.uniform(0.0, 0.4))
        terminal.type(ESCAPE)
        self._until_drawn(terminal, IN_BAR[STEP])
        self._go_to_the_end(terminal)

    def _go_away_and_back(self, terminal: Terminal) -> None:
        self._phase = "step"
        self._go(terminal, F3, OTHER_STEP)
        self._wait(terminal, self._chance.uniform(0.0, 0.5))
        self._go(terminal, F4, STEP)
        self._go_to_the_end(terminal)

    def _go(self, terminal: Terminal, key: str, step: str) -> None:
        terminal.type(key)
        self._until_drawn(terminal, IN_BAR[step])
        self._steps_gone.append((time.monotonic(), step))

    # --- waiting, until the moment comes ---

    def _until_drawn(self, terminal: Terminal, words: str) -> None:
        begin = terminal._waited_for
        self._until(terminal, lambda: words in terminal.drawn[begin:], words)

    def _until(self, terminal: Terminal, condition: Callable[[], bool], what: str) -> None:
        end_s = time.monotonic() + GENEROUS_S
        while not condition():
            assert time.monotonic() < end_s, f"waited in vain for {what}: {terminal.drawn[-3000:]}"
            self._wait(terminal, 0.02)

    def _wait(self, terminal: Terminal, duration_s: float) -> None:
        end_s = time.monotonic() + duration_s
        while (left_s := min(end_s, self._moment_s) - time.monotonic()) > 0:
            assert terminal._read(left_s) or terminal.process.poll() is None, terminal.drawn[-3000:]
        if time.monotonic() >= self._moment_s:
            raise _MomentHasCome

    # --- what is left ---

    def _desk(self) -> Desk:
        """As it lies on the disk: whole, or it cannot be decoded."""
        return msgspec.json.decode((self._folder / "desk.json").read_bytes(), type=Desk)

    def _look_at_the_text(self, killed_s: float) -> None:
        """The text is what stood there after some key; the keys behind that one are lost."""
        kept = WorkFiles(self._folder / "work").read(self._key) or ""
        whole = self._before + "".join(letter for _, letter in self._typed)
        assert whole.startswith(kept), f"{self._phase}: {kept[-300:]!r} of {whole[-300:]!r}"
        assert kept.startswith(self._before), f"{self._phase}: what was typed before is lost: {kept[-300:]!r} of {whole[-300:]!r}"
        count = len(kept) - len(self._before)
        assert count >= self._sure, f"{self._phase}: {kept[-300:]!r} of {whole[-300:]!r}"
        lost, self._typed = self._typed[count:], self._typed[:count]
        self.figures.lost_keys += len(lost)
        if lost:
            self.figures.oldest_lost_s = max(self.figures.oldest_lost_s, killed_s - lost[0][0])

    def _look_at_the_files(self) -> None:
        """Nothing has a final name that is not whole; a version is what stood there once."""
        whole = self._before + "".join(letter for _, letter in self._typed)
        files = {file for file in self._folder.rglob("*") if file.is_file()}
        for file in sorted(files - self._seen_files):
            assert {file.suffix, file.name} & KINDS_OF_FILES, file
            if file.suffix == ".txt" and file.parent.name == f"{STEP}.history":
                self.figures.versions += 1
                version = file.read_text("utf-8")
                assert version.startswith(PROGRAM), (file, version)
                assert whole.startswith(version), (file, version)
        for file in self._folder.rglob("*.notes.txt"):
            msgspec.json.decode(file.read_bytes(), type=StepNote)
        self._seen_files = files

    def _look_at_the_desk(self, killed_s: float) -> None:
        """One of the steps that were shown in the last second, or the one that was shown before."""
        desk = self._desk()
        assert desk.group == self._group
        assert desk.lesson == LESSON
        assert desk.step in IN_BAR
        shown = [step for since_s, step in self._steps_gone if since_s < killed_s - 1.0][-1:]
        shown += [step for since_s, step in self._steps_gone if since_s >= killed_s - 1.0]
        assert desk.step in shown or self._phase == "step", (desk.step, self._steps_gone)

    def _look_at_the_results(self) -> None:
        """SQLite finds nothing wrong; every attempt has its maker, its checks and its evidence, from which the verdict comes again."""
        with contextlib.closing(sqlite3.connect(self._folder / "results.sqlite")) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []
            assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
        with wiring.results() as results:
            fresh = [results.attempt(one.id) for one in results.attempts() if one.id not in self._attempts]
        assert self._verdicts <= len(fresh) <= self._checks, (self._verdicts, len(fresh), self._checks)
        judged = self._lesson.judged_by(self._lesson.step(STEP))
        for attempt in fresh:
            report = judge(judged, attempt.program, list(attempt.evidence))
            assert (report.outcome, report.points, report.total) == (attempt.outcome, attempt.points, attempt.total), attempt.id
            assert msgspec.json.decode(attempt.report)["outcome"] == attempt.outcome
            assert attempt.pupils == tuple(pupil.id for pupil in self._group.pupils)
            assert attempt.program.startswith(PROGRAM)
            self._attempts.add(attempt.id)
        self.figures.attempts += len(fresh)

    def _look_at_the_boards(self) -> None:
        """A board that the app has started ends with it; any other stays."""
        expected = [self._board.name] if self._board is not None else []
        end_s = time.monotonic() + GENEROUS_S
        while [entry.name for entry in list_boards()] != expected:
            assert time.monotonic() < end_s, list_boards()
            time.sleep(0.02)
