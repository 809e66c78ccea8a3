"""The manifest of an offline bundle: what is in it, with sizes and hashes, and for which systems and Pythons.

A bundle comes on a USB stick from somebody else's PC, so nothing in it is believed before it is looked at: paths, sizes and
counts first, then each file's SHA-256 as it is read. Imports the standard library alone; see `bundle_words`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lovhe.core.bundle.words import COPY_AGAIN, N_, BundleFault

MANIFEST = "manifest.json"
FORMAT = "lovhe-bundle"
FORMAT_VERSION = 1
SYSTEMS = {"linux": "Linux x86-64", "windows": "Windows amd64"}
"""The systems a bundle can serve, and how people call them."""

MAX_FILES = 20_000
MAX_FILE_BYTES = 1 << 30
MAX_BYTES = 4 << 30
MAX_MANIFEST_BYTES = 8 << 20

_HASH = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+!_-]{0,60}")
_MADE = re.compile(r"[0-9TZ:.+-]{1,40}")
_PYTHON = re.compile(r"3\.[0-9]{1,2}")
_WHEEL = re.compile(r"wheels/([A-Za-z0-9._]+)-([A-Za-z0-9._+!]+)(-[0-9][^-/]*)?-[^-/]+-[^-/]+-[^-/]+\.whl")
_FORBIDDEN = re.compile(r'[<>:"\\|?*]')
# Source: Microsoft, "Naming Files, Paths, and Namespaces".
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])( *\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class BundledFile:
    """One file: its size in bytes and its SHA-256 in lower-case hexadecimal digits."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Target:
    """One system and Python version that the bundle serves, and the wheels that it needs, as paths in the bundle."""

    system: str
    python: str
    wheels: tuple[str, ...]

    @property
    def shown(self) -> str:
        """How people call it: "Linux x86-64, Python 3.11"."""
        return f"{SYSTEMS.get(self.system, self.system)}, Python {self.python}"


