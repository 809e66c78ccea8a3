"""The class set as a teacher meets it: who is here, which board is which, names, stickers."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps import wiring
from lovhe.core.boards.names import BoardName
from lovhe.core.messages import N_
from lovhe.services.ports import FlashOrder
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import BoardEntry, find_board
from serial.tools.list_ports_common import ListPortInfo

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

Command = Callable[..., tuple[str, str]]
NOBODY = "rfc2217://127.0.0.1:9"
PATIENCE_S = 60.0


class Desk:
    """Boards with CH340 chips, which do not say who they are, and one serial port behind which nobody answers."""

    def __init__(self, command: Command, boards: dict[str, BoardEntry]) -> None:
        self.command = command
        self.boards = boards
        self.name = {entry.mac: name for name, entry in boards.items()}

    def json(self, *words: str) -> list[dict[str, Any]]:
        """What a command prints as JSON."""
        printed: list[dict[str, Any]] = json.loads(self.command(*words, "--json")[0])
        return printed

    def level(self, name: str) -> object:
        """What pin IO2 of a board does."""
        with BoardControl(self.boards[name].control, self.boards[name].authkey) as board:
            pin = board.snapshot()["pins"].get("2", {})
            return pin.get("mode"), pin.get("level")


@pytest.fixture
def desk(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    """Two boards, flashed and named as 7A-1 and 7A-2, that look like real ones to every command."""
    command("board", "start", "--name", "desk", "--count", "2", "--lesson", "6-01-blink")
    command("flash", "--all", "--class", "7a")
    boards = {board["sticker"]: find_board(board["name"]) for board in json.loads(command("boards", "--json")[0])}
    assert set(boards) == {"7A-1", "7A-2"}
    ports = []
    for serial_port in (*(entry.serial_port for entry in boards.values()), NOBODY):
        port = ListPortInfo(serial_port)
        port.vid, port.pid = 0x1A86, 0x7523
        ports.append(port)
    with monkeypatch.context() as patch:
        patch.setattr("serial.tools.list_ports.comports", lambda: ports)
        patch.setenv("LOVHE_RUNTIME_DIR", str(tmp_path / "elsewhere"))
        yield Desk(command, boards)
    command("board", "stop", "--all")


def test_boards_that_do_not_say_who_they_are_are_asked_when_the_teacher_wants_it(desk: Desk) -> None:
    """Without asking none has a sticker; asked, all that answer have theirs, and the others are shown as silent."""
    assert {board["sticker"] for board in desk.json("boards")} == {""}
    assert "3 boards do not say who they are: `lovhe boards --ask`" in desk.command("boards")[1]
    out, said = desk.command("boards", "--set")
    assert "2 of 2 are not plugged in, or do not say who they are: 7A-1, 7A-2." in out
    assert "--ask" in said

    asked = {board["serial_port"]: board for board in desk.json("boards", "--ask")}
    for sticker, entry in desk.boards.items():
        board = asked[entry.serial_port]
        assert (board["sticker"], board["mac"], board["chip"], board["state"]) == (sticker, entry.mac, "esp32", "ready")
    assert asked[NOBODY]["state"] == "mute"
    out, said = desk.command("boards", "--set", "--ask")
    assert "Asking 3 boards who they are" in said
    assert "There is no serial port" in said
    assert "2 boards, and all are here." in out
    assert all(board["here"] and board["firmware"] and board["flashed"] for board in desk.json("boards", "--set", "--ask"))


def test_the_board_with_that_sticker_blinks_and_no_other(desk: Desk) -> None:
    """Found among boards that do not say who they are; afterwards it can be used as before."""
    seen: dict[str, set[object]] = {name: set() for name in desk.boards}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            for name in seen:
                seen[name].add(desk.level(name))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        _, said = desk.command("board", "identify", "7a-2", "--for", "2s")
    finally:
        over.set()
        watching.join()
    assert {("out", 0), ("out", 1)} <= seen["7A-2"]
    assert not {("out", 0), ("out", 1)} & seen["7A-1"]
    assert "Asking 1 board who it is" in said  # where it was flashed; nobody else is interrupted
    assert "7A-2 blinks for 2 s" in said
    deadline = time.monotonic() + PATIENCE_S
    while desk.level("7A-2") != ("in", 0):
        assert time.monotonic() < deadline, desk.level("7A-2")
        time.sleep(0.05)
    assert [board["sticker"] for board in desk.json("boards", "--ask") if board["sticker"] == "7A-2"]


def test_ctrl_c_ends_the_blinking_in_good_order(command: Command) -> None:
    """The board has been found: no failure, the LED goes out, and the board's own program starts again."""
    command("board", "start", "--name", "desk")
    command("flash", "desk")
    entry = find_board("desk")
    words = [sys.executable, "-m", "lovhe", "board", "identify", "desk", "--for", "5min", "--lang", "en"]
    with (
        BoardControl(entry.control, entry.authkey) as board,
        subprocess.Popen(words, stderr=subprocess.PIPE, text=True, encoding="utf-8") as blinking,
    ):

        def wait_for(mode: str) -> None:
            deadline = time.monotonic() + PATIENCE_S
            while board.snapshot()["pins"].get("2", {}).get("mode") != mode:
                assert time.monotonic() < deadline
                time.sleep(0.05)

        wait_for("out")
        blinking.send_signal(signal.SIGINT)
        _, said = blinking.communicate(timeout=PATIENCE_S)
        assert blinking.returncode == 0
        assert "desk is as before: its own program has started again." in said
        wait_for("in")
        assert any("Lövhə" in line for line in board.printed(3))
    command("board", "stop", "desk")


