"""The doctor gets to the end on any PC, and says of each thing that is wrong what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lovhe.adapters.serial_ports import busy_error
from lovhe.apps import wiring
from lovhe.apps.doctor.rounds import all_findings, plugged_in
from lovhe.apps.doctor.this_pc import ThisPc
from lovhe.apps.language import use_language
from lovhe.services.ports import Attempt

from tests.adapters.pc.pc_trees import PcTree

Command = Callable[..., tuple[str, str]]


def told(tree: PcTree) -> list[tuple[str, str, str]]:
    """Subject, outcome and words of all findings about a made-up PC, which must not fail to be gathered."""
    found = [(one.subject, one.finding.outcome, f"{one.finding.what} {one.finding.next_step}") for one in all_findings(ThisPc(tree.root))]
    assert not [words for _, _, words in found if "could not be looked at" in words]
    return found


def said(tree: PcTree, subject: str) -> str:
    """All that is said of one subject."""
    return " ".join(words for about, _, words in told(tree) if about == subject)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PcTree:
    """A made-up PC, and no board on the one that the test runs on."""
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    return PcTree(tmp_path / "pc")


def test_this_pc_is_looked_at_to_the_end() -> None:
    """Whatever runs the tests: nothing fails to be gathered, and all subjects are told."""
    found = list(all_findings(ThisPc()))
    assert not [one for one in found if "could not be looked at" in str(one.finding.what)]
    assert {one.subject for one in found} >= {
        "Python", "Language", "Disk", "Clock", "Log file", "Boards", "Virtual boards", "Firmware", "Lessons", "Results", "Class set",
    }  # fmt: skip
    assert all((one.finding.next_step is None) == (one.finding.outcome == "passed") for one in found)


def test_no_board_at_all_speaks_of_cables_that_only_charge(tree: PcTree) -> None:
    """And of --plug, which finds out."""
    assert "only charges" in said(tree, "Boards")
    assert "--plug" in said(tree, "Boards")


def test_a_ch340_without_a_driver_is_told_and_not_as_a_cable(tree: PcTree) -> None:
    """Its chip is on USB: the cable carries data."""
    tree.board("1-1", "1a86:7523")
    tree.modules()
    assert "ch341" in said(tree, "Drivers")
    assert "only charges" not in said(tree, "Boards")


def test_a_board_that_is_well_is_one_line_and_one_in_use_is_told_with_who(tree: PcTree) -> None:
    """By the program's name."""
    tree.board("1-1", tty="ttyUSB0", driver="cp210x")
    tree.board("1-2", tty="ttyUSB1", driver="cp210x")
    tree.program(4711, "python3", "/dev/ttyUSB1", command="/usr/bin/python3 /usr/bin/thonny")
    assert "1 board can be opened: /dev/ttyUSB0." in said(tree, "Boards")
    assert "/dev/ttyUSB1 is in use by Thonny (process 4711)" in said(tree, "Boards")
    assert "2 USB chips" in said(tree, "Drivers")


def test_a_class_on_a_hub_without_a_supply_is_told(tree: PcTree) -> None:
    """Thirty boards, one hub, 500 mA."""
    tree.hub("1-1", attributes="80")
    for number in range(1, 31):
        tree.board(f"1-1.{number}", tty=f"ttyUSB{number}", driver="cp210x")
    assert "30 boards hang on the USB hub" in said(tree, "Power")


