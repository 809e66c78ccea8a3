"""What a student's program cannot reach, even when it digs below the modules that the board shows."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from lovhe.virtual.interpreter import sandbox

from tests.virtual.guest_harness import BareBoard

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Landlock and seccomp are Linux's")


def output_of(folder: Path, code: str) -> tuple[str, str]:
    """What `code` prints on a fresh board, and its traceback."""

    async def session() -> tuple[str, str]:
        async with BareBoard(folder) as board:
            await board.enter_raw()
            return await board.run(code)

    return asyncio.run(session())


@pytest.mark.parametrize("path", ["/etc/passwd", "../../etc/passwd", "/proc/self/environ", "/dev/null", "/tmp"])
def test_no_file_of_the_pc_opens(tmp_path: Path, path: str) -> None:
    """The board's root is its own flash."""
    out, _ = output_of(tmp_path, f"try: print(open({path!r}).read(9))\nexcept OSError as e: print('OSError', e.args[0])")
    assert out in ("OSError 2\n", "OSError 22\n")


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.system('true')",
        "import uos; uos.system('true')",
        "import os; os.getenv('PATH')",
        "import vfs; vfs.VfsPosix('/')",
        "import uos; uos.VfsPosix('/')",
        "import sys; sys.modules['os'].system",
        "import sys; sys.atexit",
    ],
)
def test_what_the_chip_does_not_have_is_not_there(tmp_path: Path, code: str) -> None:
    """The modules under their old and new names show what the chip shows."""
    out, err = output_of(tmp_path, code + "\nprint('reached')")
    assert out == ""
    assert err.strip().splitlines()[-1].split(":")[0] in ("AttributeError", "KeyError")


DIG = """
import sys
below = sys._modules
for name in ("os", "socket"):
    below._table.pop(name)
    below._chip.pop(name)
import os, socket
def attempt(what):
    try:
        return what()
    except OSError as e:
        return "errno %d" % e.args[0]
print(os.system("touch " + MARK) != 0)
print(attempt(lambda: os.VfsPosix("/").open("/etc/passwd", "r")))
print(attempt(lambda: os.VfsPosix("/").open(MARK, "w")))
print(attempt(lambda: os.VfsPosix("/").ilistdir("/")))
print(attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)))
print(attempt(lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)))
"""


@LINUX
def test_digging_below_the_modules_leads_nowhere(tmp_path: Path) -> None:
    """Who gets at MicroPython's own `os` and `socket` finds that the system refuses."""
    mark = tmp_path / "mark"
    out, err = output_of(tmp_path, f"MARK = {str(mark)!r}\n" + DIG)
    assert err == ""
    assert out.splitlines() == ["True", "errno 13", "errno 13", "errno 13", "errno 1", "errno 1"]
    assert not mark.exists()


def test_sockets_do_not_connect(tmp_path: Path) -> None:
    """A virtual board has no network, and its `socket` is not the PC's."""
    out, _ = output_of(
        tmp_path,
        "import socket\ns = socket.socket()\n"
        "try: s.connect(('127.0.0.1', 1))\nexcept OSError as e: print(e.args[0])\n"
        "try: socket.getaddrinfo('localhost', 1)\nexcept OSError as e: print(e.args[0])",
    )
    assert out == "118\n-202\n"


PROBE = """
import ctypes, os, socket, sys
sys.path.insert(0, sys.argv[1])
import sandbox
inside = open(sys.argv[2] + "/inside.txt").name
mine = open(sys.argv[3], "r+b", buffering=0)
sandbox.lock_up(readable=sys.argv[2], file_bytes=4096)
def attempt(what):
    try:
        what()
        return "yes"
    except OSError as error:
        return type(error).__name__
def grow():
    mine.seek(5000)
    mine.write(b"x" * 100)
def fork():
    if os.fork() == 0:
        os._exit(0)
print(
    attempt(lambda: open("/etc/passwd")),
    attempt(lambda: open(inside)),
    attempt(lambda: open(inside, "a")),
    attempt(lambda: os.listdir("/")),
    attempt(lambda: mine.write(b"ok")),
    attempt(grow),
    attempt(lambda: socket.socket()),
    attempt(fork),
    attempt(lambda: os.execv("/bin/true", ["true"])),
    os.system("true"),
    attempt(lambda: os.kill(os.getppid(), 0)),
)
"""


@LINUX
def test_the_system_holds_what_the_modules_hide(tmp_path: Path) -> None:
    """After the lock-up a process reads below one folder, writes what it had open up to a limit, and does nothing else."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "inside.txt").write_text("text")
    (tmp_path / "mine").write_bytes(b"")
    arguments = [str(Path(sandbox.__file__).parent), str(folder), str(tmp_path / "mine")]
    done = subprocess.run([sys.executable, "-I", "-S", "-c", PROBE, *arguments], capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    opened, inside, append, root, write, grow, network, fork, execute, shell, _ = done.stdout.split()
    assert (inside, write, grow) == ("yes", "yes", "OSError")
    assert (opened, append, root) == ("PermissionError",) * 3
    assert (network, fork, execute) == ("PermissionError",) * 3
    assert shell != "0"


@LINUX
def test_memory_of_the_process_is_bounded(tmp_path: Path) -> None:
    """The interpreter's process cannot take more than a gibibyte."""

    async def session() -> str:
        async with BareBoard(tmp_path) as board:
            await board.read_until(b">>> ")
            return Path(f"/proc/{board.engine.process_id}/limits").read_text()

    limits = asyncio.run(session())
    assert f"{1 << 30}" in next(line for line in limits.splitlines() if "address space" in line)


@LINUX
def test_the_interpreter_runs_locked_up(tmp_path: Path) -> None:
    """The real process has no new privileges and a system call filter."""

    async def session() -> str:
        async with BareBoard(tmp_path) as board:
            await board.read_until(b">>> ")
            return Path(f"/proc/{board.engine.process_id}/status").read_text()

    status = dict(line.split(":\t", 1) for line in asyncio.run(session()).splitlines() if ":\t" in line)
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
