"""What a pack of lessons is: its description, the list of its files with their hashes, and what may be in it.

A pack comes on a stick from somebody else's PC, so nothing in it is believed before it is looked at. It holds texts, circuits and
pupils' programs, under the names that lessons have and no others: nothing in it runs on the PC.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import msgspec

from lovhe.core.decoding import decode_json
from lovhe.core.errors import LessonError
from lovhe.core.lessons.reading import LANGUAGES
from lovhe.core.messages import N_, Message
from lovhe.core.toml_reading import decode_toml

PACK_FILE = "pack.toml"
MANIFEST = "manifest.json"
SIGNATURE = "signature.json"
SUFFIX = ".lovhe.zip"
FORMAT = "lovhe-lessons"
FORMAT_VERSION = 1

MAX_FILES = 5_000
MAX_FILE_BYTES = 1_000_000
MAX_BYTES = 50_000_000
MAX_SIGNER = 80
"""Letters of a signer's or a pack's name."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9]+(\.[0-9]+){1,3}")
_LOOKS_SIGNED = re.compile("[“”]|[0-9A-Fa-f]{4}(?:[^0-9A-Za-z]{1,3}[0-9A-Fa-f]{4}){2}")
"""What stands around names and keys where a signature is shown; a name that holds it could tell of a signature that is not there."""
_HASH = re.compile(r"[0-9a-f]{64}")
_LANGUAGE = "|".join(LANGUAGES)
_ALLOWED = re.compile(
    r"pack\.toml|LICENSE|README\.md|glossary\.md"
    r"|[0-9]{1,2}-[0-9]{2}-[a-z0-9-]{1,40}/"
    rf"(?:lesson\.toml|mutants\.toml|(?:{_LANGUAGE})\.md|teacher\.(?:{_LANGUAGE})\.md|starter\.py"
    r"|solution(?:_[a-z0-9_]{1,60})?\.py|(?:wrong|steps)/[a-z0-9][a-z0-9_-]{0,80}\.py)"
)
# Source: Microsoft, "Naming Files, Paths, and Namespaces".
_DEVICES = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9])", re.IGNORECASE)

DAMAGED = N_("Copy the pack again, or ask whoever made it for a new one.")
NOT_OURS = N_("It was not made by `lovhe lesson pack`. Don't use it; get one from somebody you trust.")


class PackFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`pack.toml`: who a folder of lessons is.

    `languages` are those that every lesson should have; `names` is what people call the pack, by language. With `translates` the
    pack adds languages to the lessons of the pack of that id, in folders called like them.
    """

    id: str
    version: str
    languages: list[str]
    licence: str
    names: dict[str, str] = {}
    translates: str = ""


class PackedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: its size in bytes and its SHA-256 in lower-case hexadecimal digits."""

    size: int
    sha256: str


class PackManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list of a pack's files, all but itself and its signature. A signature is of these bytes, so `signed_by` is signed too."""

    format: str
    format_version: int
    id: str
    version: str
    files: dict[str, PackedFile]
    signed_by: str = ""


def read_pack_file(data: bytes) -> PackFile:
    """`pack.toml`. Raises `LessonError` that says what to write."""
    pack = decode_toml(PACK_FILE, data, PackFile, LessonError)
    told = [("id", pack.id, _ID, "school-12"), ("version", pack.version, _VERSION, "1.0")]
    told += [("translates", pack.translates, _ID, "school-12")] if pack.translates else []
    for key, value, shape, example in told:
        if shape.fullmatch(value) is None or len(value) > 60 or _DEVICES.fullmatch(value):
            raise LessonError(
                N_("{file}, {key}: “{value}” cannot be used.", file=PACK_FILE, key=key, value=value[:80]),
                N_("Write it like this: {example}", example=f'{key} = "{example}"'),
            )
    unknown = [language for language in (*pack.languages, *pack.names) if language not in LANGUAGES]
    if unknown or not pack.languages:
        raise LessonError(
            N_("{file}, languages: “{value}” cannot be used.", file=PACK_FILE, value=", ".join(unknown)[:80]),
            N_("Write some of these: {languages}.", languages=", ".join(LANGUAGES)),
        )
    for name in pack.names.values():
        if not name.strip() or not name_is_sound(name):
            raise LessonError(
                N_("{file}, {key}: “{value}” cannot be used.", file=PACK_FILE, key="names", value=name[:80]),
                N_("Take at most {n} letters in one line.", n=MAX_SIGNER),
            )
    return pack


