"""Where saved plots go: a folder that their owner finds without us, and never over a file that is there."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

import platformdirs

from lovhe.adapters.user_data import user_data_folder
from lovhe.core.errors import InputError, reason_of
from lovhe.core.messages import N_

log = logging.getLogger(__name__)


def plot_folders() -> list[Path]:
    """Best first: the user's documents, unless the data were told to lie elsewhere, then beside the data."""
    own = user_data_folder() / "plots"
    documents = platformdirs.user_documents_path()
    if os.environ.get("LOVHE_DATA_DIR") or not documents.is_dir():
        return [own]
    return [documents / "Lovhe", own]


def write_plot(folders: Sequence[Path], name: str, files: Callable[[], Mapping[str, Iterable[bytes]]]) -> list[Path]:
    """Write what `files` makes, by ending, side by side under one new name, into the first folder that takes them; where they are.

    Raises `InputError`; nothing half is left then.
    """
    problem, refusing = OSError(), folders[-1]
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return _written(folder, name, files())
        except OSError as refused:
            log.info("%s takes no plots: %s", folder, refused)
            problem, refusing = refused, folder
    raise InputError(
        N_("The plot cannot be saved in {folder}: {reason}.", folder=str(refusing), reason=reason_of(problem)),
        N_("Look whether the disk is full, or ask your teacher where you may write."),
    ) from problem


def _written(folder: Path, name: str, files: Mapping[str, Iterable[bytes]]) -> list[Path]:
    stem = next(stem for stem in _stems(name) if not any((folder / f"{stem}.{ending}").exists() for ending in files))
    written: list[Path] = []
    try:
        for ending, pieces in files.items():
            path = folder / f"{stem}.{ending}"
            with path.open("xb") as file:
                written.append(path)
                for piece in pieces:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise
    return written


def _stems(name: str) -> Iterable[str]:
    yield name
    yield from (f"{name} ({number})" for number in count(2))
