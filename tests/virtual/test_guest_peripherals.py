"""esp32.RMT and ULP, machine.I2S and SDCard. Source: MicroPython 1.28's esp32_rmt.c, esp32_ulp.c, machine_i2s.c and machine_sdcard.c."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.virtual.chip_harness import told
from tests.virtual.test_guest_pins import run

INVALID = "OSError (-258, 'ESP_ERR_INVALID_ARG')"
GONE = "OSError ('already deinitialized',)"


def levels(messages: list[list[Any]], gpio: int) -> list[tuple[int, int]]:
    """(time in us, level) of what the world was told of one pin."""
    return [
        (entry[0], entry[3]) for kind, *rest in messages if kind == "log" for entry in rest[0] if entry[1] == gpio and entry[2] == "level"
    ]


def test_rmt_refuses_what_the_chip_refuses(tmp_path: Path) -> None:
    """Resolution or divider, an even number of symbols, a pin that can give a level, and no more channels than there are."""
    code = """
from esp32 import RMT
T(lambda: RMT())
T(lambda: RMT(0, pin='2'))
T(lambda: RMT(pin=34))
T(lambda: RMT(pin=2, clock_div=256))
T(lambda: RMT(pin=2, clock_div=8, resolution_hz=1000000))
T(lambda: RMT(pin=2, resolution_hz=0))
T(lambda: RMT(pin=2, resolution_hz=100000))
T(lambda: RMT(pin=2, num_symbols=65))
T(lambda: RMT(pin=2, tx_carrier=(0, 50, 1)))
T(lambda: RMT(pin=2, tx_carrier=(38000, 101, 1)))
T(lambda: RMT(pin=2, tx_carrier=(38000, 50)))
r = RMT(0, pin=2, clock_div=8, idle_level=True)
T(lambda: r)
T(lambda: (r.clock_div(), RMT.source_freq(), RMT.PULSE_MAX, r.active()))
T(lambda: r.active(True))
T(lambda: r.write_pulses([]))
T(lambda: r.write_pulses((1, 2), (1,)))
T(lambda: r.write_pulses('ab'))
T(lambda: r.loop_count(-2))
r.loop_count(3)
T(lambda: r.write_pulses((100, 100)))
r.deinit()
T(lambda: r)
T(lambda: r.write_pulses((1, 2)))
T(lambda: r.wait_done())
T(r.clock_div)
many = [RMT(pin=2) for n in range(8)]
T(lambda: RMT(pin=4))
many[0].deinit()
T(lambda: RMT(pin=4, num_symbols=64))
T(lambda: (RMT.bitstream_channel(), RMT.bitstream_channel(None), RMT.bitstream_channel(), RMT.bitstream_rmt(True)))
T(lambda: RMT.bitstream_channel(-1))
"""
    lines, _ = told(tmp_path, code)
    assert lines == [
        "TypeError (\"'pin' argument required\",)",
        "ValueError ('invalid pin',)",
        INVALID,
        "ValueError ('clock_div must be between 1 and 255',)",
        "ValueError ('resolution_hz and clock_div are mutually exclusive',)",
        "ValueError ('resolution_hz must be positive',)",
        INVALID,
        "ValueError ('num_symbols must be even and at least 64',)",
        "ValueError ('tx_carrier frequency must be >0',)",
        "ValueError ('tx_carrier duty must be 0..100',)",
        "ValueError ('requested length 3 but object has length 2',)",
        "RMT(pin=2, source_freq=80000000, resolution_hz=10000000, idle_level=1)",
        "(8, 80000000, 32767, False)",
        "ValueError ('activate by calling write_pulses()',)",
        "ValueError ('No pulses',)",
        "ValueError ('duration and data must have same length',)",
        "TypeError (\"object 'str' isn't a tuple or list\",)",
        "ValueError ('arg must be -1, 0 or positive',)",
        "OSError (95, 'ESP_ERR_NOT_SUPPORTED')",
        "RMT()",
        GONE,
        GONE,
        GONE,
        "OSError (-261, 'ESP_ERR_NOT_FOUND')",
        "RMT(pin=4, source_freq=80000000, resolution_hz=10000000, idle_level=0)",
        "(1, None, None, True)",
        "ValueError ('invalid channel',)",
    ]


def test_rmt_pulses_reach_the_world_at_their_times(tmp_path: Path) -> None:
    """All three ways to say a train, exact to the microsecond while the program sleeps, and the idle level afterwards."""
    code = """
