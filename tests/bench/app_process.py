"""The app as a process in a terminal of its own, with a lesson open, for benchmarks: what it costs is read from the system's own books."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps import wiring
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.wiring import save_desk
from lovhe.core.pupils.group import Group
from lovhe.services.ports.work import WorkKey

from tests.apps.cli.terminal import Terminal

SHIFT_F5, F5, F6, F8, CTRL_Q = "\x1b[15;2~", "\x1b[15~", "\x1b[17~", "\x1b[19~", "\x11"


class Holds(msgspec.Struct, frozen=True):
    """What a process holds: all its memory, that of others that it shares included (RSS); what is its own alone; open files; threads."""

    memory_mb: float
    own_mb: float
    files: int
    threads: int

    @classmethod
    def now(cls, pid: int) -> Holds:
        """As it stands."""
        place = Path(f"/proc/{pid}")
        kb = {line.split(":")[0]: int(line.split()[1]) for line in (place / "smaps_rollup").read_text().splitlines()[1:]}
        files, threads = (len(list((place / folder).iterdir())) for folder in ("fd", "task"))
        return cls(kb["Rss"] / 1024, kb["Anonymous"] / 1024, files, threads)


def cpu_s(pid: int) -> float:
    """The processor time that all threads of a process have taken, in s, to the nanosecond as the scheduler counts it."""
    return sum(int((task / "schedstat").read_text().split()[0]) for task in Path(f"/proc/{pid}/task").iterdir()) / 1e9


def sit_down(lesson_id: str, program: str) -> str:
    """A guest has typed this program in the lesson's last step, and was there last; the step's id."""
    lesson = wiring.kit().lesson(lesson_id)
    step = lesson.file.step[-1].id if lesson.file.step else ""
    group = Group(guest="bench")
    desk = Desk(language="en", group=group)
    desk.open(lesson_id, step)
    save_desk(desk)
    WorkFiles(wiring.data_folder() / "work").write(WorkKey(group.key, lesson_id, step), program)
    return step


@contextmanager
def opened(*drawn: str, columns: int = 80, lines: int = 24, module: str = "lovhe") -> Iterator[Terminal]:
    """The app, once these words are drawn; it is ended afterwards."""
    with _compiled_once():
        terminal = Terminal(columns=columns, lines=lines, module=module)
    try:
        for words in drawn:
            until(terminal, words)
        yield terminal
    finally:
        terminal.close()


@contextmanager
def _compiled_once() -> Iterator[None]:
    """What is started now finds its modules compiled from the second time on, as those of an installed app are."""
    names = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
    before = {name: os.environ.pop(name, None) for name in names}
    os.environ["PYTHONPYCACHEPREFIX"] = str(wiring.data_folder() / "compiled")
    try:
        yield
    finally:
        del os.environ["PYTHONPYCACHEPREFIX"]
        os.environ.update({name: value for name, value in before.items() if value is not None})


def until(terminal: Terminal, words: str, begin: int = 0, timeout_s: float = 60.0) -> None:
    """Wait until these words are drawn, or were, from the place `begin` in what is drawn."""
    end_s = time.monotonic() + timeout_s
    while words not in terminal.drawn[begin:]:
        assert time.monotonic() < end_s, f"waited in vain for {words}: {terminal.drawn[-2000:]}"
        terminal._read(0.05)


def drain(terminal: Terminal, duration_s: float) -> None:
    """Take what is drawn for a while, as a terminal does, and keep little of it."""
    end_s = time.monotonic() + duration_s
    while (left_s := end_s - time.monotonic()) > 0:
        terminal._read(left_s)
        forget(terminal)


def forget(terminal: Terminal) -> None:
    """What was drawn is not looked at any more."""
    terminal.drawn, terminal.raw = terminal.drawn[-4000:], ""
    terminal._waited_for = 0


def machine_load() -> str:
    """How busy the machine is otherwise."""
    return f"load {os.getloadavg()[0]:.1f}"