def test_a_new_name_is_kept_here_and_in_the_board(desk: Desk) -> None:
    """Another PC, which has never seen the board, reads it there; a name that another board has is refused."""
    _, said = desk.command("board", "rename", "7A-2", "7a-1", code=2)
    assert "There is a board 7A-1 already." in said
    _, said = desk.command("board", "rename", desk.boards["7A-2"].serial_port, "8Ə-5")
    assert "is now 8Ə-5, and knows it" in said
    assert {board["sticker"] for board in desk.json("boards", "--set")} == {"7A-1", "8Ə-5"}
    desk.command("board", "forget", "8ə-5")
    desk.command("board", "forget", desk.boards["7A-1"].mac)
    assert desk.json("boards", "--set") == []
    _, said = desk.command("board", "identify", "8Ə-5", "--for", "100ms")
    assert "Asking 3 boards who they are" in said
    assert "8Ə-5 is as before" in said
    assert {board["sticker"] for board in desk.json("boards", "--ask")} == {"7A-1", "8Ə-5", ""}
    assert {board["sticker"] for board in desk.json("boards", "--ask", "--class", "8ə")} == {"8Ə-5"}
    known(1)
    assert {board["sticker"] for board in desk.json("boards", "--ask")} == {"8Ə-5", ""}, "another board is 7A-1 here"


def known(count: int, class_name: str = "7A") -> None:
    """Boards that this PC has named, none of them plugged in."""
    with wiring.results() as store:
        for number in range(1, count + 1):
            store.class_set().rename(f"24:0a:c4:00:{ord(class_name[0]) - ord('7'):02x}:{number:02x}", BoardName(class_name, number))


def test_a_board_that_is_not_plugged_in_is_renamed_on_this_pc(command: Command) -> None:
    """And the teacher is told when the board will know."""
    known(1)
    _, said = command("board", "rename", "7A-1", "7A-30")
    assert "is now 7A-30" in said
    assert "the next `lovhe flash` tells it" in said
    _, said = command("board", "rename", "7A-30", "thirty", code=2)
    assert "“thirty” is no name of a board." in said


@pytest.mark.parametrize(
    "words", [("identify", "7A-9"), ("rename", "7A-9", "7A-10"), ("identify", "24:0a:c4:00:00:09"), ("identify", "desk")]
)
def test_a_board_that_is_nowhere_is_told_as_that(command: Command, words: tuple[str, ...]) -> None:
    """With where to look."""
    _, said = command("board", *words, code=3)
    assert "no board" in said
    assert "`lovhe boards" in said


def test_a_known_board_that_is_not_plugged_in_cannot_blink(command: Command) -> None:
    """It is known, and that is said."""
    known(1)
    _, said = command("board", "identify", "7A-1", code=3)
    assert "The board 7A-1 is not plugged in." in said


