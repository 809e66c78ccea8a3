"""The way into `lovhe`: the user's language first, then the command, and one place where every error becomes two sentences."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

import click

from lovhe.apps.cli.output import make_streams_forgiving, say
from lovhe.apps.language import LANGUAGES, language_of, use_language
from lovhe.apps.notices import show_notices, was_told
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_

log = logging.getLogger("lovhe")

DONE, FAILED, BAD_INPUT, UNCLEAR, INTERRUPTED = 0, 1, 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    from lovhe.apps.log_file import log_to_file

    words = list(sys.argv[1:] if arguments is None else arguments)
    make_streams_forgiving()
    asked = _asked_language(words)
    use_language(asked or language_of())
    log_to_file()
    show_notices(say)
    try:
        return _run(words, asked)
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; nothing may be written to it any more, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _run(words: list[str], language: str | None) -> int:
    """`language` is the one that was asked for, which a command may want to know."""
    from lovhe.apps.cli.root import root

    try:
        code = root().main(words, prog_name="lovhe", standalone_mode=False, obj=language)
        sys.stdout.flush()
        return int(code or DONE)
    except click.UsageError as error:
        say(error.format_message())
        command = error.ctx.command_path if error.ctx else _named_command(root(), words)
        say(N_("`{command} --help` shows how it is used.", command=command))
        return BAD_INPUT
    except click.ClickException as error:
        say(error.format_message())
        return BAD_INPUT
    except LovheError as error:
        log.info("%s", error, exc_info=error)
        if was_told(error.what) and was_told(error.next_step):
            say(N_("This command cannot go on without that."))
        else:
            say(error.what)
            say(error.next_step)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        say(N_("Stopped."))
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except SystemExit as ended:  # rich-click's way out: 1 when the reader has closed the pipe, 2 after the help of a bare group
        return DONE if ended.code == 1 else BAD_INPUT
    except Exception as error:  # the last line of defence: a user never meets a traceback
        from lovhe.apps.log_file import log_file

        log.exception("not foreseen: %s", error)
        say(N_("Something went wrong that we did not foresee; the details are in {file}.", file=str(log_file())))
        say(N_("Try again; if it stays, send that file to whoever looks after Lövhə at your school."))
        return UNCLEAR


def _named_command(group: click.Command, words: Sequence[str]) -> str:
    """The command that `words` name, as one types it: for errors that click raises before it knows."""
    path, command = "lovhe", group
    for word in words:
        below = command.get_command(click.Context(command), word) if isinstance(command, click.Group) else None
        if below is not None:
            path, command = f"{path} {word}", below
    return path


def _asked_language(words: Sequence[str]) -> str | None:
    """The value of `--lang`, wherever it stands; whether it is one of ours, click says later."""
    for index, word in enumerate(words):
        if word == "--":
            break
        value = words[index + 1] if word == "--lang" and index + 1 < len(words) else word.removeprefix("--lang=")
        if value != word and value in LANGUAGES:
            return value
    return None


if __name__ == "__main__":
    sys.exit(main())
