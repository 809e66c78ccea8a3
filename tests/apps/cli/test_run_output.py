"""What `lovhe run` makes of a run's events."""

from __future__ import annotations

import pytest
from lovhe.apps.cli.run import show_events
from lovhe.core.evidence import Event


def test_missed_evidence_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A program that does more than the line carries is not interrupted by a sentence for each gap."""
    events = [Event(0, "gap", [3]), Event(5, "text", ["salam\n"]), Event(9, "lost", [8]), Event(9, "gap", [1])]
    assert show_events(events, "") == 0
    said = capsys.readouterr()
    assert said.out == "salam\n"
    assert said.err.count("was not seen") == 1
