"""I2C, SPI and UART: what a program gets for its arguments, its wires and what is at their other end."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.virtual.guest_harness import BareBoard
from tests.virtual.wired_harness import WiredBoard, placed, run_wired, world_of

BOTH_TIMES = pytest.mark.parametrize("virtual", [True, False], ids=["virtual", "real"])
TRY = """
from machine import I2C, SPI, UART, Pin, SoftI2C, SoftSPI
import time
def T(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e.args)
"""


def tried(folder: Path, *expressions: str, chip: str = "esp32", before: str = "") -> list[str]:
    """What each expression gives, or its exception with arguments, on a board with nothing wired to it."""

    async def session() -> str:
        async with BareBoard(folder, virtual_time=True, chip=chip) as board:
            await board.enter_raw()
            out, err = await board.run(TRY + before + "\n" + "\n".join(f"T(lambda: {one})" for one in expressions))
            assert err == ""
            return out

    return asyncio.run(session()).splitlines()


def test_i2c_arguments(tmp_path: Path) -> None:
    """Ports, pins, frequency and timeout as the chip shows them; what it refuses, in its words."""
    assert tried(
        tmp_path, "I2C(0)", "I2C(1, freq=100_000)", "I2C()", "I2C(0, scl=Pin(22), sda=Pin(21), timeout=9)", "I2C(0)", "I2C(0) is I2C(0)"
    ) == [
        "I2C(0, scl=18, sda=19, freq=400000, timeout=50000)",
        "I2C(1, scl=25, sda=26, freq=100000, timeout=50000)",
        "I2C(0, scl=18, sda=19, freq=400000, timeout=50000)",
        "I2C(0, scl=22, sda=21, freq=400000, timeout=9)",
        "I2C(0, scl=22, sda=21, freq=400000, timeout=9)",
        "True",
    ]
    assert tried(tmp_path, "I2C(2)", "I2C(0, 22, 21)", "I2C(0, scl='22')", "I2C(0).init()", "I2C(0).start()", "I2C(0).writeto(8, 5)") == [
        'ValueError ("I2C(2) doesn\'t exist",)',
        "TypeError ('extra positional arguments given',)",
        "ValueError ('invalid pin',)",
        "OSError ('I2C operation not supported',)",
        "OSError ('I2C operation not supported',)",
        "TypeError ('object with buffer protocol required',)",
    ]
    assert tried(tmp_path, "I2C(0).readfrom_mem(8, 1, 1, addrsize=7)", "I2C(0).readfrom_mem(8, 1)", "I2C(0).readfrom_into(8, b'  ')") == [
        "ValueError ('invalid addrsize',)",
        "TypeError (\"'arg' argument required\",)",
        "TypeError ('object with buffer protocol required',)",
    ]


@pytest.mark.parametrize(("chip", "ports", "missing"), [("esp32s3", 2, "I2C(2)"), ("esp32c3", 1, "I2C(1)")])
def test_ports_of_other_chips(tmp_path: Path, chip: str, ports: int, missing: str) -> None:
    """Each chip has its own number of ports and its own pins for them."""
    out = tried(tmp_path, "I2C(0)", missing, "SPI(1)", "UART(1)", "SPI(3)", "UART(3)", chip=chip)
    assert out[:2] == ["I2C(0, scl=9, sda=8, freq=400000, timeout=50000)", f'ValueError ("{missing} doesn\'t exist",)']
    assert ("sck=12, mosi=11, miso=13" if ports == 2 else "sck=6, mosi=7, miso=2") in out[2]
    assert "tx=10, rx=9" in out[3]
    assert out[4:] == ['ValueError ("SPI(3) doesn\'t exist",)', "ValueError ('UART(3) does not exist',)"]


def test_i2c_wires_without_a_pull_up(tmp_path: Path) -> None:
    """The peripheral switches the chip's own pull-ups on, SoftI2C does not: its clock never rises. Held low, both give up."""
    free = "SoftI2C(Pin(22), Pin(21))"
    assert tried(tmp_path, "I2C(0).readfrom(8, 1)", "I2C(0).scan()", f"{free}.readfrom(8, 1)", f"{free}.scan()", f"{free}.start()") == [
        "OSError (19,)",
        "[]",
        "OSError (116,)",
        "[]",
        "OSError (116,)",
    ]
    pulled = "Pin(22, Pin.IN, Pin.PULL_UP); Pin(21, Pin.IN, Pin.PULL_UP)"
    assert tried(tmp_path, f"{free}.readfrom(8, 1)", f"{free}.scan()", before=pulled) == ["OSError (19,)", "[]"]
    held = placed("wire", "button", {"1": "IO22", "2": "GND"})
    code = f"{TRY}i = I2C(0, scl=Pin(22), sda=Pin(21))\nb = time.ticks_ms()\nT(lambda: i.readfrom(8, 1))\n"
    code += "print(50 <= time.ticks_diff(time.ticks_ms(), b) < 60)"
    assert run_wired(tmp_path, world_of(held), code, wire="pressed") == "OSError (116,)\nTrue\n"


