"""Which wheels the kit needs on another system and Python: markers are judged for the target, not for this PC, as pip would."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from email.parser import BytesParser
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import InvalidWheelFilename, NormalizedName, canonicalize_name, parse_wheel_filename

from lovhe.core.bundle.plan import WheelMissingError
from lovhe.core.messages import N_

# The glibc of Ubuntu 20.04 and Debian 11, the oldest that a school's Linux with Python 3.11 is likely to have.
_GLIBC_MINOR = 31
_OLD_MANYLINUX = ("manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64")
PLATFORMS = {
    "linux": (*(f"manylinux_2_{minor}_x86_64" for minor in range(_GLIBC_MINOR, 4, -1)), *_OLD_MANYLINUX),
    "windows": ("win_amd64",),
}
_FACTS = {
    "linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "platform_machine": "x86_64"},
    "windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"},
}

Choose = Callable[[list[Requirement]], Mapping[NormalizedName, Path]]
"""Finds wheels for requirements of different names: canonical name to wheel."""


def marker_environment(system: str, python: str) -> dict[str, str]:
    """What PEP 508's markers see on the target."""
    return {
        **_FACTS[system],
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "implementation_version": f"{python}.0",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "platform_release": "",
        "platform_version": "",
    }


def tags_of(system: str, python: str) -> list[Tag]:
    """The tags of wheels that run on the target, the best first."""
    version = tuple(int(number) for number in python.split("."))
    own = f"cp{version[0]}{version[1]}"
    platforms = PLATFORMS[system]
    return [*cpython_tags(version, [own], platforms), *compatible_tags(version, own, platforms)]


def best_wheel(wheels: Iterable[Path], wanted: Requirement, tags: list[Tag]) -> Path | None:
    """The newest and best suited of the wheels that fulfil a requirement on a target, or None."""
    place = {tag: number for number, tag in enumerate(tags)}
    name = canonicalize_name(wanted.name)
    found = []
    for wheel in wheels:
        try:
            wheel_name, version, _build, wheel_tags = parse_wheel_filename(wheel.name)
        except InvalidWheelFilename:
            continue
        fits = [place[tag] for tag in wheel_tags if tag in place]
        if wheel_name == name and fits and wanted.specifier.contains(version, prereleases=True):
            found.append((version, -min(fits), wheel.name, wheel))
    return max(found)[3] if found else None


def closure(kit_wheel: Path, system: str, python: str, choose: Choose) -> list[Path]:
    """All wheels that the kit needs on the target, pip's own with them, the kit's first.

    Raises `WheelMissingError` where `choose` does, or when two of them want different versions of a third.
    """
    environment = marker_environment(system, python)
    chosen = {canonicalize_name("lovhe"): kit_wheel}
    walked: set[tuple[str, str]] = set()
    wanted = [Requirement("lovhe"), Requirement("pip")]
    while wanted:
        new = {canonicalize_name(requirement.name): requirement for requirement in wanted}
        chosen |= choose([requirement for name, requirement in new.items() if name not in chosen])
        beneath: list[Requirement] = []
        for requirement in wanted:
            _refuse_clash(requirement, chosen[canonicalize_name(requirement.name)])
            for extra in ("", *requirement.extras):
                step = (canonicalize_name(requirement.name), extra)
                if step not in walked:
                    walked.add(step)
                    beneath += _requirements(chosen[step[0]], environment | {"extra": extra})
        wanted = beneath
    return list(chosen.values())


def _refuse_clash(requirement: Requirement, wheel: Path) -> None:
    version = parse_wheel_filename(wheel.name)[1]
    if not requirement.specifier.contains(version, prereleases=True):
        raise WheelMissingError(
            N_(
                "The kit's libraries do not fit together: {requirement} is needed, and {wheel} is there.",
                requirement=str(requirement),
                wheel=wheel.name,
            ),
            N_("Install the kit anew, then make the bundle."),
        )


def _requirements(wheel: Path, environment: dict[str, str]) -> Iterator[Requirement]:
    """What the wheel's METADATA requires in that environment; for an extra, what the extra adds."""
    for line in _metadata(wheel):
        try:
            requirement = Requirement(line)
        except InvalidRequirement:  # what pip itself would not read cannot be needed
            continue
        if requirement.marker is None or requirement.marker.evaluate(environment):
            yield requirement


def _metadata(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as content:
        name = next(name for name in content.namelist() if name.endswith(".dist-info/METADATA") and name.count("/") == 1)
        return [str(line) for line in BytesParser().parsebytes(content.read(name), headersonly=True).get_all("Requires-Dist", [])]
