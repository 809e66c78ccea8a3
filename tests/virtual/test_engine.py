"""The interpreter as a board's processor: REPLs, interrupts, resets, and what is left when it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lovhe.core.errors import UnavailableError
from lovhe.virtual.interpreter import unix_engine
from lovhe.virtual.interpreter.engine import EngineOptions, ExitReason, ResetCause

from tests.virtual.guest_harness import PATIENCE_S, PRELUDE, RAW_BANNER, BareBoard

Act = Callable[[BareBoard], Awaitable[None]]


def on_board(folder: Path, act: Act, **options: object) -> None:
    """Run `act` with a fresh board."""

    async def session() -> None:
        async with BareBoard(folder, **options) as board:
            await board.read_until(b"raw REPL" if options.get("raw_repl_start") else b">>> ")
            await act(board)

    asyncio.run(session())


def in_raw(folder: Path, act: Act, **options: object) -> None:
    """Run `act` with a fresh board whose raw REPL waits."""

    async def session() -> None:
        async with BareBoard(folder, **options) as board:
            await board.enter_raw()
            await act(board)

    asyncio.run(session())


def test_banner_names_the_chip(tmp_path: Path) -> None:
    """A board looks like an ESP32 from its first line on."""

    async def session() -> None:
        async with BareBoard(tmp_path) as board:
            text = await board.read_until(b">>> ")
            assert "MicroPython v1.28.0-lovhe on 2026-11-21; Lövhə virtual board with ESP32\r\n" in text.decode()
            assert b"linux" not in text
            board.engine.write(b"\x02")
            assert b"ESP32\r\nType" in await board.read_until(b">>> ")

    asyncio.run(session())


def test_lines_end_as_on_the_chip(tmp_path: Path) -> None:
    """The REPL and print both end lines with CR LF, once."""

    async def act(board: BareBoard) -> None:
        board.engine.write(b"print('a\\nb')\r")
        assert await board.read_until(b">>> ") == b"print('a\\nb')\r\na\r\nb\r\n>>> "

    on_board(tmp_path, act)


def test_raw_bytes_stay_raw(tmp_path: Path) -> None:
    """`sys.stdout.buffer` sends bytes as they are, in their place among the text, as `mpremote mount` needs."""

    async def act(board: BareBoard) -> None:
        board.start_run("import sys\nprint('a')\nprint(sys.stdout.buffer.write(bytes(range(256)) * 40))\nprint('b')")
        text = await board.read_until(b"b\r\n\x04")
        assert text == b"OKa\r\n" + bytes(range(256)) * 40 + b"10240\r\nb\r\n\x04"

    in_raw(tmp_path, act)


def test_what_has_no_bytes_is_neither_written_nor_read_into(tmp_path: Path) -> None:
    """The serial line's streams take whatever has bytes, text among it, and no numbers; what is read needs room that can change."""

    async def act(board: BareBoard) -> None:
        refused = "TypeError ('object with buffer protocol required',)"
        code = PRELUDE + "import sys\nout = sys.stdout\n"
        code += "for thing in (lambda: out.buffer.write(5), lambda: out.write(5), lambda: sys.stdin.buffer.readinto(b'ab')): T(thing)\n"
        code += "print(out.buffer.write('abc'), out.buffer.write(bytearray(b'abcdef'), 1, 2), out.write(b'x'))"
        assert await board.run(code) == (f"{refused}\n" * 3 + "abcbcx3 2 1\n", "")

    in_raw(tmp_path, act)


def test_raw_paste_moves_a_long_program(tmp_path: Path) -> None:
    """Raw-paste with its flow control works as in the raw REPL of the chip."""

    async def act(board: BareBoard) -> None:
        program = b"x = 1\n" * 2000 + b"print('done', x)\n"
        board.engine.write(b"\x05A\x01")
        assert await board.read_until(b"R\x01") == b"R\x01"
        await board.until(lambda: len(board.output) >= 3)
        window = int.from_bytes(board.output[:2], "little")
        left = window
        del board.output[:2]
        while program:
            if left == 0 or board.output:
                await board.until(lambda: bool(board.output))
                assert board.output.pop(0) == 1
                left += window
                continue
            board.engine.write(program[:left])
            program, left = program[left:], left - len(program[:left])
        board.engine.write(b"\x04")
        await board.read_until(b"\x04")
        assert await board.read_until(b"\x04\x04>") == b"done 1\r\n\x04\x04>"

    in_raw(tmp_path, act)


def test_paste_mode(tmp_path: Path) -> None:
    """Ctrl-E takes several lines, Ctrl-D runs them."""

    async def act(board: BareBoard) -> None:
        board.engine.write(b"\x05")
        await board.read_until(b"=== ")
        board.engine.write(b"for i in range(2):\r    print('n', i)\r\x04")
        assert (await board.read_until(b">>> ")).endswith(b"n 0\r\nn 1\r\n>>> ")

    on_board(tmp_path, act)


