"""Wheels for other systems and Pythons, fetched by the running Python's pip and kept, so that the next bundle is made quickly."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag, sys_tags
from packaging.utils import NormalizedName, canonicalize_name

from lovhe.adapters.bundle.installed_wheel import installed_version, repack
from lovhe.adapters.bundle.wheel_closure import PLATFORMS, best_wheel, closure, marker_environment, tags_of
from lovhe.core.bundle.manifest import SYSTEMS
from lovhe.core.bundle.plan import WheelMissingError
from lovhe.core.errors import UnavailableError
from lovhe.core.messages import N_

log = logging.getLogger(__name__)

_UNFOUND = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]+)")
_NO_NET = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|Max retries|Connection (?:broken|aborted|refused)|ProxyError|--no-index"
)
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==[^\\]+")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_SLOW_S = 1800
_A_DAY_S = 86_400
_FETCHING = "fetching-"


class Pins:
    """The versions a bundle has: a checkout's lock file with its hashes, or what is installed here.

    A lock file may hold a library more than once, each for other systems or Pythons.
    """

    def __init__(self, lock: Path | None) -> None:
        self._locked: dict[str, list[tuple[Requirement, set[str]]]] = {}
        hashes = set[str]()
        for line in lock.read_text(encoding="utf-8").splitlines() if lock else ():
            if pin := _PIN.match(line):
                hashes = set()
                self._locked.setdefault(canonicalize_name(pin[1]), []).append((Requirement(pin[0]), hashes))
            else:
                hashes.update(_HASH.findall(line))

    def fixed(self, wanted: Requirement, environment: dict[str, str]) -> Requirement:
        """The requirement with its version fixed, where it is known, and without its marker: pip would judge that for this PC."""
        name = canonicalize_name(wanted.name)
        pinned = [pin for pin, _ in self._locked.get(name, ()) if pin.marker is None or pin.marker.evaluate(environment)]
        if pinned:
            return Requirement(f"{wanted.name}{pinned[0].specifier}")
        version = "" if self._locked or name == "pip" else installed_version(name)
        return Requirement(f"{wanted.name}=={version}" if version else f"{wanted.name}{wanted.specifier}")

    def hashes(self, fixed: Requirement) -> set[str]:
        """The SHA-256s that the file of a fixed requirement may have; empty where any may."""
        locked = self._locked.get(canonicalize_name(fixed.name), ())
        return next((hashes for pin, hashes in locked if pin.specifier == fixed.specifier), set())


class Wheelhouse:
    """A folder of wheels that grows. `checkout` is the source tree the kit runs from, None for an installed kit."""

    def __init__(self, folder: Path, checkout: Path | None) -> None:
        self._folder = folder
        self._checkout = checkout
        lock = checkout / ".requirements.lock" if checkout else None
        self._pins = Pins(lock if lock and lock.is_file() else None)
        self._built: set[Path] = set()
        self._no_net: _PipFailed | None = None

    def kit_wheel(self, folder: Path) -> Path:
        """The kit's own wheel, made anew in `folder`. Raises `UnavailableError`."""
        if self._checkout is None:
            wheel = repack("lovhe", folder)
        else:
            try:
                self._pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), str(self._checkout))
            except _PipFailed as failed:
                log.warning("no wheel of the kit: %s", failed.said[-2000:])
            wheel = next(folder.glob("lovhe-*.whl"), None)
        if wheel is None:
            raise UnavailableError(
                N_("The kit's own wheel cannot be made from this installation."),
                N_("Install the kit from a bundle or with pip; in a source folder, `make setup` brings what a wheel is built with."),
            )
        return wheel

    def wheels(self, kit_wheel: Path, system: str, python: str) -> list[Path]:
        """Every wheel that the kit needs there. Raises `WheelMissingError`, and `UnavailableError` when pip cannot reach its index."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in self._folder.glob(f"{_FETCHING}*"):  # by one that was killed; another may be fetching right now
            if left.stat().st_mtime < time.time() - _A_DAY_S:
                shutil.rmtree(left, ignore_errors=True)
        return closure(kit_wheel, system, python, lambda wanted: self._choose(wanted, system, python))

    def _choose(self, wanted: list[Requirement], system: str, python: str) -> Mapping[NormalizedName, Path]:
        environment = marker_environment(system, python)
        fixed = {canonicalize_name(requirement.name): self._pins.fixed(requirement, environment) for requirement in wanted}
        tags, own = tags_of(system, python), _own_tags(system, python)
        found = self._kept(fixed, tags)
        lacking = {name: requirement for name, requirement in fixed.items() if name not in found}
        if lacking:
            self._fetch(list(lacking.values()), system, python)
            # Packed again from this PC, a wheel may need a Linux as new as this one: only where there is no other.
            found = self._kept(lacking, own) | found | self._kept(lacking, tags)
        for name, requirement in fixed.items():
            if name not in found:
                raise WheelMissingError(
                    N_(
                        "{library} has no wheel for {system} with Python {python}.",
                        library=str(requirement),
                        system=SYSTEMS[system],
                        python=python,
                    ),
                    N_("Leave that Python out of the bundle, or take another one."),
                )
        return found

    def _kept(self, wanted: Mapping[NormalizedName, Requirement], tags: list[Tag]) -> dict[NormalizedName, Path]:
        kept = [wheel for wheel in self._folder.glob("*.whl") if zipfile.is_zipfile(wheel)]  # a power cut may have halved one
        best = {name: best_wheel(kept, requirement, tags) for name, requirement in wanted.items()}
        return {name: wheel for name, wheel in best.items() if wheel is not None and self._as_pinned(wheel, wanted[name])}

    def _as_pinned(self, wheel: Path, wanted: Requirement) -> bool:
        """A kept wheel is what the lock file says; one built here from a source that was checked has a hash of its own."""
        hashes = self._pins.hashes(wanted)
        if not hashes or (wheel.with_suffix(".built")).exists():
            return True
        with wheel.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() in hashes

    def _fetch(self, wanted: list[Requirement], system: str, python: str) -> None:
        """Bring what can be had into the folder: wheels of the index, wheels built of sources without compiled code, installed ones."""
        own = f"cp{python.replace('.', '')}"
        platforms = [word for name in PLATFORMS[system] for word in ("--platform", name)]
        target = ["--python-version", python, "--implementation", "cp", "--abi", own, "--abi", "abi3", "--abi", "none"]
        tags = [*tags_of(system, python), *_own_tags(system, python)]
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=_FETCHING) as folder:
            place = Path(folder)
            for group in self._by_hashes(wanted):
                left = self._download(group, place, ["--only-binary=:all:", *platforms, *target], tags)
                for requirement in left:
                    if not self._build(requirement, place):
                        self._take_installed([requirement], place, tags)
            for wheel in place.glob("*.whl"):
                wheel.replace(self._folder / wheel.name)
                if wheel in self._built:
                    (self._folder / wheel.name).with_suffix(".built").touch()

    def _by_hashes(self, wanted: list[Requirement]) -> list[list[Requirement]]:
        """pip wants hashes for all of a list or for none."""
        hashed = [requirement for requirement in wanted if self._pins.hashes(requirement)]
        return [group for group in (hashed, [one for one in wanted if one not in hashed]) if group]

    def _download(self, wanted: list[Requirement], place: Path, options: Sequence[str], tags: list[Tag]) -> list[Requirement]:
        """Download what has a wheel; those that have none are returned."""
        wanted, left = list(wanted), list[Requirement]()
        while wanted:
            try:
                if self._no_net:
                    raise self._no_net
                self._pip("download", *options, "-d", str(place), *self._listed(wanted, place))
                break
            except _PipFailed as failed:
                name = _UNFOUND.search(failed.said)
                unfound = [one for one in wanted if name and canonicalize_name(one.name) == canonicalize_name(name[1])]
                if not unfound or _NO_NET.search(failed.said):
                    self._no_net = failed  # asking again for each library would only take time
                    if self._take_installed(wanted, place, tags):
                        return left
                    raise failed.told() from failed
                left += unfound
                wanted = [one for one in wanted if one not in unfound]
        return left

    def _build(self, wanted: Requirement, place: Path) -> bool:
        """A library that comes as source alone: a wheel of it is kept when it holds no compiled code, so that it fits every system."""
        with tempfile.TemporaryDirectory(dir=place) as folder:
            try:
                self._pip("wheel", "--no-binary", wanted.name, "-w", folder, *self._listed([wanted], Path(folder)))
            except _PipFailed as failed:
                log.info("no wheel of %s: %s", wanted, failed.said[-2000:])
                return False
            pure = list(Path(folder).glob("*-none-any.whl"))
            self._built |= {wheel.replace(place / wheel.name) for wheel in pure}
            return bool(pure)

    def _take_installed(self, wanted: list[Requirement], place: Path, tags: list[Tag]) -> bool:
        """Without a network: what is installed here, packed again; whether that gave all that is wanted."""
        made = [wheel for one in wanted if (wheel := repack(one.name, place))]
        self._built |= set(made)
        return all(best_wheel(made, one, tags) for one in wanted)

    def _listed(self, wanted: list[Requirement], place: Path) -> list[str]:
        """pip's options for a list of requirements."""
        lines = [" ".join([str(one), *(f"--hash=sha256:{value}" for value in sorted(self._pins.hashes(one)))]) for one in wanted]
        file = place / "wanted.txt"
        file.write_text("\n".join(lines), encoding="utf-8")
        return ["--no-deps", *(["--require-hashes"] if "--hash" in lines[0] else []), "-r", str(file)]

    def _pip(self, command: str, *options: str) -> None:
        words = [
            sys.executable,
            "-P",
            "-m",
            "pip",
            command,
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
            "--retries",
            "2",
            *options,
        ]
        # -P: a pip.py in the folder that the user is in, such as a USB stick, is not taken for pip.
        # Only errors tell what is missing; a colour code or another language in between would hide them.
        environment = os.environ | {"NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
        try:
            ended = subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SLOW_S, check=False)
        except subprocess.TimeoutExpired as problem:
            raise _PipFailed("timeout") from problem
        if ended.returncode:
            raise _PipFailed(ended.stderr.decode("utf-8", "replace"))


def _own_tags(system: str, python: str) -> list[Tag]:
    """The tags of wheels that run on this PC, where it is one of that system and Python."""
    here = "windows" if sys.platform == "win32" else sys.platform
    return list(sys_tags()) if (here, f"{sys.version_info[0]}.{sys.version_info[1]}") == (system, python) else []


class _PipFailed(Exception):  # noqa: N818 (never leaves this module as it is)
    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said

    def told(self) -> UnavailableError:
        if "No module named pip" in self.said:
            return UnavailableError(
                N_("This computer's Python has no pip, which a bundle is made with."),
                N_("Make the bundle on a computer where Python has pip (on Debian: python3-pip)."),
            )
        if _NO_NET.search(self.said):
            return UnavailableError(
                N_("The kit's libraries could not be fetched: there is no way to the internet."),
                N_("Make the bundle where there is internet; what has been fetched is kept."),
            )
        return UnavailableError(
            N_("pip could not fetch the kit's libraries: {words}", words=" / ".join(self.said.strip().splitlines()[-2:])[-400:]),
            N_("Try again later; what has been fetched is kept."),
        )
