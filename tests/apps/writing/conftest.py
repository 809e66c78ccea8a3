"""Real lessons, copied to a folder where a writer may change them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.workspace.jobs import Job

from tests.services.small_lesson import small_lesson_files

LIMIT_S = 90.0
SMALL = "6-99-small"

Waits = Callable[[Callable[[], object], str], None]


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """Two lessons of the kit, and one that is judged in a second."""
    folder = tmp_path / "lessons"
    for name in ("6-01-blink", "6-02-button-light"):
        shutil.copytree(wiring.kit().root / "lessons" / name, folder / name)
    for name, data in small_lesson_files().items():
        file = folder / SMALL / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


@pytest.fixture
def wait_for() -> Waits:
    """Waits until a condition holds, a generous time at most; what it waits for stands in the failure."""

    def wait(condition: Callable[[], object], what: str) -> None:
        end_s = time.monotonic() + LIMIT_S
        while not condition():
            assert time.monotonic() < end_s, f"waited in vain: {what}"
            time.sleep(0.01)

    return wait


@pytest.fixture
def begun() -> Iterator[Callable[[Job], Job]]:
    """Begins jobs, and sees them end."""
    jobs: list[Job] = []

    def begin(job: Job) -> Job:
        jobs.append(job)
        job.begin()
        return job

    yield begin
    for job in jobs:
        job.stop()
    assert all(job.wait(LIMIT_S) for job in jobs)
