"""Where copies of the results go, and how they are called."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from pathlib import Path

from lovhe.core.errors import InputError
from lovhe.core.messages import N_

ENDING = ".sqlite"
KEPT = "results.before-"
"""How the names of those begin that are made before others take the results' place."""


def backup_file(where: Path | None, sticks: Sequence[Path], now: datetime.datetime) -> Path:
    """The file for a copy: `where` itself, or a new one in that folder; without it, on the one stick that is plugged in.

    Raises `InputError` where there is no stick, or more than one.
    """
    if where is None:
        if not sticks:
            raise InputError(
                N_("There is no USB stick in this computer."), N_("Plug one in, or give a folder: `lovhe results backup FOLDER`.")
            )
        if len(sticks) > 1:
            raise InputError(
                N_("There are several USB sticks: {folders}.", folders=", ".join(map(str, sticks))),
                N_("Give the one that is meant: `lovhe results backup FOLDER`."),
            )
        where = sticks[0]
    return where / f"lovhe-results-{now:%Y-%m-%d-%H%M%S}{ENDING}" if where.is_dir() else where


def before_restore(results: Path, now: datetime.datetime) -> Path:
    """Where the results of now are kept when a copy takes their place, or others are merged into them."""
    day = f"{KEPT}{now:%Y-%m-%d-%H%M%S}"
    names = itertools.chain([day], (f"{day}-{number}" for number in itertools.count(2)))
    return next(file for name in names if not (file := results.with_name(f"{name}{ENDING}")).exists())
