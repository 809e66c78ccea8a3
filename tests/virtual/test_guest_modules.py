"""Names and modules: what a program may import, and whose it gets."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.virtual.guest_harness import BareBoard, run_programs


def test_wrappers_in_sys_modules_are_what_programs_import(tmp_path: Path) -> None:
    """The trace puts its own `machine` there; taking it out gives the chip's back."""
    code = """
import sys, machine
class Wrapped: Pin = 'ours'
print('machine' in sys.modules, list(sys.modules))
sys.modules['machine'] = Wrapped
import machine as seen
from machine import Pin
print(seen is Wrapped, Pin, 'machine' in sys.modules)
del sys.modules['machine']
import machine as again
print(again is machine, 'machine' in sys.modules)
"""
    assert run_programs(tmp_path, code) == [("False ['flashbdev']\nTrue ours True\nTrue False\n", "")]


@pytest.mark.parametrize(
    ("name", "wins"), [("machine", True), ("time", True), ("dht", True), ("random", True), ("sys", False), ("gc", False)]
)
def test_own_file_comes_first_where_it_does_on_the_chip(tmp_path: Path, name: str, wins: bool) -> None:
    """A pupil's `machine.py` hides the chip's module, with the same confusing result as on a board; `sys.py` does not."""
    write = f"with open('{name}.py', 'w') as f: f.write('mine = 1')"
    (_, _), (out, err) = run_programs(tmp_path, write, f"import {name}\nprint(hasattr({name}, 'mine'))")
    assert (out, err) == (f"{wins}\n", "")


def test_frozen_modules_come_before_lib(tmp_path: Path) -> None:
    """A `/lib/neopixel.py` stays unused, since the chip looks at its frozen modules first; `/lib/machine.py` is found."""
    write = "import os\nos.mkdir('/lib')\nfor n in 'neopixel', 'machine':\n  with open('/lib/' + n + '.py', 'w') as f: f.write('mine = 1')"
    look = "import neopixel, machine\nprint(hasattr(neopixel, 'mine'), hasattr(machine, 'mine'))"
    (_, _), (out, err) = run_programs(tmp_path, write, look)
    assert (out, err) == ("False True\n", "")


def test_packages_and_mpy_load_from_flash(tmp_path: Path) -> None:
    """Packages below /lib import by their dotted names."""
    code = "import os\nos.mkdir('/lib')\nos.mkdir('/lib/kit')\nfor n in ('__init__', 'part'):\n"
    code += "  with open('/lib/kit/' + n + '.py', 'w') as f: f.write('name = __name__')"
    (_, _), (out, err) = run_programs(tmp_path, code, "from kit import part\nimport kit.part\nprint(part.name, kit.name)")
    assert (out, err) == ("kit.part kit\n", "")


def test_errors_inside_our_modules_show_only_the_programs_lines(tmp_path: Path) -> None:
    """A traceback ends at the program's own line, as with the chip's C functions."""
    out_err = run_programs(tmp_path, "from machine import Pin\ndef setup():\n    return Pin(99)\nsetup()")
    lines = out_err[0][1].splitlines()
    assert lines == [
        "Traceback (most recent call last):",
        '  File "<stdin>", line 4, in <module>',
        '  File "<stdin>", line 3, in setup',
        "ValueError: invalid pin",
    ]


def test_print_formats_like_the_built_in(tmp_path: Path) -> None:
    """Separators, ends, other files, and long texts all come out whole."""
    code = """
import io, sys
print(1, 'a', None, sep='-', end='|')
print()
f = io.StringIO()
print('x', 2, file=f)
print(repr(f.getvalue()))
print('ə' * 5000)
print('to', 'stdout', file=sys.stdout)
sys.stdout.write('w\\n')
print(*[1, 2], sep='')
try: print(1, wrong=2)
except TypeError: print('TypeError')
"""
    ((out, err),) = run_programs(tmp_path, code)
    assert err == ""
    assert out == "1-a-None|\n'x 2\\n'\n" + "ə" * 5000 + "\nto stdout\nw\n12\nTypeError\n"


def test_typed_text_reaches_programs(tmp_path: Path) -> None:
    """input() echoes and edits a line; stdin reads characters and bytes; poll tells when there are some."""

    async def session() -> None:
        async with BareBoard(tmp_path) as board:
            await board.enter_raw()
            board.start_run(
                "import sys, select\nprint(input('name? '))\np = select.poll()\np.register(sys.stdin, select.POLLIN)\n"
                "print(len(p.poll(30)))\nprint('ready')\n"
                "print([e for o, e in p.poll(5000)], sys.stdin.read(2), sys.stdin.buffer.read(2), sys.stdin.readline())"
            )
            await board.read_until(b"name? ")
            board.engine.write("Ə".encode() + b"lx\x7fi\r")
            await board.read_until(b"\xc6\x8fli\r\n0\r\nready\r\n")
            board.engine.write(b"ab\x00\xffline\r")
            out, err = await board_finish(board)
            assert (out, err) == ("[1] ab b'\\x00\\xff' line\n\n", "")

    asyncio.run(session())


async def board_finish(board: BareBoard) -> tuple[str, str]:
    """The rest of a run whose first part was read already."""
    out = (await board.read_until(b"\x04"))[:-1].decode().replace("\r\n", "\n")
    err = (await board.read_until(b"\x04>"))[:-2].decode()
    return out, err


