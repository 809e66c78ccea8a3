"""What virtual boards survive, and that nothing of them survives their end: real processes, real signals, real programs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Set
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lovhe.adapters.serial_ports import open_serial
from lovhe.apps import virtual_processes, wiring
from lovhe.apps.cli.main import main
from lovhe.core.boards.fault_words import Fault
from lovhe.services.ports import BoardInfo
from lovhe.virtual.process.control import BoardControl
from lovhe.virtual.process.registry import find_board, list_boards

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")
pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")

PATIENCE_S = 30.0
HELLO = "print('salam')\n"


# --- processes ---


def _processes() -> dict[int, tuple[int, str]]:
    """All processes that run: id to the parent's id and the command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if stat[0] not in "ZX":
            found[int(folder.name)] = int(stat[1]), words
    return found


def _family(*roots: int) -> set[int]:
    """The ids of these processes and of all that descend from them."""
    processes = _processes()
    family = set(roots) & processes.keys()
    while more := {pid for pid, (parent, _) in processes.items() if parent in family} - family:
        family |= more
    return family


def _until(condition: Callable[[], object], timeout_s: float, what: str) -> float:
    """Poll until the condition holds and return the seconds it took."""
    begin_s = time.monotonic()
    while not condition():
        assert time.monotonic() < begin_s + timeout_s, what
        time.sleep(0.01)
    return time.monotonic() - begin_s


def _gone(pids: Set[int]) -> Callable[[], bool]:
    return lambda: not pids & _processes().keys()


# --- boards ---


