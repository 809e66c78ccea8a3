"""Lessons and runs to be judged, made the short way."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.core.checks.evidence import Event
from lovhe.core.circuits.hardware_reading import read_boards, read_parts
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.reading import read_lesson

HARDWARE = Path(__file__).parents[2] / "hardware"
BOARDS = read_boards({path.name: path.read_bytes() for path in (HARDWARE / "boards").glob("*.toml")})
PARTS = read_parts({path.name: path.read_bytes() for path in (HARDWARE / "parts").glob("*.toml")})

HEAD = """
grade = 6
order = 1
minutes = 45
skills = { strands = ["programming"] }
[circuit]
board = "esp32-devkitc"
[[circuit.part]]
id = "led"
part = "led"
wires = { anode = "IO2", cathode = "GND" }
through = { anode = "220 Ω" }
[[circuit.part]]
id = "low-led"
part = "led"
wires = { anode = "3V3", cathode = "IO5" }
through = { cathode = "220 Ω" }
[[circuit.part]]
id = "button"
part = "button"
wires = { 1 = "IO4", 2 = "GND" }
[[circuit.part]]
id = "light"
part = "light-sensor"
wires = { VCC = "3V3", AO = "IO34", GND = "GND" }
[[circuit.part]]
id = "air"
part = "dht11"
wires = { VCC = "3V3", DATA = "IO18", GND = "GND" }
[[circuit.part]]
id = "buzzer"
part = "buzzer"
wires = { "+" = "IO25", "-" = "GND" }
through = { "+" = "220 Ω" }
"""


def lesson_files(checks: str) -> dict[str, bytes]:
    """A whole lesson folder with these checks; every check has a title and two hints, every `set` its words."""
    read = tomllib.loads(checks)["check"]
    files = {"lesson.toml": (HEAD + checks).encode(), "starter.py": b"# TODO\n", "solution.py": b"pass\n"}
    for language in ("az", "ru", "en"):
        text = f'+++\ntitle = "T {language}"\ngoal = "G"\n[ask]\n'
        asks = {
            f'"{part}={"".join(value.split())}" = "{language} {part}: {value}."\n'
            for c in read
            for s in c.get("step", [])
            for part, value in s.get("set", {}).items()
        }
        text += "".join(sorted(asks))
        text += "".join(
            f'[checks.{c["id"]}]\ntitle = "{c["id"]} {language}"\nhints = ["first {language}", "second {language}"]\n' for c in read
        )
        files[f"{language}.md"] = f"{text}+++\nbody\n".encode()
        files[f"teacher.{language}.md"] = b"notes\n"
    return files


@pytest.fixture
def make_lesson() -> Callable[[str], Lesson]:
    """A function that makes a lesson with the given [[check]]s."""
    return lambda checks: read_lesson("6-01-test", lesson_files(checks), BOARDS, PARTS)


@pytest.fixture
def files() -> Callable[[str], dict[str, bytes]]:
    """A function that makes the files of a lesson with the given [[check]]s."""
    return lesson_files


@pytest.fixture
def read() -> Callable[[dict[str, bytes]], Lesson]:
    """A function that reads a lesson from its files."""
    return lambda files: read_lesson("6-01-test", files, BOARDS, PARTS)


class Run:
    """A run's events, written down as they would come from board and host."""

    def __init__(self, sample_ms: int = 5) -> None:
        self.events = [Event(0, "begin", ["0.1.0", sample_ms, "main.py"])]

    def add(self, t_ms: int, kind: str, *args: object) -> "Run":
        """One event."""
        self.events.append(Event(t_ms, kind, list(args)))
        return self

    def steps(self, check: str, *delays_ms: int, start_ms: int = 0) -> "Run":
        """The steps of one check one after another, and "over" at their end."""
        for index, delay_ms in enumerate(delays_ms):
            self.add(start_ms, "step", check, index)
            start_ms += delay_ms
        return self.add(start_ms, "over")

    def blink(self, gpio: int, on_ms: int, off_ms: int, until_ms: int, start_ms: int = 0) -> "Run":
        """On first, then off, again and again, as a sampler with 5 ms sees it."""
        level, t_ms = 1, start_ms
        while t_ms < until_ms:
            self.add(-(-t_ms // 5) * 5, "level", gpio, level)
            t_ms += on_ms if level else off_ms
            level = 1 - level
        return self


@pytest.fixture
def run() -> Run:
    """A run that has just begun."""
    return Run()
