"""A pupil's own editor: the step's text as a real file, which is looked at a few times a second and taken in when it has changed."""

from __future__ import annotations

import threading
from collections import deque
from pathlib import Path

from lovhe.core.errors import InputError, LovheError

LOOK_S = 0.3


class OwnFile:
    """A file that somebody edits elsewhere. `begin` writes the text and looks on in a thread; `take` gives what changed since.

    A text is taken once two looks have seen the same, so that one that is just being written is not taken half.
    """

    def __init__(self, file: Path, look_s: float = LOOK_S) -> None:
        self.file = file
        self._look_s = look_s
        self._news: deque[str | LovheError] = deque()
        self._ended = threading.Event()
        self._one = threading.Lock()  # the file is not looked at while it is written
        self._seen: str | None = None
        self._thread = threading.Thread(target=self._look_on, name="OwnFile", daemon=True)

    def begin(self, text: str) -> None:
        """Put the text there and look on. A file with another text is kept beside it. Blocks for the disk. Raises `InputError`."""
        from lovhe.apps.workspace.wiring import put_own_file

        put_own_file(self.file, text)
        self._seen = text
        self._thread.start()

    def end(self) -> None:
        """Look no more; the file stays."""
        self._ended.set()

    def put(self, text: str) -> None:
        """The text has changed in the app. Blocks for the disk. Raises `InputError`."""
        from lovhe.apps.workspace.wiring import put_own_file

        with self._one:
            if text != self._seen and not self._ended.is_set():
                before, self._seen = self._seen, text
                put_own_file(self.file, text, before)

    def take(self) -> list[str | LovheError]:
        """The texts that came since the last time, and what went wrong."""
        return [self._news.popleft() for _ in range(len(self._news))]

    def _look_on(self) -> None:
        from lovhe.apps.workspace.wiring import read_own_file

        before: str | None = self._seen
        told = ""
        while not self._ended.wait(self._look_s):
            try:
                with self._one:
                    now = read_own_file(self.file)
                    is_news = now == before and now != self._seen
                    if is_news:
                        self._seen = now
            except InputError as problem:
                if str(problem) != told:  # once, not three times a second
                    told = str(problem)
                    self._news.append(problem)
                continue
            told = ""
            if is_news and now is not None:
                self._news.append(now)
            before = now
