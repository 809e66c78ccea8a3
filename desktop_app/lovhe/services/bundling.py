"""Use case: put the kit, its libraries, firmware and lessons for other PCs into one file for a USB stick."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from lovhe.core.bundle.manifest import SYSTEMS, Manifest, Target
from lovhe.core.bundle.plan import BundleWishes
from lovhe.core.errors import UnavailableError
from lovhe.core.messages import N_, Text

log = logging.getLogger(__name__)

Tell = Callable[[Text], None]


class WheelSource(Protocol):
    """Where wheels come from."""

    def kit_wheel(self, folder: Path) -> Path:
        """The kit's own wheel, made in `folder`."""

    def wheels(self, kit_wheel: Path, system: str, python: str) -> list[Path]:
        """All that the kit needs there. Raises `UnavailableError` where that cannot be had."""


class BundleWriter(Protocol):
    """What writes the file."""

    def __call__(self, file: Path, sources: Mapping[str, Path | bytes], targets: tuple[Target, ...], /) -> Manifest: ...


class MadeBundle(msgspec.Struct, frozen=True):
    """What came of it: the bundle's targets and size, and what was left out."""

    targets: tuple[Target, ...]
    files: int
    size: int
    left_out: tuple[Text, ...]


def make_bundle(
    file: Path,
    wishes: BundleWishes,
    source: WheelSource,
    extras: Mapping[str, Path | bytes],
    installer: Callable[[tuple[str, ...]], Mapping[str, bytes]],
    write: BundleWriter,
    folder: Path,
    tell: Tell,
) -> MadeBundle:
    """Make the bundle `file`; `folder` holds what is made on the way, `extras` are firmware, lessons and drivers by path.

    A system and Python that cannot be served is told and left out. Raises the first `UnavailableError` when none is left.
    """
    tell(N_("Making the kit's own wheel …"))
    kit_wheel = source.kit_wheel(folder)
    sources: dict[str, Path | bytes] = dict(extras)
    targets: list[Target] = []
    failures: list[UnavailableError] = []
    for system in wishes.systems:
        for python in wishes.pythons:
            tell(N_("Gathering what {system} needs with Python {python} …", system=SYSTEMS[system], python=python))
            try:
                wheels = source.wheels(kit_wheel, system, python)
            except UnavailableError as problem:
                log.info("left out: %s", problem)
                failures.append(problem)
                if problem.what not in (earlier.what for earlier in failures[:-1]):
                    tell(problem.what)
                tell(N_("So the bundle does not serve {system} with Python {python}.", system=SYSTEMS[system], python=python))
                continue
            sources |= {f"wheels/{wheel.name}": wheel for wheel in wheels}
            targets.append(Target(system, python, tuple(sorted(f"wheels/{wheel.name}" for wheel in wheels))))
    if not targets:
        raise failures[0]
    tell(N_("Writing {file} …", file=str(file)))
    pythons = tuple(python for python in wishes.pythons if any(target.python == python for target in targets))
    manifest = write(file, sources | dict(installer(pythons)), tuple(targets))
    return MadeBundle(manifest.targets, len(manifest.files), file.stat().st_size, tuple(problem.what for problem in failures))
