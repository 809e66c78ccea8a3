"""A bundle as a file: one zip, or the folder somebody has unpacked it to; read in pieces, and nothing handed on that is not as listed.

Imports the standard library alone, since the installer inside a bundle uses it too; see `core.bundle.words`.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from lovhe.core.bundle.manifest import MANIFEST, MAX_FILES, MAX_MANIFEST_BYTES, check_contents, check_no_twins, check_path, read_manifest
from lovhe.core.bundle.words import COPY_AGAIN, N_, BundleFault, Sentence, reason_of

_PIECE = 1 << 20
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class _Store(Protocol):
    def sizes(self) -> dict[str, int]: ...
    def open(self, path: str) -> IO[bytes]: ...
    def close(self) -> None: ...


class BundleFile:
    """An opened bundle; a context manager. Opening looks at the list, paths and sizes, not yet at the contents."""

    def __init__(self, path: Path) -> None:
        """Raises `BundleFault`."""
        self.path = path
        self._store: _Store = _UnpackedFolder(path) if path.is_dir() else _ZipFile(path)
        try:
            sizes = self._store.sizes()
            if MANIFEST not in sizes:
                raise BundleFault(N_("This is no bundle of Lövhə."), N_("Name a file that `lovhe bundle make` has made."))
            with self._reading(MANIFEST) as source:
                self.manifest = read_manifest(_read(source, MANIFEST, MAX_MANIFEST_BYTES + 1))
            if isinstance(self._store, _UnpackedFolder):  # what others put beside it is never read
                sizes = {name: size for name, size in sizes.items() if name in self.manifest.files}
            check_contents(self.manifest, sizes)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> BundleFile:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def read(self, path: str, limit: int = 1 << 20) -> bytes:
        """A small file's content, checked. Raises `BundleFault`."""
        pieces: list[bytes] = []
        self._check(path, pieces.append, limit)
        return b"".join(pieces)

    def unpack(self, path: str, target: Path) -> None:
        """Write a file to `target`, whose folders are made; it is checked while it is read. Raises `BundleFault`."""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                self._check(path, out.write)
        except OSError as problem:
            raise BundleFault(
                N_("{file} cannot be written: {reason}.", file=str(target), reason=reason_of(problem)),
                N_("Look whether there is room on the disk and you may write there, then try again."),
            ) from problem

    def damaged(self, progress: Callable[[int], object] = lambda _bytes: None) -> list[tuple[str, Sentence]]:
        """Read everything; each file that is not as listed, with what is wrong. `progress` gets the bytes read so far."""
        found, read = [], 0
        for path, file in self.manifest.files.items():
            try:
                self._check(path, lambda _piece: None)
            except BundleFault as fault:
                found.append((path, fault.what))
            read += file.size
            progress(read)
        return found

    def _check(self, path: str, take: Callable[[bytes], object], limit: int | None = None) -> None:
        listed = self.manifest.files[path]
        digest, size = hashlib.sha256(), 0
        with self._reading(path) as source:
            while piece := _read(source, path):
                size += len(piece)
                if size > listed.size or (limit is not None and size > limit):
                    break
                digest.update(piece)
                take(piece)
        if size != listed.size or digest.hexdigest() != listed.sha256:
            raise BundleFault(N_("A file in the bundle is damaged: {path}.", path=path), COPY_AGAIN)

    @contextmanager
    def _reading(self, path: str) -> Iterator[IO[bytes]]:
        try:
            source = self._store.open(path)
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as problem:
            raise _unreadable(path, problem) from problem
        with source:
            yield source


class _ZipFile:
    """The bundle as it is made."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as problem:
            raise BundleFault(
                N_("The bundle {file} cannot be read: {reason}.", file=str(path), reason=reason_of(problem)),
                N_("Look whether the file is there and its name is right."),
            ) from problem
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
            raise BundleFault(N_("{file} is no bundle, or its end is missing.", file=str(path)), COPY_AGAIN) from problem

    def sizes(self) -> dict[str, int]:
        infos = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
        if len(infos) > MAX_FILES + 1:
            raise BundleFault(N_("The bundle says that it holds more than any bundle of Lövhə can."), COPY_AGAIN)
        for info in infos:
            check_path(info.filename)
            if stat.S_ISLNK(info.external_attr >> 16) or info.flag_bits & 1 or info.compress_type not in _COMPRESSIONS:
                raise BundleFault(
                    N_("The bundle holds a link or a locked file: {path}.", path=info.filename),
                    N_("It was not made by `lovhe bundle make`. Don't use it; get one from somebody you trust."),
                )
        check_no_twins(info.filename for info in infos)
        return {info.filename: info.file_size for info in infos}

    def open(self, path: str) -> IO[bytes]:
        return self._zip.open(path)

    def close(self) -> None:
        self._zip.close()


class _UnpackedFolder:
    """A bundle that somebody has unpacked, to double-click its install script."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sizes(self) -> dict[str, int]:
        sizes: dict[str, int] = {}
        for folder, folders, names in os.walk(self._folder):
            folders[:] = [name for name in folders if not Path(folder, name).is_symlink() and name != "__pycache__"]
            files = [file for name in names if (file := Path(folder, name)).is_file() and not file.is_symlink()]
            sizes |= {file.relative_to(self._folder).as_posix(): file.stat().st_size for file in files}
            if len(sizes) > MAX_FILES * 2:
                raise BundleFault(N_("This is no bundle of Lövhə."), N_("Name a file that `lovhe bundle make` has made."))
        return sizes

    def open(self, path: str) -> IO[bytes]:
        return (self._folder / path).open("rb")

    def close(self) -> None:
        """Nothing is held."""


def _read(source: IO[bytes], path: str, size: int = _PIECE) -> bytes:
    try:
        return source.read(size)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError) as problem:
        raise _unreadable(path, problem) from problem


def _unreadable(path: str, problem: Exception) -> BundleFault:
    if isinstance(problem, OSError):
        return BundleFault(N_("A file in the bundle cannot be read: {path}: {reason}.", path=path, reason=reason_of(problem)), COPY_AGAIN)
    return BundleFault(N_("A file in the bundle is damaged: {path}.", path=path), COPY_AGAIN)
