"""Writes an offline bundle: one zip that Python can run, with the installer, the manifest and everything listed in it."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import lovhe
from lovhe.adapters.bundle.bundle_file import BundleFile
from lovhe.core.bundle.manifest import MANIFEST, BundledFile, Manifest, Target, check_no_twins, check_path
from lovhe.core.errors import InputError, reason_of
from lovhe.core.messages import N_

_PACKAGE = Path(lovhe.__file__).resolve().parent
# What the installer imports, by the same names as in the kit, so that it is the same code.
_MODULES = (
    "__init__.py",
    "core/__init__.py",
    "core/bundle/__init__.py",
    "core/bundle/words.py",
    "core/bundle/manifest.py",
    "adapters/__init__.py",
    "adapters/bundle/__init__.py",
    "adapters/bundle/bundle_file.py",
    *(f"adapters/bundle/installer/{name}.py" for name in ("__init__", "command", "installing", "launchers", "places", "words")),
)
_INSTALLER = _PACKAGE / "adapters" / "bundle" / "installer"
_LONG_AGO = (2020, 1, 1, 0, 0, 0)
_STORED = (".whl", ".gz", ".zip", ".exe", ".png", ".jpg")  # packed already; and a stored wheel is unpacked faster
_PIECE = 1 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # so that an old Notepad shows the letters


def installer_files(pythons: tuple[str, ...]) -> dict[str, bytes]:
    """The files that make the zip install itself: path in the bundle to content."""
    files = {f"lovhe/{name}": (_PACKAGE / name).read_bytes() for name in _MODULES}
    for catalogue in _PACKAGE.glob("locale/*/LC_MESSAGES/lovhe.mo"):
        files[f"lovhe/{catalogue.relative_to(_PACKAGE).as_posix()}"] = catalogue.read_bytes()
    served = ", ".join(f"({version.replace('.', ', ')})" for version in pythons)
    start = (_INSTALLER / "start.py").read_text(encoding="utf-8").splitlines()
    start = [f"SERVED = ({served},)" if line.startswith("SERVED = ") else line for line in start]
    files["__main__.py"] = ("# -*- coding: utf-8 -*-\n" + "\n".join(start) + "\n").encode()
    files["install.sh"] = (_INSTALLER / "install.sh").read_bytes()
    files["install.bat"] = _for_windows((_INSTALLER / "install.bat").read_text(encoding="utf-8"))
    readme = (_INSTALLER / "README.txt").read_text(encoding="utf-8").replace("PYTHONS", ", ".join(pythons))
    files["README.txt"] = _BYTE_ORDER_MARK + _for_windows(readme)
    return files


def write_bundle(
    file: Path,
    sources: Mapping[str, Path | bytes],
    targets: tuple[Target, ...],
    made: str,
    progress: Callable[[int, int], object] = lambda _done, _all: None,
) -> Manifest:
    """Write the bundle as `file`, which is the old one or whole; `progress` gets bytes written and in all. Raises `InputError`."""
    for path in sources:
        check_path(path)
    check_no_twins(sources)
    unfinished = file.with_name(f"{file.name}.new")
    try:
        total = sum(_size(source) for source in sources.values())
        _need_room(file, total)
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as bundle:
            listed: dict[str, BundledFile] = {}
            for path, source in sorted(sources.items(), key=_start_first):
                listed[path] = _add(bundle, path, source)
                progress(sum(one.size for one in listed.values()), total)
            manifest = Manifest(lovhe.__version__, made, listed, targets)
            bundle.writestr(_entry(MANIFEST), manifest.to_bytes())
        with unfinished.open("r+b") as written:
            os.fsync(written.fileno())
        with BundleFile(unfinished):  # what cannot be opened must not leave this PC
            pass
        unfinished.replace(file)
    except OSError as problem:
        raise InputError(
            N_("{file} cannot be written: {reason}.", file=str(problem.filename or file), reason=reason_of(problem)),
            N_("Look whether there is room on the disk and you may write there, then try again."),
        ) from problem
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _start_first(item: tuple[str, Path | bytes]) -> tuple[bool, str]:
    return isinstance(item[1], Path), item[0]


def _size(source: Path | bytes) -> int:
    return len(source) if isinstance(source, bytes) else source.stat().st_size


def _need_room(file: Path, need: int) -> None:
    free = shutil.disk_usage(file.absolute().parent).free
    if free < need:
        raise InputError(
            N_(
                "The bundle needs {need} MB, and where {file} is to be there are {free} MB.",
                need=(need >> 20) + 1,
                file=str(file),
                free=free >> 20,
            ),
            N_("Make room, name another place, or leave out a system with --system."),
        )


def _add(bundle: zipfile.ZipFile, path: str, source: Path | bytes) -> BundledFile:
    """Put one file in, in pieces, and say what it is."""
    digest, size = hashlib.sha256(), 0
    if isinstance(source, bytes):
        bundle.writestr(_entry(path), source)
        return BundledFile(len(source), hashlib.sha256(source).hexdigest())
    entry = _entry(path)
    entry.file_size = source.stat().st_size
    with source.open("rb") as content, bundle.open(entry, "w") as packed:
        while piece := content.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            packed.write(piece)
    return BundledFile(size, digest.hexdigest())


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _LONG_AGO)
    entry.compress_type = zipfile.ZIP_STORED if path.endswith(_STORED) else zipfile.ZIP_DEFLATED
    entry.external_attr = (0o755 if path == "install.sh" else 0o644) << 16
    return entry


def _for_windows(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()