def test_soft_i2c_with_its_data_wire_low_finds_everybody(tmp_path: Path) -> None:
    """A data wire that stays low looks like an acknowledgement at every address."""
    before = "Pin(22, Pin.IN, Pin.PULL_UP); Pin(21, Pin.IN, Pin.PULL_DOWN)\ns = SoftI2C(Pin(22), Pin(21))"
    assert tried(tmp_path, "len(s.scan())", "s.readfrom(50, 2)", before=before) == ["112", "b'\\x00\\x00'"]


@BOTH_TIMES
def test_a_part_is_read_in_every_way(tmp_path: Path, virtual: bool) -> None:
    """Memory reads, a write and a read, a repeated start and the four primitives give the same byte of a sensor."""
    code = """
from machine import I2C, Pin, SoftI2C
for bus in (I2C(0, scl=Pin(22), sda=Pin(21)), SoftI2C(scl=Pin(22), sda=Pin(21), freq=100_000)):
    print([hex(a) for a in bus.scan()], bus.readfrom_mem(0x68, 0x75, 1), bus.writeto(0x68, b"\\x75", False), bus.readfrom(0x68, 1))
    b = bytearray(1); bus.readfrom_mem_into(0x68, 0x75, b); print(b)
    print(bus.writevto(0x68, (b"\\x6b", b"", bytearray(1))), bus.readfrom_mem(0x68, 0x6b, 1))
bus.start(); print(bus.write(b"\\xd0\\x75")); bus.start(); print(bus.write(b"\\xd1")); bus.readinto(b); bus.stop(); print(b)
bus.start(); print(bus.write(b"\\x90\\x75")); bus.stop()
"""
    sensor = placed("tilt", "mpu6050", {"SCL": "IO22", "SDA": "IO21"})
    one = ["['0x68'] b'h' 1 b'h'", "bytearray(b'h')", "2 b'\\x00'"]
    assert run_wired(tmp_path, world_of(sensor), code, virtual).splitlines() == [*one, *one, "2", "1", "bytearray(b'h')", "0"]


def test_spi_arguments(tmp_path: Path) -> None:
    """Default pins, the nearest rate that the clock's dividers make, and the chip's refusals."""
    assert tried(
        tmp_path, "SPI(1)", "SPI(2, 7_000_000, polarity=1, sck=Pin(4), miso=None)", "SPI(3)", "SPI(1, bits=0)", "SPI(1).write(b'')"
    ) == [
        "SPI(id=1, baudrate=500000, polarity=0, phase=0, bits=8, firstbit=0, sck=14, mosi=13, miso=12)",
        "SPI(id=2, baudrate=7272727, polarity=1, phase=0, bits=8, firstbit=0, sck=4, mosi=23, miso=-1)",
        'ValueError ("SPI(3) doesn\'t exist",)',
        "ValueError ('invalid bits',)",
        "ValueError ('buffer too short',)",
    ]
    soft = "sck=Pin(14), mosi=Pin(13), miso=Pin(12)"
    assert tried(
        tmp_path, "SoftSPI(sck=Pin(14))", f"SoftSPI(bits=9, {soft})", f"SoftSPI(baudrate=100_000, {soft})", f"SoftSPI({soft}).write(b'')"
    ) == [
        "ValueError ('must specify all of sck/mosi/miso',)",
        "ValueError ('bits must be 8',)",
        "SoftSPI(baudrate=100000, polarity=0, phase=0, firstbit=0, sck=14, mosi=13, miso=12)",
        "None",
    ]


