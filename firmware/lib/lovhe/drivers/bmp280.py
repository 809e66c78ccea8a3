"""The pressure and temperature sensor BMP280 on I2C (addresses 0x76 and 0x77)."""

from struct import unpack
from time import sleep_ms

from micropython import const

from lovhe.drivers import find

_CALIBRATION = const(0x88)
_ID = const(0xD0)
_CONTROL = const(0xF4)
_DATA = const(0xF7)
_ENODEV = const(19)


class Bmp280:
    """Air pressure, 300 to 1100 hPa (±1 hPa), and temperature, -40 to 85 °C (±1 °C).

    Each call takes a new measurement and blocks for 17 ms; `read` gives all values of one. Resolution 0.01 °C and 0.01 hPa.
    The temperature is the chip's own, which is up to 1 °C above the air's. Raises OSError (ENODEV) when the part does not answer.
    Reckons in integers, as the datasheet does, beyond what a small int holds: a pressure leaves 1.2 KB to the collector.

    Source: Bosch BST-BMP280-DS001 rev. 1.23, 1 (range, accuracy), 3.8.1 (time), 3.11 and 3.12 (calibration, formulas), 4.3 (registers).
    """

    _PART = "BMP280"
    _CHIPS = (0x58, 0x60, 0x57, 0x56)  # a BME280 can all that a BMP280 can; the last two are early samples
    # Temperature once, pressure four times, then sleep: at most 13.4 ms; with the humidity of a BME280 16.2 ms.
    _FORCED = b"\x2d"

    def __init__(self, i2c, address=None):
        self._i2c = i2c
        self._address = find(i2c, self._PART, address, (0x76, 0x77))
        self._data = bytearray(8)
        chip = i2c.readfrom_mem(self._address, _ID, 1)[0]
        if chip not in self._CHIPS:
            other = " It is a BMP280, without humidity." if chip == 0x58 else ""
            raise OSError(_ENODEV, "the part at %s is no %s.%s" % (hex(self._address), self._PART, other))
        self._calibration = unpack("<HhhHhhhhhhhh", i2c.readfrom_mem(self._address, _CALIBRATION, 24))

    def temperature(self):
        """°C."""
        self._measure()
        return self._celsius(self._fine())

    def pressure(self):
        """hPa: what a weather report calls the pressure, but at the height of the sensor, not at sea level."""
        self._measure()
        return self._hpa(self._fine())

    def read(self):
        """(temperature, pressure) of the same moment."""
        self._measure()
        fine = self._fine()
        return self._celsius(fine), self._hpa(fine)

    def _measure(self):
        self._i2c.writeto_mem(self._address, _CONTROL, self._FORCED)
        sleep_ms(17)
        self._i2c.readfrom_mem_into(self._address, _DATA, self._data)

    def _celsius(self, fine):
        return (fine * 5 + 128 >> 8) / 100

    def _fine(self):
        """The datasheet's t_fine, 1/5120 °C, which the other formulas need."""
        data = self._data
        raw = data[3] << 12 | data[4] << 4 | data[5] >> 4
        t1, t2, t3 = self._calibration[:3]
        off = (raw >> 4) - t1
        return (((raw >> 3) - (t1 << 1)) * t2 >> 11) + ((off * off >> 12) * t3 >> 14)

    def _hpa(self, fine):
        data = self._data
        raw = data[0] << 12 | data[1] << 4 | data[2] >> 4
        p1, p2, p3, p4, p5, p6, p7, p8, p9 = self._calibration[3:]
        t = fine - 128000
        offset = t * t * p6 + (t * p5 << 17) + (p4 << 35)
        slope = ((1 << 47) + (t * t * p3 >> 8) + (t * p2 << 12)) * p1 >> 33
        if slope == 0:  # no calibration could be read
            return 0.0
        p = ((1048576 - raw << 31) - offset) * 3125 // slope
        square = p9 * (p >> 13) * (p >> 13) >> 25
        # 1/256 Pa
        return round(((p + square + (p8 * p >> 19) >> 8) + (p7 << 4)) / 25600, 2)
