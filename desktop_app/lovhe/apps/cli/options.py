"""Options and values that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from lovhe.apps.language import key
from lovhe.core.amounts import parse_duration_ms
from lovhe.core.errors import InputError, LovheError, reason_of
from lovhe.core.messages import N_

_MOST_READ_BYTES = 20_000_000
"""Far more than any board takes: a longer program is judged as too long all the same, and a device has no end."""

json_option = click.option("--json", "as_json", is_flag=True, help=key("Print JSON, for programs to read."))
port_option = click.option(
    "--port", metavar="SERIAL_PORT", help=key("The board's serial port or name, as `lovhe boards` shows it. Not needed with one board.")
)


class Duration(click.ParamType[float]):
    """A time as people write it, "5s" or "500 ms", in seconds."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, float):
            return value
        return parse_duration_ms(str(value)) / 1000


def read_program(path: Path) -> str:
    """The text of a program file. Raises `InputError`."""
    from lovhe.core.programs.program import program_text

    return program_text(read_bytes(path))


def program_name(path: Path) -> str:
    """A program file's name for boards and people: what is not UTF-8 in it becomes U+FFFD."""
    return os.fsencode(path.name).decode("utf-8", errors="replace")


def read_bytes(path: Path) -> bytes:
    """The bytes of a program file the user named. Raises `InputError`."""
    try:
        with path.open("rb") as source:
            return source.read(_MOST_READ_BYTES)
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> LovheError:
    """What to say about a file that could not be read."""
    if isinstance(error, FileNotFoundError):
        return InputError(
            N_("There is no file {file}.", file=str(path)), N_("Look at the name, and at the folder you are in; then try again.")
        )
    return InputError(
        N_("The file {file} cannot be read: {reason}.", file=str(path), reason=reason_of(error)),
        N_("Give the name of a program file that you may read."),
    )
