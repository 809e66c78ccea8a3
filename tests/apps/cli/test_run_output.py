"""What `lovhe run` makes of a run's events."""

from __future__ import annotations

import pytest
from lovhe.apps.cli.run import show_events
from lovhe.core.checks.evidence import Event


@pytest.mark.parametrize(
    ("source", "told"), [("Pin(1, Pin.OUT)", True), ("Pin( 3 )", True), ("Pin(13)", False), ("while True: pass", False)]
)
def test_a_silent_program_that_took_the_line_is_told_so(capsys: pytest.CaptureFixture[str], source: str, told: bool) -> None:
    """On an ESP32 pins 1 and 3 lead to the PC."""
    show_events([Event(9, "stuck", [])], source)
    assert ("line to the PC" in capsys.readouterr().err) is told


def test_missed_evidence_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A program that does more than the line carries is not interrupted by a sentence for each gap."""
    events = [Event(0, "gap", [3]), Event(5, "text", ["salam\n"]), Event(9, "lost", [8]), Event(9, "gap", [1])]
    assert show_events(events, "") == 0
    said = capsys.readouterr()
    assert said.out == "salam\n"
    assert said.err.count("was not seen") == 1
