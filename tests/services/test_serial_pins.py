"""A program that takes the serial line's pins cuts an ESP32 off from the PC until a reset. Source: MicroPython 1.28, machine_pin.c."""

from __future__ import annotations

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.apps import wiring
from lovhe.services.running import run_program

HEAD = "from machine import Pin\nimport time\nprint('before')\ntime.sleep(0.3)\n"


@pytest.mark.parametrize(
    ("use", "heard", "end"),
    [
        ("p = Pin(1)", ["before", "after"], "end"),  # only to name it takes nothing
        ("p = Pin(1, Pin.OUT)\ntime.sleep(0.5)", ["before"], "stuck"),
        ("p = Pin(3, Pin.IN)\nprint('after')\nwhile True: time.sleep(1)", ["before", "after"], "stuck"),
    ],
)
def test_a_pin_of_the_line_is_lost_to_it(link: ReplLink, use: str, heard: list[str], end: str) -> None:
    """Without TX nothing more is heard, without RX no Ctrl-C comes in; the reset that follows gives both back."""
    events = list(run_program(f"{HEAD}{use}\nprint('after')\n", link, runtime=wiring.runtime(), duration_s=2))
    assert [event.args[0].strip() for event in events if event.kind == "text"][: len(heard)] == heard
    assert ("after" in str(events)) == ("after" in heard)
    assert events[-1].kind == end
    assert link.execute("print(6 * 7)").strip() == b"42"