def test_the_set_tells_what_was_wrong_with_which_board(command: Command) -> None:
    """A mark before it, sentences below, readable in 80 columns; one class at a time where asked for."""
    known(12)
    known(2, "8Ə")
    with wiring.results() as store:
        class_set = store.class_set()
        class_set.flash_begins("24:0a:c4:00:00:04", "COM4", "esp32", FlashOrder("", "", keep_files=False))
        class_set.flash_ended("24:0a:c4:00:00:05", "COM5", "esp32s3", "ESP32_GENERIC_S3-20260406-v1.28.0.bin")
        class_set.flash_failed("24:0a:c4:00:00:05", "COM5", N_("The cable of {board} is loose.", board="7A-5"))
        class_set.flash_ended("24:0a:c4:00:00:06", "COM6", "esp32", "v1.28.0")
        class_set.note_test("24:0a:c4:00:00:06", "6-02-button-light", "unclear", b"{}")
        class_set.flash_ended("24:0a:c4:00:00:07", "COM6", "esp32", "v1.28.0")
        class_set.note_test("24:0a:c4:00:00:08", "6-02-button-light", "passed", b"{}")
    out, _ = command("boards", "--set", "--class", "7a")
    rows = {line.split()[1]: line for line in out.splitlines() if "24:0a:c4" in line}
    assert list(rows) == [f"7A-{number}" for number in range(1, 13)]
    assert {name: line[0] for name, line in rows.items() if name in ("7A-4", "7A-5", "7A-6", "7A-7", "7A-12")} == {
        "7A-4": "✗",
        "7A-5": "✗",
        "7A-6": "?",
        "7A-7": "✓",
        "7A-12": "–",
    }
    assert max(map(len, rows.values())) <= 80
    assert " v1.28.0 " in rows["7A-5"]
    assert "7A-4: its flash was cut off." in out
    assert "The cable of 7A-5 is loose." in out
    assert "6-02-button-light ended: unclear." in out
    assert "12 of 12 are not plugged in: 7A-1 … 7A-12." in out
    (told,) = [board for board in json.loads(command("boards", "--set", "--json")[0]) if board["sticker"] == "7A-5"]
    assert (told["fault"], told["chip"], told["here"]) == ("The cable of 7A-5 is loose.", "esp32s3", False)


def test_without_a_class_set_the_teacher_is_told_how_to_begin(command: Command) -> None:
    """No empty table."""
    out, said = command("boards", "--set")
    assert out == ""
    assert "lovhe flash --all --class 7A" in said


# --- stickers ---


def test_stickers_for_the_class_set_are_written_whole(command: Command, tmp_path: Path) -> None:
    """PDF in one file, SVG in one a page; an older file is replaced."""
    known(31)
    known(2, "8B")
    file = tmp_path / "stickers.pdf"
    file.write_text("old")
    _, said = command("boards", "--labels", str(file), "--class", "7a")
    assert "31 stickers." in said
    assert file.read_bytes().startswith(b"%PDF-")
    command("boards", "--labels", str(tmp_path / "s.svg"))
    assert {path.name for path in tmp_path.glob("*.svg")} == {"s-1.svg", "s-2.svg"}
    assert [(tmp_path / f"s-{page}.svg").read_text("utf-8").count("<path") for page in (1, 2)] == [24, 9]
    command("boards", "--labels", str(tmp_path / "small.SVG"), "--label-size", "38x21")
    assert (tmp_path / "small.SVG").read_text("utf-8").count("<path") == 33


def test_stickers_can_be_made_before_the_boards_are_flashed(command: Command, tmp_path: Path) -> None:
    """A name that a board has already carries its MAC."""
    known(2)
    file = tmp_path / "s.svg"
    _, said = command("boards", "--labels", str(file), "--class", "7A", "--numbers", "2-4,30")
    assert "4 stickers." in said
    text = file.read_text("utf-8")
    assert [name for name in ("7A-1<", "7A-2<", "7A-3<", "7A-4<", "7A-30<", "00:00:02<") if name in text] == [
        "7A-2<",
        "7A-3<",
        "7A-4<",
        "7A-30<",
        "00:00:02<",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--labels", "stickers.docx"), "ends in .pdf or .svg"),
        (("--labels", "stickers.pdf"), "No board has a name yet"),
        (("--labels", "stickers.pdf", "--numbers", "1-3"), "--class 7A"),
        (("--labels", "stickers.pdf", "--numbers", "x", "--class", "7A"), "1-30"),
        (("--labels", "stickers.pdf", "--json"), "--labels"),
        (("--labels", "nowhere/stickers.pdf", "--numbers", "1", "--class", "7A"), "cannot be written"),
        (("--numbers", "1-3"), "--labels"),
        (("--class", "7-A"), "no name of a class"),
    ],
)
def test_what_makes_no_stickers_is_told(
    command: Command, words: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Exit code 2, what to write instead, and no file."""
    monkeypatch.chdir(tmp_path)
    _, said = command("boards", *words, code=2)
    assert sentence in said
    assert not list(tmp_path.glob("stickers*"))