@BOTH_TIMES
def test_spi_hears_what_it_says_over_a_wire(tmp_path: Path, virtual: bool) -> None:
    """With MOSI wired to MISO what is written comes back, without the wire it does not; a closed bus says so."""
    code = f"""{TRY}
for bus in (SPI(1, 1_000_000), SoftSPI(sck=Pin(14), mosi=Pin(13), miso=Pin(12, Pin.IN, Pin.PULL_UP))):
    b = bytearray(4)
    bus.write_readinto(b"\\x01\\x02\\xaa\\xff", b)
    print(b, bus.read(2, 0x55))
bus = SPI(1); bus.deinit(); T(lambda: bus.write(b"a")); T(lambda: bus.write_readinto(b"a", b))
"""
    wire = placed("wire", "jumper", {"1": "IO13", "2": "IO12"})
    heard = "bytearray(b'\\x01\\x02\\xaa\\xff') b'UU'"
    refused = ["OSError ('transfer on deinitialized SPI',)", "ValueError ('buffers must be the same length',)"]
    assert run_wired(tmp_path, world_of(wire), code, virtual).splitlines() == [heard, heard, *refused]
    silent = run_wired(tmp_path, world_of(wire), code, virtual, wire="out").splitlines()
    assert silent[1] == "bytearray(b'\\xff\\xff\\xff\\xff') b'\\xff\\xff'"
    assert silent[0] != heard


def test_uart_arguments(tmp_path: Path) -> None:
    """What a UART shows of itself, and the chip's refusals; UART 0 is the REPL's."""
    rest = "txbuf=256, rxbuf=256, timeout=0, timeout_char=0, irq=0)"
    assert tried(
        tmp_path, "UART(1)", "UART(2, 9600, parity=1, stop=2, tx=4, rx=5)", "UART(2)", "UART(1, invert=UART.INV_TX | UART.INV_RX)"
    ) == [
        f"UART(1, baudrate=115200, bits=8, parity=None, stop=1, tx=10, rx=9, rts=-1, cts=-1, {rest}",
        f"UART(2, baudrate=9600, bits=8, parity=1, stop=2, tx=4, rx=5, rts=-1, cts=-1, {rest}",
        f"UART(2, baudrate=9600, bits=8, parity=1, stop=2, tx=4, rx=5, rts=-1, cts=-1, {rest}",
        f"UART(1, baudrate=115200, bits=8, parity=None, stop=1, tx=10, rx=9, rts=-1, cts=-1, {rest[:-1]}, invert=INV_TX|INV_RX)",
    ]
    assert tried(
        tmp_path, "UART(3)", "UART(1, bits=9)", "UART(1, stop=3)", "UART(0, rxbuf=512)", "UART(0).irq(print)", "UART(0).write('hi')"
    ) == [
        "ValueError ('UART(3) does not exist',)",
        "ValueError ('invalid data bits',)",
        "ValueError ('invalid stop bits',)",
        "ValueError ('REPL UART buffer size is fixed',)",
        "ValueError ('REPL UART does not support IRQs',)",
        "hi2",
    ]
    assert tried(tmp_path, "UART(1).irq(print, 64)", "UART(1).irq(5)", "UART(1).irq(print, UART.IRQ_RX, True)", "UART(1).read()") == [
        "ValueError ('trigger 0x0040 unsupported',)",
        "ValueError ('handler must be None or callable',)",
        "ValueError ('hard IRQ is not supported',)",
        "None",
    ]


