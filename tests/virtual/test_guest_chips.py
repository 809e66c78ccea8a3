"""What differs between the chips as a program sees it: pins, classes, registers, names. Source: MicroPython 1.28's board builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.virtual.chip_harness import told

PINS = {
    "esp32": [*range(24), 25, 26, 27, *range(32, 40)],
    "esp32s3": [*range(22), *range(33, 49)],
    "esp32c3": [*range(14), 20, 21],
}
MACHINES = {
    "esp32": ("Generic ESP32 module with ESP32", "ESP32_GENERIC", "xtensawin"),
    "esp32s3": ("Generic ESP32S3 module with ESP32S3", "ESP32_GENERIC_S3", "xtensawin"),
    "esp32c3": ("ESP32C3 module with ESP32C3", "ESP32_GENERIC_C3", "rv32imc"),
}
ARCHITECTURES = ["", "x86", "x64", "armv6", "armv6m", "armv7m", "armv7em", "armv7emsp", "armv7emdp", "xtensa", "xtensawin", "rv32imc"]
CHIPS = tuple(PINS)


@pytest.mark.parametrize("chip", CHIPS)
def test_a_chip_has_its_pins_and_no_others(tmp_path: Path, chip: str) -> None:
    """Pins that are not there, or kept for USB and PSRAM, are invalid; only the ESP32 has pins that cannot be outputs."""
    code = """
from machine import Pin
there, inputs = [], []
for n in range(-1, 60):
    try: Pin(n)
    except ValueError as e:
        assert str(e) == 'invalid pin'
        continue
    there.append(n)
    if n in FLASH: continue
    try: Pin(n, Pin.OUT)
    except ValueError as e:
        assert str(e) == 'pin can only be input'
        inputs.append(n)
print(there)
print(inputs)
"""
    flash = {"esp32": range(6, 12), "esp32s3": (), "esp32c3": (12, 13)}[chip]
    lines, _ = told(tmp_path, f"FLASH = {list(flash)}\n" + code, chip)
    assert lines == [str(PINS[chip]), str(list(range(34, 40)) if chip == "esp32" else [])]


@pytest.mark.parametrize("chip", CHIPS)
def test_a_chip_tells_its_name(tmp_path: Path, chip: str) -> None:
    """os.uname(), sys.implementation and platform say which build this would be; sys.platform is "esp32" on all."""
    code = """
import os, platform, sys
print(os.uname().machine)
print(sys.implementation._machine)
print(sys.implementation._build)
print(sys.implementation._mpy >> 10)
print(sys.platform, os.uname().sysname)
print(platform.platform().split('-')[2])
"""
    machine, build, architecture = MACHINES[chip]
    processor = "riscv" if architecture.startswith("rv") else "xtensa"
    lines, _ = told(tmp_path, code, chip)
    assert lines == [machine, machine, build, str(ARCHITECTURES.index(architecture)), "esp32 esp32", processor]


@pytest.mark.parametrize("chip", CHIPS)
def test_what_a_chip_lacks_is_not_there(tmp_path: Path, chip: str) -> None:
    """Only the ESP32 has a DAC, the C3 no touch pads, and narrow ADC widths are the ESP32's alone."""
    code = """
import machine
from machine import ADC
print(hasattr(machine, 'DAC'), hasattr(machine, 'TouchPad'), hasattr(ADC, 'WIDTH_9BIT'), hasattr(ADC, 'WIDTH_12BIT'))
try: machine.DAC
except AttributeError as e: print(e)
print(hasattr(machine, 'TouchPad') and machine.TouchPad(4).read() > 400)
"""
    lines, _ = told(tmp_path, code, chip)
    touch = chip != "esp32c3"
    assert lines[0] == f"{chip == 'esp32'} {touch} {chip == 'esp32'} True"
    assert (len(lines) == 3) == (chip != "esp32")
    assert lines[-1] == str(touch)


