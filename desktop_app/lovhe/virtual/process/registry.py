"""Where running virtual boards list themselves, so that other commands find them.

One JSON file a board in the user's runtime directory, readable by its owner alone, since it holds the key to the board's
control server. Entries whose process is gone are dropped on sight. `LOVHE_RUNTIME_DIR` moves the directory.
"""

from __future__ import annotations

import os
import secrets
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from logging import getLogger
from pathlib import Path

import msgspec
import platformdirs

from lovhe.core.decoding import decode_json
from lovhe.core.errors import InputError, NoBoardError, UnavailableError
from lovhe.core.messages import N_
from lovhe.virtual.process.process_life import lives, start_marker

RUNTIME_DIR_VARIABLE = "LOVHE_RUNTIME_DIR"
MAX_NAME_LENGTH = 32
_MAX_FILE_BYTES = 64 * 1024
_LOCK_TIMEOUT_S = 5.0
_WINDOWS_DEVICES = {"con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(10))}

_log = getLogger(__name__)


class BoardEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One running virtual board. `pid` and `started` (see `process_life`) name its process.

    `serial_port` is what a client opens: a PTY's path or an `rfc2217://` URL; `control` is "host:port" of its control
    server and `authkey` its key in hexadecimal. Both, and `serial_port`, are empty while the board is starting.
    """

    name: str
    pid: int
    started: str
    serial_port: str = ""
    chip: str = "esp32"
    mac: str = ""
    state: str = "starting"
    control: str = ""
    authkey: str = ""


def boards_directory() -> Path:
    """The directory of the entries, made if it is not there. Raises `UnavailableError` when it cannot be ours alone."""
    base = os.environ.get(RUNTIME_DIR_VARIABLE)
    directory = (Path(base) if base else platformdirs.user_runtime_path("lovhe", appauthor=False)) / "boards"
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = directory.stat()
        ours = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    except OSError as error:
        raise _no_directory(directory) from error
    if not ours:
        raise _no_directory(directory)
    return directory


def _no_directory(directory: Path) -> UnavailableError:
    return UnavailableError(
        N_("The folder where virtual boards list themselves cannot be used: {path}.", path=str(directory)),
        N_("Set {variable} to a folder of your own and try again.", variable=RUNTIME_DIR_VARIABLE),
    )


def check_name(name: str) -> str:
    """A board's name as it is kept. Raises `InputError` for one that has other signs than letters, digits, "-" and "_", or is too long."""
    kept = unicodedata.normalize("NFC", name.strip())
    fit = kept and all(sign in "-_" or unicodedata.category(sign)[0] in "LM" or sign.isdecimal() for sign in kept)
    if not fit or len(kept) > MAX_NAME_LENGTH or kept[0] == "-" or kept.casefold() in _WINDOWS_DEVICES:
        raise InputError(
            N_("“{name}” cannot be a board's name.", name=name[:60]),
            N_("Use letters, digits, - and _, at most {most} of them, and begin with a letter or digit.", most=MAX_NAME_LENGTH),
        )
    return kept


def claim(name: str | None = None, chip: str = "esp32") -> BoardEntry:
    """Enter this process as a board that is starting, under `name` or under the first free one of vb1, vb2, …

    Raises `InputError` when a board of that name runs already.
    """
    wanted = check_name(name) if name is not None else None
    with _locked():
        taken = {entry.name.casefold() for entry in _drop_dead()}
        if wanted is not None and wanted.casefold() in taken:
            raise InputError(
                N_("A virtual board called “{name}” is running already.", name=wanted),
                N_("Take another name, or stop that one with `lovhe board stop {name}`.", name=wanted),
            )
        number = 1
        while f"vb{number}" in taken:
            number += 1
        entry = BoardEntry(name=wanted or f"vb{number}", pid=os.getpid(), started=start_marker(os.getpid()) or "", chip=chip)
        publish(entry)
    return entry


def publish(entry: BoardEntry) -> None:
    """Write an entry whole: under another name first, then renamed."""
    path = _path(entry.name)
    new = path.with_name(f".{secrets.token_hex(8)}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(entry))
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def withdraw(name: str) -> None:
    """Take a board's entry away; nothing happens if it is gone."""
    _path(name).unlink(missing_ok=True)


def list_boards() -> list[BoardEntry]:
    """The boards that run now, in the order of their names (vb2 before vb10)."""
    living, dead = _scan()
    if dead:
        with _locked():
            _drop_dead()
    return living


def _drop_dead() -> list[BoardEntry]:
    """Take away the entries whose process is gone, under the lock: a name may have been claimed anew meanwhile."""
    living, dead = _scan()
    for path in dead:
        path.unlink(missing_ok=True)
    return living


def _scan() -> tuple[list[BoardEntry], list[Path]]:
    living: list[BoardEntry] = []
    dead: list[Path] = []
    for path in sorted(boards_directory().glob("*.json")):
        entry = _read(path)
        if entry is not None and lives(entry.pid, entry.started):
            living.append(entry)
        elif entry is not None:
            dead.append(path)
    return sorted(living, key=_by_name), dead


def find_board(name: str) -> BoardEntry:
    """The running board of that name, capital letters or not. Raises `NoBoardError` that names those there are."""
    running = list_boards()
    wanted = unicodedata.normalize("NFC", name.strip()).casefold()
    for entry in running:
        if entry.name.casefold() == wanted:
            return entry
    if running:
        raise NoBoardError(
            N_("No virtual board called “{name}” is running.", name=name[:60]),
            N_("These are running: {names}.", names=", ".join(entry.name for entry in running)),
        )
    raise NoBoardError(
        N_("No virtual board is running."),
        N_("Start one with `lovhe board start`."),
    )


def _path(name: str) -> Path:
    return boards_directory() / f"{check_name(name)}.json"


def _by_name(entry: BoardEntry) -> tuple[str, int, str]:
    digits = entry.name[len(entry.name.rstrip("0123456789")) :]
    return (entry.name[: len(entry.name) - len(digits)].casefold(), int(digits or 0), entry.name)


def _read(path: Path) -> BoardEntry | None:
    """The entry in a file; None for what is no entry, which is left alone."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_FILE_BYTES + 1)
        entry = decode_json(data, BoardEntry)
    except (OSError, msgspec.DecodeError) as error:
        _log.warning("%s is no entry of a board: %s", path, error)
        return None
    if len(data) > _MAX_FILE_BYTES or entry.name != path.stem:
        _log.warning("%s is no entry of a board", path)
        return None
    return entry


@contextmanager
def _locked() -> Iterator[None]:
    """Only one process at a time chooses a name; one that was killed locks nobody out. Raises `UnavailableError`."""
    from filelock import FileLock, Timeout  # most commands lock nothing

    directory = boards_directory()
    try:
        held = FileLock(directory / ".lock", timeout=_LOCK_TIMEOUT_S, poll_interval=0.01, preserve_lock_file=True).acquire()
    except Timeout as error:
        raise UnavailableError(
            N_("Another command is starting a virtual board and does not come to an end."),
            N_("Wait a moment and try again."),
        ) from error
    except OSError as error:
        raise _no_directory(directory) from error
    with held:
        yield
