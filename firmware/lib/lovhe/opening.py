"""The start of a run: where the chip has its registers, a timer for the sampler, `print` and `import` of our own.

Loaded for that and dropped again.
"""

import builtins
import json
import os
import sys
from time import sleep_us, ticks_us

from lovhe import __version__, trace
from lovhe.trace import machine

# First register of the GPIO block, and pins that are never told: the console's and the flash chip's.
# Source: technical reference manuals, "GPIO and IO MUX"; the second bank begins with pin 32.
_CHIPS = {
    "ESP32": (0x3FF44000, 0x00000FCA, 0),  # 1, 3; 6-11
    "ESP32S2": (0x3F404000, 0xFC000000, 0x801),  # 43; 26-32
    "ESP32S3": (0x60004000, 0xFC000000, 0x1801),  # 43, 44; 26-32
    "ESP32C3": (0x60004000, 0x0033F000, -1),  # 20, 21; 12-17
    "ESP32C6": (0x60091000, 0x7F030000, -1),  # 16, 17; 24-30
}


def _banks(watch):
    # "Generic ESP32 module with ESP32"
    chip = _CHIPS.get(getattr(sys.implementation, "_machine", "").split(" ")[-1])
    if not chip:  # nothing to look at: a memory of one word
        return (0,), [0, 0, 0, 0, 0, -1, 0, 0, 0, 0], [0, 0, 0, 32, 0, -1, 0, 0, 0, 0]
    base, hidden, hidden1 = chip
    high = hidden1 >= 0
    bank = [base + 0x20, base + 0x04, base + 0x3C, 0, 0, hidden, 0, 0, 0, 0]
    bank1 = bank[:]
    if high:
        bank1[:3] = base + 0x2C, base + 0x10, base + 0x40
    bank1[3] = 32
    bank1[5] = hidden1
    for gpio in watch:
        if 0 <= gpio < 64:
            (bank1 if gpio >= 32 else bank)[4] |= 1 << gpio % 32
    return machine.mem32, bank, bank1


def take_timer():
    """Put the sampler on a hardware timer that the program does not want; without one, its own callbacks must do."""
    if trace.timer:
        trace.timer.deinit()
        trace.timer = None
    for n in (3, 2, 1, 0):
        if not trace.used & 1 << n:
            try:
                timer = machine.Timer(n)
                timer.init(period=trace.period, mode=machine.Timer.PERIODIC, callback=trace.sample)
                trace.timer = timer
                trace.used |= 16 << n
                return
            except (AttributeError, ValueError):  # the C3 has two timers, an unknown board perhaps none
                pass
    trace.put('"less","timers"')


def start(name, watch, sample_ms):
    """Begin to trace the program `name`, a sample every `sample_ms`; `watch`: pins to tell even while they are inputs."""
    trace.seq = trace.size = trace.lost = trace.used = trace.alive = 0
    trace.sent = 0
    trace.busy = trace.stopping = False
    trace.queue.clear()
    trace.period = sample_ms
    trace.rate = sample_ms * 57 // 5  # 115,200 baud
    trace.room = 114
    mem, bank, bank1 = _banks(watch)
    trace.banks = bank, bank1
    trace.sample, trace.sort = trace.sampler(mem, bank, bank1)
    trace.on = True
    trace.directory = os.getcwd()
    # By name: MicroPython keeps what was overridden in a dict of its own, which `builtins.print` does not look into.
    trace.print = print
    trace.load = __import__
    builtins.print = trace.say
    builtins.__import__ = trace.fetch
    sleep_us(-ticks_us() % 1000)  # the run begins with a whole millisecond, so that equal runs have equal times
    trace.put(json.dumps(("begin", __version__, sample_ms, name))[1:-1])
    if not bank[0]:
        trace.put('"less","chip"')
    trace.sort()
    trace.drain()
    take_timer()
