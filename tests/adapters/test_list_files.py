"""Class lists are found where teachers have them, and their paths are taken as people paste them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lovhe.adapters.list_files import MOST_OFFERED, is_folder, list_files, list_folders, read_list_file, typed_path
from lovhe.core.errors import InputError


def _put(path: Path, when_s: int = 1_700_000_000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"Aysel\n")
    os.utime(path, (when_s, when_s))
    return path


def test_lists_are_found_in_a_folder_and_right_below_the_newest_first(tmp_path: Path) -> None:
    """By their endings; not what Excel has beside an open file, and not deep in other people's folders."""
    old = _put(tmp_path / "7a.XLSX", 1_600_000_000)
    new = _put(tmp_path / "siniflər" / "5a.csv")
    for other in ("~$7a.xlsx", ".hidden.csv", "photo.jpg", "a/b/deep.txt"):
        _put(tmp_path / other)
    (tmp_path / "folder.csv").mkdir()
    assert [path for path, _ in list_files([tmp_path, tmp_path / "no such folder"])] == [new, old]


def test_a_folder_with_very_many_texts_offers_the_newest(tmp_path: Path) -> None:
    """So that the list stays one that can be looked through."""
    for number in range(MOST_OFFERED + 5):
        _put(tmp_path / f"{number}.txt", 1_600_000_000 + number)
    found = [path.name for path, _ in list_files([tmp_path])]
    assert (len(found), found[0]) == (MOST_OFFERED, f"{MOST_OFFERED + 4}.txt")


def test_the_user_s_own_folders_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Downloads, documents and desktop, wherever the system has them."""
    for name in ("downloads", "documents", "desktop"):
        monkeypatch.setattr(f"platformdirs.user_{name}_path", lambda name=name: tmp_path / name)
    assert list_folders()[-3:] == [tmp_path / "downloads", tmp_path / "documents", tmp_path / "desktop"]


def test_a_pasted_path_may_be_in_quotes_or_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows copies it, and as browsers and file managers do."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    file = _put(tmp_path / "mənim siyahım.csv")
    for typed in (f'  "{file}" ', f"'{file}'", file.as_uri(), "~/mənim siyahım.csv"):
        assert typed_path(typed) == file
    assert typed_path("~nobody-is-called-that/a.csv") == Path("~nobody-is-called-that/a.csv")


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A folder is no file, and what never ends is not waited for."""
    for path in (tmp_path, tmp_path / "none.csv", Path("a\0b")):
        with pytest.raises(InputError, match=r"There is no file|cannot be read"):
            read_list_file(path)
    assert is_folder(tmp_path)
    assert not any(map(is_folder, (tmp_path / "none", tmp_path / ("a" * 400), Path("a\0b"))))
    assert read_list_file(_put(tmp_path / "a.txt")) == b"Aysel\n"
