"""`lovhe firmware …` at the command line, with a web server on this PC in place of MicroPython's."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.adapters.firmware_library.connection import Limits
from lovhe.apps import firmware_store
from lovhe.core.firmware.releases import Release

from tests.firmware_files import images_toml, micropython_release
from tests.firmware_server import WebServer, hold, page, status, web_server, whole

Command = Callable[..., tuple[str, str]]
CHIPS = {"esp32": "ESP32_GENERIC", "esp32s3": "ESP32_GENERIC_S3", "esp32c3": "ESP32_GENERIC_C3"}


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[WebServer]:
    """Six releases on a server on this PC, which the table of releases names."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with web_server() as server:
        releases = []
        for chip, board in CHIPS.items():
            for version in ("1.26.1", "1.28.0"):
                path = f"/{board}-20260406-v{version}.bin"
                url = server.serve(path, whole(micropython_release(chip, version)))
                releases.append(Release(board, chip, version, 0, f"{board}-*-v{version}.bin", f"https://example.org/{board}/", url))
        table = tmp_path / "images.toml"
        table.write_text(images_toml(*releases))
        monkeypatch.setattr(firmware_store, "images_file", lambda: table)
        monkeypatch.setattr(firmware_store, "limits", lambda: Limits(pause_s=0.01))
        yield server


def lying(data_dir: Path) -> list[str]:
    """The images in the user's folder."""
    return sorted(path.name for path in (data_dir / "firmware").glob("*.bin"))


def test_fetch_gets_the_newest_for_each_chip(web: WebServer, command: Command, data_dir: Path) -> None:
    """Three images of 1.28.0; the second time nothing is asked for."""
    out, _ = command("firmware", "fetch")
    assert lying(data_dir) == sorted(f"{board}-20260406-v1.28.0.bin" for board in CHIPS.values())
    assert out.count("fetched") == 3
    assert command("firmware", "fetch")[0].count("was here already") == 3
    assert len(web.asked) == 3
    assert "Not on this computer" not in command("firmware", "list")[1]


@pytest.mark.parametrize(
    ("words", "count"),
    [(["--all"], 6), (["1.26.1"], 3), (["v1.26.1", "1.26.1"], 3), (["ESP32-S3"], 1), (["ESP32_GENERIC_C3-1.26.1", "esp32c3"], 2)],
)
def test_fetch_by_name(web: WebServer, command: Command, data_dir: Path, words: list[str], count: int) -> None:
    """All, a version, a chip as its maker prints it, a release; each once."""
    command("firmware", "fetch", *words)
    assert len(lying(data_dir)) == len(web.asked) == count


def test_one_releases_trouble_stops_no_other(web: WebServer, command: Command, data_dir: Path) -> None:
    """The others are fetched, the reason is told, and the exit code says that something is missing."""
    web.serve("/ESP32_GENERIC_S3-20260406-v1.28.0.bin", status(404))
    web.serve("/ESP32_GENERIC_C3-20260406-v1.28.0.bin", whole(micropython_release("esp32", "1.28.0")))
    out, said = command("firmware", "fetch", code=3)
    assert lying(data_dir) == ["ESP32_GENERIC-20260406-v1.28.0.bin"]
    assert out.count("not fetched") == 2
    assert "does not have the file any more" in said
    assert "is for the chip esp32, and not for esp32c3" in said


def test_without_internet_it_is_tried_once_and_the_way_out_is_said(web: WebServer, command: Command, data_dir: Path) -> None:
    """Not once a release; `firmware add` is named."""
    web.close()
    out, said = command("firmware", "fetch", code=3)
    assert out.count("not fetched") == 3
    assert said.count("cannot be reached. Trying again") == 1
    assert said.count("lovhe firmware add FILE") == 1
    assert lying(data_dir) == []


def test_a_log_in_page_is_told(web: WebServer, command: Command) -> None:
    """A school's network answers with its own page."""
    web.serve("/ESP32_GENERIC-20260406-v1.28.0.bin", page())
    assert "log in first" in command("firmware", "fetch", "esp32", code=3)[1]


@pytest.mark.parametrize("words", [["1.0"], ["--all", "esp32"], ["esp8266"]])
def test_what_cannot_be_fetched_is_bad_input(web: WebServer, command: Command, words: list[str]) -> None:
    """An unknown name, or a name beside --all: nothing is asked for."""
    command("firmware", "fetch", *words, code=2)
    assert web.asked == []