def newer(version: str, other: str) -> bool:
    """Whether a pack's version is a later one than `other`: 1.10 comes after 1.9."""
    first, second = ([int(number) for number in text.split(".")] for text in (version, other))
    return first > second


def is_allowed(path: str) -> bool:
    """Whether a pack may hold a file of this path, with "/" between its pieces."""
    return _ALLOWED.fullmatch(path) is not None and not _DEVICES.fullmatch(path.rpartition("/")[2].partition(".")[0])


def make_manifest(pack: PackFile, files: Mapping[str, bytes], signed_by: str = "") -> bytes:
    """The manifest of a pack's files, as a file."""
    packed = {path: PackedFile(len(data), hashlib.sha256(data).hexdigest()) for path, data in sorted(files.items())}
    manifest = PackManifest(FORMAT, FORMAT_VERSION, pack.id, pack.version, packed, signed_by)
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1)


def read_manifest(data: bytes) -> PackManifest:
    """The manifest in a file's bytes, with everything in it looked at. Raises `LessonError`."""
    try:
        head = decode_json(data, _Head)
    except (msgspec.DecodeError, RecursionError) as problem:
        raise _damaged_list() from problem
    if head.format != FORMAT:
        raise LessonError(N_("This is no pack of lessons."), N_("Name a file that `lovhe lesson pack` has made."))
    if head.format_version != FORMAT_VERSION:
        raise LessonError(
            N_("This pack has a format that this version of Lövhə does not know."), N_("Install a newer Lövhə, then install the pack.")
        )
    try:
        manifest = decode_json(data, PackManifest)
    except (msgspec.DecodeError, RecursionError) as problem:
        raise _damaged_list() from problem
    if len(manifest.files) > MAX_FILES or sum(file.size for file in manifest.files.values()) > MAX_BYTES:
        raise too_big()
    for path, file in manifest.files.items():
        check_path(path)
        if not 0 <= file.size <= MAX_FILE_BYTES:
            raise too_big()
        if _HASH.fullmatch(file.sha256) is None:
            raise _damaged_list()
    shapes = ((_ID, manifest.id), (_VERSION, manifest.version))
    if (
        any(shape.fullmatch(value) is None for shape, value in shapes)
        or PACK_FILE not in manifest.files
        or not name_is_sound(manifest.signed_by)
    ):
        raise _damaged_list()
    return manifest


class _Head(msgspec.Struct):
    """What is read of a manifest before anything else: whether it is one of ours."""

    format: str = ""
    format_version: int = 0


def name_is_sound(name: str) -> bool:
    """Whether a signer's or a pack's name can be shown: what is not printable could command the terminal, or turn letters round."""
    return name.isprintable() and len(name) <= MAX_SIGNER and _LOOKS_SIGNED.search(name) is None


def check_path(path: str) -> None:
    """Raise `LessonError` for a path that leaves the pack's folder, or that no lesson has."""
    if not is_allowed(path):
        raise LessonError(N_("The pack holds a file that no pack of lessons has: “{path}”.", path=ascii(path[:100])[1:-1]), NOT_OURS)


def check_files(manifest: PackManifest, files: Mapping[str, bytes]) -> None:
    """Compare a pack's files with its list. Raises `LessonError` for the first difference."""
    for path in files:
        if path not in manifest.files:
            raise LessonError(N_("The pack holds a file that its list does not name: {path}.", path=path), NOT_OURS)
    for path, listed in manifest.files.items():
        if path not in files:
            raise LessonError(N_("A file is missing in the pack: {path}.", path=path), DAMAGED)
        if len(files[path]) != listed.size or hashlib.sha256(files[path]).hexdigest() != listed.sha256:
            raise LessonError(N_("A file in the pack is damaged: {path}.", path=path), DAMAGED)


def lessons_of(files: Mapping[str, object]) -> list[str]:
    """The ids of the lessons in a pack, or of those that it translates, from its paths."""
    return sorted({path.partition("/")[0] for path in files if "/" in path})


def too_big() -> LessonError:
    """The error for more than a pack may hold."""
    what: Message = N_(
        "The pack holds more than any pack of lessons does: {files} files and {size} MB at most.",
        files=MAX_FILES,
        size=MAX_BYTES // 1_000_000,
    )
    return LessonError(what, NOT_OURS)


def _damaged_list() -> LessonError:
    return LessonError(N_("The pack's list of files ({file}) is damaged.", file=MANIFEST), DAMAGED)
