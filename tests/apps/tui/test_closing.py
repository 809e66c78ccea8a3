"""However the app ends or is interrupted, what was typed a moment before is on the disk: Ctrl+Q, a closed window, a stopped process."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from lovhe.apps.lesson_boards import start_lesson_board
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.panes.find_bar import FindBar
from lovhe.apps.tui.screens.choose_board import ChooseBoard
from lovhe.apps.tui.screens.help import HelpScreen
from lovhe.apps.tui.screens.history import HistoryScreen
from lovhe.apps.tui.screens.keys import KeysScreen
from lovhe.apps.tui.screens.menu import MenuScreen
from lovhe.apps.tui.screens.own_editor import OwnEditorScreen
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.screens.stick import CopyScreen, FetchScreen
from lovhe.apps.tui.screens.too_small import TooSmall
from lovhe.apps.tui.screens.workspace import WorkspaceScreen
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.jobs import Job
from lovhe.apps.workspace.wiring import load_desk, save_desk, work_store
from lovhe.core.pupils.group import Group
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports.work import WorkKey
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import find_board
from textual.pilot import Pilot

from ..cli.terminal import Terminal
from .conftest import Until
from .stories import BLINK, open_step, output, play, program_step, write

GROUP = Group(pupils=(Pupil("id-1", "7A", 1, "Aysel"),))
BLINKS = (
    "from machine import Pin",
    "import time",
    "led = Pin(2, Pin.OUT)",
    "while True:",
    "led.value(not led.value())",
    "time.sleep_ms(1)",
)
CTRL_HOME = "\x1b[1;5H"
real_terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals and no such signals")


def _kept() -> str:
    return work_store().read(WorkKey(GROUP.key, BLINK, program_step())) or ""


def _on_disk(data_dir: Path, words: str) -> bool:
    """Whether a file of the work, history left aside, has these words; read as another process would."""
    return any(words in file.read_text() for file in (data_dir / "work").rglob(f"{program_step()}.txt"))


# --- Ctrl+Q ---


def _action(name: str) -> Callable[[Pilot[None], LovheApp], Awaitable[object]]:
    return lambda pilot, app: app.screen.run_action(name)


def _press(key: str) -> Callable[[Pilot[None], LovheApp], Awaitable[object]]:
    return lambda pilot, app: pilot.press(key)


async def _show_keys(pilot: Pilot[None], app: LovheApp) -> None:
    app.show_keys()


async def _ask_to_flash(pilot: Pilot[None], app: LovheApp) -> None:
    app.keeper.ask_to_flash()


PLACES = {
    "the editor": (lambda pilot, app: pilot.pause(), WorkspaceScreen),
    "help": (_press("f1"), HelpScreen),
    "the menu": (_press("f2"), MenuScreen),
    "the list of boards": (_action("choose_board"), ChooseBoard),
    "the history": (_action("history"), HistoryScreen),
    "beginning again": (_action("begin_again"), Question),
    "the question about a flash": (_ask_to_flash, Question),
    "the own editor": (_action("own_editor"), OwnEditorScreen),
    "copying to a stick": (_action("copy_to_stick"), CopyScreen),
    "fetching from a stick": (_action("fetch_from_stick"), FetchScreen),
    "the keys": (_show_keys, KeysScreen),
    "a small window": (lambda pilot, app: pilot.resize_terminal(40, 10), TooSmall),
}


@pytest.mark.parametrize("place", PLACES)
def test_ctrl_q_closes_from_anywhere_with_all_saved(place: str, until: Until, data_dir: Path) -> None:
    """Whatever lies on top; the next app opens at the step, and has each letter."""
    go, screen_of = PLACES[place]
    if "flash" in place or "boards" in place:
        pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
        start_lesson_board(BLINK)

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=app.keeper.use.used is not None or "flash" in place or "boards" in place)
        await write(pilot, screen, until, "# a lighthouse\n")
        await pilot.press("#", "x", "y")
        await go(pilot, app)
        await until(pilot, lambda: isinstance(app.screen, screen_of), place)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit, "the end")
        await until(pilot, lambda: app._closed, "the loop's end")

    play(story, group=GROUP)
    assert _on_disk(data_dir, "#xy")
    assert (load_desk().lesson, load_desk().step) == (BLINK, program_step())


def test_ctrl_q_closes_with_the_find_bar_open_and_a_program_running(until: Until, data_dir: Path) -> None:
    """The program ends with the app."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    start_lesson_board(BLINK)
    jobs: list[Job] = []

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        screen = await open_step(pilot, app, until, board=True)
        await write(pilot, screen, until, "while True:\n    print('on')\n")
        await pilot.press("f5")
        await until(pilot, lambda: "on" in output(screen).split("\n"), "the program")
        assert screen.job is not None
        jobs.append(screen.job)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: screen.query_one(FindBar).region, "the find bar")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._closed, "the end")

    play(story, group=GROUP)
    assert jobs[0].wait(60)
    assert _on_disk(data_dir, "print('on')")


