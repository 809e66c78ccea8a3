"""Any program a student can write leaves the board usable."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lovhe.virtual.interpreter.engine import ExitReason

from tests.virtual.guest_harness import VFS_OFFSET, BareBoard


def run(folder: Path, code: str, **options: object) -> tuple[str, str]:
    """What `code` prints and its traceback; afterwards the same board must still answer, at the latest after a soft reset."""

    async def session() -> tuple[str, str]:
        async with BareBoard(folder, **options) as board:
            await board.enter_raw()
            answer = await board.run(code)
            await board.fresh_raw()
            assert await board.run("print(6*7)") == ("42\n", "")
            return answer

    return asyncio.run(session())


async def start_with(board: BareBoard, files: dict[str, str]) -> None:
    """Write files to a board that shows its prompt, and turn it off and on."""
    await board.enter_raw()
    for name, text in files.items():
        assert await board.run(f"with open({name!r}, 'w') as f: f.write({text!r})") == ("", "")
    board.engine.kill()
    await board.ended()
    board.output.clear()
    await board.start()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("def f(n): return 1 + f(n + 1)\nf(0)", "RuntimeError: maximum recursion depth exceeded"),
        ("class A:\n  def __repr__(self): return repr(self)\nprint(A())", "RuntimeError: maximum recursion depth exceeded"),
        ("x = []\nwhile True: x.append(bytearray(1000))", "MemoryError: memory allocation failed, allocating "),
        ("x = 'ab'\nwhile True: x += x", "MemoryError: memory allocation failed, allocating "),
        ("bytearray(10**9)", "MemoryError: memory allocation failed, allocating "),
        ("f = open('big', 'w')\nwhile True: f.write('x' * 512)", "OSError: 28"),
        ("def f(x): return lde\nf(1)", "NameError: name 'lde' isn't defined"),
    ],
)
def test_exhausted_resources_end_in_an_exception(tmp_path: Path, code: str, message: str) -> None:
    """Stack, memory and flash run out with the chip's exceptions."""
    out, err = run(tmp_path, code)
    assert out == ""
    assert err.strip().splitlines()[-1].startswith(message)
    assert all('File "<stdin>"' in line for line in err.splitlines() if line.startswith("  File"))


def test_full_flash_can_be_emptied(tmp_path: Path) -> None:
    """After the flash was filled, files can be removed and written again."""
    code = """
import os
try:
    with open('big', 'w') as f:
        while True: f.write('x' * 4096)
except OSError as e: print(e)
os.remove('big')
with open('small', 'w') as f: f.write('ok')
print(open('small').read(), os.statvfs('/')[3] > 500)
"""
    assert run(tmp_path, code) == ("28\nok True\n", "")


def test_files_live_through_resets_and_power_cuts(tmp_path: Path) -> None:
    """What was written and closed is there after the interpreter was killed."""

    async def session() -> None:
        async with BareBoard(tmp_path) as board:
            await board.enter_raw()
            await board.run("with open('data.txt', 'w') as f: f.write('kept')")
            board.engine.kill()
            assert (await board.ended()).reason is ExitReason.KILLED
            board.output.clear()
            await board.start()
            await board.enter_raw()
            assert await board.run("print(open('data.txt').read())") == ("kept\n", "")

    asyncio.run(session())


def test_main_that_fails_leaves_the_prompt(tmp_path: Path) -> None:
    """A main.py that raises shows its own lines and nothing of ours, then the REPL comes; so does one with a syntax error."""

    async def session() -> None:
        async with BareBoard(tmp_path) as board:
            await start_with(board, {"main.py": "def f():\n    1/0\nf()\n"})
            text = await board.read_until(b">>> ")
            expected = 'Traceback (most recent call last):\r\n  File "main.py", line 3, in <module>\r\n  File "main.py", line 2, in f\r\n'
            assert (expected + "ZeroDivisionError: divide by zero\r\n").encode() in text
            board.engine.write(b"\r")
            await start_with(board, {"main.py": "if True\n"})
            assert b'  File "main.py", line 1\r\nSyntaxError: invalid syntax\r\n' in await board.read_until(b">>> ")

    asyncio.run(session())