from esp32 import RMT
import time
r = RMT(pin=18, resolution_hz=1000000)
r.write_pulses((1000, 2000, 3000))
before = r.wait_done(), r.active()
time.sleep_ms(10)
print(before, r.wait_done(), r.active())
r.write_pulses(500, (1, 0, 1))
r.write_pulses((700, 800), (0, 1))
print(r.wait_done(timeout=50))
"""
    out, err, messages = run(tmp_path, code)
    assert (out, err) == ("(False, True) True False\nTrue\n", "")
    changes = [(level, after - before) for (before, level), (after, _) in pairwise(levels(messages, 18)[1:])]
    trains = [changes[:3], changes[4:7], changes[8:10]]
    assert trains[0] == [(1, 1000), (0, 2000), (1, 3000)]
    assert [(level, round(length, -2)) for level, length in trains[1]] == [(1, 500), (0, 500), (1, 500)]
    assert [(level, round(length, -2)) for level, length in trains[2]] == [(0, 700), (1, 800)]


def test_rmt_speaks_to_leds_and_loops(tmp_path: Path) -> None:
    """A train with the WS2812's times is its colours; a fast loop is PWM until it is ended, a slow one levels."""
    code = """
from esp32 import RMT
import time
r = RMT(pin=18, resolution_hz=10000000)
pulses = []
for byte in b'\\x12\\xff\\x80':
    for bit in range(7, -1, -1): pulses += (8, 4) if byte >> bit & 1 else (4, 8)
r.write_pulses(pulses)
print(r.wait_done(timeout=10))
r.loop(True)
r.write_pulses((10, 30))
print(r.wait_done(timeout=10))
r.loop(False)
print(r.wait_done())
s = RMT(pin=19, clock_div=80)
s.loop(True); s.write_pulses((250, 750)); time.sleep_us(4200); s.active(False)
"""
    out, err, messages = run(tmp_path, code)
    assert (out, err) == ("True\nFalse\nTrue\n", "")
    log = [entry[1:] for kind, *rest in messages if kind == "log" for entry in rest[0]]
    assert [entry[2] for entry in log if entry[:2] == [18, "neo"]] == ["12ff80"]
    assert [entry[2:] for entry in log if entry[:2] == [18, "pwm"]] == [[250000, 16384], [0, 0]]
    highs = [time for time, level in levels(messages, 19) if level]
    assert len(highs) == 5
    assert all(900 <= after - before <= 1100 for before, after in pairwise(highs))


def test_i2s_takes_the_time_of_its_samples(tmp_path: Path) -> None:
    """Writing waits when the buffer is full, reading waits for silence, a callback never waits."""
    code = """
from machine import I2S
import time
def took(f):
    begin = time.ticks_ms(); n = f(); return n, round(time.ticks_diff(time.ticks_ms(), begin), -1)
out = I2S(0, sck=14, ws=13, sd=12, mode=I2S.TX, bits=16, format=I2S.MONO, rate=8000, ibuf=4000)
T(lambda: took(lambda: out.write(bytes(4000))))
T(lambda: took(lambda: out.write(bytes(16000))))
T(lambda: out.readinto(bytearray(4)))
done = []
out.irq(lambda i2s: done.append(i2s is out))
T(lambda: took(lambda: out.write(bytes(8000))))
print(done); time.sleep(1); print(done)
T(lambda: out.irq(5))
out.deinit()
T(lambda: out.write(b'ab'))
mic = I2S(1, sck=14, ws=13, sd=34, mode=I2S.RX, bits=32, format=I2S.STEREO, rate=16000, ibuf=20000)
buffer = bytearray(b'x' * 12800)
time.sleep(1)
T(lambda: took(lambda: mic.readinto(buffer)))
print(buffer == bytes(12800))
T(lambda: took(lambda: mic.readinto(buffer))[1] >= 20)
T(lambda: mic.readinto(bytearray(12)))
T(lambda: mic.write(b'abcd'))
samples = bytearray(b'\\x01\\x00\\xff\\xff\\x00\\x40')
I2S.shift(buf=samples, bits=16, shift=2); print(samples)
I2S.shift(buf=samples, bits=16, shift=-1); print(samples)
"""
    lines, _ = told(tmp_path, code)
    assert lines == [
        "(4000, 0)",
        "(16000, 1000)",
        "OSError (1,)",
        "(8000, 0)",
        "[]",
        "[True]",
        "ValueError ('invalid callback',)",
        INVALID,
        "(12800, 0)",
        "True",
        "True",
        "OSError (22,)",
        "OSError (1,)",
        "bytearray(b'\\x04\\x00\\xfc\\xff\\x00\\x00')",
        "bytearray(b'\\x02\\x00\\xfe\\xff\\x00\\x00')",
    ]


def test_i2s_counts_the_bytes_of_samples_in_an_array(tmp_path: Path) -> None:
    """An array of 16-bit numbers has two bytes an item: it takes as long, and is heard and made louder, as its bytes are."""
    code = """
from array import array
from machine import I2S
import time
out = I2S(0, sck=14, ws=13, sd=12, mode=I2S.TX, bits=16, format=I2S.MONO, rate=8000, ibuf=4000)
mic = I2S(1, sck=14, ws=13, sd=34, mode=I2S.RX, bits=16, format=I2S.MONO, rate=8000, ibuf=4000)
begin = time.ticks_ms()
T(lambda: out.write(array('h', [1] * 8000)))
print(round(time.ticks_diff(time.ticks_ms(), begin), -1))
T(lambda: out.write(memoryview(array('h', [1, 2, 3]))[1:]))
samples = array('h', [256, 1, -4])
I2S.shift(buf=samples, bits=16, shift=1); print(samples)
T(lambda: mic.readinto(samples)); print(samples)
T(lambda: mic.readinto(b'abcd'))
"""
    lines, _ = told(tmp_path, code)
    assert lines == [
        *("16000", "750", "4"),
        *("array('h', [512, 2, -8])", "6", "array('h', [0, 0, 0])"),
        "TypeError ('object with buffer protocol required',)",
    ]


