"""The closing table of a flash: every board in its order, and each problem said once, with all the boards that have it."""

from __future__ import annotations

import pytest
from lovhe.apps.cli.flash_table import as_object, say_names_hint, show_flash_results
from lovhe.apps.flash.sentences import in_short
from lovhe.core.errors import BoardGoneError, LoaderError, LovheError
from lovhe.core.messages import N_, Text
from lovhe.services.flash.flashing import FlashResult
from lovhe.services.ports import BoardInfo


def result(port: str, outcome: str = "done", error: LovheError | None = None, name: str = "", notes: tuple[Text, ...] = ()) -> FlashResult:
    """How the board at `port` ended, after 12.34 s."""
    board = BoardInfo(port, f"/dev/{port}", "", False, "ready")
    mac = f"24:0a:c4:00:00:{port[-2:]}" if error is None else ""
    return FlashResult(board, outcome, error, 12.34, written=1 << 20, chip="esp32", mac=mac, name=name, notes=list(notes))


def silent(port: str) -> LoaderError:
    """A board without a loader, at that serial port."""
    return LoaderError(
        N_("The loader of the board at {serial_port} does not answer.", serial_port=f"/dev/{port}"), N_("Hold the BOOT button down.")
    )


def told(capsys: pytest.CaptureFixture[str], *results: FlashResult) -> tuple[list[str], str]:
    """The table's lines and what is said below it."""
    show_flash_results(results, 31.2)
    out, said = capsys.readouterr()
    return [" ".join(line.split()) for line in out.splitlines()], said


def test_the_table_has_board_name_mac_result_and_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    """Headings, and a row a board with each of them."""
    rows, said = told(capsys, result("ttyUSB01", name="7A-1"), result("ttyUSB02", "unchanged", name="7A-2"))
    assert rows == [
        "Board Name MAC Result Seconds",
        "ttyUSB01 7A-1 24:0a:c4:00:00:01 ✓ done 12.3",
        "ttyUSB02 7A-2 24:0a:c4:00:00:02 ✓ unchanged 12.3",
    ]
    assert said.split("\n")[-2] == "2 of 2 boards done in 31 s."


def test_boards_stand_by_name_then_by_port(capsys: pytest.CaptureFixture[str]) -> None:
    """7A-9 before 7A-10, boards without a name last, COM9 before COM10."""
    names = {"COM1": "7A-10", "COM2": "7A-9", "COM10": "", "COM9": "", "COM3": "6B-30"}
    rows, _ = told(capsys, *(result(port, name=name) for port, name in names.items()))
    assert [row.split()[0] for row in rows[1:]] == ["COM3", "COM2", "COM1", "COM9", "COM10"]


def test_without_any_name_there_is_no_column_of_names(capsys: pytest.CaptureFixture[str]) -> None:
    """An empty column tells nobody anything."""
    rows, _ = told(capsys, result("COM1"), result("COM2"))
    assert rows[0] == "Board MAC Result Seconds"


def test_the_same_problem_is_said_once_for_all_boards_that_have_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Thirty boards that do not answer are one sentence and one next step, with the names of all."""
    results = [result(f"ttyUSB{n}", "failed", silent(f"ttyUSB{n}"), name=f"7A-{n}") for n in range(10, 40)]
    gone = BoardGoneError(N_("The board went away."), N_("Look at the cable."))
    _, said = told(capsys, *results, result("ttyUSB40", "failed", gone), result("ttyUSB41"))
    assert said.count("does not answer") == 1
    assert said.count("Hold the BOOT button down.") == 1
    assert "Not done: 7A-10 … 7A-39\n" in said
    assert "The loader of the board at /dev/ttyUSB10 … /dev/ttyUSB39 does not answer." in said
    assert "Not done: ttyUSB40\n  The board went away.\n  Look at the cable.\n" in said
    assert "1 of 32 boards done in 31 s." in said
    assert "give the same command once more" in said


@pytest.mark.parametrize(
    ("labels", "short"),
    [
        (["7A-1", "7A-2", "7A-3", "7A-9", "7A-10"], "7A-1 … 7A-3, 7A-9, 7A-10"),
        (["COM9", "COM10", "COM11", "desk", "6B-12"], "COM9 … COM11, desk, 6B-12"),
        (["7A-1", "7B-2", "7B-3", "7A-1"], "7A-1, 7B-2, 7B-3"),
        ([], ""),
    ],
)
def test_long_rows_of_names_are_shortened(labels: list[str], short: str) -> None:
    """Numbers that follow each other are told by the first and the last; nothing is told that is not there."""
    assert in_short(labels) == short


def test_a_few_boards_with_the_same_problem_are_all_named_in_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """Two ports fit into one sentence."""
    _, said = told(capsys, *(result(port, "failed", silent(port)) for port in ("COM3", "COM5")))
    assert "Not done: COM3, COM5\n  The loader of the board at /dev/COM3, /dev/COM5 does not answer." in said


def test_what_happened_on_the_way_is_said_with_its_boards(capsys: pytest.CaptureFixture[str]) -> None:
    """A board that needed a lower speed is done; why it was slow is told all the same, once a reason."""
    slower = N_("Trying again at {baud} baud: {reason}", baud=230400, reason=N_("what it answers is garbled."))
    came_back = N_("{board} went away; it came back as {port}.", board="COM7", port="COM8")
    _, said = told(capsys, result("COM3", notes=(slower, slower)), result("COM5", notes=(slower,)), result("COM7", notes=(came_back,)))
    assert said.count("Trying again at 230400 baud: what it answers is garbled.") == 1
    assert "COM3, COM5: Trying again" in said
    assert "COM7: COM7 went away; it came back as COM8." in said


def test_stopped_boards_are_told_how_they_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    """The count, and the command that finishes them."""
    rows, said = told(capsys, *(result(port, "stopped") for port in ("COM3", "COM5")))
    assert rows[1].endswith("– stopped 12.3")
    assert "2 boards were stopped. `lovhe flash --resume` finishes those that were begun" in said


def test_boards_without_names_are_told_how_they_get_them(capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence for all that are done and have none; nothing where each has one."""
    say_names_hint([result("COM1"), result("COM2"), result("COM3", name="7A-1"), result("COM4", "failed", silent("COM4"))])
    said = capsys.readouterr().err
    assert said.startswith("2 boards have no names yet")
    assert "--class 7A" in said
    say_names_hint([result("COM3", name="7A-1")])
    assert capsys.readouterr().err == ""


def test_json_has_all_that_the_table_has() -> None:
    """And chip, bytes, notes and the error's both sentences, for programs."""
    shown = as_object(result("COM3", "failed", silent("COM3"), name="7A-1", notes=(N_("Was in its loader."),)))
    assert shown == {
        "name": "COM3",
        "sticker": "7A-1",
        "serial_port": "/dev/COM3",
        "chip": "esp32",
        "mac": "",
        "ok": False,
        "outcome": "failed",
        "error": "The loader of the board at /dev/COM3 does not answer. Hold the BOOT button down.",
        "notes": ["Was in its loader."],
        "seconds": 12.34,
        "written": 1 << 20,
        "skipped": 0,
    }
