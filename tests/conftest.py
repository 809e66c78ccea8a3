"""What holds for all tests: neither a machine that has much else to do makes them fail, nor what its user keeps of Lövhə."""

from __future__ import annotations

import os
import shutil
import tempfile

from hypothesis import HealthCheck, settings

# Set before any test's file is read, since some look into the kit then: the user's installed lessons are none of the kit's.
_PLACE = tempfile.mkdtemp(prefix="lovhe-tests-")
os.environ["LOVHE_DATA_DIR"] = f"{_PLACE}/data"
os.environ["LOVHE_RUNTIME_DIR"] = f"{_PLACE}/run"

# Hypothesis gives each example 0.2 s of the clock on the wall, and the making of examples a second: neither is a promise of ours.
settings.register_profile("lovhe", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lovhe")


def pytest_unconfigure() -> None:
    """Leave nothing in the folder for temporary files."""
    shutil.rmtree(_PLACE, ignore_errors=True)
