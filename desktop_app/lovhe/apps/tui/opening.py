"""Opens the app, and stays until it is closed; whatever happens, a user reads sentences."""

from __future__ import annotations

import contextlib
import logging
import sys
from typing import TYPE_CHECKING

from lovhe.apps.language import language_of, t, use_language
from lovhe.core.messages import N_, Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lovhe.apps.tui.app import LovheApp

log = logging.getLogger(__name__)

_QUIET_S = 1.0
_END_S = 20.0


def run_app(language: str = "") -> int:
    """The app in `language`, which is kept, or the one that was kept before, or the system's; the exit code."""

    def make() -> LovheApp:
        from lovhe.apps.tui.app import LovheApp

        return LovheApp()

    return _run(make, language)


def run_writer(folder: Path | None, language: str = "") -> int:
    """The writer's side alone, with the lessons of `folder`; None asks for one."""

    def make() -> LovheApp:
        from lovhe.apps.tui.writer_app import WriterApp

        return WriterApp(folder)

    return _run(make, language)


def _run(make: Callable[[], LovheApp], language: str) -> int:
    from lovhe.apps.log_file import log_to_file
    from lovhe.apps.notices import show_notices

    log_to_file()
    use_language(language_of())
    try:
        app = make()
        if language:
            app.desk.language = language
            use_language(language)

        def tell(sentence: Text) -> None:
            app.call_later(app.say, sentence)

        show_notices(tell)
        app.run()
        return app.return_code or 0
    except Exception:
        log.exception("the app could not go on")
        _tell_what_is_left()
        return 1
    finally:
        _end_jobs()


def _end_jobs() -> None:
    """No lamp blinks on: a program that does not listen is ended by a reset, which takes some seconds."""
    from lovhe.apps.workspace.jobs import end_jobs

    if not end_jobs(_QUIET_S):
        with contextlib.suppress(OSError):  # the window may be gone
            sys.stderr.write(f"{t(N_('Stopping …'))}\n")
        if not end_jobs(_END_S):
            log.warning("the app ends while something is still being done with a board")


def _tell_what_is_left() -> None:
    from lovhe.apps.tui.guard import unforeseen

    sentences = unforeseen()
    sys.stderr.write(f"{t(sentences.what)}\n{t(sentences.next_step)}\n")
