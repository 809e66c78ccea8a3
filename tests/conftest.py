"""What holds for all tests: a machine that has much else to do makes none of them fail."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Hypothesis gives each example 0.2 s of the clock on the wall, and the making of examples a second: neither is a promise of ours.
settings.register_profile("lovhe", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lovhe")
