"""Where a group's work meets the disk: the one module here that chooses the concrete stores."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lovhe.apps import wiring
from lovhe.apps.workspace.desk import Desk, desk_bytes, read_desk
from lovhe.core.errors import InputError, reason_of
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import ExitStack

    from lovhe.apps.workspace.saving import Saving
    from lovhe.core.plots.picture import Picture
    from lovhe.core.work.stick import StickFile, StickIndex
    from lovhe.services.ports.pupils import Roster

log = logging.getLogger(__name__)

_one_desk = threading.Lock()


def _desk_file() -> Path:
    return wiring.data_folder() / "desk.json"


def load_desk() -> Desk:
    """The desk as it was left; a new one where there is none that can be read."""
    try:
        desk = read_desk(_desk_file().read_bytes())
        desk.wake(time.time() - _desk_file().stat().st_mtime)
        return desk
    except OSError as problem:
        log.info("no desk: %s", problem)
        return Desk()


def save_desk(desk: Desk) -> None:
    """Keep the desk; on the disk when this returns. A full disk is logged: it must not stop a lesson."""
    from lovhe.adapters.whole_files import write_whole

    try:
        _desk_file().parent.mkdir(parents=True, exist_ok=True)
        with _one_desk:
            write_whole(_desk_file(), desk_bytes(desk))
    except OSError as problem:
        log.warning("the desk is not kept: %s", problem)


def save_looks(desk: Desk) -> None:
    """Keep of `desk` how the app looks and which lessons are written; who sits at the desk that is kept stays there."""
    kept = load_desk()
    kept.language, kept.theme, kept.lessons_folder = desk.language, desk.theme, desk.lessons_folder
    save_desk(kept)


def work_store() -> Saving:
    """Where what pupils type is kept; the same one for all screens."""
    return _work_in(wiring.data_folder() / "work")


@cache
def _work_in(folder: Path) -> Saving:
    from lovhe.adapters.work_files import WorkFiles
    from lovhe.apps.workspace.saving import Saving

    saving = Saving(WorkFiles(folder))
    atexit.register(saving.flush)
    return saving


@contextmanager
def roster() -> Iterator[Roster]:
    """The classes and pupils that this PC knows. Opening them takes some time: not for the event loop. Raises `ResultsError`."""
    with wiring.results() as store:
        yield store.roster()


def stick_folders() -> list[Path]:
    """The removable drives that are plugged in. Not for the event loop: a drive may have to spin up."""
    from lovhe.adapters.removable_drives import removable_drives

    return removable_drives()


def work_on_sticks(folders: Sequence[Path]) -> list[tuple[Path, StickIndex]]:
    """The work that lies in these folders or right below them, with whose it is."""
    from lovhe.adapters.work_copies import sources

    return sources(folders)


def write_copies(folder: Path, name: str, index: StickIndex, texts: Sequence[tuple[StickFile, str]]) -> tuple[Path, int]:
    """Copy work to a stick: the folder it is in, and how many other files were kept beside it. Raises `InputError`."""
    from lovhe.adapters.work_copies import WorkCopies

    return WorkCopies(folder).write(name, index, texts)


def text_on_stick(folder: Path, file: StickFile) -> str:
    """One text of a stick's folder. Raises `InputError`."""
    from lovhe.adapters.work_copies import stick_text

    return stick_text(folder, file)


def write_plot(name: str, files: Callable[[], Mapping[str, Iterable[bytes]]]) -> list[Path]:
    """Write a plot's files, by ending, where their owner finds them; where they are. Raises `InputError`."""
    from lovhe.adapters import plot_folder

    return plot_folder.write_plot(plot_folder.plot_folders(), name, files)


def png_picture(picture: Picture) -> bytes:
    """A plot's picture as PNG."""
    from lovhe.adapters.picture_png import png_picture

    return png_picture(picture)


def own_file_folder(group: str, lesson: str, step: str) -> Path:
    """Where a step's file for a pupil's own editor goes when nobody says otherwise: beside the group's work, and gone with it."""
    from lovhe.adapters.work_names import safe_name

    return wiring.data_folder() / "work" / safe_name(group) / safe_name(lesson) / f"{safe_name(step) if step else 'program'} own"


def put_own_file(file: Path, text: str, known: str | None = None) -> None:
    """Write a step's text for a pupil's own editor; what stands there is kept, unless it is `known`. Raises `InputError`."""
    from lovhe.adapters.own_files import put_text

    put_text(file, text, known)


def read_own_file(file: Path) -> str | None:
    """What the pupil's own editor has made of it; None where the file is not there. Raises `InputError`."""
    from lovhe.adapters.own_files import read_text

    return read_text(file)


def load_keys() -> dict[str, str]:
    """The keys that somebody has chosen anew. Raises `InputError`."""
    from lovhe.apps.workspace.key_map import KEYS_FILE, read_keys

    try:
        data = (wiring.data_folder() / KEYS_FILE).read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as problem:
        log.warning("%s: %s", KEYS_FILE, problem)
        return {}
    return read_keys(data)


def save_keys(chosen: Mapping[str, str]) -> None:
    """Keep the chosen keys. Raises `InputError`."""
    from lovhe.apps.workspace.key_map import KEYS_FILE, keys_bytes

    keep_whole(KEYS_FILE, keys_bytes(chosen))


def keep_whole(name: str, data: bytes) -> Path:
    """Write a file of the data folder; it is on the disk then. Raises `InputError`."""
    from lovhe.adapters.whole_files import write_whole

    file = wiring.data_folder() / name
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, data)
    except OSError as problem:
        raise InputError(
            N_("{file} cannot be written: {problem}.", file=str(file), problem=reason_of(problem)), N_("Look whether the disk is full.")
        ) from problem
    return file


def hold_app(held: ExitStack) -> bool:
    """Whether this is the only app on this data; it is told so to others until `held` is closed, or the process ends in any way."""
    from lovhe.adapters.file_lock import file_lock

    try:
        wiring.data_folder().mkdir(parents=True, exist_ok=True)
        return held.enter_context(file_lock(wiring.data_folder() / "app.lock", 0))
    except OSError as problem:
        log.info("no lock: %s", problem)
        return True
