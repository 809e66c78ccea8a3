"""What the program prints, what it did wrong, and a line for what is typed to it."""

from __future__ import annotations

import textwrap

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size
from textual.widgets import Input, Log

from lovhe.apps.language import key, t
from lovhe.apps.tui.messages import LineTyped
from lovhe.apps.tui.panes.printed_lines import PrintedLines
from lovhe.apps.workspace.run_output import MOST_LINES, RunOutput
from lovhe.core.checks.evidence import Event
from lovhe.core.messages import Text

_DRAW_S = 0.1


class OutputPane(Vertical):
    """The newest lines stay in view, unless one has scrolled back. `output` outlives the pane, which is built anew in another language."""

    def __init__(self, output: RunOutput | None = None) -> None:
        super().__init__()
        self._output = output if output is not None else RunOutput()
        self._fresh = True  # nothing has been scrolled away yet, so nobody has scrolled back

    def compose(self) -> ComposeResult:
        yield PrintedLines(id="lines", max_lines=MOST_LINES)
        yield Input(id="typed", compact=True, placeholder=t(key("Type here what the program asks for, then press Enter")))

    def on_mount(self) -> None:
        self.set_class(self._output.running, "running")
        self.query_one(Log).write(self._output.take_all())
        self.set_interval(_DRAW_S, self.draw)

    def begin(self, source: str, typing: bool) -> None:
        """A new run begins; `typing` says whether what is typed could reach it, and the line for that is there if it reads at all."""
        typing = typing and ("input(" in source or "stdin" in source)
        self._output.begin(source, typing)
        self._fresh = True
        log = self.query_one(Log)
        log.clear()
        log.scroll_home(animate=False, immediate=True)
        self.set_class(typing, "running")
        if typing and "input(" in source:
            self.call_after_refresh(self._take_keys)  # a line that is not shown yet takes none

    def _take_keys(self) -> None:
        if self._output.running:
            self.query_one("#typed", Input).focus()

    def over(self) -> None:
        """Nothing runs any more."""
        self._output.running = False
        typed = self.query_one("#typed", Input)
        if typed.has_focus:
            self.screen.focus_next() if not self.screen.query("#editor") else self.screen.query_one("#editor").focus()
        typed.clear()
        self.remove_class("running")
        self.draw()

    def add(self, events: list[Event], source: str) -> None:
        """Take what the program said; it is drawn ten times a second."""
        self._output.add(events, source)

    def busy(self, what: Text, done: int, total: int) -> None:
        """Something slow goes on."""
        percent = f" {100 * done // total} %" if total else ""
        self._output.say(t(what) + percent)

    def draw(self) -> None:
        """Show what came since the last time."""
        news = self._output.take_news()
        if news:
            log = self.query_one(Log)
            follow = self._fresh or not log.size.height or log.is_vertical_scroll_end
            before, top = log.line_count, log.scroll_offset.y
            text = self._wrapped(news)
            log.write(text, scroll_end=False)
            # Log measures itself before it drops what is too much, and would then show the emptiness behind its end.
            log.virtual_size = Size(log.virtual_size.width, log.line_count)
            if follow:
                log.scroll_end(animate=False, immediate=True, x_axis=False)
            else:
                dropped = max(0, before + text.count("\n") - log.line_count)
                log.scroll_to(y=max(0, top - dropped), animate=False, immediate=True)
            log.refresh()
            self._fresh = self._fresh and log.line_count <= log.size.height

    def _wrapped(self, news: str) -> str:
        """Our own sentences fit the panel; what the program printed stays as it is."""
        width = max(20, min((self.size.width or self.screen.size.width) - 2, 100))  # what comes first comes before the panel has a size
        return "\n".join(
            "\n".join(textwrap.wrap(line, width, subsequent_indent="  ")) if line.startswith("! ") else line for line in news.split("\n")
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand it to the program."""
        event.stop()
        self.post_message(LineTyped(event.value))
        event.input.clear()