def test_i2s_refuses_what_the_chip_refuses(tmp_path: Path) -> None:
    """Every setting must be given, and be one that there is; the C3 has one port."""
    code = """
from machine import I2S
good = dict(sck=14, ws=13, sd=12, mode=I2S.TX, bits=16, format=I2S.MONO, rate=8000, ibuf=4000)
T(lambda: I2S())
T(lambda: I2S(2, **good))
T(lambda: I2S(0, 14, 13, 12))
T(lambda: I2S(0, sck=14))
for name, value in (('mode', 3), ('bits', 24), ('format', 2), ('sck', 99), ('ws', 35), ('rate', '8000')):
    bad = dict(good); bad[name] = value
    T(lambda: I2S(0, **bad))
T(lambda: I2S(0, **good))
"""
    lines, _ = told(tmp_path, code)
    assert lines == [
        "TypeError ('function missing 1 required positional arguments',)",
        "ValueError ('invalid id',)",
        "TypeError ('extra positional arguments given',)",
        "TypeError (\"'ws' argument required\",)",
        "ValueError ('invalid mode',)",
        "ValueError ('invalid bits',)",
        "ValueError ('invalid format',)",
        "ValueError ('invalid pin',)",
        INVALID,
        'TypeError ("can\'t convert str to int",)',
        *"I2S(id=0,\nsck=14,\nws=13,\nsd=12,\nmode=2,\nbits=16, format=0,\nrate=8000, ibuf=4000)".splitlines(),
    ]
    assert told(tmp_path, "from machine import I2S\nT(lambda: I2S(1))", "esp32c3")[0] == ["ValueError ('invalid id',)"]


def test_a_card_slot_without_a_card(tmp_path: Path) -> None:
    """The slot can be set up; asking for the card ends as on the chip without one."""
    code = """
from machine import SDCard
import os
T(lambda: SDCard(1))
T(lambda: SDCard(slot=0))
T(lambda: SDCard(slot=4))
T(lambda: SDCard(width=2))
T(lambda: SDCard(slot=1, cs=5))
T(lambda: SDCard(slot=2, sck='18'))
card = SDCard(slot=2, sck=18, miso=19, mosi=23, cs=5)
T(card.info)
T(lambda: (card.ioctl(1, 0), card.ioctl(3, 0), card.ioctl(4, 0), card.ioctl(9, 0), card.readblocks(0, bytearray(512))))
T(lambda: os.mount(card, '/sd'))
T(card.deinit)
"""
    slot, lines = "ValueError ('invalid slot number',)", told(tmp_path, code)[0]
    assert lines[:3] == ["TypeError ('extra positional arguments given',)", slot, slot]
    assert lines[3:5] == [
        "ValueError ('width must be 1 or 4 (or 8 on slot 0)',)",
        "ValueError ('invalid config: SDMMC slot with SPI pin arguments',)",
    ]
    assert lines[5:] == [
        "ValueError ('invalid pin',)",
        "OSError (116, 'ESP_ERR_TIMEOUT')",
        "(-1, 0, -1, -1, False)",
        "OSError (16,)",
        "None",
    ]
    code = "from machine import SDCard\nT(lambda: SDCard(slot=2))\nT(lambda: SDCard(slot=1))"
    assert told(tmp_path, code, "esp32c3")[0] == ["ValueError ('SPI pin values required',)", slot]


def test_the_second_processor_takes_a_program_and_does_not_run_it(tmp_path: Path) -> None:
    """A program must look like one; running it says that this cannot be done here."""
    code = """
from esp32 import ULP
T(lambda: ULP(0))
u = ULP()
T(lambda: u.load_binary(0, b'short'))
T(lambda: u.load_binary(0, bytes(16)))
T(lambda: u.load_binary(5000, b'ulp\\0' + bytes(12)))
T(lambda: u.load_binary(0, b'ulp\\0' + bytes(12)))
T(lambda: u.set_wakeup_period(0, 50000))
T(lambda: u.set_wakeup_period(5, 50000))
T(lambda: u.run(0))
T(lambda: ULP.RESERVE_MEM)
"""
    assert told(tmp_path, code)[0] == [
        "TypeError ('function takes 0 positional arguments but 1 were given',)",
        "OSError (260,)",
        "OSError (262,)",
        "OSError (258,)",
        "None",
        "None",
        "OSError (258,)",
        "OSError (262,)",
        "2040",
    ]
