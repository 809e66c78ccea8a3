"""The light sensor BH1750FVI on I2C (addresses 0x23 and 0x5C)."""

from time import sleep_ms, ticks_diff, ticks_ms

from micropython import const

from lovhe.drivers import find

_FIRST_MS = const(180)


class Bh1750:
    """Light as the eye sees it, 0 to 54,612 lx in steps of 0.83 lx (±20 %).

    Measures all the time, a value every 120 ms (at most 180 ms); `light` gives the newest one. Only the first call may block, for up to
    180 ms. Raises OSError (ENODEV) when the part does not answer.

    Source: ROHM BH1750FVI 11046EDT01 rev. D, "Electrical characteristics", "Instruction set architecture", "Measurement result".
    """

    def __init__(self, i2c, address=None):
        self._i2c = i2c
        self._address = find(i2c, "BH1750", address, (0x23, 0x5C))
        self._data = bytearray(2)
        i2c.writeto(self._address, b"\x01")  # power on
        i2c.writeto(self._address, b"\x10")  # steps of 1 lx, continuously
        self._begun = ticks_ms()

    def light(self):
        """lx."""
        if self._begun is not None:
            sleep_ms(max(0, _FIRST_MS - ticks_diff(ticks_ms(), self._begun)))
            self._begun = None
        self._i2c.readfrom_into(self._address, self._data)
        return round((self._data[0] << 8 | self._data[1]) / 1.2, 1)
