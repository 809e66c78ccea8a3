"""esp32.PCNT, machine.Counter and Encoder count the edges of pads. Source: MicroPython 1.28's esp32_pcnt.c and modules/machine.py."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.virtual.chip_harness import told
from tests.virtual.guest_harness import BareBoard


def test_counter_counts_the_edges_it_is_told_to(tmp_path: Path) -> None:
    """Rising, falling or both, up or down; `value` gives the count and may set it. The pull-up's end is an edge, too."""
    code = """
from machine import Pin, Counter
up = Counter(0, Pin(5))
down = Counter(1, src=Pin(5), edge=Counter.RISING | Counter.FALLING, direction=Counter.DOWN)
out = Pin(5, Pin.OUT)
for i in range(10): out.on(); out.off()
print(up.value(), down.value())
print(up.value(100), up.value())
out.on(); out.off()
print(up.value(), Counter(0) is up, Counter(0).value())
up.deinit()
T(up.value)
up.init(Pin(5), edge=Counter.FALLING)
out = Pin(5, Pin.OUT, value=1)
out.off()
print(up.value())
"""
    assert told(tmp_path, code)[0] == ["10 -21", "10 100", "101 True 101", "RuntimeError ('not initialised',)", "1"]


def test_encoder_follows_a_turned_knob(tmp_path: Path) -> None:
    """One, two or four counts a period, by the direction of the turn."""
    code = """
from machine import Pin, Encoder
knobs = [Encoder(n, Pin(4), Pin(2), phases=phases) for n, phases in ((0, 1), (1, 2), (2, 4))]
a, b = Pin(4, Pin.OUT, value=1), Pin(2, Pin.OUT, value=1)
for knob in knobs: knob.value(0)
for i in range(5): a(0); b(0); a(1); b(1)
print([abs(knob.value()) for knob in knobs], [knob.value() > 0 for knob in knobs], knobs[2].phases())
for i in range(5): b(0); a(0); b(1); a(1)
print([knob.value() for knob in knobs][1:])
"""
    assert told(tmp_path, code)[0] == ["[5, 10, 20] [True, True, True] 4", "[0, 0]"]


def test_counters_and_encoders_share_their_units(tmp_path: Path) -> None:
    """A unit is one or the other; there are eight, and four on the S3."""
    code = """
from machine import Pin, Counter, Encoder
Counter(3, Pin(5))
T(lambda: Encoder(3, Pin(4), Pin(2)))
T(lambda: Counter(8, Pin(5)))
T(lambda: Encoder(1, Pin(4), Pin(2), phases=3))
T(lambda: Counter(2, '5'))
"""
    lines, _ = told(tmp_path, code)
    assert lines == [
        "ValueError ('PCNT in use',)",
        "ValueError ('invalid id',)",
        "ValueError ('phases',)",
        "ValueError ('invalid pin',)",
    ]
    assert told(tmp_path, "import esp32\nT(lambda: esp32.PCNT(4))", "esp32s3")[0] == ["ValueError ('invalid id',)"]


def test_pcnt_sets_itself_back_at_its_limits_and_tells(tmp_path: Path) -> None:
    """Thresholds, limits and zero raise interrupts; `value` runs a handler that waits, and `stop` stops."""
    code = """
from esp32 import PCNT
from machine import Pin
import time
seen = []
def handler(unit): seen.append(unit.irq().flags())
p = PCNT(0, pin=Pin(5), rising=PCNT.INCREMENT, min=-3, max=5, threshold0=2)
p.irq(handler, PCNT.IRQ_MAX | PCNT.IRQ_THRESHOLD0)
out = Pin(5, Pin.OUT)
def pulses(n):
    for i in range(n): out.on(); out.off()
pulses(3)
print(p.value())
p.start()
pulses(7)
time.sleep_ms(1)
print(p.value(), seen == [PCNT.IRQ_THRESHOLD0, PCNT.IRQ_MAX, PCNT.IRQ_THRESHOLD0], p.irq().trigger())
p.stop(); pulses(2); print(p.value(0), p.value(), PCNT(0) is p, p)
"""
    assert told(tmp_path, code)[0] == ["0", "2 True 40", "2 0 True PCNT(0)"]


def test_pcnt_refuses_what_the_chip_refuses(tmp_path: Path) -> None:
    """Each argument that is out of its range is named."""
    code = """
from esp32 import PCNT
T(lambda: PCNT())
T(lambda: PCNT(-1))
for name, value in (('channel', 2), ('rising', 3), ('falling', -1), ('mode_low', 3), ('mode_high', 9), ('filter', 1024), ('value', 1),
        ('min', 1), ('max', 40000), ('threshold0', 40000), ('threshold1', -40000), ('mode_pin', 4), ('pins', 4)):
    T(lambda: PCNT(0, **{name: value}))
p = PCNT(0)
T(lambda: p.value(1))
T(lambda: p.irq(print, 2))
T(lambda: p.irq(print, 128))
"""
    names = [
        "channel",
        "rising",
        "falling",
        "mode_low",
        "mode_high",
        "filter",
        "value",
        "minimum",
        "maximum",
        "threshold0",
        "threshold1",
        "pin",
    ]
    expected = ["TypeError ('id',)", "ValueError ('invalid id',)", *(f"ValueError ('{name}',)" for name in names)]
    expected += [
        "TypeError ('extra keyword arguments given',)",
        "ValueError ('value',)",
        "ValueError ('trigger',)",
        "ValueError ('trigger',)",
    ]
    assert told(tmp_path, code)[0] == expected


def test_a_counter_counts_what_the_world_does(tmp_path: Path) -> None:
    """Edges from outside count as well, and a pin's own interrupt goes on beside the counter."""
    code = """
from machine import Pin, Counter
import time
button = Pin(33, Pin.IN, Pin.PULL_UP)
presses = Counter(0, button, edge=Counter.FALLING)
irqs = []
button.irq(lambda p: irqs.append(1), Pin.IRQ_FALLING)
print('ready')
while presses.value() < 3: time.sleep_ms(1)
button.irq(None)
print(presses.value(), len(irqs))
"""

    async def session() -> str:
        async with BareBoard(tmp_path) as board:
            await board.enter_raw()
            board.start_run(code)
            await board.until(lambda: b"ready" in board.output)
            for _ in range(3):
                board.engine.send(["in", {"33": 0}])
                board.engine.send(["in", {"33": 1}])
            return (await board.finish_run())[0]

    assert asyncio.run(session()) == "ready\n3 3\n"
