"""The way into `lovhe`: alone in a terminal it is the app, with words the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the app, or run one command; the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = app_language(words)
    if language is not None and can_show_an_app():
        from lovhe.apps.tui.opening import run_app

        return run_app(language)
    from lovhe.apps.cli.main import main as command_line

    return command_line(words)


def app_language(words: Sequence[str]) -> str | None:
    """The language in which the app is wanted, "" for the usual one; None where words name a command."""
    if not words:
        return ""
    from lovhe.apps.language import LANGUAGES

    language = words[1] if len(words) == 2 and words[0] == "--lang" else words[0].removeprefix("--lang=") if len(words) == 1 else ""
    return language if language in LANGUAGES and words[0].startswith("--lang") else None


def can_show_an_app() -> bool:
    """Whether there is a terminal on both sides that can do more than print lines."""
    try:
        return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    except (AttributeError, ValueError):  # started without a console, or with a closed one
        return False


if __name__ == "__main__":
    sys.exit(main())
