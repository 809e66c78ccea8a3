"""What goes into a bundle, and what is said of what does not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from lovhe.core.bundle.manifest import BundledFile, Manifest, Target
from lovhe.core.bundle.plan import BundleWishes, WheelMissingError
from lovhe.core.errors import UnavailableError
from lovhe.core.messages import N_, Text
from lovhe.services.bundling import MadeBundle, make_bundle


class Wheels:
    """A source that has wheels for some pairs of system and Python."""

    def __init__(self, *lacking: tuple[str, str]) -> None:
        self._lacking = lacking

    def kit_wheel(self, folder: Path) -> Path:
        return folder / "lovhe-0.1.0-py3-none-any.whl"

    def wheels(self, kit_wheel: Path, system: str, python: str) -> list[Path]:
        if (system, python) in self._lacking:
            raise WheelMissingError(N_("{library} has no wheel for it.", library=python), N_("Use another."))
        return [kit_wheel, kit_wheel.with_name(f"fast-1.0-cp{python.replace('.', '')}-none-{system}.whl")]


def made(tmp_path: Path, wishes: BundleWishes, source: Wheels, told: list[Text]) -> tuple[MadeBundle, Mapping[str, Path | bytes]]:
    """Make a bundle whose writer only remembers what it got."""
    written: dict[str, Path | bytes] = {}

    def write(file: Path, sources: Mapping[str, Path | bytes], targets: tuple[Target, ...]) -> Manifest:
        written.update(sources)
        file.write_bytes(b"bundle")
        return Manifest("0.1.0", "", dict.fromkeys(sources, BundledFile(0, "")), targets)

    def installer(pythons: tuple[str, ...]) -> dict[str, bytes]:
        return {"__main__.py": " ".join(pythons).encode()}

    bundle = make_bundle(tmp_path / "kit.zip", wishes, source, {"firmware/a.bin": b"a"}, installer, write, tmp_path, told.append)
    return bundle, written


def test_every_pair_of_system_and_python_is_served_and_shared_wheels_are_there_once(tmp_path: Path) -> None:
    """Two systems, two Pythons: the kit's wheel once, a compiled one four times, the extras and the installer."""
    bundle, written = made(tmp_path, BundleWishes(pythons=("3.11", "3.12")), Wheels(), [])
    assert [(one.system, one.python) for one in bundle.targets] == [(s, p) for s in ("linux", "windows") for p in ("3.11", "3.12")]
    assert len([path for path in written if path.startswith("wheels/")]) == 5
    assert {"firmware/a.bin", "__main__.py", "wheels/lovhe-0.1.0-py3-none-any.whl"} <= set(written)
    assert (bundle.size, bundle.left_out) == (6, ())


def test_a_pair_that_cannot_be_served_is_left_out_and_told(tmp_path: Path) -> None:
    """The bundle is made for the others, and its script does not offer what is not in it."""
    told: list[Text] = []
    lacking = [("linux", "3.14"), ("windows", "3.14")]
    bundle, written = made(tmp_path, BundleWishes(pythons=("3.12", "3.14")), Wheels(*lacking), told)
    assert {one.python for one in bundle.targets} == {"3.12"}
    assert written["__main__.py"] == b"3.12"
    assert not any("cp314" in path for path in written)
    assert "So the bundle does not serve Windows amd64 with Python 3.14." in map(str, told)
    assert len(bundle.left_out) == 2


def test_a_bundle_that_would_serve_nobody_is_not_made(tmp_path: Path) -> None:
    """The reason is what the first pair lacked."""
    with pytest.raises(UnavailableError, match="no wheel for it"):
        made(tmp_path, BundleWishes(systems=("linux",), pythons=("3.14",)), Wheels(("linux", "3.14")), [])
    assert not (tmp_path / "kit.zip").exists()
