"""The offline bundle, end to end: made here, installed by a bare Python without a network into an empty home, and used from there."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lovhe.adapters.bundle.packing import installer_files, write_bundle
from lovhe.apps.cli.main import main

ROOT = Path(__file__).parent.parent.parent
PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
BARE_PYTHON = getattr(sys, "_base_executable", sys.executable)
# Names that no server has: whoever asks for anything fails. The real proof is the namespace, where it may be used.
NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "PIP_INDEX_URL"), "http://127.0.0.1:9")

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="a bundle for Linux is installed")


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle for this system and Python, made without a network: of what is installed here; with firmware, a lesson and a driver."""
    folder = tmp_path_factory.mktemp("bundle")
    lesson = folder / "school-pack" / "7-77-lighthouse"
    shutil.copytree(ROOT / "lessons" / "6-01-blink", lesson)
    (folder / "usb").mkdir()
    (folder / "usb" / "CH341SER.EXE").write_bytes(b"a driver")
    environment = os.environ | NOWHERE | {"LOVHE_DATA_DIR": str(folder / "data"), "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    words = ["--system", "linux", "--python", PYTHON, "--lessons", str(folder / "school-pack"), "--drivers", str(folder / "usb"), "--json"]
    made = subprocess.run(
        [sys.executable, "-m", "lovhe", "bundle", "make", str(folder / "kit.zip"), *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["left_out"] == []
    return folder / "kit.zip"


def offline(*words: str, home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a network namespace that has nothing, where that is allowed, with a home of its own and no settings of ours."""
    alone = ["unshare", "--user", "--map-root-user", "--net"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        alone = []
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8"} | NOWHERE | settings
    return subprocess.run([*alone, *words], env=environment, cwd=home, capture_output=True, text=True, timeout=300, check=False)


def app(home: Path) -> Path:
    """Where the kit goes on Linux."""
    return home / ".local" / "share" / "lovhe-app"


@pytest.fixture(scope="session")
def home(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's home that was empty before the bundle was installed into it."""
    folder = tmp_path_factory.mktemp("home")
    done = offline(BARE_PYTHON, str(bundle), home=folder)
    assert done.returncode == 0, done.stderr
    assert str(lovhe(folder)) in done.stderr
    return folder


def lovhe(home: Path) -> str:
    """What starts the kit in that home."""
    return str(home / ".local" / "bin" / "lovhe")


@linux_only
def test_a_bundle_installs_and_works_without_a_network(home: Path) -> None:
    """A bare Python, an empty home: version, doctor, a lesson of the pack on real MicroPython, and the drivers are there."""
    assert offline(lovhe(home), "--version", home=home).stdout.startswith("lovhe ")
    found = offline(lovhe(home), "doctor", home=home)
    assert str(app(home)) in found.stdout
    assert "Traceback" not in found.stdout + found.stderr
    judged = offline(lovhe(home), "lesson", "test", "7-77-lighthouse", home=home)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert (home / ".local" / "share" / "lovhe" / "drivers" / "CH341SER.EXE").read_bytes() == b"a driver"


@linux_only
def test_an_installation_that_is_killed_leaves_the_old_version_or_the_new(bundle: Path, home: Path) -> None:
    """Cuts at any moment: what `lovhe` starts is always whole. And installing again mends what somebody has deleted."""
    cuts = random.Random(4)
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8"}
    for _ in range(8):
        running = subprocess.Popen([BARE_PYTHON, str(bundle)], env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            running.wait(cuts.uniform(0.05, 2.5))
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait(10)
        assert offline(lovhe(home), "--version", home=home).stdout.startswith("lovhe ")
    used = app(home) / "versions" / (app(home) / "current").read_text().strip()
    shutil.rmtree(used / "lib")
    assert offline(BARE_PYTHON, str(bundle), home=home).returncode == 0
    assert offline(lovhe(home), "--version", home=home).stdout.startswith("lovhe ")
    assert len(list((app(home) / "versions").iterdir())) <= 2


@linux_only
def test_a_bundle_that_was_changed_installs_nothing(bundle: Path, tmp_path: Path) -> None:
    """A wheel with another content is refused while it is unpacked, and named."""
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, content.replace(b"0", b"1") if info.filename.startswith("wheels/segno") else content)
    done = offline(BARE_PYTHON, str(changed), home=tmp_path)
    assert done.returncode == 3
    assert "wheels/segno" in done.stderr
    assert not (app(tmp_path) / "current").exists()
    assert main(["bundle", "verify", str(changed), "--lang", "en"]) == 1


def test_the_installer_needs_the_standard_library_alone(tmp_path: Path) -> None:
    """The PC has only Python: with no site-packages at all, the script inside checks its bundle, zipped or unpacked."""
    file = tmp_path / "kit.zip"
    write_bundle(file, installer_files((PYTHON,)), (), "2026-11-22T03:40:00Z")
    zipfile.ZipFile(file).extractall(tmp_path / "unpacked")
    for place in (file, tmp_path / "unpacked"):
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(place), "--verify", "--lang", "en"], capture_output=True, text=True, timeout=60, check=False
        )
        assert (done.returncode, done.stderr) == (0, "Every file in the bundle is as it was made.\n")
        assert not list((place / "lovhe").rglob("__pycache__"))


def test_a_bundle_for_another_python_says_which_it_needs(tmp_path: Path) -> None:
    """In the user's language, with the next step; and a console without these letters shows question marks."""
    file = tmp_path / "kit.zip"
    write_bundle(file, installer_files(("3.99",)), (), "2026-11-22T03:40:00Z")
    for encoding, begins in (
        ("utf-8", f"Bu kompüterdəki Python {PYTHON} yaramır: paket üçün Python 3.99 lazımdır."),
        ("ascii", f"Bu komp?terd?ki Python {PYTHON} yaram?r: paket ???n Python 3.99 laz?md?r."),
    ):
        environment = os.environ | {"PATH": "", "LC_ALL": "az_AZ.UTF-8", "PYTHONIOENCODING": encoding}
        done = subprocess.run([sys.executable, str(file)], env=environment, capture_output=True, timeout=60, check=False)
        assert done.returncode == 3
        assert done.stderr.decode(encoding).startswith(begins)


@linux_only
@pytest.mark.parametrize("options", [["--frobnicate"], ["--to"], ["--lang", "xx"]])
def test_a_wrong_option_shows_how_it_is_used(tmp_path: Path, options: list[str]) -> None:
    """And nothing is installed."""
    file = tmp_path / "kit.zip"
    write_bundle(file, installer_files((PYTHON,)), (), "2026-11-22T03:40:00Z")
    done = offline(BARE_PYTHON, str(file), *options, home=tmp_path)
    assert done.returncode == 2
    assert "--verify" in done.stderr
    assert not app(tmp_path).exists()


def test_wrong_words_to_the_command_are_refused_in_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with what to do, before anything is fetched."""
    for words, said in (
        (["make", str(tmp_path)], "cannot be the bundle's file"),
        (["make", str(tmp_path / "a.zip"), "--python", "3.9"], "does not run with Python 3.9"),
        (["make", str(tmp_path / "a.zip"), "--lessons", str(tmp_path / "none")], "is no folder"),
        (["make", str(tmp_path / "a.zip"), "--lessons", str(tmp_path)], "There are no lessons"),
        (["make", str(tmp_path / "a.zip"), "--drivers", str(tmp_path / "a folder")], "is no folder"),
        (["verify", str(tmp_path / "a.zip")], "there is no such file"),
        (["install", str(Path(__file__))], "is no bundle"),
    ):
        assert main(["bundle", *words, "--lang", "en"]) == 2
        assert said in capsys.readouterr().err
