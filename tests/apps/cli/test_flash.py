"""`lovhe flash` as a teacher uses it: real commands, real esptool, virtual boards that are processes of their own."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from lovhe.apps import wiring
from lovhe.apps.cli.main import main
from lovhe.services.ports import FlashOrder

from tests.apps.cli.terminal import PATIENCE_S, Terminal

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

SLOW_BD = "57600"
"""At which a flash takes some 8 s: time enough to press Ctrl+C."""
WELL_BEGUN = r"█+░+ +[1-9]\d %"

Command = Callable[..., tuple[str, str]]
needs_terminals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals that Python can open")


@pytest.fixture
def start(command: Command) -> Iterator[Callable[..., None]]:
    """Starts virtual boards that end with the test."""

    def start_boards(*words: str) -> None:
        command("board", "start", "--name", "desk", *words)

    yield start_boards
    main(["board", "stop", "--all"])


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Runs `lovhe` on terminals that are closed with the test."""
    opened: list[Terminal] = []

    def open_terminal(*words: str, term: str = "xterm-256color") -> Terminal:
        opened.append(Terminal(*words, term=term))
        return opened[-1]

    yield open_terminal
    for each in opened:
        each.close()


def states(command: Command) -> dict[str, str]:
    """What `lovhe boards` shows, by name."""
    return {board["name"]: board["state"] for board in json.loads(command("boards", "--json")[0])}


def wait_for_states(command: Command, *expected: str) -> None:
    """Poll until the boards are in no other states than these."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not set(seen := states(command).values()) <= set(expected):
        assert time.monotonic() < deadline_s, seen
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--watch", "COM3"), "--watch flashes each board that it finds"),
        (("--watch", "--all"), "--watch flashes each board that it finds"),
        (("--watch", "--resume"), "--watch flashes each board that it finds"),
        (("--count", "3", "--all"), "there is no --watch"),
        (("--resume", "--firmware", "x.bin"), "--resume finishes each board as it was begun"),
        (("--resume", "--keep-files"), "--resume finishes each board as it was begun"),
        (("--all", "COM3"), "Names of boards and --all"),
        (("--all", "--class", "7-A"), "“7-A” is no name of a class."),
        (("--watch", "--count", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_both_be_done_is_refused(command: Command, words: tuple[str, ...], said: str) -> None:
    """Exit code 2 and a sentence, before any board is touched."""
    assert said in command("flash", *words, code=2)[1]


def test_a_class_is_flashed_named_and_left_alone_the_next_time(command: Command, start: Callable[..., None]) -> None:
    """Each board gets the class's next name; what is there already is not written again, unless --fresh asks for it."""
    start("--count", "3")
    out, said = command("flash", "--all", "--class", "7a")
    assert out.splitlines()[0].split() == ["Board", "Name", "MAC", "Result", "Seconds"]
    assert sorted(line.split()[1] for line in out.splitlines()[1:]) == ["7A-1", "7A-2", "7A-3"]
    assert out.count("✓ done") == 3
    assert "3 of 3 boards done in" in said
    assert "no name" not in said

    out, _ = command("flash", "--all")
    assert out.count("✓ unchanged") == 3
    written = json.loads(command("flash", "--all", "--fresh", "--json")[0])
    assert [board["outcome"] for board in written] == ["done"] * 3
    assert {board["sticker"] for board in written} == {"7A-1", "7A-2", "7A-3"}
    assert all(board["written"] > 100_000 for board in written)


def test_into_a_pipe_each_quarter_and_each_end_is_a_line(command: Command, start: Callable[..., None]) -> None:
    """No bars, no control characters; a hint tells how boards get names."""
    start("--count", "2")
    out, said = command("flash", "--all")
    for number in (1, 2):
        assert f"desk-{number}: 100 % written" in said
        assert f"desk-{number}: done in" in said
    assert "\x1b" not in out + said
    assert "2 boards have no names yet" in said


def test_one_boards_failure_stops_no_other(command: Command, start: Callable[..., None]) -> None:
    """A board with the wrong chip is told with what to do; the others are done; the exit code is the failure's."""
    start("--count", "3")
    command("board", "fault", "desk-2", "chip=esp32c3")
    out, said = command("flash", "--all", code=3)
    assert out.count("✓ done") == 2
    assert out.count("✗ not done") == 1
    assert "Not done: desk-2\n  The board at " in said
    assert "2 of 3 boards done in" in said


