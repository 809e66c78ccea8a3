"""A pack of lessons as one zip file: made from a folder, and read so that nothing in it can harm the PC."""

from __future__ import annotations

import errno
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from lovhe.adapters.lesson_packs.signing import sign, verify
from lovhe.core.errors import InputError, LessonError, reason_of
from lovhe.core.lessons.pack import (
    DAMAGED,
    MANIFEST,
    MAX_BYTES,
    MAX_FILE_BYTES,
    MAX_FILES,
    NOT_OURS,
    PACK_FILE,
    SIGNATURE,
    PackFile,
    PackManifest,
    check_files,
    check_path,
    is_allowed,
    make_manifest,
    read_manifest,
    read_pack_file,
    too_big,
)
from lovhe.core.messages import N_

_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAX_MANIFEST_BYTES = 4_000_000
_MAX_ARCHIVE_BYTES = 60_000_000
_MAX_LISTING_BYTES = MAX_FILES * 300
_SAME_TIME = (1980, 1, 1, 0, 0, 0)  # the same files make the same pack, byte for byte
_UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, struct.error)


class Pack(msgspec.Struct, frozen=True):
    """A pack whose every file was compared with its list. `files` is by path; `key` is the signer's fingerprint, "" if nobody signed."""

    about: PackFile
    manifest: PackManifest
    files: Mapping[str, bytes]
    key: str = ""

    @property
    def signed_by(self) -> str:
        """The name that the signer gives; nobody vouches for it but the signer."""
        return self.manifest.signed_by if self.key else ""


def read_folder(folder: Path) -> tuple[PackFile, dict[str, bytes]]:
    """A folder of lessons as a pack's files; what no pack has is left out. Raises `InputError`."""
    files: dict[str, bytes] = {}
    for inside, path in _inside(folder):
        if is_allowed(inside) and path.is_file() and not path.is_symlink():
            try:
                files[inside] = path.read_bytes()
            except OSError as problem:
                raise InputError(
                    N_("{file} cannot be read: {problem}.", file=str(path), problem=reason_of(problem)),
                    N_("Look whether you may read it."),
                ) from problem
    if PACK_FILE not in files:
        raise LessonError(
            N_("The folder {folder} is no pack: it has no {file}.", folder=str(folder), file=PACK_FILE),
            N_("Write one with four lines: id, version, languages, licence. lessons/README.md of the kit shows it."),
        )
    if len(files) > MAX_FILES or any(len(data) > MAX_FILE_BYTES for data in files.values()):
        raise too_big()
    return read_pack_file(files[PACK_FILE]), files


