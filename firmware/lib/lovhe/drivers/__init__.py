"""Drivers for the kit's parts that MicroPython for ESP32 has none for. A module each, with one class of the part's name.

from machine import I2C, Pin
from lovhe.drivers.bme280 import Bme280
sensor = Bme280(I2C(0, scl=Pin(22), sda=Pin(21)))
print(sensor.temperature(), "°C")

    bmp280   Bmp280(i2c)               temperature() °C, pressure() hPa, read()
    bme280   Bme280(i2c)               the same, and humidity() %
    bh1750   Bh1750(i2c)               light() lx
    mpu6050  Mpu6050(i2c)              acceleration() g, rotation() °/s, temperature() °C
    hcsr04   HcSr04(trigger, echo)     distance_cm()
    ssd1306  Ssd1306(i2c)              text("Salam", 0, 0), and all that framebuf draws; then show()
    lcd1602  Lcd1602(i2c)              write("Salam", 0), clear(), backlight(True)
    tm1637   Tm1637(clk, dio)          show("12:34"), clear(), brightness(7)
    keypad   Keypad(rows, columns)     key(), wait_key()
    servo    Servo(pin)                angle(90), off()

A pin is a number or a `Pin`. What is measured is rounded to what the part can tell apart. A part that does not answer is an OSError
with errno ENODEV and a text that says what to check; a value out of range is a ValueError.
"""

from sys import modules

from micropython import const

_ENODEV = const(19)


def _watch(load):
    """Under trace: have the displays among the loaded drivers tell what they show. `load`: the real `import`."""
    for name in ("lcd1602", "ssd1306", "tm1637"):
        if "lovhe.drivers." + name in modules:
            load("lovhe.watch_displays", None, None, ("look_into",)).look_into()
            return


def missing(part, check):
    """The OSError for a `part` that does not answer; `check`: the wires to look at."""
    return OSError(_ENODEV, "%s does not answer: check %s" % (part, check))


def find(i2c, part, address, usual):
    """The I2C address of a part: `address`, or if that is None the first of `usual` at which somebody answers.

    Takes below 1 ms an address. Raises OSError (ENODEV).
    """
    tried = usual if address is None else (address,)
    for at in tried:
        try:
            i2c.writeto(at, b"")
            return at
        except OSError:
            pass
    raise missing(part + " at " + " or ".join(map(hex, tried)), "SDA, SCL, 3V3, GND")
