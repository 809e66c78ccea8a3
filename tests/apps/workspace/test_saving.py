"""What is typed reaches the disk in order, soon, and without anybody waiting for it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps.workspace.saving import Saving
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.services.ports.work import WorkKey

KEY = WorkKey("0123456789abcdef01234567", "6-01-blink", "make")
OTHER = WorkKey(KEY.group, KEY.lesson, "change")


def _until(condition: Callable[[], bool], limit_s: float = 30.0) -> None:
    deadline_s = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline_s, "it never came"
        time.sleep(0.01)


class _Refusing(WorkFiles):
    """A disk that is full until `open` is set."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.open = threading.Event()

    def write(self, key: WorkKey, text: str) -> None:
        if not self.open.is_set():
            raise InputError(N_("The disk is full."), N_("Make room."))
        super().write(key, text)


class _Slow(WorkFiles):
    """A disk on which a write has `begun` and waits for `go`; `texts` are those that were written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.go = threading.Event()
        self.begun = threading.Event()
        self.texts: list[str] = []

    def write(self, key: WorkKey, text: str) -> None:
        self.begun.set()
        assert self.go.wait(30)
        self.texts.append(text)
        super().write(key, text)


def test_what_is_typed_is_read_at_once_and_soon_on_the_disk(tmp_path: Path) -> None:
    """`write` waits for nothing; `saved` is said only when the disk has it."""
    disk = _Slow(tmp_path)
    saving = Saving(disk)
    saving.write(KEY, "a")
    assert saving.read(KEY) == "a"
    assert saving.state == "saving"
    disk.go.set()
    assert saving.flush()
    assert (saving.state, WorkFiles(tmp_path).read(KEY)) == ("saved", "a")


def test_the_last_text_wins_and_none_before_it_comes_later(tmp_path: Path) -> None:
    """However fast one types, texts reach the disk in their order, and those in between need not."""
    disk = _Slow(tmp_path)
    saving = Saving(disk)
    for number in range(200):
        saving.write(KEY, f"{number:03}")
        if number == 20:
            disk.go.set()
    assert saving.flush()
    assert disk.texts == sorted(disk.texts)
    assert WorkFiles(tmp_path).read(KEY) == "199"


def test_nobody_waits_for_the_disk_to_read_a_text(tmp_path: Path) -> None:
    """While a slow disk writes one text, that one is read as it was typed, and another one from the disk."""
    other = WorkKey(KEY.group, KEY.lesson, "other")
    WorkFiles(tmp_path).write(other, "b")
    disk = _Slow(tmp_path)
    saving = Saving(disk)
    saving.write(KEY, "a")
    _until(disk.begun.is_set)
    assert (saving.read(KEY), saving.read(other)) == ("a", "b")
    assert disk.texts == []
    disk.go.set()
    assert saving.flush()
    assert saving.read(KEY) == "a"


def test_a_full_disk_is_told_and_tried_again(tmp_path: Path) -> None:
    """What cannot be written stays in hand, can be read, and is written when there is room."""
    disk = _Refusing(tmp_path)
    saving = Saving(disk)
    saving.write(KEY, "a")
    assert not saving.flush(10)
    assert saving.state == "refused"
    assert str(saving.problem) == "The disk is full. Make room."
    assert saving.read(KEY) == "a"
    saving.write(KEY, "b")
    disk.open.set()
    _until(lambda: saving.flush(1))
    assert (saving.problem, WorkFiles(tmp_path).read(KEY)) == (None, "b")


def test_a_pause_in_typing_makes_a_version(tmp_path: Path) -> None:
    """Half a minute without a key keeps what stands there, and so do five minutes of typing without a pause."""
    now = [0.0]
    saving = Saving(WorkFiles(tmp_path), clock=lambda: now[0])
    saving.write(KEY, "a")
    saving.flush()
    assert saving.versions(KEY) == []
    now[0] = 31.0
    _until(lambda: bool(saving.versions(KEY)))
    for second in range(32, 340):
        now[0] = float(second)
        saving.write(KEY, f"b{second}")
    _until(lambda: len(saving.versions(KEY)) == 2)
    assert [version.reason for version in saving.versions(KEY)] == ["typed", "typed"]


def test_a_run_makes_a_version_and_no_pause_makes_another(tmp_path: Path) -> None:
    """What was kept for a run is not kept again for the pause after it."""
    now = [0.0]
    saving = Saving(WorkFiles(tmp_path), clock=lambda: now[0])
    saving.write(KEY, "a")
    saving.keep_version(KEY, "a", "run")
    now[0] = 60.0
    saving.write(OTHER, "x")
    assert [(version.reason, version.lines) for version in saving.versions(KEY)] == [("run", 1)]


def test_a_group_that_is_forgotten_is_not_written_again(tmp_path: Path) -> None:
    """Nothing of a guest reaches the disk once they have left."""
    saving = Saving(WorkFiles(tmp_path))
    for number in range(50):
        saving.write(KEY, str(number))
    saving.forget_group(KEY.group)
    saving.write(WorkKey("next", "l", "s"), "x")
    assert saving.flush()
    assert saving.read(KEY) is None
    assert not (tmp_path / KEY.group).exists()


def test_other_things_are_done_in_the_thread_too(tmp_path: Path) -> None:
    """Of several of one name the last is done; one that fails harms nothing."""
    saving, done = Saving(_Slow(tmp_path)), []
    assert isinstance(saving._store, _Slow)
    saving.write(KEY, "a")
    _until(lambda: saving.state == "saving")
    saving.also("desk", lambda: done.append(1))
    saving.also("bad", lambda: done[99])  # type: ignore[arg-type]
    saving._store.go.set()
    assert saving.flush()
    assert done == [1]
    assert (saving.state, WorkFiles(tmp_path).read(KEY)) == ("saved", "a")


_TYPIST = """
import sys, time
from pathlib import Path
from lovhe.adapters.work_files import WorkFiles
from lovhe.apps.workspace.saving import Saving
from lovhe.services.ports.work import WorkKey
saving = Saving(WorkFiles(Path(sys.argv[1])), pause_s=0.2)
keys = [WorkKey("0123456789abcdef01234567", "6-01-blink", step) for step in ("make", "change")]
number = 0
while True:
    number += 1
    key = keys[number // 40 % 2]  # now and then another step
    text = f"count = {number}\\n" + "# " + "x" * (number * 37 % 3000) + f"\\nlast = {number}\\n"
    saving.write(key, text)
    if number % 25 == 0:
        saving.keep_version(key, text, "run")
    print(number, time.monotonic(), key.step, flush=True)
    time.sleep(0.015)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_kill_at_any_moment_loses_no_second(tmp_path: Path) -> None:
    """A process that types and saves is killed 30 times: nothing typed more than a second before is lost, no file is half."""
    dice = random.Random(6)
    for turn in range(30):
        folder = tmp_path / str(turn)
        typist = [sys.executable, "-u", "-c", _TYPIST, str(folder)]
        with subprocess.Popen(typist, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(dice.randrange(10, 170))]
            killed_s = time.monotonic()
            process.send_signal(signal.SIGKILL)
            lines += process.stdout.read().splitlines()
        store, due = WorkFiles(folder), {"make": 0, "change": 0}
        for number, when_s, step in (line.split() for line in lines if len(line.split()) == 3):
            if float(when_s) < killed_s - 1.0:
                due[step] = int(number)
        for step, number in due.items():
            key = WorkKey(KEY.group, KEY.lesson, step)
            texts = [store.read(key) or ""] + [store.version(key, version.id) for version in store.versions(key)]
            for text in filter(None, texts):
                rows = text.splitlines()
                assert rows[0].removeprefix("count = ") == rows[2].removeprefix("last = "), "half a file"
            kept = int(texts[0].split()[2]) if texts[0] else 0
            assert kept >= number, f"turn {turn}: {kept} is on the disk, {number} was typed more than a second before"