@pytest.mark.parametrize("chip", CHIPS)
def test_the_adc_pins_are_the_chips(tmp_path: Path, chip: str) -> None:
    """Each block's channels in order; the C3's second block is refused, as ESP-IDF does since its errata."""
    code = """
from machine import ADC, ADCBlock
for unit in (0, 1):
    b = ADCBlock(unit, bits=12)
    found = []
    for channel in range(12):
        try: found.append(int(repr(b.connect(channel))[8:].split(')')[0]))
        except ValueError: pass
        except OSError as e: found.append(e.args)
    print(found)
T(lambda: ADC(5))
T(lambda: ADCBlock(0, bits=9))
"""
    lines, _ = told(tmp_path, code, chip)
    blocks = {
        "esp32": ([36, 37, 38, 39, 32, 33, 34, 35], [4, 0, 2, 15, 13, 12, 14, 27, 25, 26]),
        "esp32s3": ([*range(1, 11)], [*range(11, 21)]),
        "esp32c3": ([0, 1, 2, 3, 4], [(-258, "ESP_ERR_INVALID_ARG")]),
    }[chip]
    assert lines[:2] == [str(block) for block in blocks]
    assert (
        lines[2]
        == {
            "esp32": "ValueError ('invalid pin',)",
            "esp32s3": "ADC(Pin(5), atten=3)",
            "esp32c3": "OSError (-258, 'ESP_ERR_INVALID_ARG')",
        }[chip]
    )
    assert lines[3] == ("ADCBlock(0, bits=9)" if chip == "esp32" else "ValueError ('invalid bit-width',)")


@pytest.mark.parametrize(("chip", "base", "high"), [("esp32s3", 0x60004000, 40), ("esp32c3", 0x60004000, None)])
def test_the_pads_registers_are_where_the_trace_looks_for_them(tmp_path: Path, chip: str, base: int, high: int | None) -> None:
    """Output, enable and input words, set and clear, and the interrupt's kind; the C3 has no second bank."""
    code = f"""
from machine import Pin, mem32
G, HIGH = {base}, {high}
p = Pin(4, Pin.OUT, value=1)
print(mem32[G + 4], mem32[G + 0x20], mem32[G + 0x3C] >> 4 & 1)
mem32[G + 0xC] = 16
print(p.value(), mem32[G + 4])
mem32[G + 8] = 16
print(p.value())
Pin(5, Pin.IN, Pin.PULL_UP).irq(print, Pin.IRQ_FALLING)
print(mem32[G + 0x74 + 4 * 5] >> 7 & 7, mem32[G + 0x74 + 4 * 4])
if HIGH:
    q = Pin(HIGH, Pin.OUT, value=1)
    print(mem32[G + 0x10], mem32[G + 0x2C], mem32[G + 0x40] >> HIGH - 32 & 1)
else:
    mem32[G + 0x10] = 1
    print(mem32[G + 4] >> 32, mem32[G + 0x10])
"""
    lines, _ = told(tmp_path, code, chip)
    assert lines[:4] == ["16 16 1", "0 0", "1", "2 0"]
    assert lines[4] == ("256 256 1" if high else "0 0")


@pytest.mark.parametrize("chip", CHIPS)
def test_the_processors_rates_are_the_chips(tmp_path: Path, chip: str) -> None:
    """The C3 cannot run at 240 MHz, and says what it can."""
    code = "import machine\nT(lambda: machine.freq(240_000_000))\nmachine.freq(80_000_000)\nprint(machine.freq())\n"
    code += "T(lambda: machine.freq(100))"
    lines, _ = told(tmp_path, code, chip)
    slow = "frequency must be 20MHz, 40MHz, 80Mhz or 160MHz"
    words = slow if chip == "esp32c3" else "frequency must be 20MHz, 40MHz, 80Mhz, 160MHz or 240MHz"
    assert lines == [f"ValueError ('{slow}',)" if chip == "esp32c3" else "None", "80000000", f"ValueError ('{words}',)"]
