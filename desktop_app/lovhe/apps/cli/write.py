"""`lovhe write`: the app's screens for those who write lessons."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.language import key
from lovhe.core.errors import UnavailableError
from lovhe.core.messages import N_

_WRITE = key(
    "Open the screens for writing lessons: what is to be mended, tests, mutation, a preview in three languages. All of it is live.\n\n"
    "FOLDER holds lessons, or is one. Without it the one that was opened last is opened, or the kit's own."
)


@click.command("write", cls=LovheCommand, help=_WRITE)
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def write_command(language: str | None, folder: Path | None) -> int:
    """Stays until it is closed. `language` is the one that was asked for."""
    from lovhe.apps.workspace.wiring import load_desk
    from lovhe.apps.writing.lesson_files import first_folder, refuse_no_folder

    if folder is not None:
        refuse_no_folder(folder)
    if not _has_screen():
        raise UnavailableError(
            N_("This needs a terminal that can show more than lines."),
            N_("Open one and type it there, or use `lovhe lesson lint`, `test`, `mutate` and `preview`."),
        )
    wanted = folder.resolve() if folder is not None else first_folder(load_desk().lessons_folder)
    opening = importlib.import_module("lovhe.apps.tui.opening")  # by its name: the command line itself knows nothing of screens
    return int(opening.run_writer(wanted, language or ""))


def _has_screen() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
