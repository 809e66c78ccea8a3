"""What holds for all tests: neither a machine that has much else to do makes them fail, nor what its user keeps of Lövhə."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres_server import PostgresServer

# Set before any test's file is read, since some look into the kit then: the user's installed lessons are none of the kit's.
_PLACE = tempfile.mkdtemp(prefix="lovhe-tests-")
os.environ["LOVHE_DATA_DIR"] = f"{_PLACE}/data"
os.environ["LOVHE_RUNTIME_DIR"] = f"{_PLACE}/run"

_LOG_SHOWN = 4000

# Hypothesis gives each example 0.2 s of the clock on the wall, and the making of examples a second: neither is a promise of ours.
settings.register_profile("lovhe", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lovhe")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What went wrong in a way that nobody foresaw stands in the log file, which is gone with the test."""
    report = yield
    log = Path(os.environ.get("LOVHE_DATA_DIR", _PLACE), "lovhe.log")
    if report.failed and log.is_file():
        report.sections.append(("lovhe.log", log.read_text("utf-8", "replace")[-_LOG_SHOWN:]))
    return report


def pytest_unconfigure() -> None:
    """Leave nothing in the folder for temporary files."""
    shutil.rmtree(_PLACE, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this worker's own, from the first test that asks for it."""
    server = PostgresServer()
    yield server
    server.close()
