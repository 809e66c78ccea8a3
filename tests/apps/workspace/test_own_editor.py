"""A file that is edited elsewhere is taken in when it has changed, and nothing of it is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lovhe.apps.workspace.own_editor import OwnFile
from lovhe.core.errors import InputError


@pytest.fixture
def own(tmp_path: Path) -> Iterator[OwnFile]:
    """A file that is looked at often."""
    own = OwnFile(tmp_path / "folder" / "main.py", look_s=0.01)
    yield own
    own.end()


def _first(own: OwnFile) -> str:
    deadline_s = time.monotonic() + 30
    while time.monotonic() < deadline_s:
        for news in own.take():
            return str(news)
        time.sleep(0.01)
    raise AssertionError("nothing came")


def test_what_is_saved_elsewhere_comes(own: OwnFile) -> None:
    """Written in place or renamed into place, with Windows' line ends or a byte order mark: the text comes once."""
    own.begin("a\n")
    assert own.file.read_text() == "a\n"
    own.file.write_bytes(b"\xef\xbb\xbfb\r\nc\r\n")
    assert _first(own) == "b\nc\n"
    fresh = own.file.with_name("fresh")
    fresh.write_text("d\n")
    fresh.replace(own.file)
    assert _first(own) == "d\n"
    own.file.unlink()
    own.file.write_text("e\n")
    assert _first(own) == "e\n"


def test_what_the_app_writes_does_not_come_back(own: OwnFile) -> None:
    """The app's own text is no news, however often it changes."""
    own.begin("0\n")
    for number in range(100):
        own.put(f"{number}\n")
    own.file.write_text("mine\n")
    assert _first(own) == "mine\n"


def test_a_file_that_is_there_is_kept(own: OwnFile) -> None:
    """What the pupil had in that folder under this name stays, under another one."""
    own.file.parent.mkdir()
    own.file.write_text("my old one\n")
    own.begin("a\n")
    assert own.file.with_name("main.before.py").read_text() == "my old one\n"


def test_what_is_kept_is_not_lost_while_one_types_in_the_app(own: OwnFile) -> None:
    """Each letter is written to the file; the pupil's old file stays what it was, and a text saved in between is kept beside it."""
    own.file.parent.mkdir()
    own.file.write_text("my old one\n")
    own.begin("a\n")
    for text in ("ab\n", "abc\n"):
        own.put(text)
    with own._one:
        own.file.write_bytes(b"saved in the very moment in which one types here\r\n")
        own._seen = "abc\n"
    own.put("abcd\n")
    assert own.file.read_text() == "abcd\n"
    kept = {file.name: file.read_text() for file in own.file.parent.iterdir() if file != own.file}
    assert kept.pop("main.before.py") == "my old one\n"
    assert set(kept) <= {"main.before2.py"}
    assert set(kept.values()) <= {"saved in the very moment in which one types here\n"}


@pytest.mark.parametrize("data", ["Ə = 1\n".encode("utf-16"), "x = 1\n".encode("utf-16-le"), "x = 'ə'\n".encode("utf-16-be"), b"x\xff"])
def test_another_encoding_is_told_and_nothing_of_it_taken(own: OwnFile, data: bytes) -> None:
    """With and without a mark, as editors on Windows save."""
    own.begin("a\n")
    own.file.write_bytes(data)
    assert "is not saved as UTF-8" in _first(own)
    assert own.take() == []


def test_a_file_that_is_emptied_and_written_piece_by_piece_comes_whole(own: OwnFile) -> None:
    """As an editor does it that opens the file for writing: the half text is never handed on as the last word."""
    own.begin("a\n")
    whole = "".join(f"line {number}\n" for number in range(200))
    with own.file.open("w") as file:
        for line in whole.splitlines(keepends=True):
            file.write(line)
            file.flush()
    end_s = time.monotonic() + 30
    got = ""
    while got != whole:
        assert time.monotonic() < end_s, got
        got = _first(own)
        assert whole.startswith(got)


def test_a_folder_in_the_files_place_is_told(own: OwnFile) -> None:
    """And the text that is saved after it is taken."""
    own.begin("a\n")
    own.file.unlink()
    own.file.mkdir()
    assert "cannot be read" in _first(own)
    own.file.rmdir()
    own.file.write_text("b\n")
    assert _first(own) == "b\n"


def test_what_cannot_be_read_is_told_once(own: OwnFile) -> None:
    """Bytes that are no UTF-8 are told in words, and the next good text is taken."""
    own.begin("a\n")
    own.file.write_bytes(b"\xff\xfe")
    assert _first(own).startswith(f"{own.file} is not saved as UTF-8.")
    own.file.write_text("b\n")
    assert _first(own) == "b\n"


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    """The sentence says what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="Choose another folder"):
        OwnFile(tmp_path / "file" / "main.py").begin("a")
