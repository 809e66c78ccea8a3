"""`lovhe results backup` and `restore`: all results on a USB stick, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import say
from lovhe.apps.cli.yes_or_no import agreed
from lovhe.apps.language import key
from lovhe.core.messages import N_

_STEPS = 100


@click.command(
    "backup",
    cls=LovheCommand,
    help=key(
        "Copy all results, classes, the class set and what pupils are typing onto a USB stick, and read the copy back.\n\n"
        "WHERE is a folder, or the name of a file; without it, the stick that is plugged in. Lessons can go on meanwhile."
    ),
)
@click.argument("where", metavar="[WHERE]", required=False, type=click.Path(path_type=Path))
def backup_command(where: Path | None) -> None:
    """It is called done when it was read back."""
    from lovhe.apps.cli.progress_bar import progress_bar
    from lovhe.apps.teaching.copies import make_copy
    from lovhe.apps.workspace.wiring import stick_folders

    with progress_bar(_STEPS) as advance:
        copied = make_copy(where, stick_folders() if where is None else [], _steps(advance))
    say(
        N_(
            "{n} result is in {file} ({size} MB); the copy was read back.",
            "{n} results are in {file} ({size} MB); the copy was read back.",
            n=copied.attempts,
            file=str(copied.file),
            size=-(-copied.size_bytes // 1_000_000),
        )
    )


@click.command(
    "restore",
    cls=LovheCommand,
    help=key(
        "Make the results of this computer what a copy has. FILE is a copy; what is here now is kept beside, as another copy. "
        "What pupils are typing here stays."
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help=key("Do it without asking."))
def restore_command(file: Path, yes: bool) -> None:
    """What the copy has is told first; at a terminal it is asked."""
    from lovhe.apps.teaching import wiring
    from lovhe.apps.teaching.copies import put_back

    copied = wiring.look_into_backup(file)
    say(N_("{n} result is in {file}.", "{n} results are in {file}.", n=copied.attempts, file=str(file)))
    if not yes and not agreed(N_("Put them in the place of the results of this computer?")):
        return
    kept = put_back(file)
    say(N_("The results are those of the copy now. What was here before is in {file}.", file=str(kept)))


def _steps(advance: Callable[[], None]) -> Callable[[float], None]:
    """Turns shares of the whole into steps of a bar."""
    done = 0

    def told(share: float) -> None:
        nonlocal done
        while done < round(share * _STEPS):
            advance()
            done += 1

    return told