@BOTH_TIMES
def test_uarts_talk_over_a_wire(tmp_path: Path, virtual: bool) -> None:
    """Bytes arrive one after the other at the line's speed; lines, timeouts and interrupts are what the chip makes of them."""
    code = (
        f"exact = {virtual}  # in real time a busy PC may be late"
        + """
from machine import UART
import time
a, b = UART(1, 9600, tx=4, rx=5), UART(2, 9600, tx=17, rx=16)
seen = []
b.irq(lambda uart: seen.append(uart.any()), UART.IRQ_RXIDLE)
print(a.write("one\\ntwo\\nthree"), not exact or b.any() == 0, a.txdone() and exact)
a.flush()
print(a.txdone(), b.any() >= 12)
time.sleep_ms(30)
print(b.any(), seen, b.readline(), b.read(2), b.read(), b.read(), b.readline())
b.init(timeout=40, timeout_char=3)
a.write("later")
begin = time.ticks_ms()
print(b.read(5), not exact or 4 <= time.ticks_diff(time.ticks_ms(), begin) < 30)
begin = time.ticks_ms()
print(b.read(5), 39 <= time.ticks_diff(time.ticks_ms(), begin) < (70 if exact else 3000))
buffer = bytearray(8)
a.write("xyz")
print(b.readinto(buffer), buffer[:3])
b.init(4800)
a.write("HHHHH"); a.flush(); time.sleep_ms(10)
print(b.read() != b"HHHHH")
"""
    )
    wire = placed("wire", "jumper", {"1": "IO4", "2": "IO16"})
    assert run_wired(tmp_path, world_of(wire), code, virtual).splitlines() == [
        "13 True False",
        "True True",
        "13 [13] b'one\\n' b'tw' b'o\\nthree' None None",
        "b'later' True",
        "None True",
        "3 bytearray(b'xyz')",
        "True",
    ]


def test_a_full_buffer_loses_what_comes_later(tmp_path: Path) -> None:
    """A receiver keeps its buffer's bytes and those in the chip's queue of 128; a sender with a full buffer waits."""
    code = """
from machine import UART
import time
a = UART(1, 115200, tx=4, rx=4)
begin = time.ticks_ms()
a.write(bytes(1000))
print(40 < time.ticks_diff(time.ticks_ms(), begin) < 70)
a.flush(); time.sleep_ms(5)
print(a.any(), len(a.read()))
a.deinit()
print(a.read(), a.write(b"x"))
"""
    assert run_wired(tmp_path, world_of(), code).split("\n")[:3] == ["True", "384 384", "None None"]


def test_a_uart_can_be_polled(tmp_path: Path) -> None:
    """`select.poll` sees that a byte has come, and asyncio reads lines from it."""
    code = """
from machine import UART
import select
a = UART(1, 9600, tx=4, rx=4)
poller = select.poll(); poller.register(a, select.POLLIN)
print(poller.poll(5))
a.write("x")
print([event for _, event in poller.poll(50)], a.read())
import asyncio
async def main():
    reader = asyncio.StreamReader(a)
    a.write("hello\\n")
    print(await reader.readline())
asyncio.run(main())
"""
    assert run_wired(tmp_path, world_of(), code) == "[]\n[1] b'x'\nb'hello\\n'\n"


def test_a_bus_over_a_button_ends_when_it_opens(tmp_path: Path) -> None:
    """The wires of a bus are looked at for each transfer."""

    async def session() -> None:
        button = placed("switch", "button", {"1": "IO13", "2": "IO12"})
        async with WiredBoard(tmp_path, world_of(button)) as board:
            await board.enter_raw()
            await board.run(f"{TRY}bus = SPI(1)")
            for setting, heard in (("pressed", "b'U'"), ("released", "b'\\x00'"), ("pressed", "b'U'")):
                board.stage.set("switch", setting)
                assert (await board.run("print(bus.read(1, 0x55))"))[0].strip() == heard

    asyncio.run(session())