def test_soft_reset_in_the_friendly_repl_runs_main(tmp_path: Path) -> None:
    """Ctrl-D starts the board anew: boot.py and main.py run, the names of before are gone."""

    async def act(board: BareBoard) -> None:
        board.engine.write(b"f=open('main.py','w');f.write('print(123*3)');f.close();x=1\r")
        await board.read_until(b">>> ")
        board.engine.write(b"\x04")
        ended = await board.ended()
        assert ended.reason is ExitReason.SOFT_RESET
        await board.restart_soft()
        assert b"369\r\n" in await board.read_until(b">>> ")
        board.engine.write(b"x\r")
        assert b"NameError" in await board.read_until(b">>> ")

    on_board(tmp_path, act)


def test_soft_reset_in_the_raw_repl_does_not_run_main(tmp_path: Path) -> None:
    """`mpremote` counts on a raw REPL after its soft reset, without main.py's output."""

    async def act(board: BareBoard) -> None:
        await board.run("f=open('main.py','w');f.write('print(123*3)');f.close()")
        board.engine.write(b"\x04")
        assert (await board.ended()).reason is ExitReason.SOFT_RESET_RAW
        assert bytes(board.output) == b"OK\r\n"
        board.output.clear()
        await board.restart_soft()
        assert await board.read_until(RAW_BANNER) == RAW_BANNER

    in_raw(tmp_path, act)


@pytest.mark.parametrize("program", ["import sys; sys.exit()", "raise SystemExit", "import machine; machine.soft_reset()"])
def test_leaving_a_program_is_a_soft_reset(tmp_path: Path, program: str) -> None:
    """`sys.exit()` in main.py starts the board anew, as on the chip, and what was printed before arrives."""

    async def act(board: BareBoard) -> None:
        board.engine.write(f"f=open('main.py','w');f.write('print(9*9);{program}');f.close()\r".encode())
        await board.read_until(b">>> ")
        board.engine.write(b"\x04")
        await board.restart_soft()
        assert (await board.ended()).reason is ExitReason.SOFT_RESET
        assert b"81\r\n" in board.output

    on_board(tmp_path, act)


def test_sys_exit_in_the_raw_repl(tmp_path: Path) -> None:
    """`sys.exit()` in code sent by a tool resets into the raw REPL."""

    async def act(board: BareBoard) -> None:
        board.start_run("import sys; print('so'); sys.exit()")
        assert (await board.ended()).reason is ExitReason.SOFT_RESET_RAW
        assert b"so\r\n\x04" in board.output

    in_raw(tmp_path, act)


def test_hard_reset(tmp_path: Path) -> None:
    """`machine.reset()` ends the interpreter and says why."""

    async def act(board: BareBoard) -> None:
        board.start_run("import machine; print('bye'); machine.reset(); print('never')")
        ended = await board.ended()
        assert (ended.reason, ended.reset_cause) == (ExitReason.HARD_RESET, ResetCause.HARD)
        assert b"bye" in board.output
        assert b"never" not in board.output

    in_raw(tmp_path, act)


def test_clock_and_pins_live_through_a_soft_reset(tmp_path: Path) -> None:
    """After a soft reset the clock goes on and an output keeps its level, as on the chip."""

    async def act(board: BareBoard) -> None:
        await board.run("from machine import Pin\nPin(2, Pin.OUT, value=1)\nimport time\ntime.sleep_ms(300)")
        await board.fresh_raw()
        out, err = await board.run("import machine, time\nprint(time.ticks_ms() >= 300, machine.mem32[0x3FF44004], machine.reset_cause())")
        assert (out, err) == ("True 4 5\n", "")

    in_raw(tmp_path, act)


ENDLESS = [
    "while True: pass",
    "import time\nwhile True: time.sleep(1)",
    "import time\ntime.sleep(1000)",
    "while True: print('flood ' * 50)",
    "n = 0\nwhile True:\n  n += 1\n  x = [n] * 100",
    "import sys\nsys.stdin.read(1)",
    "input('name? ')",
    "from machine import Pin\np = Pin(2, Pin.OUT)\nwhile True: p.toggle()",
    "import asyncio\nasync def f(): await asyncio.sleep(1000)\nasyncio.run(f())",
    "from machine import Timer\nTimer(0).init(period=1, callback=lambda t: [i for i in range(100)])\nwhile True: pass",
    "import select, sys\np = select.poll()\np.register(sys.stdin, select.POLLIN)\np.poll()",
]


@pytest.mark.parametrize("program", ENDLESS)
def test_ctrl_c_ends_any_program(tmp_path: Path, program: str) -> None:
    """Ctrl-C stops whatever a student wrote, and the REPL is there again."""

    async def act(board: BareBoard) -> None:
        board.start_run("print('go')\n" + program)
        await board.read_until(b"go\r\n")
        await asyncio.wait_for(_flow(board), PATIENCE_S)
        board.engine.write(b"\x03")
        await board.read_until(b"\x04")
        assert b"KeyboardInterrupt" in await board.read_until(b"\x04>")
        assert await board.run("print(6*7)") == ("42\n", "")

    in_raw(tmp_path, act)


