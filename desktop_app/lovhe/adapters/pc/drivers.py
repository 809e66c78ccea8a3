"""What decides on this PC whether a USB chip becomes a serial port: kernel modules, brltty, installers in the data folder."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from pathlib import Path

from lovhe.adapters.pc.files import names_in, read_text
from lovhe.adapters.pc.programs import program_names
from lovhe.adapters.pc.usb import this_system
from lovhe.core.boards.usb_bridges import BRIDGES, bridge_family
from lovhe.core.pc.facts import DriverFacts, KernelModule

_RULE_FOLDERS = ("etc/udev/rules.d", "usr/lib/udev/rules.d", "lib/udev/rules.d", "run/udev/rules.d")
_MODULES_BYTES = 8 << 20


def driver_facts(installer_folder: Path, root: Path | None = None, release: str = "") -> DriverFacts:
    """The facts of this PC, or of the Linux tree below `root` whose kernel is `release`."""
    installers = tuple(str(file) for file in _installers(installer_folder))
    if root is None and this_system() != "linux":
        return DriverFacts(this_system(), installers=installers, installer_folder=str(installer_folder))
    tree = root or Path("/")
    return DriverFacts(
        "linux",
        modules=_modules(tree, release or platform.release()),
        braille_running="brltty" in program_names(tree),
        braille_ids=_braille_ids(tree),
        installers=installers,
        installer_folder=str(installer_folder),
    )


def _installers(folder: Path) -> Iterator[Path]:
    """The files in the folder, and those in folders in it, as makers pack them."""
    for name in names_in(folder):
        inside = [folder / name / below for below in names_in(folder / name)]
        yield from inside or [folder / name]


def _modules(root: Path, release: str) -> dict[str, KernelModule]:
    """The modules that boards' USB chips need. Source: depmod(8) for modules.dep and modules.builtin."""
    folder = next((folder for place in ("lib", "usr/lib") if (folder := root / place / "modules" / release).is_dir()), None)
    on_disk: set[str] = set()
    built_in: set[str] = set()
    if folder is not None:
        on_disk = _listed(folder / "modules.dep")
        built_in = _listed(folder / "modules.builtin")
    wanted = sorted({bridge_family(usb.bridge).linux_module for usb in BRIDGES})
    return {
        name: KernelModule(
            loaded=name in built_in or (root / "sys/module" / name).exists(),
            on_disk=None if folder is None else name in on_disk | built_in,
        )
        for name in wanted
    }


def _listed(file: Path) -> set[str]:
    """The names of modules whose files are listed: kernel/drivers/usb/serial/cp210x.ko.zst: …"""
    found = re.findall(r"([^/\s:]+)\.ko(?:\.\w+)?(?=[:\s]|$)", read_text(file, _MODULES_BYTES))
    return {name.replace("-", "_") for name in found}


def _braille_ids(root: Path) -> frozenset[tuple[int, int]]:
    """USB identities in the lines of brltty's udev rules that are in force: ENV{PRODUCT}=="1a86/7523/*"."""
    found: set[tuple[int, int]] = set()
    hidden: set[str] = set()
    for folder in _RULE_FOLDERS:
        for name in names_in(root / folder):
            if "brltty" not in name or name in hidden:
                continue
            hidden.add(name)  # a file in /etc stands in for one of the same name elsewhere
            for line in read_text(root / folder / name, 1 << 20).splitlines():
                if not line.lstrip().startswith("#"):
                    found.update((int(vid, 16), int(pid, 16)) for vid, pid in re.findall(r"\b([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/", line))
    return frozenset(found)
