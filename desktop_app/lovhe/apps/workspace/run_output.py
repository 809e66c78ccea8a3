"""What the output panel holds: the last lines of what a program printed and of what was said about it, however much that was."""

from __future__ import annotations

from collections import deque

from lovhe.apps.language import t
from lovhe.apps.workspace.run_sentences import RunSentences
from lovhe.core.checks.evidence import Event
from lovhe.core.messages import N_, Text
from lovhe.core.shown_text import harmless

MOST_LINES = 2_000
LONGEST_LINE = 400
"""A program that prints without a line end gets one here."""


class RunOutput:
    """The text of one run. `take_news` gives what came since it was last asked, so that it can be drawn in one go.

    `running` says whether a program is there that could read what is typed.
    """

    def __init__(self) -> None:
        self.running = False
        self._lines: deque[str] = deque(maxlen=MOST_LINES)
        self._open = ""
        self._news: deque[str] = deque(maxlen=MOST_LINES)
        self._news_open = 0  # how much of the open line is no news
        self._sentences: RunSentences | None = None

    def begin(self, source: str, running: bool = True) -> None:
        """A new run: nothing of the one before stays."""
        self.running = running
        self._lines.clear()
        self._news.clear()
        self._open, self._news_open = "", 0
        self._sentences = RunSentences(
            source,
            stopped=N_("The program was stopped."),
            look=N_("Look at the cable, and run the program again."),
        )

    def add(self, events: list[Event], source: str = "") -> None:
        """Take what a program said."""
        if self._sentences is None:
            self.begin(source)
        assert self._sentences is not None
        for event in events:
            for said in self._sentences.of(event):
                text = said.text if isinstance(said.text, str) else t(said.text)
                if said.kind == "printed":
                    self._print(text)
                else:
                    self.say(f"! {text}" if said.kind == "sentence" else text)
            if event.kind == "end" and event.args[:1] == ["done"]:  # a command line shows its prompt again; here nothing else would tell
                self.say(f"! {t(N_('The program came to its end.'))}")

    def say(self, text: Text | str) -> None:
        """A line of its own."""
        if self._open:
            self._print("\n")
        self._print(f"{text if isinstance(text, str) else t(text)}\n")

    def take_news(self) -> str:
        """What came since the last time: whole lines, then the begin of the one that is not over."""
        news = "".join(f"{line}\n" for line in self._news) + self._open[self._news_open :]
        self._news.clear()
        self._news_open = len(self._open)
        return news

    def take_all(self) -> str:
        """All that is there, for a panel that is drawn anew."""
        self.take_news()
        return "".join(f"{line}\n" for line in self._lines) + self._open

    def _print(self, text: str) -> None:
        *whole, rest = harmless(text.replace("\r\n", "\n")).expandtabs(8).split("\n")
        for piece in whole:
            self._more(piece)
            self._end_line()
        self._more(rest)

    def _more(self, piece: str) -> None:
        while len(self._open) + len(piece) > LONGEST_LINE:
            room = LONGEST_LINE - len(self._open)
            self._open += piece[:room]
            piece = piece[room:]
            self._end_line()
        self._open += piece

    def _end_line(self) -> None:
        self._lines.append(self._open)
        self._news.append(self._open[self._news_open :])
        self._open, self._news_open = "", 0