def test_identity_of_the_board(tmp_path: Path) -> None:
    """Each board has its own MAC as its unique id, and the reset cause it was started with."""

    async def session() -> None:
        async with BareBoard(tmp_path, mac=bytes.fromhex("24dcc3a1b2c3"), reset_cause=4) as board:
            await board.enter_raw()
            code = "import machine, os, sys\nprint(machine.unique_id(), machine.reset_cause())\nprint(os.uname())\nprint(sys.version)"
            out, _ = await board.run(code)
            lines = out.splitlines()
            assert lines[0] == "b'$\\xdc\\xc3\\xa1\\xb2\\xc3' 4"
            assert "sysname='esp32'" in lines[1]
            assert lines[2] == "3.4.0; MicroPython v1.28.0-lovhe on 2026-11-21"

    asyncio.run(session())


def test_modules_without_their_hardware_say_so(tmp_path: Path) -> None:
    """What is not on virtual boards yet raises OSError instead of pretending."""
    code = """
import network, _thread, onewire, ds18x20
from machine import Pin
def thread(_): _thread.start_new_thread(print, ())
try: thread(0); print('?')
except OSError as e: print(type(e).__name__)
w = network.WLAN(network.STA_IF); w.active(True); print(w.scan(), w.isconnected())
print(onewire.OneWire(Pin(4)).scan(), ds18x20.DS18X20(onewire.OneWire(Pin(4))).scan())
"""
    ((out, err),) = run_programs(tmp_path, code)
    assert err == ""
    assert out == "OSError\n[] False\n[] []\n"


def test_all_modules_of_the_esp32_build_can_be_imported(tmp_path: Path) -> None:
    """What `help("modules")` names is there; what the build lacks is not, though the PC's interpreter has it."""
    code = """
help('modules')
for name in 'argparse ffi lwip readline ssd1306 termios typing unittest'.split():
    try: __import__(name); print('?', name)
    except ImportError: pass
"""
    ((listed, err),) = run_programs(tmp_path, code)
    assert err == ""
    names = [name.replace("/__init__", "").replace("/", ".") for name in listed[: listed.index("Plus")].split()]
    assert len(names) > 60
    assert "?" not in listed
    tries = f"import builtins\nbuiltins.input = lambda *_: ''\nfor name in {names!r}:\n    __import__(name)\nprint('all')"
    ((out, err),) = run_programs(tmp_path, tries)
    assert (out.splitlines()[-1], err) == ("all", "")


def test_print_needs_no_heap_of_the_programs(tmp_path: Path) -> None:
    """With the heap locked, what allocates fails, and what is C code on the chip works."""
    code = """
import micropython, time
def work():
    micropython.heap_lock()
    print('locked', 1, 2, sep='-')
    time.sleep_ms(1)
    try: [0] * 10
    except MemoryError: print('MemoryError')
    micropython.heap_unlock()
    print('open', *range(9))
work()
"""
    assert run_programs(tmp_path, code) == [("locked-1-2\nMemoryError\nopen 0 1 2 3 4 5 6 7 8\n", "")]


def test_built_in_modules_take_no_new_values(tmp_path: Path) -> None:
    """`time.sleep = 2`, a slip for `time.sleep(2)`, is an error at once, as on the chip; frozen modules are Python files and take it."""
    code = """
import time, os, network, neopixel
for module in (time, os, network):
    try:
        module.sleep = 2
        print('?')
    except AttributeError as error:
        print(error)
neopixel.mine = 2
network.hostname('kit')
print(network.hostname(), neopixel.mine)
"""
    assert run_programs(tmp_path, code) == [("'module' object has no attribute 'sleep'\n" * 3 + "kit 2\n", "")]


def test_sys_path_can_be_another_list(tmp_path: Path) -> None:
    """What a program puts in the place of `sys.path` is where it imports from."""
    write = "import os\nos.mkdir('kit')\nwith open('kit/part.py', 'w') as f: f.write('name = 1')"
    look = "import sys\nsys.path = []\nsys.path.append('/kit')\nimport part\nprint(part.name)"
    assert run_programs(tmp_path, write, look)[1] == ("1\n", "")


def test_a_program_with_windows_line_ends_has_its_lines_counted_once(tmp_path: Path) -> None:
    """A file saved on Windows runs from the prompt with the line numbers that its editor shows."""
    code = "if True:\r\n    print(1)\r\n\r\ndef f():\r\n    return g\r\nf()"

    async def session() -> tuple[str, str]:
        async with BareBoard(tmp_path) as board:
            await board.enter_raw()
            return await board.run(code)

    out, err = asyncio.run(session())
    assert out == "1\n"
    assert [line.strip() for line in err.splitlines()[1:3]] == ['File "<stdin>", line 6, in <module>', 'File "<stdin>", line 5, in f']


def test_help_tells_what_the_chip_has_and_nothing_of_the_pc(tmp_path: Path) -> None:
    """Classes and modules that are C code on the chip are shown as such; a program's own are shown as MicroPython does."""
    code = """
from machine import Pin
import micropython, time
help()
help(Pin)
help(time)
help(Pin(2))
class Own:
    part = 5
help(Own)
"""
    ((out, err),) = run_programs(tmp_path, code)
    assert err == ""
    assert "Generic ESP32 module with ESP32" in out
    assert "\nobject <class 'Pin'> is of type type\n" in out
    assert "\n  value -- <function>\n" in out
    assert "\nobject Pin(2) is of type Pin\n" in out
    assert "  part -- 5\n" in out
    private = [line.split()[0] for line in out.splitlines() if line.startswith("  _")]
    assert set(private) == {"__name__", "__module__", "__qualname__"}
    assert "/guest" not in out
    assert " at 0x" not in out