async def _flow(board: BareBoard) -> None:
    """Let the program run a little: until the loop has been idle or output has come a few times."""
    for _ in range(5):
        with contextlib.suppress(TimeoutError):
            board._changed.clear()
            await asyncio.wait_for(board._changed.wait(), 0.01)


def test_kbd_intr_off_makes_ctrl_c_data(tmp_path: Path) -> None:
    """After `micropython.kbd_intr(-1)` byte 3 is read like any other; only a reset helps against a loop."""

    async def act(board: BareBoard) -> None:
        board.start_run(
            "import micropython, sys\nmicropython.kbd_intr(-1)\nprint('go')\nprint(repr(sys.stdin.buffer.read(2)))\nwhile True: pass"
        )
        await board.read_until(b"go\r\n")
        board.engine.write(b"\x03a")
        await board.read_until(b"b'\\x03a'")
        board.engine.write(b"\x03\x03")
        board.engine.kill()
        assert (await board.ended()).reason is ExitReason.KILLED

    in_raw(tmp_path, act)


def test_ctrl_c_during_boot_is_lost(tmp_path: Path) -> None:
    """As on the chip: an interrupt that comes too early does no harm."""

    async def session() -> None:
        async with BareBoard(tmp_path) as board:
            board.engine.write(b"\x03\x03")
            await board.read_until(b">>> ")
            board.engine.write(b"1+1\r")
            assert b"2\r\n" in await board.read_until(b">>> ")

    asyncio.run(session())


def test_ctrl_c_clears_the_line(tmp_path: Path) -> None:
    """At the prompt Ctrl-C throws away what was typed."""

    async def act(board: BareBoard) -> None:
        board.engine.write(b"rubbish(\x03")
        await board.read_until(b">>> ")
        board.engine.write(b"7*7\r")
        assert b"49\r\n" in await board.read_until(b">>> ")

    on_board(tmp_path, act)


def test_timers_run_while_the_prompt_waits(tmp_path: Path) -> None:
    """A Timer started at the prompt goes on while nobody types."""

    async def act(board: BareBoard) -> None:
        board.engine.write(b"from machine import Timer; t=Timer(0); t.init(period=50, callback=lambda t: print('tick'))\r")
        await board.read_until(b"tick\r\ntick\r\ntick\r\n")

    on_board(tmp_path, act)


def test_a_guest_that_reads_no_answers_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages that nobody takes do not fill the PC's memory."""
    monkeypatch.setattr(unix_engine, "_UNREAD_LIMIT", 1 << 16)

    async def act(board: BareBoard) -> None:
        process_id = board.engine.process_id
        assert process_id is not None
        os.kill(process_id, signal.SIGSTOP)
        answer = ["re", 1, "00" * 5000]
        for _ in range(1000):
            board.engine.send(answer)
        assert len(board.engine._unsent_messages) < 1 << 17
        assert (await board.ended()).reason is ExitReason.CRASHED

    on_board(tmp_path, act)


def test_nothing_outlives_a_killed_parent(tmp_path: Path) -> None:
    """When the process that runs a board is killed, its interpreter goes too, even from an endless loop."""
    script = (
        "import asyncio, sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from tests.virtual.guest_harness import BareBoard\n"
        "async def main():\n"
        "    board = BareBoard(Path(sys.argv[2])); await board.start(); await board.read_until(b'>>> ')\n"
        "    board.engine.write(b'while True: pass\\r\\r'); await asyncio.sleep(0.1)\n"
        "    print(board.engine.process_id, flush=True); await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(Path(__file__).parents[2]), str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert _alive(child)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    deadline = time.monotonic() + PATIENCE_S
    while _alive(child):
        assert time.monotonic() < deadline, "the interpreter lives on"
        time.sleep(0.01)


def _alive(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        try:
            os.kill(process_id, 0)
        except OSError:
            return False
        return not Path("/proc/self").exists()


def test_a_pc_without_the_interpreter_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no wheel, asking for a virtual board ends in a sentence with a next step."""
    monkeypatch.setattr(unix_engine, "find_spec", lambda _name: None)
    options = EngineOptions(flash=tmp_path / "f", vfs_offset=0, vfs_size=0)
    with pytest.raises(UnavailableError, match="MicroPython for it is missing") as caught:
        asyncio.run(unix_engine.UnixEngine().start(options))
    assert "real board" in str(caught.value.next_step)


def test_flood_is_held_back_while_output_is_paused(tmp_path: Path) -> None:
    """A client that reads slowly slows the program down; nothing is lost and memory does not grow."""

    async def act(board: BareBoard) -> None:
        board.start_run("for i in range(20000): print(i)")
        await board.read_until(b"100\r\n")
        board.engine.pause_output()
        size = len(board.output)
        await asyncio.wait_for(_flow(board), PATIENCE_S)
        assert len(board.output) == size
        board.engine.resume_output()
        out = await board.read_until(b"\x04", 30)
        assert out.endswith(b"19998\r\n19999\r\n\x04")
        assert out.count(b"\r\n") == 20000 - 101

    in_raw(tmp_path, act, virtual_time=True)
