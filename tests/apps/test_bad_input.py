"""Whatever is wrong with what we are given, one clear message says so and what to do next; the commands run as processes."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.adapters.serial_ports import open_serial
from lovhe.apps import wiring
from lovhe.apps.flash.wiring import class_flash
from lovhe.core.boards.fault_words import Fault
from lovhe.core.errors import ImageError
from lovhe.services.flash.flashing import FlashWishes
from lovhe.services.ports import BoardInfo
from lovhe.virtual.chip.board_image import build_board_image
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import BoardEntry, find_board

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

LESSONS = Path(__file__).parent.parent.parent / "lessons"
BLINK = "6-01-blink"
TIMEOUT_S = 60.0
CHIP_AT, HASH_AT, ESP32S3 = 12, 23, 9  # in an image's header
LAMP = """\
from machine import Pin
import time
led = Pin(2, Pin.OUT)
while True:
    led.value(not led.value())
    time.sleep(0.2)
"""


class Place:
    """A PC with two flashed virtual boards, one a kind of serial port, and the commands run there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data, self.run = folder / "data", folder / "run"
        self.environment = {**os.environ, "LOVHE_DATA_DIR": str(self.data), "LOVHE_RUNTIME_DIR": str(self.run), "LANGUAGE": "en"}

    def start(self, *words: object) -> subprocess.Popen[str]:
        """A command in a process of its own."""
        command = [sys.executable, "-m", "lovhe", "--lang", "en", *map(str, words)]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, text=True, encoding="utf-8", env=self.environment, cwd=self.folder, **pipes)  # type: ignore[call-overload, no-any-return]

    def refused(self, *words: object, code: int) -> str:
        """What a command says that must end with `code`: one sentence of what is wrong, one of what to do, and nothing else."""
        told = finish(self.start(*words), code)[1]
        said = [line for line in told.splitlines() if not line.endswith("…")]
        assert len(said) == 2, told
        assert all(line[-1] in ".?!)" or ": " in line or line[-1].isalnum() for line in said), told
        return " ".join(said)

    def file(self, name: str, data: bytes | str) -> Path:
        """A new file in the folder the commands run in."""
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path


def finish(process: subprocess.Popen[str], code: int) -> tuple[str, str]:
    """Both outputs of a command that must end with `code` and without a traceback."""
    out, err = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == code, out + err
    assert "Traceback" not in out + err
    assert "not foreseen" not in err
    assert "did not foresee" not in err
    return out, err


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The PC of this module's tests; its boards end with it."""
    place = Place(tmp_path_factory.mktemp("pc"))
    (place.data / "boards").mkdir(parents=True)
    try:
        for endpoint in ("rfc2217", "pty"):
            (place.data / "boards" / f"{endpoint}.flash").write_bytes(wiring._factory_flash())
            finish(place.start("board", "start", "--name", endpoint, "--endpoint", endpoint, "--lesson", BLINK), 0)
        yield place
    finally:
        finish(place.start("board", "stop", "--all"), 0)


