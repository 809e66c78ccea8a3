"""The drivers in the board's library (`firmware/lib/lovhe/drivers`): what their errors mean, and how they are imported."""

from __future__ import annotations

import re

from lovhe.core.messages import N_, Message

DRIVERS = {
    "bh1750": "Bh1750",
    "bme280": "Bme280",
    "bmp280": "Bmp280",
    "hcsr04": "HcSr04",
    "keypad": "Keypad",
    "lcd1602": "Lcd1602",
    "mpu6050": "Mpu6050",
    "servo": "Servo",
    "ssd1306": "Ssd1306",
    "tm1637": "Tm1637",
}
"""Module to class."""

_CALLED = (
    "temperature pressure humidity light acceleration rotation distance_cm text show write clear backlight brightness invert key wait_key "
    "angle off pixel line rect fill"
)
METHODS = frozenset(_CALLED.split())
"""What programs call on them, so that a slip of the pen is recognised."""

_SILENT = re.compile(r"([\w-]+)(?: at \w+(?: or \w+)*)? does not answer: check ([\w, ]+)$")
_OTHER = re.compile(r"the part at (\w+) is no (\w+)\.( It is a BMP280)?")


def import_line(name: str) -> str | None:
    """The line that imports the driver called so, by its module or its class, however its letters are written; None if there is none."""
    for module, driver in DRIVERS.items():
        if name.lower().replace("_", "") in (module, f"{module}i2c", f"lovhe.drivers.{module}"):
            return f"from lovhe.drivers.{module} import {driver}"
    return None


def explain_part(message: str) -> tuple[Message, Message] | None:
    """What a driver's OSError means; None for one that is not a driver's."""
    if found := _SILENT.search(message):
        return (
            N_("The part {part} does not answer.", part=found[1]),
            N_("Look at its wires {pins}, and whether the program names the pins that they go to.", pins=found[2]),
        )
    if found := _OTHER.search(message):
        if found[3]:
            return (
                N_("This part is a BMP280, which measures no humidity."),
                N_("Take Bmp280 instead of Bme280 in the program: {code}", code=import_line("bmp280") or ""),
            )
        return (
            N_("The part with the I2C address {address} is not the {part}.", address=found[1], part=found[2]),
            N_("Look at what is written on it. No two parts on the same wires may have the same address."),
        )
    return None