# --- a real terminal ---


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Opens the app in a terminal, in a step with a program, until words are drawn; it is ended after the test, whatever happened."""
    opened: list[Terminal] = []

    def open_app(*words: str) -> Terminal:
        work_store().write(WorkKey(GROUP.key, BLINK, program_step()), "# a lighthouse\n")
        assert work_store().flush()
        desk = Desk(language="en", group=GROUP)
        desk.open(BLINK, program_step())
        save_desk(desk)
        opened.append(Terminal())
        opened[0].until_all("a lighthouse", *words)
        return opened[0]

    yield open_app
    for one in opened:
        one.close()


@real_terminal
@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
def test_a_closed_window_loses_nothing(name: str, terminal: Callable[..., Terminal], data_dir: Path) -> None:
    """Also where a connection breaks, or the PC is shut down: saved to the last letter that was drawn, and gone."""
    window = terminal()
    window.type(CTRL_HOME + "#zqx")
    window.until("zqx")
    window.process.send_signal(getattr(signal, name))
    assert window.end() == 0, window.drawn[-2000:]
    assert _on_disk(data_dir, "#zqx")
    assert load_desk().step == program_step()
    assert "Traceback" not in window.drawn


@real_terminal
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the process in /proc")
def test_a_process_that_was_put_aside_goes_on(terminal: Callable[..., Terminal], data_dir: Path) -> None:
    """As Ctrl+Z and fg do it in a shell: the terminal is given back and taken again, all is drawn anew, and keys go where they went."""
    window = terminal()
    window.type(CTRL_HOME + "#be")
    window.until("#be")
    before = len(window.raw)
    window.process.send_signal(signal.SIGTSTP)
    _wait(window, lambda: _state(window.process.pid) == "T" and "\x1b[?1049l" in window.raw[before:])
    given_back, drawn = len(window.raw), len(window.drawn)
    window.process.send_signal(signal.SIGCONT)
    _wait(window, lambda: "\x1b[?1049h" in window.raw[given_back:] and "a lighthouse" in window.drawn[drawn:])
    window.type("fore")
    window.until("fore")
    window.type("\x11")
    assert window.end() == 0
    assert _on_disk(data_dir, "#before")


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def _wait(window: Terminal, condition: Callable[[], bool]) -> None:
    end_s = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end_s, window.drawn[-2000:]
        window._read(0.05)


@real_terminal
def test_a_terminal_that_goes_without_a_word_ends_the_app(terminal: Callable[..., Terminal], data_dir: Path) -> None:
    """Its other side is closed, and no signal comes: the app looks for it now and then."""
    window = terminal()
    window.type(CTRL_HOME + "#zqx")
    window.until("zqx")
    os.close(window._screen)
    window._screen = os.open(os.devnull, os.O_RDWR)
    window.process.wait(60)
    assert _on_disk(data_dir, "#zqx")


@real_terminal
def test_a_program_does_not_run_on_when_the_app_is_closed(terminal: Callable[..., Terminal]) -> None:
    """A buzzer is quiet, and a lamp blinks no more."""
    pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
    board = start_lesson_board(BLINK)
    window = terminal(board.name)
    window.type("\x01" + "\r".join(BLINKS) + "\r")
    window.until("sleep_ms")
    window.type("\x1b[15~")
    window.until("Running main.py")
    entry = find_board(board.name)
    with BoardControl(entry.control, entry.authkey) as control:
        _wait(window, lambda: len({_led(control) for _ in range(40)}) == 2)
        window.type("\x11")
        assert window.end() == 0
        end_s = time.monotonic() + 60
        while len({_led(control) for _ in range(200)}) == 2:
            assert time.monotonic() < end_s, "it blinks on"


def _led(control: BoardControl) -> bool:
    return bool(control.snapshot()["parts"]["led"]["on"])
