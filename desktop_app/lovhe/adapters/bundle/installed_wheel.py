"""A wheel made again from an installed package, by its RECORD: so the kit can be passed on without what it was installed from."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import stat
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from pathlib import Path

_LEFT_OUT = ("INSTALLER", "REQUESTED", "RECORD", "direct_url.json")
_LONG_AGO = (2020, 1, 1, 0, 0, 0)  # the same files give the same wheel


def installed_version(name: str) -> str:
    """The version of an installed package, or "" where it is not installed."""
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return ""


def repack(name: str, folder: Path) -> Path | None:
    """Write the wheel of an installed package into `folder`; None where that cannot be: an editable one, or one that was changed."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return None
    tags, files = _tags(package), _files(package)
    info = next((path.split("/")[0] for path in files if path.endswith(".dist-info/METADATA")), "")
    if not (tags and info) or all(path.startswith(f"{info}/") or path.endswith(".pth") for path in files):
        return None
    wheel = folder / f"{info.removesuffix('.dist-info')}-{tags}.whl"
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as content:
        for path, file in sorted(files.items()):
            data = Path(str(file.locate())).read_bytes()
            digest = _digest(data)
            if file.hash is None or (file.hash.mode, file.hash.value) != ("sha256", digest):
                break
            rows.writerow((path, f"sha256={digest}", len(data)))
            content.writestr(_entry(path, Path(str(file.locate()))), data)
        else:
            rows.writerow((f"{info}/RECORD", "", ""))
            content.writestr(_entry(f"{info}/RECORD"), record.getvalue())
            return wheel
    wheel.unlink()
    return None


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _entry(path: str, file: Path | None = None) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    runs = file is not None and os.access(file, os.X_OK)  # some wheels hold programs
    entry.external_attr = (stat.S_IFREG | (0o755 if runs else 0o644)) << 16
    return entry


def _files(package: Distribution) -> dict[str, PackagePath]:
    """What was in the wheel: path in it to the installed file. Programs outside the packages' folder are made by whoever installs."""
    found: dict[str, PackagePath] = {}
    for file in package.files or ():
        inside = ".." not in file.parts and "__pycache__" not in file.parts and not file.is_absolute()
        left_out = file.parent.name.endswith(".dist-info") and file.name in _LEFT_OUT
        if inside and not left_out and Path(str(file.locate())).is_file():
            found[file.as_posix()] = file
    return found


def _tags(package: Distribution) -> str:
    """The last part of the wheel's name, "cp311-cp311-manylinux_2_17_x86_64", from its WHEEL file."""
    lines = (package.read_text("WHEEL") or "").splitlines()
    tags = [line.partition(":")[2].strip().split("-") for line in lines if line.startswith("Tag:")]
    if not tags or any(len(tag) != 3 for tag in tags):
        return ""
    return "-".join(".".join(dict.fromkeys(tag[place] for tag in tags)) for place in range(3))