class Desk:
    """Boards of this test and what is done with them."""

    def __init__(self, data: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._data = data
        self._folder = folder
        self._capsys = capsys

    def start(self, name: str, endpoint: str = "rfc2217") -> BoardInfo:
        """A flashed board that runs its main.py, and would outlive this process."""
        (self._data / "boards").mkdir(parents=True, exist_ok=True)
        (self._data / "boards" / f"{name}.flash").write_bytes(wiring._factory_flash())
        assert main(["board", "start", "--name", name, "--endpoint", endpoint, "--lesson", "6-01-blink"]) == 0
        return wiring.choose_board(name)

    def take_home(self, board: BoardInfo, program: str, ready: Callable[[BoardControl], bool] | None = None) -> None:
        """Make `program` the board's main.py, pull the cable, put it back, and wait until the program is at work."""
        link = wiring.open_link(board)
        try:
            link.put_files({"/main.py": program.encode()})
        finally:
            link.close()
        with self.control(board) as control:
            control.order_faults([Fault("unplug")])
            control.order_faults([Fault("plug")])
            _until(lambda: (ready or _lit)(control), PATIENCE_S, "the program did not start")

    def control(self, board: BoardInfo) -> BoardControl:
        """The board's supervisor."""
        entry = find_board(board.name)
        return BoardControl(entry.control, entry.authkey)

    def say_hello(self, board: BoardInfo) -> float:
        """`lovhe run` of a program that greets must get in and end well; the seconds it took."""
        program = self._folder / "hello.py"
        program.write_text(HELLO)
        self._capsys.readouterr()
        begin_s = time.monotonic()
        code = main(["run", str(program), "--port", board.name, "--lang", "en"])
        said = self._capsys.readouterr()
        assert (code, said.out) == (0, "salam\n"), said
        return time.monotonic() - begin_s


@pytest.fixture
def desk(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A PC without real boards; virtual ones are stopped afterwards, and then none of their processes may be left."""
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    try:
        yield Desk(data_dir, tmp_path, capsys)
    finally:
        family = _family(*(entry.pid for entry in list_boards()))
        assert main(["board", "stop", "--all"]) == 0
        _until(_gone(family), 2.0, "a process has outlived its board")


def _lit(control: BoardControl) -> bool:
    return bool(control.snapshot()["parts"]["led"]["on"])


# --- the end ---


@pytest.mark.parametrize("endpoint", ["rfc2217", "pty"])
def test_no_process_outlives_board_stop(desk: Desk, endpoint: str) -> None:
    """Whatever the board does: an endless program that listens to nothing, a client that is still there."""
    board = desk.start("busy", endpoint)
    desk.take_home(
        board, "from machine import Pin\nimport micropython\nmicropython.kbd_intr(-1)\nPin(2, Pin.OUT).on()\nwhile True:\n    pass\n"
    )
    entry = find_board(board.name)
    family = _family(entry.pid)
    assert len(family) >= 2, "supervisor and interpreter"
    client = open_serial(entry.serial_port)
    try:
        assert main(["board", "stop", board.name]) == 0
        _until(_gone(family), 2.0, "a process has outlived its board")
        assert list_boards() == []
    finally:
        client.close()


def test_the_interpreter_dies_with_a_killed_supervisor(desk: Desk) -> None:
    """SIGKILL leaves it no time to clean up: within 2 s nothing runs, the board is not listed, and its name and files can be had again."""
    board = desk.start("killed")
    desk.take_home(board, "from machine import Pin\nPin(2, Pin.OUT).on()\nwhile True:\n    pass\n")
    entry = find_board(board.name)
    family = _family(entry.pid)
    assert len(family) >= 2, "supervisor and interpreter"
    os.kill(entry.pid, signal.SIGKILL)
    virtual_processes._children.pop(entry.pid).wait(PATIENCE_S)
    _until(_gone(family - {entry.pid}), 2.0, "the interpreter has outlived its supervisor")
    _until(lambda: not list_boards(), 2.0, "a dead board is listed")
    assert main(["board", "start", "--name", board.name, "--lesson", "6-01-blink"]) == 0
    with desk.control(board) as control:
        _until(lambda: _lit(control), PATIENCE_S, "main.py is gone")


_PARENT = """\
import sys
from lovhe.apps import wiring
wiring.start_virtual_boards(count=2, name="tied", lesson=None, circuit=None, chip="esp32", baud_limit=None, endpoint="rfc2217",
                            tie_to_this_process=True)
print("started", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("command", [["-c", _PARENT], ["-m", "lovhe", "demo"]], ids=["a process", "lovhe demo"])
def test_tied_boards_die_with_their_killed_parent(desk: Desk, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within 5 s of the SIGKILL of the demo, or of any process that has tied boards to itself."""
    with subprocess.Popen(
        [sys.executable, *command], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as parent:
        try:
            _until(lambda: len(list_boards()) >= 2 and all(entry.control for entry in list_boards()), PATIENCE_S, "no boards")
            family = _family(parent.pid) | _family(*(entry.pid for entry in list_boards()))
            assert len(family) >= 3
        finally:
            parent.kill()
    _until(_gone(family), 5.0, "a board has outlived its parent")
    assert list_boards() == []


# --- clients ---


def test_a_client_that_goes_in_mid_byte_harms_nothing(desk: Desk) -> None:
    """A connection cut inside a Telnet command, inside raw-paste, inside a SLIP frame in the loader: the next one finds a board as ever."""
    board = desk.start("rude")
    address = urlsplit(board.serial_port)
    assert address.hostname is not None
    assert address.port is not None
    rfc2217 = b"\xff\xfd\x03\xff\xfd\x2c\xff\xfb\x2c"
    into_loader = b"".join(b"\xff\xfa\x2c\x05" + bytes([word]) + b"\xff\xf0" for word in (9, 11, 8, 12))  # DTR off, RTS on; DTR on, RTS off
    for bad_end in (
        b"",
        rfc2217 + b"\xff\xfa\x2c\x01\x00",
        rfc2217 + b"\r\x03\x01\x05A\x01print(1" * 3,
        into_loader + b"\xc0\x00\x08\x24\x00\x00",
    ):
        client = socket.create_connection((address.hostname, address.port), timeout=5)
        client.sendall(bad_end)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # RST instead of FIN
        client.close()
        desk.say_hello(board)


@pytest.mark.parametrize("endpoint", ["rfc2217", "pty"])
def test_a_flood_that_nobody_reads_keeps_nobody_out(desk: Desk, endpoint: str) -> None:
    """A main.py that prints without end, before a client and beside one that does not read: mpremote and `lovhe run` get in by Ctrl-C."""
    board = desk.start("flood", endpoint)
    desk.take_home(board, "from machine import Pin\nled = Pin(2, Pin.OUT)\nwhile True:\n    print('x' * 200)\n    led.on()\n")
    deaf = open_serial(find_board(board.name).serial_port)
    try:
        with desk.control(board) as control:
            first_us = control.snapshot()["now_us"]
            _until(lambda: control.snapshot()["now_us"] > first_us + 1_000_000, PATIENCE_S, "the board's clock stands still")
    finally:
        deaf.close()
    serial_port = find_board(board.name).serial_port
    answer = subprocess.run(
        [sys.executable, "-m", "mpremote", "connect", serial_port, "exec", "print(6*7)"], capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert answer.stdout.split()[-1:] == ["42"], answer
    assert desk.say_hello(board) < 10


# --- programs ---

TROUBLE = {
    "never ends": "while True:\n    pass\n",
    "leaves by sys.exit": "import sys\nsys.exit()\n",
    "resets the chip": "import machine, time\ntime.sleep(0.3)\nmachine.reset()\n",
    "resets the chip at once": "import machine\nmachine.reset()\n",
    "resets the interpreter": "import machine\nmachine.soft_reset()\n",
    "turns Ctrl-C off": "import micropython\nmicropython.kbd_intr(-1)\nwhile True:\n    pass\n",
    "catches Ctrl-C": "while True:\n    try:\n        while True:\n            pass\n    except KeyboardInterrupt:\n        pass\n",
    "sleeps in the chip": "import machine\nprint('good night')\nmachine.deepsleep(500)\n",
    "eats all memory": "a = []\nwhile True:\n    a.append(bytearray(1000))\n",
    "calls itself": "def f():\n    f()\nf()\n",
    "speaks like the raw REPL": "while True:\n    print('raw REPL; CTRL-B to exit\\r\\n>OK\\x04\\x04>')\n",
    "leaves timers": "from machine import Timer\nTimer(0).init(period=1, callback=lambda t: print('tick'))\n",
}


def _lit_or_asleep(control: BoardControl) -> bool:
    """In deep sleep a chip lets go of its pins, so what it printed tells that the program has come so far."""
    return _lit(control) or any("good night" in line for line in control.printed(20))


@pytest.mark.parametrize("program", TROUBLE.values(), ids=TROUBLE.keys())
def test_no_main_py_takes_the_board_away(desk: Desk, program: str) -> None:
    """At power-up it does its worst; `lovhe run` still gets in without flashing, by Ctrl-C or by a reset and Ctrl-C while booting."""
    board = desk.start("stubborn")
    desk.take_home(board, "from machine import Pin\nPin(2, Pin.OUT).on()\n" + program, ready=_lit_or_asleep)
    assert desk.say_hello(board) < 20


FILLS = """\
from machine import Pin
n = 0
for blocks in (50, 1, 0):
    try:
        while True:
            with open("full%d" % n, "w") as file:
                n += 1
                file.write("x" * 100)
                for _ in range(blocks):
                    file.write("x" * 4096)
    except OSError as error:
        number = error.errno
Pin(2, Pin.OUT).value(number == 28)
"""


def test_a_full_flash_leaves_the_board_usable(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """The program gets OSError 28; what cannot be stored then is told as that, and once files are deleted all goes on."""
    board = desk.start("full")
    desk.take_home(board, FILLS)
    capsys.readouterr()
    assert main(["deploy", "6-01-blink", "--port", board.name, "--lang", "en"]) == 3
    assert "full" in capsys.readouterr().err
    link = wiring.open_link(board)
    try:
        assert link.execute("print(open('/main.py').read())").replace(b"\r\n", b"\n").startswith(FILLS.encode())
        link.execute("import os\nfor f in os.listdir('/'):\n if f.startswith('full'):os.remove(f)")
    finally:
        link.close()
    desk.say_hello(board)
    assert main(["deploy", "6-01-blink", "--port", board.name]) == 0
