"""What must never stop a lesson: something unforeseen in the app, a terminal that is too small, Ctrl+C."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from traceback import walk_tb

from rich.text import Text as RichText
from textual.app import App
from textual.events import Resize
from textual.filter import LineFilter
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import WorkerFailed

from lovhe.apps.language import t
from lovhe.apps.tui.drawing import screen_encoding
from lovhe.apps.tui.plain_signs import PlainSigns
from lovhe.core.errors import LovheError, UnavailableError
from lovhe.core.messages import N_

log = logging.getLogger(__name__)

LEAST_WIDTH, LEAST_HEIGHT = 80, 20

_LOOK_S = 2.0
_WITHIN_S = 10.0
_MOST_ON_A_SCREEN = 8
_MOST = 20
_DRAWING = frozenset({"compose", "render", "render_line", "render_lines", "get_content_width", "get_content_height"})


class GuardedApp(App[None]):
    """An app that goes on where it can when something unforeseen happens, and ends with two sentences where it cannot.

    A pane that cannot be drawn is replaced by a sentence; where it happens again and again, the screen is left; then the app is.
    Without a terminal (`run_test`) nobody reads sentences: there an exception ends the app as Textual has it, unless it is `forgiving`.
    """

    forgiving = False

    @property
    def goes_on(self) -> bool:
        """Whether an exception is told rather than raised."""
        return self.forgiving or not self.is_headless

    def __init__(self) -> None:
        super().__init__()
        self._failed_s: deque[float] = deque(maxlen=_MOST)
        self._left_s = 0.0
        self.small_is_fine = False
        encoding = screen_encoding()
        self._signs = [] if encoding == "utf-8" else [PlainSigns(encoding)]

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's; signs that the terminal has not are drawn by others."""
        return [*super().get_line_filters(), *self._signs]

    # --- what is unforeseen ---

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as problem:
            if not self.goes_on or not self._screen_stacks.get("_default"):
                raise
            self._handle_exception(problem)

    def _handle_exception(self, error: Exception) -> None:
        """Textual's way out for every exception that nobody has caught."""
        if not self.goes_on:
            super()._handle_exception(error)
            return
        cause = error.error if isinstance(error, WorkerFailed) else error
        log.error("not foreseen: %s", cause, exc_info=cause)
        now_s = time.monotonic()
        self._failed_s.append(now_s)
        recent = sum(now_s - at_s < _WITHIN_S for at_s in self._failed_s)
        if not self._running or not self._screen_stacks.get("_default") or recent >= _MOST:
            self._end()
        elif recent >= _MOST_ON_A_SCREEN and now_s - self._left_s > _WITHIN_S:
            self._left_s = now_s
            self.call_later(self._leave_screen)
        else:
            self.call_later(self._mend, _undrawable(cause), recent == 1)

    def start_anew(self) -> None:
        """Show the screen from which everything else can be reached."""
        raise NotImplementedError

    def _end(self) -> None:
        """Out, with what a user has to know; what was typed is on the disk, or will be at exit."""
        sentences = unforeseen()
        self._return_code = 1
        self._exit_renderables[:] = [RichText(f"{t(sentences.what)}\n{t(sentences.next_step)}")]
        self._close_messages_no_wait()

    def _leave_screen(self) -> None:
        self.start_anew()
        self._tell()

    async def _mend(self, culprit: Widget | None, first: bool) -> None:
        """What cannot be drawn is hidden, and a sentence takes its place: the rest of the screen can be drawn again."""
        if culprit is not None and culprit.is_attached and isinstance(culprit.parent, Widget):
            if culprit.display:
                culprit.display = False
                sentences = unforeseen()
                told = Static(f"{t(sentences.what)} {t(sentences.next_step)}", classes="failed", markup=False)
                await culprit.parent.mount(told, after=culprit)
        elif first:
            self._tell()

    def _tell(self) -> None:
        sentences = unforeseen()
        self.notify(t(sentences.next_step), title=t(sentences.what), severity="error", timeout=20, markup=False)

    # --- the terminal ---

    def on_mount(self) -> None:
        """A closed window or a PC that is shut down ends the app as a key does: what was typed last is saved."""
        if self.is_headless:
            return
        self.set_interval(_LOOK_S, self._look_for_terminal)
        for name in ("SIGHUP", "SIGTERM"):
            if (number := getattr(signal, name, None)) is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows; a loop that is not the main thread's
                    asyncio.get_running_loop().add_signal_handler(number, self.close_app)

    def close_app(self) -> None:
        """End the app, whatever goes on in it."""
        self.exit()

    def _look_for_terminal(self) -> None:
        """A window that was closed ends the app where the system does not: nobody could see it, or press a key, ever again."""
        if sys.__stdin__ is None or not os.isatty(sys.__stdin__.fileno()):
            log.warning("the terminal has gone")
            self.close_app()

    def on_resize(self, event: Resize) -> None:
        """A terminal that is too small is told; Escape goes on all the same."""
        from lovhe.apps.tui.screens.too_small import TooSmall

        small = event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT
        shown = next((screen for screen in self.screen_stack if isinstance(screen, TooSmall)), None)
        if not small:
            self.small_is_fine = False
        if small and shown is None and not self.small_is_fine and len(self.screen_stack) > 1:
            self.push_screen(TooSmall())
        elif shown is not None and shown.is_current:
            shown.size_is(event.size)

    def action_help_quit(self) -> None:
        """Ctrl+C, which stops programs elsewhere: here it copies in the editor, and ends nothing."""
        self.notify(t(N_("Shift+F5 stops your program. Ctrl+Q closes Lövhə.")), markup=False)


def unforeseen() -> LovheError:
    """Two sentences for what nobody has foreseen."""
    from lovhe.apps.log_file import log_file

    return UnavailableError(
        N_("Something went wrong that we did not foresee; the details are in {file}.", file=str(log_file())),
        N_("What you typed is kept. Go on; if it comes again, show that file to your teacher."),
    )


def _undrawable(problem: BaseException) -> Widget | None:
    """The innermost widget that was just being put together or drawn, None where it was something else."""
    found = None
    for frame, _ in walk_tb(problem.__traceback__):
        node = frame.f_locals.get("self")
        if frame.f_code.co_name in _DRAWING and isinstance(node, Widget) and not isinstance(node, Screen):
            found = node
    return found


async def _dispatch(self: Widget, message: Message) -> None:
    """Textual's; but a handler that breaks ends no widget of a guarded app: the next message may be one that it can handle."""
    try:
        await MessagePump._dispatch_message(self, message)
    except Exception as problem:
        app = self.app
        if not isinstance(app, GuardedApp) or not app.goes_on:
            raise
        app._handle_exception(problem)


Widget._dispatch_message = _dispatch  # type: ignore[method-assign,assignment]
