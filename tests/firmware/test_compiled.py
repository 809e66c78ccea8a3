"""The board's library as it goes to the board: compiled, small, and as good as its source."""

from __future__ import annotations

import json
import os

from lovhe.adapters.runtime_build import library_files

MOST_BYTES = 12_288  # three LittleFS blocks would hold it, were it one file
MOST_BYTES_FOR_DISPLAYS = 4096
DRIVERS = "/lib/lovhe/drivers/"
DISPLAYS = {"/lib/lovhe/watch_displays.mpy", "/lib/lovhe/watch_oled.mpy"}


def test_the_library_compiles_and_is_small(record_property, tmp_path, firmware):
    """What runs need stays below 12 KB at -O2, and so do all drivers; each module is far below the 4 KB of a flash block.

    What tells a display's text is loaded by programs that have one, in place of what others need.
    """
    everything = library_files(firmware)
    displays = {path: everything.pop(path) for path in DISPLAYS}
    assert sum(map(len, displays.values())) < MOST_BYTES_FOR_DISPLAYS
    drivers = {path: content for path, content in everything.items() if path.startswith(DRIVERS)}
    files = {path: content for path, content in everything.items() if path not in drivers}
    record_property("mpy_bytes", sum(map(len, files.values())))
    record_property("driver_bytes", {path.removeprefix(DRIVERS): len(content) for path, content in drivers.items()})
    assert sum(map(len, drivers.values())) < MOST_BYTES
    assert max(map(len, drivers.values())) < 2048
    assert {"/lib/lovhe/__init__.mpy", "/lib/lovhe/report.mpy", "/lib/lovhe/runner.mpy", "/lib/lovhe/trace.mpy"} <= set(files)
    assert sum(map(len, files.values())) < MOST_BYTES
    assert max(map(len, files.values())) < 4096


def test_the_compiled_library_runs_a_program(tmp_path, firmware, micropython):
    """Real MicroPython loads the compiled modules, every wrapper among them, and traces a program with them."""
    for path, content in library_files(firmware).items():
        file = tmp_path / path.removeprefix("/lib/")
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_bytes(content)
    program = tmp_path / "program.py"
    program.write_text(
        "import neopixel, dht, time\nfrom machine import ADC, I2C, PWM, Pin, Timer\nfrom lovhe.report import show\n"
        "I2C(0).scan()\nADC(Pin(34)).read()\nPWM(Pin(5))\nTimer(3)\nneopixel.NeoPixel(Pin(13), 1).write()\n"
        "dht.DHT11(Pin(15)).measure()\nshow(x=1)\nPin(2, Pin.OUT, value=1)\ntime.sleep_ms(100)\n1 / 0\n"
    )
    result = micropython(str(tmp_path), str(program), json.dumps({}))
    assert {event.kind for event in result.events} == {"begin", "level", "i2c", "adc", "pwm", "neo", "dht", "show", "end"}
    assert result.end == ["error", "ZeroDivisionError", "divide by zero", 13]
    assert os.fspath(tmp_path).encode() not in result.output
