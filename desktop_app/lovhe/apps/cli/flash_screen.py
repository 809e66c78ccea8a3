"""What a teacher sees while boards are flashed: bars on a terminal, lines elsewhere, and a Ctrl+C that ends it in good order.

The flash works in a thread of its own; the main thread draws a few times a second and hears Ctrl+C, on Windows too.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from lovhe.apps.cli.output import rich_console, say
from lovhe.apps.flash.state import FlashState
from lovhe.apps.flash.stoppable import StoppableFlash
from lovhe.apps.flash.words import STOPPING
from lovhe.core.messages import N_, Text
from lovhe.services.flash.flashing import FlashResult, FlashWishes
from lovhe.services.ports import BoardInfo

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text as Line

    from lovhe.apps.terminal_drawings import Glyphs

PERIOD_S = 0.2
_QUARTERS = 4

T = TypeVar("T")
Draw = Callable[[int, int, "Glyphs"], "list[Line]"]
"""The lines of this moment for so many columns and lines."""


class LeftAtOnceError(Exception):
    """Ctrl+C came twice: the flash goes on in its threads, and nobody waits for it."""


class LinesState(FlashState):
    """The state of a flash that also tells of each quarter, each note and each end in a line of its own."""

    def progress(self, board: BoardInfo, done_bytes: int, total_bytes: int) -> None:
        quarters_before = int(self._line(board).share * _QUARTERS)
        super().progress(board, done_bytes, total_bytes)
        quarters = int(self._line(board).share * _QUARTERS)
        if quarters > quarters_before:
            say(N_("{board}: {percent} % written", board=self._line(board).label, percent=quarters * 100 // _QUARTERS))

    def note(self, board: BoardInfo, text: Text) -> None:
        super().note(board, text)
        say(N_("{board}: {note}", board=self._line(board).label, note=text))

    def ended(self, result: FlashResult) -> None:
        super().ended(result)
        if len(self.boards) == 1:
            return  # the table says it at once
        board = self._line(result.board).label
        if result.error is not None:
            say(N_("{board}: not done. {reason}", board=board, reason=result.error.what))
        elif result.outcome == "stopped":
            say(N_("{board}: stopped", board=board))
        elif result.outcome == "unchanged":
            say(N_("{board}: unchanged, done in {seconds:.1f} s", board=board, seconds=result.seconds))
        else:
            say(N_("{board}: done in {seconds:.1f} s", board=board, seconds=result.seconds))


def has_screen() -> bool:
    """Whether standard error is a terminal on which something can be drawn more than once."""
    return sys.stderr.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")


def new_state(boards: Sequence[BoardInfo] = ()) -> FlashState:
    """What a flash of `boards` reports to; where nothing can be drawn it speaks for itself."""
    state = FlashState() if has_screen() else LinesState()
    state.add(boards)
    return state


@dataclass(frozen=True)
class FlashEnd:
    """How a flash ended as a whole. `left` is one that was left at once: its threads still run, and only the process' end stops them."""

    results: list[FlashResult]
    seconds: float
    stopped: bool = False
    left: bool = False


def flash_with_screen(boards: Sequence[BoardInfo], wishes: FlashWishes) -> FlashEnd:
    """Flash `boards` in parallel, with a bar a board. Raises `LovheError`s that concern all boards."""
    if not boards:
        return FlashEnd([], 0.0)
    from lovhe.apps.flash.view import flash_lines

    state = new_state(boards)
    flash = StoppableFlash(wishes, state)
    return follow_flash(state, lambda: flash.work(lambda class_flash: class_flash.flash(boards)), flash.stop, partial(flash_lines, state))


def follow_flash(state: FlashState, work: Callable[[], Sequence[FlashResult]], stop: Callable[[], None], draw: Draw) -> FlashEnd:
    """As `follow`, with the words on Ctrl+C, and with what is known where the second one came."""

    def stopping() -> None:
        state.stopping = True
        if not has_screen():
            say(STOPPING)

    try:
        results = list(follow(work, stop, draw, stopping))
    except LeftAtOnceError:
        return FlashEnd(state.results(), state.clock() - state.began_s, stopped=True, left=True)
    return FlashEnd(results, state.clock() - state.began_s, stopped=state.stopping)


def follow(work: Callable[[], T], stop: Callable[[], None], draw: Draw, stopping: Callable[[], None]) -> T:
    """Do `work` in a thread, show what `draw` gives meanwhile, and return what it returns or raise what it raises.

    The first Ctrl+C calls `stopping` and `stop`, after which `work` is waited for; the second raises `LeftAtOnceError`.
    """
    working = _Work(work)
    with _counted_interrupts() as interrupts, _drawing(draw) as redraw:
        stopped = False
        while not working.over.wait(PERIOD_S):
            if len(interrupts) > 1:
                raise LeftAtOnceError
            if interrupts and not stopped:
                stopped = True
                stopping()
                stop()
            redraw()
        redraw()
    return working.outcome()


class _Work(Generic[T]):
    """A function in a thread of its own, which is no reason for the process to stay."""

    def __init__(self, work: Callable[[], T]) -> None:
        self.over = threading.Event()
        self._work = work
        self._returned: list[T] = []
        self._raised: BaseException | None = None
        threading.Thread(target=self._run, name="flash-all", daemon=True).start()

    def _run(self) -> None:
        try:
            self._returned.append(self._work())
        except BaseException as problem:  # noqa: BLE001 (raised again where it is waited for)
            self._raised = problem
        finally:
            self.over.set()

    def outcome(self) -> T:
        if self._raised is not None:
            raise self._raised
        return self._returned[0]


@contextmanager
def _counted_interrupts() -> Iterator[Sequence[int]]:
    """Each Ctrl+C lengthens the list that is given, and raises nothing in the middle of what is being drawn."""
    counted: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield counted
        return
    before = signal.signal(signal.SIGINT, lambda number, frame: counted.append(number))
    try:
        yield counted
    finally:
        signal.signal(signal.SIGINT, before or signal.default_int_handler)


@contextmanager
def _drawing(draw: Draw) -> Iterator[Callable[[], None]]:
    """A function that draws anew, below what has been printed; it draws nothing where there is no screen."""
    if not has_screen():
        yield lambda: None
        return
    from rich.live import Live

    console, glyphs = rich_console(err=True), fit_glyphs(rich_console(err=True))

    def lines() -> RenderableType:
        from rich.text import Text as Line

        drawn = Line("\n", no_wrap=True, overflow="crop").join(draw(console.width, console.height - 1, glyphs))
        drawn.no_wrap, drawn.overflow = True, "crop"
        return drawn

    with Live(lines(), console=console, auto_refresh=False, transient=True, vertical_overflow="crop") as live:
        yield lambda: live.update(lines(), refresh=True)


def fit_glyphs(console: Console) -> Glyphs:
    """The finest characters that the console can show; Windows' old one has few, whatever its encoding promises."""
    from lovhe.apps.terminal_drawings import PLAIN, glyphs_for

    return PLAIN if console.legacy_windows else glyphs_for(_encoding(console.file))


def _encoding(stream: Any) -> str:
    return getattr(stream, "encoding", None) or "ascii"
