"""Where an installed kit lives, and how one version takes the place of another in one step.

    <app folder>/versions/0.1.0-1a2b3c4d/   a virtual environment; whole as soon as it has the file `ready`
    <app folder>/current                    one line: the name of the version in use, replaced by renaming
    <app folder>/lovhe, lovhe.bat           starts the version in use

The user's data (results, firmware, lessons) is elsewhere and is not touched.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lovhe.core.bundle.words import N_, BundleFault, reason_of

WINDOWS = sys.platform == "win32"
_READY = "ready"


def app_folder() -> Path:
    """The folder of the user's own where programs go that need no administrator rights."""
    try:
        if WINDOWS:
            base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
            return Path(base) / "Programs" / "Lovhe"
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
        return Path(base) / "lovhe-app"
    except RuntimeError as problem:  # nobody has told where the user's home is
        raise unwritable(Path("~"), OSError(errno.ENOENT, os.strerror(errno.ENOENT))) from problem


class AppFolder:
    """An app folder with its versions."""

    def __init__(self, root: Path) -> None:
        """Make the folder. Raises `BundleFault`."""
        self.root = root.absolute()
        self._versions = self.root / "versions"
        try:
            self._versions.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise unwritable(self._versions, problem) from problem

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other installation into this folder meanwhile; the system lets go of it when the process ends, however it ends."""
        try:
            lock = sqlite3.connect(self.root / "installing.lock", timeout=0, isolation_level=None)
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as problem:
            if getattr(problem, "sqlite_errorcode", 0) != sqlite3.SQLITE_BUSY:
                raise unwritable(self.root, OSError(errno.EACCES, "", str(self.root))) from problem
            raise BundleFault(
                N_("Another installation into {folder} is running.", folder=str(self.root)),
                N_("Wait until it has ended, then try again."),
            ) from problem
        try:
            yield
        finally:
            lock.close()

    @property
    def current(self) -> str:
        """The name of the version in use, or "" where there is none."""
        try:
            name = (self.root / "current").read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return ""
        return name if name and (self._versions / name / _READY).is_file() else ""

    def fresh(self, name: str) -> Path:
        """A folder for a version to be made in, that is not the one in use. What was cut off earlier is removed."""
        for version in self._all():
            if not (version / _READY).is_file():
                remove(version)
        places = (self._versions / (name if number == 1 else f"{name}.{number}") for number in range(1, 1000))
        place = next(place for place in places if not place.exists())
        place.mkdir()
        return place

    def _all(self) -> list[Path]:
        """The folders of versions; what a system puts beside them (desktop.ini) is none."""
        return [path for path in self._versions.iterdir() if path.is_dir()]

    def switch(self, version: Path) -> None:
        """From now on `version` is the one in use: all of it is on the disk before its name is."""
        old = self.current
        flush(version)
        write_safely(version / _READY, b"")
        write_safely(self.root / "current", f"{version.name}\n".encode())
        for other in self._all():
            if other.name not in (version.name, old):  # the old one may still be running
                remove(other)


def write_safely(path: Path, content: bytes, *, runs: bool = False) -> None:
    """The old content or the new, never half of one, whatever happens. `runs` makes it a program."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return
    unfinished = path.with_name(f"{path.name}.new")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if runs:
        unfinished.chmod(0o755)
    unfinished.replace(path)
    if not WINDOWS:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def flush(folder: Path) -> None:
    """Wait until everything below `folder` is on the disk."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in folder.rglob("*"):
        if path.is_file():
            try:
                with path.open("r+b") as file:
                    os.fsync(file.fileno())
            except OSError:  # a file that may only be read, or that a virus scanner holds: the system writes it in its time
                continue


def remove(folder: Path) -> None:
    """Remove a version; what a running program still holds stays for the next time."""
    (folder / _READY).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def unwritable(path: Path, problem: OSError) -> BundleFault:
    """What to say of a place where nothing can be written."""
    return BundleFault(
        N_("{file} cannot be written: {reason}.", file=str(path), reason=reason_of(problem)),
        N_("Look whether there is room on the disk and you may write there, then try again."),
    )
