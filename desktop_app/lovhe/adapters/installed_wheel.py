"""A wheel made again from an installed package, by its RECORD: so the kit can be passed on without what it was installed from."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

_LEFT_OUT = ("INSTALLER", "REQUESTED", "RECORD", "direct_url.json")
_LONG_AGO = (2020, 1, 1, 0, 0, 0)  # the same files give the same wheel


def installed_version(name: str) -> str:
    """The version of an installed package, or "" where it is not installed."""
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return ""


def repack(name: str, folder: Path) -> Path | None:
    """Write the wheel of an installed package into `folder`; None where it is not installed as a wheel would be (an editable one)."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return None
    tags = _tags(package)
    files = {path: file for path, file in _files(package).items() if file.is_file()}
    info = next((path.split("/")[0] for path in files if path.endswith(".dist-info/METADATA")), "")
    if not (tags and info) or all(path.startswith(f"{info}/") or path.endswith(".pth") for path in files):
        return None
    wheel = folder / f"{info.removesuffix('.dist-info')}-{tags}.whl"
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as content:
        for path, file in sorted(files.items()):
            data = file.read_bytes()
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            rows.writerow((path, f"sha256={digest}", len(data)))
            content.writestr(_entry(path), data)
        rows.writerow((f"{info}/RECORD", "", ""))
        content.writestr(_entry(f"{info}/RECORD"), record.getvalue())
    return wheel


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _files(package: Distribution) -> dict[str, Path]:
    """What was in the wheel: path in it to the installed file. Programs outside the packages' folder are made by whoever installs."""
    found: dict[str, Path] = {}
    for file in package.files or ():
        path = PurePosixPath(file)
        inside = ".." not in path.parts and "__pycache__" not in path.parts and not path.is_absolute()
        if inside and not (path.parent.name.endswith(".dist-info") and path.name in _LEFT_OUT):
            found[path.as_posix()] = Path(str(file.locate()))
    return found


def _tags(package: Distribution) -> str:
    """The last part of the wheel's name, "cp311-cp311-manylinux_2_17_x86_64", from its WHEEL file."""
    lines = (package.read_text("WHEEL") or "").splitlines()
    tags = [line.partition(":")[2].strip().split("-") for line in lines if line.startswith("Tag:")]
    if not tags or any(len(tag) != 3 for tag in tags):
        return ""
    return "-".join(".".join(dict.fromkeys(tag[place] for tag in tags)) for place in range(3))
