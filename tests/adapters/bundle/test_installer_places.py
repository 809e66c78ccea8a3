"""An installed kit's folder: one version takes another's place in one step, and starts from any path."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lovhe.adapters.bundle.installer import launchers
from lovhe.adapters.bundle.installer.places import AppFolder, app_folder, write_safely
from lovhe.core.bundle.words import BundleFault


def version(home: AppFolder, name: str, says: str) -> Path:
    """A version whose program says a word, not yet in use."""
    place = home.fresh(name)
    program = place / "bin" / "lovhe"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho {says} "$@"\n')
    program.chmod(0o755)
    return place


def versions(home: AppFolder) -> set[str]:
    """The versions on the disk."""
    return {place.name for place in (home.root / "versions").iterdir()}


def test_a_version_is_in_use_only_after_the_switch(tmp_path: Path) -> None:
    """Until then the old one is, whatever lies beside it."""
    home = AppFolder(tmp_path / "app")
    assert home.current == ""
    home.switch(version(home, "0.1.0", "first"))
    version(home, "0.2.0", "second")
    assert home.current == "0.1.0"


def test_what_was_cut_off_is_removed_the_next_time(tmp_path: Path) -> None:
    """A half-made version is never taken for a whole one, and does not fill the disk."""
    home = AppFolder(tmp_path / "app")
    version(home, "0.1.0", "cut off")
    place = home.fresh("0.1.0")
    assert place.name == "0.1.0"
    assert list(place.iterdir()) == []


def test_the_same_version_again_is_made_beside_the_one_in_use(tmp_path: Path) -> None:
    """A repair leaves the running one alone until it is done; the one before that goes."""
    home = AppFolder(tmp_path / "app")
    for number in range(4):
        home.switch(version(home, "0.1.0", str(number)))
        assert len(versions(home)) <= 2
        assert home.current in versions(home)


def test_a_name_of_a_version_that_is_not_whole_counts_as_none(tmp_path: Path) -> None:
    """Somebody has deleted files: the next installation mends it."""
    home = AppFolder(tmp_path / "app")
    place = version(home, "0.1.0", "x")
    home.switch(place)
    (place / "ready").unlink()
    assert home.current == ""


def test_two_installations_at_the_same_time_are_refused(tmp_path: Path) -> None:
    """Each would remove what the other makes."""
    first, second = AppFolder(tmp_path / "app"), AppFolder(tmp_path / "app")
    with first.alone(), pytest.raises(BundleFault, match="Another installation"), second.alone():
        pass
    with second.alone():
        pass


def test_a_folder_where_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    """The lock cannot be made: that is no other installation."""
    home = AppFolder(tmp_path / "app")
    (home.root / "installing.lock").mkdir()
    with pytest.raises(BundleFault, match="cannot be written"), home.alone():
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file is in its way."""
    (tmp_path / "app").write_text("")
    with pytest.raises(BundleFault, match="app"):
        AppFolder(tmp_path / "app")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
@pytest.mark.parametrize("name", ["app", "Lövhə dəsti", "it's $HOME"])
def test_the_script_starts_the_version_in_use_and_passes_words_on(tmp_path: Path, name: str) -> None:
    """From any path, with any letters in it."""
    home = AppFolder(tmp_path / name)
    script = tmp_path / "lovhe"
    write_safely(script, launchers.shell_script(home.root), runs=True)
    for says in ("first", "second"):
        home.switch(version(home, "0.1.0", says))
        ran = subprocess.run([str(script), "--version", "a b"], capture_output=True, text=True, timeout=60, check=True)
        assert ran.stdout == f"{says} --version a b\n"


def test_another_program_called_lovhe_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever put it there wants it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(launchers.sys, "platform", "linux")
    other = tmp_path / ".local" / "bin" / "lovhe"
    other.parent.mkdir(parents=True)
    other.write_text("#!/bin/sh\necho mine\n")
    (tmp_path / "app").mkdir()
    said = launchers.make_launchers(tmp_path / "app")
    assert other.read_text() == "#!/bin/sh\necho mine\n"
    assert "left alone" in str(said[0])
    assert (tmp_path / "app" / "lovhe").is_file()


def test_the_windows_scripts_are_lines_that_windows_reads(tmp_path: Path) -> None:
    """cmd.exe wants carriage returns; the version in use is read each time."""
    for script in (launchers.batch_file(), launchers.desktop_file(tmp_path / "Lövhə")):
        assert script.count(b"\n") == script.count(b"\r\n") > 3
    assert b'set /p version=<"%~dp0current"' in launchers.batch_file()
    assert "Lövhə".encode() in launchers.desktop_file(tmp_path / "Lövhə")


def test_the_kit_goes_where_no_administrator_is_needed_and_not_among_the_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Removing the kit must not remove results."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert app_folder().is_relative_to(tmp_path)
    assert app_folder().name.casefold() != "lovhe" or app_folder().parent.name == "Programs"


def test_a_file_beside_the_versions_stops_no_installation(tmp_path: Path) -> None:
    """Windows and file managers leave their own files in folders."""
    home = AppFolder(tmp_path / "app")
    (home.root / "versions" / "desktop.ini").write_text("x")
    home.switch(version(home, "0.1.0", "first"))
    assert home.current == "0.1.0"


def test_a_lock_that_is_no_lock_is_told(tmp_path: Path) -> None:
    """A damaged disk may have put anything there."""
    home = AppFolder(tmp_path / "app")
    (home.root / "installing.lock").write_bytes(b"rubbish" * 1000)
    with pytest.raises(BundleFault), home.alone():
        pass
