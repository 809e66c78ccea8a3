"""Where a teacher's files can go: what is offered, and what somebody types."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.apps.language import t
from lovhe.apps.teaching.save_places import folder_typed, save_places
from lovhe.apps.user_files import refuse_no_folder
from lovhe.apps.workspace import wiring as work_wiring
from lovhe.core.errors import InputError


def test_sticks_come_before_this_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file on a stick is what most want; without one there is still a place."""
    monkeypatch.setattr(work_wiring, "stick_folders", lambda: [tmp_path])
    stick, *others = save_places()
    assert (stick.folder, t(stick.told)) == (tmp_path, f"USB stick: {tmp_path}")
    assert [one.folder.is_dir() for one in others] == [True]
    monkeypatch.setattr(work_wiring, "stick_folders", list)
    assert save_places() == others


def test_a_typed_folder_is_a_whole_name_or_none(tmp_path: Path) -> None:
    """Half a name would be looked for wherever the app was started."""
    assert folder_typed(str(tmp_path)) == tmp_path
    assert folder_typed("~") == Path.home()
    assert folder_typed("") is None
    assert folder_typed("marks") is None
    assert folder_typed("~nobody-of-that-name/marks") is None


@pytest.mark.parametrize("name", ["gone", "x" * 5000, "file"])
def test_what_is_no_folder_is_told(tmp_path: Path, name: str) -> None:
    """Also a name that is too long for the system, and a file."""
    (tmp_path / "file").touch()
    with pytest.raises(InputError):
        refuse_no_folder(tmp_path / name)
