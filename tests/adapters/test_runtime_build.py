"""The board's own files, compiled for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lovhe.adapters.runtime_build import board_files, board_identity, compile_source, library_files
from lovhe.core.errors import InputError, UnavailableError


@pytest.fixture
def firmware(tmp_path: Path) -> Path:
    """A small `firmware/` folder."""
    library = tmp_path / "lib" / "lovhe"
    library.mkdir(parents=True)
    (library / "__init__.py").write_text("")
    (library / "trace.py").write_text("def f():\n    return 1\n")
    (tmp_path / "boot.py").write_bytes(b"# boot\r\nimport sys\r\n")
    (tmp_path / "main.py").write_text("print('hello')\n")
    return tmp_path


def test_the_library_is_compiled_and_starters_are_not(firmware: Path) -> None:
    """Modules go out as `.mpy` of version 6 without native code; boot.py and main.py as text."""
    files = board_files(firmware, "desk 3", "0.1.0")
    assert set(files) == {"/boot.py", "/main.py", "/board.json", "/lib/lovhe/__init__.mpy", "/lib/lovhe/trace.mpy"}
    for path in ("/lib/lovhe/__init__.mpy", "/lib/lovhe/trace.mpy"):
        assert files[path][:3] == b"M\x06\x00"
    assert files["/main.py"] == b"print('hello')\n"


def test_folders_of_the_library_come_along(firmware: Path) -> None:
    """A package inside the library keeps its place, and tracebacks name it."""
    (firmware / "lib" / "lovhe" / "drivers").mkdir()
    (firmware / "lib" / "lovhe" / "drivers" / "servo.py").write_text("x = 1\n")
    files = library_files(firmware)
    assert b"lovhe/drivers/servo.py" in files["/lib/lovhe/drivers/servo.mpy"]


def test_a_checkout_on_windows_makes_the_same_files(firmware: Path) -> None:
    """Line ends of the checkout don't reach the board, so that unchanged files stay unchanged."""
    before = board_files(firmware, "a", "1")
    for source in (*firmware.glob("*.py"), *(firmware / "lib" / "lovhe").glob("*.py")):
        source.write_bytes(source.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert board_files(firmware, "a", "1") == before


def test_the_boards_name_is_kept_as_it_is_written() -> None:
    """/board.json holds name and version, in any alphabet."""
    assert json.loads(board_identity("Lövhə «3»", "0.1.0")) == {"name": "Lövhə «3»", "kit": "0.1.0"}


def test_a_broken_module_is_named() -> None:
    """A syntax error in the library names the file, and is no traceback."""
    with pytest.raises(InputError) as caught:
        compile_source(b"def f(:\n", "lovhe/broken.py")
    assert "lovhe/broken.py" in str(caught.value)
    assert "SyntaxError" in str(caught.value)


def test_an_installation_without_library_says_so(tmp_path: Path) -> None:
    """An empty firmware folder is an error that names it."""
    with pytest.raises(UnavailableError) as caught:
        library_files(tmp_path)
    assert str(tmp_path) in str(caught.value)