def test_boot_that_fails_keeps_main_from_running(tmp_path: Path) -> None:
    """As on the chip: after an exception in boot.py, main.py does not run."""

    async def session() -> None:
        async with BareBoard(tmp_path) as board:
            await start_with(board, {"boot.py": "x", "main.py": "print(11*11)"})
            text = await board.read_until(b">>> ")
            assert b"NameError" in text
            assert b"121" not in text

    asyncio.run(session())


def test_endless_main_is_stopped_by_ctrl_c(tmp_path: Path) -> None:
    """A main.py without an end gives the prompt back on Ctrl-C, though it swallows ordinary exceptions."""

    async def session() -> None:
        async with BareBoard(tmp_path) as board:
            await start_with(board, {"main.py": "while True:\n    try: print(1)\n    except Exception: pass\n"})
            await board.read_until(b"1\r\n1\r\n")
            board.engine.write(b"\x03")
            await board.read_until(b"KeyboardInterrupt")
            await board.read_until(b">>> ")

    asyncio.run(session())


def test_damaged_file_system_is_told(tmp_path: Path) -> None:
    """What is neither a file system nor blank is left alone; Ctrl-C leads to the prompt."""
    flash = bytearray(b"\xff" * (4 << 20))
    flash[VFS_OFFSET : VFS_OFFSET + 64] = bytes(range(64))
    (tmp_path / "flash.bin").write_bytes(flash)

    async def session() -> None:
        async with BareBoard(tmp_path) as board:
            await board.read_until(b"is damaged")
            board.engine.write(b"\x03")
            await board.read_until(b">>> ")
            board.engine.write(b"1+1\r")
            assert b"2\r\n" in await board.read_until(b">>> ")

    asyncio.run(session())
    assert (tmp_path / "flash.bin").read_bytes() == flash


def test_inisetup_spares_a_file_system(tmp_path: Path) -> None:
    """`inisetup.setup()` fills a blank partition alone: where files may be it says so until Ctrl-C, as on the chip."""

    async def session() -> None:
        async with BareBoard(tmp_path) as board:
            await board.enter_raw()
            board.start_run("open('kept.txt', 'w').write('x')\nimport inisetup\ninisetup.setup()")
            await board.read_until(b"is damaged")
            board.engine.write(b"\x03")
            await board.read_until(b"KeyboardInterrupt: \r\n\x04>")
            assert (await board.run("import os; print(os.listdir())"))[0] == "['boot.py', 'kept.txt']\n"
            blank = "import os, inisetup\nos.umount('/')\ninisetup.bdev.ioctl(6, 0)\nprint(inisetup.setup(), os.listdir())"
            out, err = await board.run(blank)
            assert "<VfsLfs2> ['boot.py']" in out, err

    asyncio.run(session())


def test_watchdog_bites(tmp_path: Path) -> None:
    """A program that does not feed its watchdog is reset, with that cause."""

    async def session() -> None:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            board.start_run(
                "from machine import WDT\nimport time\nw = WDT(timeout=1000)\ntime.sleep_ms(900)\nw.feed()\nprint('fed')\nwhile True: pass"
            )
            ended = await board.ended()
            assert b"fed" in board.output
            assert (ended.reason, ended.reset_cause) == (ExitReason.HARD_RESET, 3)

    asyncio.run(session())


def test_uncaught_errors_in_callbacks_do_not_stop_a_program(tmp_path: Path) -> None:
    """`Timer` without a callback prints an error at each turn, as on the chip, and the program goes on."""
    out, err = run(
        tmp_path,
        "from machine import Timer\nimport time\nTimer(0).init(period=20)\ntime.sleep_ms(50)\nTimer(0).deinit()\nprint('on')",
        virtual_time=True,
    )
    assert err == ""
    assert out == "TypeError: 'NoneType' object isn't callable\n" * 2 + "on\n"
