"""`lovhe board start --chip` and `--board`: from an empty board to a running program, on the command line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lovhe.apps.cli.main import main

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A command's JSON, or with a `code` what it said when it ended with that; boards end with the test."""
    monkeypatch.setattr("serial.tools.list_ports.comports", list)

    def command(*words: object, code: int = 0) -> Any:
        capsys.readouterr()
        ended = main([*map(str, words), "--lang", "en", *([] if code else ["--json"])])
        said = capsys.readouterr()
        assert ended == code, said.err
        return said.err if code else json.loads(said.out)

    yield command
    main(["board", "stop", "--all"])


@pytest.mark.parametrize(
    ("options", "chip", "machine"),
    [
        (["--chip", "esp32s3"], "esp32s3", "Generic ESP32S3 module with ESP32S3"),
        (["--board", "esp32-c3-supermini"], "esp32c3", "ESP32C3 module with ESP32C3"),
    ],
)
def test_a_board_of_another_chip_goes_the_main_way(
    run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], chip: str, machine: str
) -> None:
    """Started with a lesson's circuit, flashed over its own loader, and a program run over its serial line."""
    (board,) = run("board", "start", "--name", f"{chip}-{os.getpid()}", "--lesson", "6-01-blink", *options)
    assert (board["chip"], board["state"]) == (chip, "empty")
    (flashed,) = run("flash", board["name"])
    assert (flashed["ok"], flashed["chip"]) == (True, chip)
    program = tmp_path / "name.py"
    program.write_text("import sys\nprint(sys.implementation._machine)\n")
    capsys.readouterr()
    assert main(["run", str(program), "--port", board["name"]]) == 0
    assert machine in capsys.readouterr().out


def test_contradictions_and_unknown_boards_are_explained(run: Any) -> None:
    """No board is started, and the sentence says what there is."""
    told = run("board", "start", "--board", "esp32-devkitc", "--chip", "esp32c3", code=2)
    assert "has the chip esp32, not esp32c3" in told
    told = run("board", "start", "--board", "nano", code=2)
    assert "esp32-c3-supermini" in told
    told = run("board", "start", "--chip", "esp32c3", "--lesson", "6-03-night-light", code=2)
    assert "“light” has its pin “AO” wired to “IO34”" in told