def test_the_way_of_a_stick(web: WebServer, command: Command, tmp_path: Path, data_dir: Path) -> None:
    """Added from a file, listed, verified, removed; each says what it has done."""
    stick = tmp_path / "class 7.bin"
    stick.write_bytes(micropython_release("esp32s3", "1.28.0"))
    assert "no firmware on this computer yet" in command("firmware", "list")[1]
    assert "class 7.bin is taken in: MicroPython 1.28.0 for the chip esp32s3." in command("firmware", "add", str(stick))[0]
    [image] = json.loads(command("firmware", "list", "--json")[0])
    assert image["path"] == str(data_dir / "firmware" / "class 7.bin")
    assert (image["state"], image["chip"], image["program"], image["origin"]) == ("ok", "esp32s3", "MicroPython 1.28.0", str(stick))
    assert image["sha256"] == hashlib.sha256(stick.read_bytes()).hexdigest()
    out, said = command("firmware", "list")
    assert re.search(r"class 7\.bin +esp32s3 +MicroPython 1\.28\.0 +✓ in order", out)
    assert "Not on this computer: ESP32_GENERIC-1.28.0, ESP32_GENERIC_C3-1.28.0." in said
    command("firmware", "verify")
    assert "class 7.bin is removed." in command("firmware", "remove", "class 7")[0]
    assert lying(data_dir) == []
    command("firmware", "remove", "class 7", code=2)


def test_verify_finds_what_has_changed(command: Command, tmp_path: Path, data_dir: Path) -> None:
    """Exit code 1; the others are in order, and asked for alone they give 0."""
    for name in ("good.bin", "bad.bin", "gone.bin"):
        (tmp_path / name).write_bytes(micropython_release("esp32", "1.26.1", len(name) * 4000))
        command("firmware", "add", str(tmp_path / name))
    with (data_dir / "firmware" / "bad.bin").open("r+b") as file:
        file.seek(0xF200)
        file.write(b"!")
    (data_dir / "firmware" / "gone.bin").unlink()
    out, said = command("firmware", "verify", code=1)
    assert re.search(r"bad\.bin.*✗ changed", out)
    assert re.search(r"gone\.bin.*✗ gone", out)
    assert "lovhe firmware remove NAME" in said
    found = {image["file"]: image["state"] for image in json.loads(command("firmware", "verify", "--json", code=1)[0])}
    assert found == {"bad.bin": "changed", "gone.bin": "gone", "good.bin": "ok"}
    command("firmware", "verify", "good")
    command("firmware", "verify", "no-such", code=2)


def test_a_file_that_is_no_firmware_is_refused(command: Command, tmp_path: Path) -> None:
    """The sentence has the name the user gave."""
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    assert "holiday.jpg is not a firmware" in command("firmware", "add", str(tmp_path / "holiday.jpg"), code=2)[1]
    assert "nowhere.bin cannot be read" in command("firmware", "add", str(tmp_path / "nowhere.bin"), code=2)[1]


def script_for(tmp_path: Path, *words: str) -> list[str]:
    """A process of its own that knows the releases of this test."""
    script = (
        "import sys\nfrom pathlib import Path\nfrom lovhe.apps import firmware_store\nfrom lovhe.apps.cli.main import main\n"
        f"firmware_store.images_file = lambda: Path({str(tmp_path / 'images.toml')!r})\n"
        f"sys.exit(main({[*words, '--lang', 'en']!r}))\n"
    )
    return [sys.executable, "-c", script]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_keeps_what_has_arrived(web: WebServer, command: Command, tmp_path: Path, data_dir: Path) -> None:
    """Stopped in the middle, it says that the same command goes on; that asks for the rest alone."""
    image = micropython_release("esp32", "1.28.0")
    path = "/ESP32_GENERIC-20260406-v1.28.0.bin"
    web.serve(path, whole(image, cut_after=90_000, then=hold), whole(image))
    process = subprocess.Popen(script_for(tmp_path, "firmware", "fetch", "esp32"), stderr=subprocess.PIPE, text=True)
    part = data_dir / "firmware" / f"{path[1:]}.part"
    deadline = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size == 90_000):
        assert time.monotonic() < deadline, "the first part did not arrive"
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    command("firmware", "fetch", "esp32")
    assert lying(data_dir) == [path[1:]]
    assert web.asked[-1].range == "bytes=90000-"


@pytest.mark.skipif(os.name == "nt", reason="a terminal for the test is made with a PTY")
def test_a_terminal_shows_a_bar_and_80_columns_suffice(web: WebServer, tmp_path: Path, data_dir: Path) -> None:
    """On a terminal of 80 columns the file's name, its size and the result's table stand in whole lines."""
    outer, inner = pty.openpty()
    env = {**os.environ, "COLUMNS": "80", "LINES": "24", "TERM": "xterm"}
    process = subprocess.Popen(script_for(tmp_path, "firmware", "fetch", "esp32s3"), stdin=inner, stdout=inner, stderr=inner, env=env)
    os.close(inner)
    shown, deadline = b"", time.monotonic() + 30
    try:
        while time.monotonic() < deadline:
            ready, _, _ = select.select([outer], [], [], 0.1)
            if ready:
                piece = os.read(outer, 65536)
                shown += piece
    except OSError:  # Linux's way of saying that the other end is closed
        pass
    finally:
        os.close(outer)
    assert process.wait(10) == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert re.search(r"ESP32_GENERIC_S3-1\.28\.0 ━+.*/.*kB", plain)
    assert "ESP32_GENERIC_S3-20260406-v1.28.0.bin  esp32s3  ✓ fetched" in plain
    assert all(len(line) <= 80 for line in re.split(r"[\r\n]+", plain))
