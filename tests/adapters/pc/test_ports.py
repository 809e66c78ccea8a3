"""Who may open a serial port and who has it open; the disk and the clock."""

from __future__ import annotations

import datetime
import getpass
import os
import pty
import random
import subprocess
import sys
from pathlib import Path

import pytest
from lovhe.adapters.pc.clock import pc_clock
from lovhe.adapters.pc.disk import disk_of
from lovhe.adapters.pc.ports import guarded_ports
from lovhe.adapters.pc.programs import holders, program_names
from lovhe.adapters.serial_ports import open_serial
from lovhe.core.pc.facts import Program

from tests.adapters.pc.pc_trees import PcTree

HOLD = "import os, sys; os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY); print('open', flush=True); sys.stdin.read()"


@pytest.fixture
def tree(tmp_path: Path) -> PcTree:
    """A PC with one board's port, owned by the group that this test's files have."""
    tree = PcTree(tmp_path / "pc")
    tree.board("1-1", tty="ttyUSB0")
    return tree


def group_of(tree: PcTree) -> int:
    """The group that owns the made-up port."""
    return (tree.root / "dev/ttyUSB0").stat().st_gid


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_real_program_that_holds_a_real_port_is_found() -> None:
    """By its process id; this program itself is not meant."""
    outer, inner = pty.openpty()
    device = os.ttyname(inner)
    with subprocess.Popen([sys.executable, "-c", HOLD, device], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"open\n"
        (found,) = guarded_ports([device])
        assert [holder.pid for holder in found.holders] == [program.pid]
        assert found.may_open
    os.close(inner)
    os.close(outer)
    assert holders([device])[device] == ()


@pytest.mark.parametrize(
    ("short", "command", "name"),
    [
        ("python3", "/usr/bin/python3 /usr/bin/thonny", "Thonny"),
        ("python3", "python3 -m thonny", "Thonny"),
        ("pythonw.exe", "C:\\Apps\\Thonny\\pythonw.exe C:\\Apps\\Thonny\\thonny.exe", "Thonny"),
        ("java", "/opt/arduino/arduino-ide", "Arduino"),
        ("ModemManager", "/usr/sbin/ModemManager", "ModemManager"),
        ("lovhe", "/opt/kit/bin/lovhe run x.py", "Lövhə"),
        ("python3", "python3 /opt/kit/bin/lovhe run x.py", "Lövhə"),
        ("something", "/usr/bin/something /home/thonny/x", "something"),
        ("\x1b[31mred", "red", "[31mred"),
    ],
)
def test_programs_are_called_what_people_call_them(tree: PcTree, short: str, command: str, name: str) -> None:
    """A Python program by what it runs; another by its own name, without what would colour a terminal."""
    tree.program(42, short, "/dev/null", "/dev/ttyUSB0", command=command)
    assert holders(["/dev/ttyUSB0"], tree.root) == {"/dev/ttyUSB0": (Program(42, name),)}
    assert short.strip() in program_names(tree.root)


def test_rights_are_told_with_the_group_and_whether_the_user_is_in_it(tree: PcTree) -> None:
    """The kernel's answer decides; /etc/group tells whether a new login would."""
    gid = group_of(tree)
    tree.file("etc/group", f"root:x:99999:\nrubbish\ndialout:x:{gid}:somebody,{getpass.getuser()}\n")
    (found,) = guarded_ports(["/dev/ttyUSB0"], tree.root, lambda path: False)
    assert (found.may_open, found.group, found.listed) == (False, "dialout", True)
    tree.file("etc/group", f"dialout:x:{gid}:somebody\n")
    (found,) = guarded_ports(["/dev/ttyUSB0"], tree.root, lambda path: True)
    assert (found.may_open, found.group, found.listed) == (True, "dialout", False)


def test_a_port_that_has_just_gone_is_no_error(tree: PcTree) -> None:
    """It may be pulled out between two looks."""
    tree.unplug("1-1")
    (found,) = guarded_ports(["/dev/ttyUSB0"], tree.root)
    assert found.device == "/dev/ttyUSB0"


@pytest.mark.skipif(sys.platform == "win32", reason="PTYs are POSIX's")
def test_where_the_system_does_not_tell_a_port_is_opened_on_windows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere opening can reset a board, and the doctor disturbs no lesson."""
    outer, inner = pty.openpty()
    device = os.ttyname(inner)
    monkeypatch.setattr("lovhe.adapters.pc.ports.this_system", lambda: "windows")
    assert not guarded_ports([device])[0].busy
    with open_serial(device):
        assert guarded_ports([device])[0].busy
        monkeypatch.setattr("lovhe.adapters.pc.ports.this_system", lambda: "macos")
        assert not guarded_ports([device])[0].busy
    monkeypatch.setattr("lovhe.adapters.pc.ports.this_system", lambda: "windows")
    assert not guarded_ports(["/dev/no-such-port"])[0].busy
    os.close(inner)
    os.close(outer)


@pytest.mark.parametrize("seed", range(4))
def test_rubbish_in_proc_and_etc_is_never_an_error(tree: PcTree, seed: int) -> None:
    """Any bytes as a program's name, its command line, and the list of groups."""
    chance = random.Random(seed)
    tree.program(7, "x", "/dev/ttyUSB0")
    for _ in range(50):
        for path in ("proc/7/comm", "proc/7/cmdline", "etc/group", "proc/self/mounts"):
            tree.file(
                path, chance.choice([b"", b"\0" * 9, b":::", b"a:b:\xc2\xb2:", b"a:x:1:\n:" * 9, b"/ \\999 / x", chance.randbytes(40)])
            )
        (found,) = guarded_ports(["/dev/ttyUSB0"], tree.root)
        assert [holder.pid for holder in found.holders] == [7]
        assert all(holder.name.isprintable() for holder in found.holders)
        assert disk_of(tree.root, tree.root).free_bytes > 0


def test_the_disk_under_a_folder_is_known_by_its_longest_mount_point(tmp_path: Path) -> None:
    """A stick mounted in the middle of the path; blanks in its name are written as octal numbers."""
    stick = tmp_path / "my stick"
    stick.mkdir()
    point = str(stick.resolve()).replace(" ", "\\040")
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "sys/block/sdb").mkdir(parents=True)
    (tmp_path / "sys/block/sdb/removable").write_text("1\n")
    (tmp_path / "proc/self/mounts").write_text(f"/dev/sda1 / ext4 rw 0 0\nrubbish\n/dev/sdb1 {point} vfat rw 0 0\n")
    disk = disk_of(stick / "not" / "there yet", tmp_path)
    assert (disk.file_system, disk.removable, disk.network, disk.refusal) == ("vfat", True, False, "")
    assert disk.free_bytes > 0
    assert not list(stick.iterdir())
    beside = disk_of(tmp_path, tmp_path)
    assert (beside.file_system, beside.removable) == ("ext4", False)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc/self is Linux's folder in which nobody can write")
def test_a_folder_in_which_nothing_can_be_written_is_told() -> None:
    """For root too: it is tried."""
    assert disk_of(Path("/proc/self")).refusal


def test_the_clock_is_read_with_its_zone() -> None:
    """Baku's, and a zone west of Greenwich."""
    baku = datetime.timezone(datetime.timedelta(hours=4))
    clock = pc_clock(datetime.datetime(2026, 11, 22, 8, 5, tzinfo=baku))
    assert (clock.shown, clock.zone) == ("22.11.2026 08:05", "UTC+04:00")
    west = datetime.timezone(-datetime.timedelta(hours=3, minutes=30))
    assert pc_clock(datetime.datetime(2026, 1, 1, tzinfo=west)).zone == "UTC-03:30"
    assert pc_clock().now_s > 0
