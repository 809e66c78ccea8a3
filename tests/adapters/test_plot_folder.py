"""Saved plots go where they can be found, never over a file that is there, and never by half."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lovhe.adapters.plot_folder import plot_folders, write_plot
from lovhe.core.errors import InputError


def test_a_plot_goes_into_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If there is such a folder, and nobody has said where the data are to lie."""
    monkeypatch.delenv("LOVHE_DATA_DIR", raising=False)
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "Documents")
    monkeypatch.setattr("lovhe.adapters.plot_folder.user_data_folder", lambda: tmp_path / "data")
    assert plot_folders() == [tmp_path / "data" / "plots"]
    (tmp_path / "Documents").mkdir()
    assert plot_folders()[0] == tmp_path / "Documents" / "Lovhe"
    monkeypatch.setenv("LOVHE_DATA_DIR", str(tmp_path / "data"))
    assert plot_folders() == [tmp_path / "data" / "plots"]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """All files of a plot keep one name, so one that is taken for one of them is taken for all."""
    (tmp_path / "p.svg").write_bytes(b"mine")
    written = write_plot([tmp_path], "p", lambda: {"csv": [b"a", b"b"], "svg": [b"c"]})
    assert [path.name for path in written] == ["p (2).csv", "p (2).svg"]
    assert (tmp_path / "p.svg").read_bytes() == b"mine"
    assert written[0].read_bytes() == b"ab"
    assert [path.name for path in write_plot([tmp_path], "p", lambda: {"png": [b"d"]})] == ["p.png"]


def test_a_folder_that_takes_nothing_leads_to_the_next_one(tmp_path: Path) -> None:
    """A file may stand where the folder should be."""
    (tmp_path / "no folder").write_bytes(b"")
    (path,) = write_plot([tmp_path / "no folder", tmp_path / "data"], "p", lambda: {"csv": [b"a"]})
    assert path == tmp_path / "data" / "p.csv"


@pytest.mark.skipif(sys.platform == "win32", reason="no such device")
def test_what_cannot_be_written_is_told_in_words_and_leaves_nothing(tmp_path: Path) -> None:
    """Also when the disk is full in the middle."""

    def full() -> Iterator[bytes]:
        yield b"begin"
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError) as refused:
        write_plot([tmp_path], "p", lambda: {"svg": [b"whole"], "csv": full()})
    assert str(tmp_path) in str(refused.value)
    assert not list(tmp_path.iterdir())