@pytest.fixture
def place(shared: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The same, seen from this process too."""
    monkeypatch.setenv("LOVHE_DATA_DIR", str(shared.data))
    monkeypatch.setenv("LOVHE_RUNTIME_DIR", str(shared.run))
    return shared


def _plugged(name: str) -> BoardEntry:
    deadline_s = time.monotonic() + TIMEOUT_S
    while (entry := find_board(name)).state not in ("ready", "unfinished"):
        assert time.monotonic() < deadline_s, entry
        time.sleep(0.02)
    return entry


@pytest.mark.parametrize("port", ["/dev/ttyUSB99", "COM77", "rfc2217://127.0.0.1:1", "rfc2217://127.0.0.1", "nosuch", ""])
def test_a_port_that_is_not_there_is_named(place: Place, port: str) -> None:
    """Exit code 3, for a port, an address, a board's name, and nothing at all."""
    hello = place.file("hello.py", "print('hello')\n")
    assert (port or "“”") in place.refused("run", hello, "--port", port, code=3)


@pytest.mark.parametrize("endpoint", ["rfc2217", "pty"])
def test_a_port_that_is_taken_is_told_as_taken(place: Place, endpoint: str) -> None:
    """Exit code 3 from run, check and deploy, and the advice to close the other program; afterwards the port is free again."""
    hello = place.file("hello.py", "print('hello')\n")
    line = open_serial(_plugged(endpoint).serial_port)
    try:
        for words in (("run", hello), ("check", BLINK, hello), ("deploy", BLINK))[: 3 if endpoint == "pty" else 1]:  # others: 3 s each
            assert "Close Thonny" in place.refused(*words, "--port", endpoint, code=3)
        out, err = finish(place.start("flash", endpoint), 3)
        assert "Close Thonny" in err
        assert "not done" in out
    finally:
        line.close()
    assert "hello" in finish(place.start("run", hello, "--port", endpoint), 0)[0]


def _image(change: Callable[[bytearray], None]) -> bytes:
    image = bytearray(build_board_image())
    change(image)
    return bytes(image)


def _for_another_chip(image: bytearray) -> None:
    """What an ESP32-S3's image looks like: it begins at flash offset 0, not 0x1000; and both its programs say their chip."""
    image[0x7000:0x7000] = b"\xff" * 0x1000
    for start in (0, 0x10000):
        image[start + CHIP_AT] = ESP32S3
        image[start + HASH_AT] = 0


def _cut(image: bytearray) -> None:
    del image[len(image) // 2 :]


def _flip(image: bytearray) -> None:
    image[-200] ^= 0x10


IMAGES = {
    "s3.bin": (_image(_for_another_chip), "esp32s3"),
    "half.bin": (_image(_cut), "cut off"),
    "head.bin": (build_board_image()[:100], "cut off"),
    "flipped.bin": (_image(_flip), "damaged"),
    "noise.bin": (random.Random(2).randbytes(70_000), "not a firmware"),
    "empty.bin": (b"", "not a firmware"),
    "text.bin": (b"print('hello')\n", "not a firmware"),
}


@pytest.mark.parametrize("name", [*IMAGES, "absent.bin"])
def test_a_firmware_that_does_not_fit_is_refused_before_a_byte_is_written(place: Place, name: str) -> None:
    """Exit code 2 for another chip's image, a cut one, a damaged one, none at all; the board's flash and state stay as they were."""
    flash = place.data / "boards" / "pty.flash"
    _plugged("pty")
    before = flash.read_bytes()
    data, expected = IMAGES.get(name, (None, "There is no firmware"))
    if data is not None:
        place.file(name, data)
    out, err = finish(place.start("flash", "pty", "--firmware", name), 2)
    assert ("not done" in out) == (name == "s3.bin")  # whether a whole image fits is known once the board has been asked
    said = [line for line in err.splitlines() if not line.endswith("…")]
    assert len(said) == 2, err
    assert expected in said[0]
    assert name in said[0]
    assert flash.read_bytes() == before
    assert _plugged("pty").state == "ready"


def test_a_virtual_boards_image_is_refused_for_a_real_board(place: Place) -> None:
    """Exit code 2; what stands in for the real board is a virtual one that is said to be real."""
    image = place.file("virtual.bin", build_board_image())
    entry = _plugged("pty")
    real = BoardInfo(name="real", serial_port=entry.serial_port, chip="", virtual=False, state="ready")
    with class_flash(FlashWishes(firmware=str(image))) as flash:
        [result] = flash.flash([real])
    assert isinstance(result.error, ImageError)
    assert result.error.exit_code == 2
    assert "virtual boards" in str(result.error)
    assert result.written == 0


BROKEN = {
    "syntax": (lambda text: text.replace("grade = 6", "grade = ["), "TOML"),
    "unknown key": (lambda text: text.replace("minutes", "minuets"), "“minuets”"),
    "unknown key in a check": (lambda text: text.replace("needs =", "need =", 1), "need”"),
    "wrong type": (lambda text: text.replace("minutes = 45", 'minutes = "long"'), "“minutes”"),
    "no such part": (lambda text: text.replace('part = "led"\nwires', 'part = "lad"\nwires'), "“lad”"),
    "not text": (lambda text: "\x00\x01", "line 1: a control character"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_lesson_names_the_file_the_place_and_the_mend(place: Place, name: str) -> None:
    """Exit code 2 from every command that reads the lesson, given as a folder's path."""
    change, expected = BROKEN[name]
    folder = place.folder / "7-09-broken"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(LESSONS / BLINK, folder)
    lesson = folder / "lesson.toml"
    lesson.write_text(change(lesson.read_text("utf-8")), "utf-8")
    for words in (("lesson", "test", folder), ("check", folder, folder / "solution.py", "--virtual")):
        said = place.refused(*words, code=2)
        assert "lesson.toml" in said
        assert expected in said


def test_a_lesson_that_is_not_there_is_answered_with_those_there_are(place: Place) -> None:
    """Exit code 2 from every command that takes a lesson."""
    hello = place.file("hello.py", "print('hello')\n")
    for words in (("lesson", "show", "9-99-x"), ("lesson", "test", "9-99-x"), ("check", "9-99-x", hello), ("deploy", "9-99-x")):
        said = place.refused(*words, code=2)
        assert "9-99-x" in said
        assert BLINK in said


PROGRAMS = {
    "empty.py": (b"", "empty"),
    "binary.py": (random.Random(3).randbytes(3000), "text"),
    "zeros.py": (b"x = 1\n\0\0", "no program"),
    "utf16.py": ("print(1)\n".encode("utf-16"), "not saved as UTF-8"),
    "cp1254.py": ("x = 1\nprint('gün')\n".encode("cp1254"), "not saved as UTF-8"),
    "huge.py": (b"x = 1\n" * 700_000, "KB"),
    "one_line.py": (b"x = 1  # " + b"a" * 5_000_000, "KB"),
    "deep.py": (b"x = " + b"(" * 5000 + b")" * 5000, "line"),
}


def _time_of_commands_s() -> float:
    used = os.times()
    return used.children_user + used.children_system


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_file_that_is_no_program_is_told_before_anything_is_sent(place: Place, name: str) -> None:
    """Exit code 1 like a syntax error, since it is the student's file, in two sentences and in no time: of the processor's."""
    data, expected = PROGRAMS[name]
    path = place.file(name, data)
    entry = _plugged("pty")
    with BoardControl(entry.control, entry.authkey) as board:
        sent_before = board.received()
    begin_s = _time_of_commands_s()
    said = place.refused("run", path, "--port", "pty", code=1)
    assert expected in said
    assert name in said
    out, _ = finish(place.start("check", BLINK, path, "--port", "pty", "--json"), 1)
    report = json.loads(out)
    assert [check["outcome"] for check in report["checks"]] == ["failed", *["skipped"] * (len(report["checks"]) - 1)]
    assert expected in report["checks"][0]["seen"]
    assert _time_of_commands_s() - begin_s < 10
    with BoardControl(entry.control, entry.authkey) as board:
        assert board.received() == sent_before


@pytest.mark.parametrize("words", [["run", "absent.py"], ["run", "."], ["check", BLINK, "absent.py"], ["check", BLINK]])
def test_a_program_file_that_cannot_be_read_is_named(place: Place, words: list[str]) -> None:
    """Exit code 2: no such file, a folder, none given."""
    place.refused(*words, "--port", "pty", code=2)


@pytest.mark.parametrize("time_text", ["sometimes", "-5s", "0", "5 parsecs", "", "1e999s", "nan s"])
def test_a_time_that_is_none_is_answered_with_times_that_are(place: Place, time_text: str) -> None:
    """Exit code 2 before the board is touched."""
    hello = place.file("hello.py", "print('hello')\n")
    assert "500 ms" in place.refused("run", hello, "--port", "pty", "--for", time_text, code=2)


def test_a_damaged_results_file_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    """Exit code 2 whether its first byte is wrong, its middle, or it is another program's; nothing in it is changed."""
    place = Place(tmp_path)
    place.data.mkdir()
    program = LESSONS / BLINK / "solution.py"
    finish(place.start("check", BLINK, program, "--virtual"), 0)
    file = place.data / "results.sqlite"
    whole = file.read_bytes()
    middle = bytearray(whole)
    middle[4096 : len(middle) : 7] = b"\xa5" * len(middle[4096::7])
    for damaged in (b"garbage", bytes(middle), whole[: len(whole) // 2 + 100]):
        for left in place.data.glob("results.sqlite-*"):
            left.unlink()
        file.write_bytes(damaged)
        for words in (("results",), ("check", BLINK, program, "--virtual")):
            assert str(file) in place.refused(*words, code=2)
            assert file.read_bytes() == damaged


@pytest.mark.parametrize("endpoint", ["rfc2217", "pty"])
def test_a_board_unplugged_in_mid_run_ends_run_and_check_with_exit_code_3(place: Place, endpoint: str) -> None:
    """`run` says so and what to do; a check is unclear, never failed, and recorded as such. Replugged, the board works again."""
    lamp = place.file("lamp.py", LAMP)
    told = []
    for words in (["run", lamp], ["check", BLINK, lamp, "--json"]):
        entry = _plugged(endpoint)
        with BoardControl(entry.control, entry.authkey) as board:
            process = place.start(*words, "--port", endpoint)
            deadline_s = time.monotonic() + TIMEOUT_S
            for lit in (True, False, True):
                while board.snapshot()["parts"]["led"]["on"] != lit:
                    assert time.monotonic() < deadline_s
            board.order_faults([Fault("unplug")])
            begin_s = time.monotonic()
            told.append(finish(process, 3))
            assert time.monotonic() - begin_s < 10
            board.order_faults([Fault("plug")])
    assert len([line for line in told[0][1].splitlines() if not line.endswith("…")]) == 2
    assert "went away" in told[0][1]
    report = json.loads(told[1][0])
    assert report["outcome"] == "unclear"
    assert {check["outcome"] for check in report["checks"]} <= {"unclear", "skipped", "passed"}
    recorded = json.loads(finish(place.start("results", "--json"), 0)[0])
    assert recorded[-1]["outcome"] == "unclear"
    _plugged(endpoint)
    assert "again" in finish(place.start("run", place.file("again.py", "print('again')\n"), "--port", endpoint), 0)[0]
