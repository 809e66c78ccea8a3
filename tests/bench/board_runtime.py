"""What the trace costs a board, measured on real MicroPython: RAM while programs run, and CPU of the sampler.

The unix port's objects are 64 bits wide, the chip's 32. On a 32-bit build of MicroPython 1.28, made once for comparison, the
same programs took 0.66 to 0.68 of the RAM; the figure for the chip is 0.68 of what is measured here. It is still too high: the
names of ADC, PWM, I2C and their methods lie in the chip's ROM and count here.

CPU: one call of the sampler, nothing having changed, takes as long as N empty loop turns. A turn took 7 µs on the chip
(100,000 turns: 0.7 s), a sample comes every 5 ms. The registers are a native array here, as `mem32` is native on the chip.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lovhe.adapters.runtime_build import library_files

from tests.bench.table import Row

ROOT = Path(__file__).parents[2]
BOARD = ROOT / "tests" / "firmware" / "board"
MICROPYTHON = Path(sys.executable).parent / "micropython"

RAM_LIMIT_BYTES = 8192
CPU_LIMIT_PERCENT = 5.0
CHIP_SHARE = 0.68  # RAM with 32-bit objects by RAM with 64-bit objects
TURN_US = 7
SAMPLE_US = 5000

PROGRAMS = {
    "import alone": "",
    "blink": "from machine import Pin\nimport time\nPin(2, Pin.OUT).on()\ntime.sleep_ms(100)\n",
    "night light (ADC)": "from machine import Pin, ADC\nimport time\na = ADC(Pin(34))\na.read()\ntime.sleep_ms(100)\n",
    "fade (PWM)": "from machine import Pin, PWM\nimport time\np = PWM(Pin(5))\np.duty(3)\ntime.sleep_ms(100)\n",
    "Timer": "from machine import Pin, Timer\nimport time\nt = Timer(0)\ntime.sleep_ms(100)\n",
    "I2C": "from machine import Pin, I2C\nimport time\ni = I2C(0)\ni.scan()\ntime.sleep_ms(100)\n",
    "display (TM1637)": (
        "import time\nfrom lovhe.drivers.tm1637 import Tm1637\ntry:\n    Tm1637(18, 19).show(5)\nexcept OSError:\n    pass\n"
        "time.sleep_ms(100)\n"
    ),
    "display (LCD1602, with I2C)": (
        "from machine import Pin, I2C\nimport time\nfrom lovhe.drivers.lcd1602 import Lcd1602\nd = Lcd1602(I2C(0), address=60)\n"
        "d.write('hello')\ntime.sleep_ms(100)\n"
    ),
    "all of them": (
        "import neopixel, dht\nfrom machine import Pin, ADC, PWM, I2C, Timer\nimport time\na = ADC(Pin(34))\na.read()\n"
        "p = PWM(Pin(5))\ni = I2C(0)\ni.scan()\nt = Timer(0)\ntime.sleep_ms(100)\n"
    ),
}

# What MicroPython reserves for names not yet there is left out: each name counts with its text and its table entry.
RAM_SCRIPT = """
import sys
sys.path.insert(0, {library!r})
sys.path.insert(0, {board!r})
import fakes, gc, builtins, micropython
fakes.install({{}})
source = {source!r} + "measure()\\n"
allocated = 0
def scrub(depth):
    # the collector takes what lies about on the C stack for references: overwrite it
    return depth and scrub(depth - 1)
def measure():
    global allocated
    scrub(40)
    gc.collect()
    allocated = gc.mem_alloc()
    micropython.qstr_info()
builtins.measure = measure
if not {source!r}:
    if {traced!r}:
        from lovhe import report, runner, trace
    measure()
elif {traced!r}:
    from lovhe import runner
    runner.run_source("main.py", source, (4, 34))
else:
    exec(compile(source, "main.py", "exec"), {{"__name__": "__main__"}})
print("allocated:", allocated)
"""

CPU_SCRIPT = """
import sys
sys.path.insert(0, {library!r})
import array, time
import machine
from lovhe import trace
COUNT = 5000
def took(call):
    t = time.ticks_us()
    for _ in range(COUNT):
        call(0)
    return time.ticks_diff(time.ticks_us(), t)
def empty():
    t = time.ticks_us()
    for _ in range(COUNT):
        pass
    return time.ticks_diff(time.ticks_us(), t)
def turns(watch, watch1):
    registers = array.array("I", [0] * 6)
    trace.size = trace.lost = 0
    trace.busy = False
    sample, sort = trace.sampler(registers, [0, 1, 2, 0, watch, 0, 0, 0, 0, 0], [3, 4, 5, 32, watch1, 0, 0, 0, 0, 0])
    sort()
    trace.queue.clear()
    turn = min(empty() for _ in range(50))
    return (min(took(sample) for _ in range(50)) - turn) / turn
print(turns(0, 0), turns(16, 0), turns(16, 4))
"""


def _run(script: str) -> str:
    # CPython's bytes path would hide an error inside MicroPython; the exit code tells it.
    done = subprocess.run([str(MICROPYTHON), "-c", script], capture_output=True, check=True, timeout=120)
    return done.stdout.decode()


def _ram(library: str, source: str, *, traced: bool) -> int:
    output = _run(RAM_SCRIPT.format(library=library, board=str(BOARD), source=source, traced=traced))
    names = re.search(r"n_qstr=(\d+), n_str_data_bytes=(\d+), n_total_bytes=(\d+)", output)
    allocated = re.search(r"allocated: (\d+)", output)
    assert names is not None, output
    assert allocated is not None, output
    count, text_bytes, name_bytes = map(int, names.groups())
    entry_bytes = 8 + 2 + 1  # address, hash, length
    return int(allocated[1]) - name_bytes + text_bytes + count * entry_bytes


def rows() -> Iterator[Row]:
    """RAM of each program, then CPU of the sampler, against their budgets."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in library_files(ROOT / "firmware").items():
            file = Path(folder) / path.removeprefix("/lib/")
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
        for name, source in PROGRAMS.items():
            here = _ram(folder, source, traced=True) - _ram(folder, source, traced=False)
            yield Row(
                f"trace, RAM estimated for the chip: {name}",
                here * CHIP_SHARE,
                "the budget",
                RAM_LIMIT_BYTES,
                "B",
                f"measured with 64-bit objects: {here} B",
            )
        turns = map(float, _run(CPU_SCRIPT.format(library=folder)).split())
        for name, count in zip(("outputs only", "and an input", "and an input above 31"), turns, strict=True):
            share = 100 * count * TURN_US / SAMPLE_US
            yield Row(
                f"trace, CPU of a busy loop: {name}", share, "the budget", CPU_LIMIT_PERCENT, "%", f"a sample takes {count:.0f} loop turns"
            )
