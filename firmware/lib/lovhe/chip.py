"""Where a chip has its GPIO registers; needed once, when a run begins and ends."""

import sys

# First register of the GPIO block, first pin configuration register, pins, and pins never told (bits; 0-31, 32-48):
# the console's and the flash chip's.
# Source: ESP32, ESP32-S2, ESP32-S3, ESP32-C3, ESP32-C6 technical reference manuals, "GPIO and IO MUX".
_CHIPS = {
    "ESP32": (0x3FF44000, 0x88, 40, 0x00000FCA, 0),  # 1, 3; 6-11
    "ESP32S2": (0x3F404000, 0x74, 47, 0xFC000000, 0x801),  # 43; 26-32
    "ESP32S3": (0x60004000, 0x74, 49, 0xFC000000, 0x1801),  # 43, 44; 26-32
    "ESP32C3": (0x60004000, 0x74, 22, 0x0033F000, 0),  # 20, 21; 12-17
    "ESP32C6": (0x60091000, 0x74, 31, 0x7F030000, 0),  # 16, 17; 24-30
}


def _chip():
    # "Generic ESP32 module with ESP32"
    return _CHIPS.get(getattr(sys.implementation, "_machine", "").split(" ")[-1])


def registers():
    """For `trace.start`: addresses of (enable, output, input) of both banks (0: no second bank), and pins to leave out.

    On a chip we don't know the addresses are None: its pins are not sampled.
    """
    known = _chip()
    if not known:
        return None, 0, 0
    base, _, pins, hidden, hidden1 = known
    first = (base + 0x20, base + 0x04, base + 0x3C)
    return first + ((base + 0x2C, base + 0x10, base + 0x40) if pins > 32 else (0, 0, 0)), hidden, hidden1


def irq_gpios():
    """Numbers of the pins that have an interrupt set."""
    known = _chip()
    if not known:
        return []
    from lovhe.trace import machine

    return [n for n in range(known[2]) if machine.mem32[known[0] + known[1] + 4 * n] & 0x380]
