"""Installs the kit from a bundle: a virtual environment beside the old one, filled without a network, then one switch.

Until the switch nothing that is in use is touched, so a power cut at any moment leaves the old version or the new; what was cut
off is removed the next time. Imports the standard library alone.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from lovhe.adapters.bundle.bundle_file import BundleFile
from lovhe.adapters.bundle.installer.launchers import make_launchers
from lovhe.adapters.bundle.installer.places import WINDOWS, AppFolder, app_folder, unwritable
from lovhe.core.bundle.manifest import SYSTEMS, Manifest, Target, requirements
from lovhe.core.bundle.words import N_, BundleFault, Sentence

Tell = Callable[[Sentence], None]
EXTRAS = ("firmware", "lessons", "drivers")
_UNPACKED_TIMES = 4  # installed wheels, with compiled modules, are about that many times their size
_SLOW_S = 1800


def install(bundle: BundleFile, to: Path | None, language: str, tell: Tell) -> None:
    """Install what `bundle` holds for this PC, into `to` or the user's own folder. Raises `BundleFault`."""
    manifest = bundle.manifest
    target = this_target(manifest)
    home = AppFolder(to or app_folder())
    _need_room(manifest, target, home.root)
    with home.alone():
        tell(
            N_(
                "Installing Lövhə {version} into {folder}. This takes a minute or two …",
                version=manifest.kit_version,
                folder=str(home.root),
            )
        )
        try:
            place = home.fresh(manifest.kit_version)
            program = _fill(bundle, target, place)
            tell(N_("Trying whether it starts …"))
            _try_it(program, place)
            _hand_over(bundle, program, place, language, tell)
            home.switch(place)
            how = make_launchers(home.root)
        except OSError as problem:
            raise unwritable(Path(problem.filename or home.root), problem) from problem
    tell(N_("Lövhə {version} is installed.", version=manifest.kit_version))
    if WINDOWS:
        tell(N_("Virtual boards need Linux: on Windows the kit works with real boards alone."))
    for sentence in how:
        tell(sentence)


def this_target(manifest: Manifest) -> Target:
    """What in the bundle serves the Python that runs this. Raises `BundleFault` with what it does serve."""
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    target = manifest.target(this_system(), python)
    if target is None or sys.implementation.name != "cpython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
        raise BundleFault(
            N_(
                "This bundle has nothing for this computer's {system} with Python {python}.",
                system=SYSTEMS.get(this_system(), this_system()),
                python=python,
            ),
            N_("It serves: {targets}.", targets="; ".join(one.shown for one in manifest.targets)),
        )
    return target


def this_system() -> str:
    """This PC's system as manifests name it, or its own name where none fits (another processor, a 32-bit Python)."""
    machine = platform.machine().lower()
    wide = sys.maxsize > 2**32
    if sys.platform == "linux" and machine == "x86_64" and wide and platform.libc_ver()[0] == "glibc":
        return "linux"
    if sys.platform == "win32" and machine in ("amd64", "x86_64") and wide:
        return "windows"
    return f"{platform.system()} {machine} ({64 if wide else 32} bit)"


def _need_room(manifest: Manifest, target: Target, folder: Path) -> None:
    need = sum(manifest.files[path].size for path in target.wheels) * (_UNPACKED_TIMES + 1)
    need += sum(manifest.files[path].size for name in EXTRAS for path in manifest.below(name)) * 2
    free = shutil.disk_usage(folder).free
    if free < need:
        raise BundleFault(
            N_(
                "The disk of {folder} has {free} MB free, and the kit needs {need} MB.",
                folder=str(folder),
                free=free >> 20,
                need=(need >> 20) + 1,
            ),
            N_("Make room, or name a folder on another disk with --to."),
        )


def _fill(bundle: BundleFile, target: Target, place: Path) -> Path:
    """Make the environment and install the target's wheels into it; the path of its `lovhe`."""
    wheels = place / "wheels"
    for path in target.wheels:
        bundle.unpack(path, place / path)
    _run([_real_python(), "-I", "-m", "venv", "--without-pip", str(place)], N_("Python's module venv is missing or does not work."))
    scripts = place / ("Scripts" if WINDOWS else "bin")
    wanted = place / "requirements.txt"
    wanted.write_text(requirements(bundle.manifest, target), encoding="utf-8")
    pip = next(wheels.glob("pip-*.whl"), None)
    if pip is None:
        raise BundleFault(
            N_("A file is missing in the bundle: {path}.", path="wheels/pip-….whl"), N_("Make a new one with `lovhe bundle make`.")
        )
    # pip runs from its wheel: a Debian Python without python3-venv has none that it could put into an environment.
    options = ["--no-index", "--find-links", str(wheels), "--no-deps", "--require-hashes", "--only-binary=:all:"]
    quiet = [
        "--isolated",
        "--quiet",
        "--no-cache-dir",
        "--disable-pip-version-check",
        "--no-warn-script-location",
        "--no-input",
        "--no-compile",
    ]
    python = str(scripts / ("python.exe" if WINDOWS else "python"))
    _run([python, "-I", str(pip / "pip"), "install", *quiet, *options, "-r", str(wanted)], N_("pip could not install the bundle's wheels."))
    shutil.rmtree(wheels)
    return scripts / ("lovhe.exe" if WINDOWS else "lovhe")


def _try_it(program: Path, place: Path) -> None:
    if (place / "wheels").exists() or not program.exists():
        raise BundleFault(N_("The bundle's own wheel has no program `lovhe`."), N_("Make a new one with `lovhe bundle make`."))
    _run([str(program), "--version"], N_("The kit was installed, and does not start on this computer."))


def _hand_over(bundle: BundleFile, program: Path, place: Path, language: str, tell: Tell) -> None:
    """Give firmware, lessons and drivers to the new version, which knows where the user's data lies and checks each."""
    paths = [path for name in EXTRAS for path in bundle.manifest.below(name)]
    if not paths:
        return
    tell(N_("Putting firmware, lessons and drivers into your data folder …"))
    extras = place / "extras"
    for path in paths:
        bundle.unpack(path, extras / path)
    ended = subprocess.run([str(program), "bundle", "receive", str(extras), "--lang", language], env=_plain_environment(), check=False)
    if ended.returncode:
        tell(N_("Not all of it could be put there; install again when what is said above is mended."))
    shutil.rmtree(extras)


def _real_python() -> str:
    """The Python outside any virtual environment: one that stays when an older version of the kit is removed."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def _plain_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Without the settings of somebody's own Python or pip: nothing from outside the bundle is looked for."""
    plain = {name: value for name, value in environment.items() if not name.startswith(("PIP_", "PYTHON", "VIRTUAL_ENV"))}
    return plain | {"PIP_CONFIG_FILE": os.devnull, "PYTHONIOENCODING": "utf-8"}


def _run(command: Sequence[str], failed: Sentence) -> None:
    """Run a step; what it says is shown only when it fails. Raises `BundleFault`."""
    try:
        ended = subprocess.run(
            command, env=_plain_environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=_SLOW_S, check=False
        )
    except subprocess.TimeoutExpired as problem:
        raise BundleFault(failed, N_("It took more than half an hour. Try again with nothing else running.")) from problem
    if ended.returncode:
        said = (ended.stderr or ended.stdout).decode("utf-8", "replace").strip().splitlines()[-3:]
        raise BundleFault(failed, N_("It said: {words}", words=" / ".join(said)[-600:] or f"exit code {ended.returncode}"))