def test_resume_tells_of_boards_that_are_not_plugged_in(command: Command, start: Callable[..., None]) -> None:
    """Nothing unfinished is exit code 0; what is unfinished and not there is named, with exit code 3."""
    start("--count", "2", "--baud-limit", "460800")
    assert "No board is unfinished." in command("flash", "--resume")[1]
    with wiring.results() as store:
        for board in wiring.find_boards():
            store.class_set().give_name(board.mac, "7A")
            store.class_set().flash_begins(board.mac, board.serial_port, "esp32", FlashOrder("", "", keep_files=False))
    command("board", "fault", "desk-1", "unplug")
    out, said = command("flash", "--resume", code=3)
    assert "desk-2" in out
    assert "desk-1" not in out
    assert "7A-1 is unfinished and not plugged in." in said
    assert "`lovhe flash --resume` again" in said
    command("board", "fault", "desk-1", "plug")
    wait_for_states(command, "ready", "unfinished")
    out, said = command("flash", "--resume")
    assert "desk-2" not in out
    assert "✓ done" in out


@needs_terminals
class TestOnATerminal:
    """Of 80 by 24, with somebody in front of it."""

    def test_ctrl_c_ends_between_two_blocks_and_resume_finishes(
        self, command: Command, start: Callable[..., None], terminal: Callable[..., Terminal]
    ) -> None:
        """The screen says that it stops, the table says stopped, the boards are unfinished until `--resume` has finished them."""
        start("--count", "3", "--baud-limit", SLOW_BD)
        screen = terminal("flash", "--all", "--class", "7A")
        screen.until("running: 3")
        screen.until_like(WELL_BEGUN)
        screen.press_ctrl_c()
        screen.until("Stopping in good order")
        assert screen.end() == 130
        assert screen.drawn.count("– stopped") >= 3
        assert "`lovhe flash --resume` finishes those that were begun" in screen.drawn
        assert "Traceback" not in screen.drawn
        wait_for_states(command, "unfinished")

        out, _ = command("flash", "--resume")
        assert out.count("✓ done") == 3
        wait_for_states(command, "ready")

    def test_ctrl_c_twice_ends_at_once(self, command: Command, start: Callable[..., None], terminal: Callable[..., Terminal]) -> None:
        """Boards in the middle of a block are left there, remembered as unfinished, and can be flashed again."""
        start("--baud-limit", SLOW_BD)  # a block takes seconds
        screen = terminal("flash", "--all")
        screen.until_like(WELL_BEGUN)
        screen.press_ctrl_c()
        screen.until("Ctrl+C once more ends at once")
        screen.press_ctrl_c()
        assert screen.end() == 130
        assert "– stopped" in screen.drawn
        assert "Traceback" not in screen.drawn
        wait_for_states(command, "unfinished")

    def test_a_dumb_terminal_gets_lines(self, start: Callable[..., None], terminal: Callable[..., Terminal]) -> None:
        """What cannot move its cursor is written downwards."""
        start("--count", "2")
        screen = terminal("flash", "--all", term="dumb")
        assert screen.end() == 0
        assert "desk-1: 100 % written" in screen.drawn
        assert "running:" not in screen.drawn

    def test_watch_flashes_each_board_once(self, command: Command, start: Callable[..., None], terminal: Callable[..., Terminal]) -> None:
        """Plugged in, flashed, done with a bell; the same board again is done already; the second one ends the count and the table."""
        start("--count", "2")
        for number in (1, 2):
            command("board", "fault", f"desk-{number}", "unplug")
        screen = terminal("flash", "--watch", "--class", "7A", "--count", "2")
        screen.until("Plug in a board.")
        command("board", "fault", "desk-1", "plug")
        screen.until("7A-1 is done. Unplug it and plug in the next one.")
        assert screen.drawn.count("\a") == 1
        command("board", "fault", "desk-1", "unplug")
        screen.until("Plug in a board.")
        command("board", "fault", "desk-1", "plug")
        screen.until_all("7A-1 is done already.", "done: 1 of 2, not done: 0")
        command("board", "fault", "desk-2", "plug")
        assert screen.end() == 0
        assert screen.drawn.count("✓ done") >= 2
        assert "2 of 2 boards done in" in screen.drawn

    def test_watch_ends_with_ctrl_c(self, start: Callable[..., None], terminal: Callable[..., Terminal]) -> None:
        """With nothing under way that is its usual end: the table of all, and exit code 0."""
        start()
        screen = terminal("flash", "--watch")
        screen.until("desk is done. Unplug it")
        screen.press_ctrl_c()
        assert screen.end() == 0
        assert "Traceback" not in screen.drawn
        assert screen.drawn.rstrip().splitlines()[-1].strip() != ""