@dataclass(frozen=True)
class Manifest:
    """What a bundle holds. `made` is UTC as in ISO 8601; `files` is by path, all but the manifest itself."""

    kit_version: str
    made: str
    files: Mapping[str, BundledFile]
    targets: tuple[Target, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all files, unpacked."""
        return sum(file.size for file in self.files.values())

    def target(self, system: str, python: str) -> Target | None:
        """What serves that system and Python version, or None."""
        return next((one for one in self.targets if (one.system, one.python) == (system, python)), None)

    def below(self, folder: str) -> list[str]:
        """The paths in one folder of the bundle, sorted."""
        return sorted(path for path in self.files if path.startswith(f"{folder}/"))

    def to_bytes(self) -> bytes:
        """The manifest as a file."""
        value = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "kit_version": self.kit_version,
            "made": self.made,
            "targets": [{"system": one.system, "python": one.python, "wheels": list(one.wheels)} for one in self.targets],
            "files": {path: {"size": file.size, "sha256": file.sha256} for path, file in sorted(self.files.items())},
        }
        return json.dumps(value, indent=1, ensure_ascii=False).encode()


def read_manifest(data: bytes) -> Manifest:
    """The manifest in a file's bytes, with everything in it looked at. Raises `BundleFault`."""
    value = _decoded(data)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BundleFault(N_("This is no bundle of Lövhə."), N_("Name a file that `lovhe bundle make` has made."))
    if value.get("format_version") != FORMAT_VERSION:
        raise BundleFault(
            N_("This bundle has a format that this version of Lövhə does not know."),
            N_("Install it with the script inside: `python3 FILE`, on Windows `py FILE`."),
        )
    try:
        files = {path: BundledFile(entry["size"], entry["sha256"]) for path, entry in value["files"].items()}
        targets = tuple(Target(one["system"], one["python"], tuple(one["wheels"])) for one in value["targets"])
        manifest = Manifest(value["kit_version"], value["made"], files, targets)
        _check(manifest)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise BundleFault(N_("The bundle's list of files (manifest.json) is damaged."), COPY_AGAIN) from problem
    return manifest


def check_path(path: str) -> None:
    """Raise `BundleFault` for a path that would leave the folder it is unpacked to, or that some system cannot have."""
    pieces = path.split("/")
    bad_piece = any(piece in ("", ".", "..") or piece[-1] in ". " or _DEVICES.fullmatch(piece) for piece in pieces)
    # What is not printable could also command the terminal that it is shown on, or turn a name's letters round.
    if bad_piece or _FORBIDDEN.search(path) or not path.isprintable() or len(path) > 200:
        raise BundleFault(
            N_("The bundle holds a file with a path that is not allowed: “{path}”.", path=ascii(path[:100])[1:-1]),
            N_("It was not made by `lovhe bundle make`. Don't use it; get one from somebody you trust."),
        )


def check_contents(manifest: Manifest, found: Mapping[str, int]) -> None:
    """Compare the manifest with what lies in the bundle: path to size in bytes. Raises `BundleFault` for the first difference."""
    for path in found:
        if path != MANIFEST and path not in manifest.files:
            raise BundleFault(
                N_("The bundle holds a file that its list does not name: {path}.", path=path),
                N_("Somebody has changed it. Don't use it; get a new one from whoever made it."),
            )
    for path, file in manifest.files.items():
        if path not in found:
            raise BundleFault(N_("A file is missing in the bundle: {path}.", path=path), COPY_AGAIN)
        if found[path] != file.size:
            raise BundleFault(
                N_("A file in the bundle has {found} bytes and should have {size}: {path}.", found=found[path], size=file.size, path=path),
                COPY_AGAIN,
            )


def check_no_twins(paths: Iterable[str]) -> None:
    """Raise `BundleFault` for paths that are one file on a system that ignores case or how accents are written, or a file and a folder."""
    files: dict[str, str] = {}
    for path in paths:
        same = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        if same in files:
            raise BundleFault(N_("The bundle holds a file twice: {path}.", path=path), COPY_AGAIN)
        files[same] = path
    for same, path in files.items():
        pieces = same.split("/")
        if any("/".join(pieces[:length]) in files for length in range(1, len(pieces))):
            raise BundleFault(N_("The bundle holds a file twice: {path}.", path=path), COPY_AGAIN)


def requirements(manifest: Manifest, target: Target) -> str:
    """pip's list of exactly the target's wheels, each with the hash it must have. Raises `BundleFault` for a wheel's odd name."""
    lines = []
    for path in target.wheels:
        wheel = _WHEEL.fullmatch(path)
        if wheel is None:
            raise BundleFault(N_("The bundle's list of files (manifest.json) is damaged."), COPY_AGAIN)
        lines.append(f"{wheel[1]}=={wheel[2]} --hash=sha256:{manifest.files[path].sha256}\n")
    return "".join(lines)


def _decoded(data: bytes) -> object:
    if len(data) > MAX_MANIFEST_BYTES:
        raise BundleFault(N_("The bundle's list of files (manifest.json) is damaged."), COPY_AGAIN)
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise BundleFault(N_("The bundle's list of files (manifest.json) is damaged."), COPY_AGAIN) from problem


def _check(manifest: Manifest) -> None:
    """Raise `ValueError` or `TypeError` for values out of shape, `BundleFault` for a path or a size that is not allowed."""
    _need_text(manifest.kit_version, _VERSION)
    check_path(manifest.kit_version)  # a folder is called so
    _need_text(manifest.made, _MADE)
    for path, file in manifest.files.items():
        check_path(path)
        _need_text(file.sha256, _HASH)
        if type(file.size) is not int or file.size < 0 or path.casefold() == MANIFEST:
            raise ValueError(path)
    check_no_twins(manifest.files)
    too_large = any(file.size > MAX_FILE_BYTES for file in manifest.files.values())
    if too_large or manifest.size > MAX_BYTES or len(manifest.files) > MAX_FILES:
        raise BundleFault(
            N_("The bundle says that it holds more than any bundle of Lövhə can."),
            N_("It was not made by `lovhe bundle make`. Don't use it; get one from somebody you trust."),
        )
    for target in manifest.targets:
        _need_text(target.system, _VERSION)
        _need_text(target.python, _PYTHON)
        for path in target.wheels:
            _need_text(path, _WHEEL)
            if path not in manifest.files:
                raise ValueError(path)


def _need_text(value: str, shape: re.Pattern[str]) -> None:
    """JSON may hold anything where a text should be; a pattern raises `TypeError` for what is none."""
    if shape.fullmatch(value) is None:
        raise ValueError(value)