def test_a_broken_look_is_a_finding_and_stops_no_other(tree: PcTree, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its reason goes into the log with the whole story."""

    def broken(*_: object) -> None:
        raise RuntimeError("the moon is full")

    monkeypatch.setattr("lovhe.adapters.pc.disk.disk_of", broken)
    found = list(all_findings(ThisPc(tree.root)))
    disk = next(one.finding for one in found if one.subject == "Disk")
    assert "the moon is full" in str(disk.what)
    assert "lovhe.log" in str(disk.next_step)
    assert found[-1].subject == "Class set"


def test_a_board_that_is_plugged_in_while_it_watches_is_told(tree: PcTree) -> None:
    """From sysfs to the sentence, in made-up time."""
    now = 0.0

    def wait(duration_s: float) -> None:
        nonlocal now
        now += duration_s
        if 2 <= now < 2.25:
            tree.board("1-1", tty="ttyUSB0", driver="cp210x")

    (one,) = plugged_in(ThisPc(tree.root), now_s=lambda: now, wait=wait)
    assert (one.finding.outcome, "/dev/ttyUSB0" in str(one.finding.what)) == ("passed", True)
    assert now < 10
    tree.unplug("1-1")
    (nothing,) = plugged_in(ThisPc(tree.root), now_s=lambda: now, wait=wait)
    assert "only charges" in str(nothing.finding.what)


@pytest.mark.parametrize("language", ["az", "ru", "en"])
def test_every_language_gets_to_the_end(language: str, tree: PcTree, capsys: pytest.CaptureFixture[str]) -> None:
    """In groups, with a closing sentence on standard error."""
    from lovhe.apps.cli.main import main

    use_language(language)
    assert main(["doctor", "--lang", language]) in (0, 1)
    out, closing = capsys.readouterr()
    assert out.count("\n") > 10
    assert len(closing.splitlines()) == 1
    assert "Traceback" not in out + closing


def test_the_rule_for_the_administrator_is_a_file_and_nothing_else(command: Command) -> None:
    """So that it can be sent through `sudo tee`."""
    out, said_beside = command("doctor", "--udev-rule")
    assert out.startswith("# /etc/udev/rules.d/60-lovhe.rules\n")
    assert said_beside == ""
    command("doctor", "--udev-rule", "--json", code=2)


def test_json_holds_all_and_a_group(command: Command) -> None:
    """For programs: subjects stay English in every language."""
    found = json.loads(command("doctor", "--json")[0])
    assert {"group", "subject", "outcome", "what", "next_step"} == set(found[0])
    assert {one["outcome"] for one in found} <= {"passed", "unclear", "failed"}


def test_a_virtual_board_is_told_as_what_it_is(command: Command) -> None:
    """It needs no USB: nothing is said of cables, drivers and hubs."""
    wiring.start_virtual_boards(
        count=1, name="desk", lesson=None, circuit=None, chip="esp32", baud_limit=None, endpoint="pty", tie_to_this_process=True
    )
    try:
        found = json.loads(command("doctor", "--json")[0])
    finally:
        wiring.stop_virtual_boards()
    assert [one["what"] for one in found if one["subject"] == "Boards"] == ["1 virtual board is running: desk."]
    assert not [one for one in found if one["subject"] in ("Drivers", "Power")]


def test_a_clock_before_the_newest_result_is_told(tree: PcTree) -> None:
    """The dead battery of an old PC, after a power cut; the results are read for it."""
    with wiring.results() as store:
        store.add(Attempt("id", "6-01-blink", "b", (), "2090-01-01T08:30:00+00:00", "x", "passed", 1, 1, b'{"checks":[]}', []))
    assert "newest record is of 01.01.2090" in said(tree, "Clock")
    assert "clock battery" in said(tree, "Clock")


def test_the_watch_tells_of_a_port_that_somebody_holds_unseen(tree: PcTree, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of the system has it open: it shows when the port is opened, and the one that does such things is named."""

    def refuse(self: ThisPc, device: str) -> None:
        raise busy_error(device)

    now = 0.0

    def wait(duration_s: float) -> None:
        nonlocal now
        now += duration_s
        tree.board("1-1", tty="ttyUSB0", driver="cp210x")

    monkeypatch.setattr(ThisPc, "open_once", refuse)
    tree.program(77, "ModemManager")
    (one,) = plugged_in(ThisPc(tree.root), now_s=lambda: now, wait=wait)
    assert "in use, probably by ModemManager" in str(one.finding.what)