def left_out(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """What lies in a pack's folder and is not among its `files`; hidden files are not looked at."""
    return [inside for inside, path in _inside(folder) if inside not in files and not path.name.startswith(".")]


def _inside(folder: Path) -> Iterator[tuple[str, Path]]:
    """All files, with their paths inside the folder; hidden folders and Python's own are passed by."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        yield from ((path.relative_to(folder).as_posix(), path) for path in (Path(here, name) for name in sorted(names)))


def write_archive(file: Path, about: PackFile, files: Mapping[str, bytes], signed_by: str = "", key_file: Path | None = None) -> None:
    """Make the pack `file`, which appears only when it is whole. Raises `InputError`."""
    manifest = make_manifest(about, files, signed_by)
    content = {MANIFEST: manifest, **dict(sorted(files.items()))}
    if key_file is not None:
        content[SIGNATURE] = sign(key_file, manifest)
    _check_target(file)
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for path, data in content.items():
                    entry = zipfile.ZipInfo(path, _SAME_TIME)
                    entry.create_system = 3  # as on Linux, wherever it is made
                    archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as problem:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise InputError(
            N_("{file} cannot be written: {reason}.", file=str(file), reason=reason_of(problem)),
            N_("Look whether there is room on the disk and you may write there, then try again."),
        ) from problem


def _check_target(file: Path) -> None:
    """Raise `InputError` rather than let a pack take the place of a folder or of a file that is none, such as the key."""
    if os.path.isdir(file):  # noqa: PTH112 (a name too long is no folder's, and raises nothing)
        raise InputError(
            N_("{file} cannot be written: {reason}.", file=str(file), reason=reason_of(OSError(errno.EISDIR, os.strerror(errno.EISDIR)))),
            N_("Give the name of a file."),
        )
    if os.path.lexists(file) and not (os.path.isfile(file) and _is_pack(file)):  # noqa: PTH113 (as above)
        raise InputError(
            N_("The file {file} is there already, and may hold somebody's work.", file=str(file)),
            N_("Give another file name, or delete that file if nobody needs it."),
        )


def _is_pack(file: Path) -> bool:
    """Whether a file there is an earlier pack."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()[:1] == [MANIFEST]
    except _UNREADABLE:
        return False


def read_archive(file: Path) -> Pack:
    """The pack in a zip file, wholly looked at. Raises `LessonError` or `InputError`; nothing is written anywhere."""
    if os.path.isdir(file):  # noqa: PTH112 (a name too long for a folder is none, and raises nothing)
        raise LessonError(
            N_("{file} is a folder, and a pack is one file.", file=str(file)),
            N_("`lovhe lesson pack {file}` makes one of a folder of lessons.", file=str(file)),
        )
    try:
        if file.exists() and not file.is_file():  # of a pipe or a device there is no end
            raise zipfile.BadZipFile
        if file.stat().st_size > _MAX_ARCHIVE_BYTES:
            raise too_big()
        _check_listing(file)
        with zipfile.ZipFile(file) as archive:
            content = _content(archive)
    except OSError as problem:
        raise InputError(
            N_("{file} cannot be read: {problem}.", file=str(file), problem=reason_of(problem)),
            N_("Look whether the file is there and its name is right."),
        ) from problem
    except _UNREADABLE as problem:
        raise LessonError(N_("{file} is no pack of lessons, or a part of it is missing.", file=str(file)), DAMAGED) from problem
    return _checked(content)


def _check_listing(file: Path) -> None:
    """Refuse a zip that lists more than any pack: its whole list would be read into memory at once.

    Source: PKWARE APPNOTE 6.3.10, 4.3.16 "End of central directory record".
    """
    with file.open("rb") as source:
        source.seek(max(0, file.stat().st_size - 66_000))
        tail = source.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile
    if tail[at - 20 : at].startswith(b"PK\x06\x07"):  # a second list for archives of more than 65,535 files (4.3.15)
        raise too_big()
    count, size = struct.unpack_from("<HL", tail, at + 10)
    if count > MAX_FILES + 2 or size > _MAX_LISTING_BYTES:
        raise too_big()


def _content(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """All files but folders, read in pieces no longer than they may be."""
    content: dict[str, bytes] = {}
    left = MAX_BYTES + _MAX_MANIFEST_BYTES
    for info in archive.infolist():
        if info.filename in content:
            raise LessonError(N_("The pack holds a file twice: {path}.", path=ascii(info.filename[:100])[1:-1]), NOT_OURS)
        if info.filename not in (MANIFEST, SIGNATURE):
            check_path(info.filename)
        if not _plain(info):
            raise LessonError(N_("The pack holds a link or a locked file: {path}.", path=info.filename), NOT_OURS)
        limit = _MAX_MANIFEST_BYTES if info.filename == MANIFEST else MAX_FILE_BYTES
        with archive.open(info) as source:
            content[info.filename] = source.read(limit + 1)
        left -= len(content[info.filename])
        if len(content[info.filename]) > limit or left < 0:
            raise too_big()
    return content


def _plain(info: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file and nothing else: no link, no device, no folder, not encrypted."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind in (0, stat.S_IFREG) and not info.flag_bits & 1 and info.compress_type in _COMPRESSIONS


def _checked(content: dict[str, bytes]) -> Pack:
    if MANIFEST not in content and PACK_FILE in content:
        raise LessonError(
            N_("This pack was put together by hand: its list of files ({file}) is missing.", file=MANIFEST),
            N_("Unzip it and look at what is in it. Then `lovhe lesson pack FOLDER` makes a pack of it that can be installed."),
        )
    if MANIFEST not in content:
        raise LessonError(N_("This is no pack of lessons."), N_("Name a file that `lovhe lesson pack` has made."))
    manifest = read_manifest(content[MANIFEST])
    files = {path: data for path, data in content.items() if path not in (MANIFEST, SIGNATURE)}
    key = verify(content[MANIFEST], content[SIGNATURE]) if SIGNATURE in content else ""
    check_files(manifest, files)
    about = read_pack_file(files[PACK_FILE])
    if (about.id, about.version) != (manifest.id, manifest.version):
        raise LessonError(N_("The pack's list of files ({file}) is of another pack.", file=MANIFEST), DAMAGED)
    return Pack(about, manifest, files, key)
