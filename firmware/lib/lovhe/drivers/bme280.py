"""The humidity, pressure and temperature sensor BME280 on I2C (addresses 0x76 and 0x77)."""

from struct import unpack

from micropython import const

from lovhe.drivers.bmp280 import Bmp280

_CALIBRATION_1 = const(0xA1)
_CALIBRATION_2 = const(0xE1)
_CONTROL_HUMIDITY = const(0xF2)


class Bme280(Bmp280):
    """Humidity of the air, 0 to 100 % (±3 %, resolution 0.01 %), beside the pressure and temperature of a BMP280.

    Each call takes a new measurement and blocks for 17 ms; `read` gives all values of one. Raises OSError (ENODEV) when the part
    does not answer, or is a BMP280: the two are often sold for one another, and only the BME280 measures humidity.

    Source: Bosch BST-BME280-DS002 rev. 1.24, 1 (range, accuracy), 4.2 (calibration, formulas), 5.4 (registers), 9.1 (time).
    """

    _PART = "BME280"
    _CHIPS = (0x60,)

    def __init__(self, i2c, address=None):
        super().__init__(i2c, address)
        self._h1 = i2c.readfrom_mem(self._address, _CALIBRATION_1, 1)[0]
        # Two numbers of 12 bits share a byte.
        self._h2, self._h3, high4, low, high5, self._h6 = unpack("<hBbBbb", i2c.readfrom_mem(self._address, _CALIBRATION_2, 7))
        self._h4 = high4 << 4 | low & 15
        self._h5 = high5 << 4 | low >> 4

    def humidity(self):
        """% of the water that air of this temperature can hold."""
        self._measure()
        return self._percent(self._fine())

    def read(self):
        """(temperature, pressure, humidity) of the same moment."""
        temperature, pressure = super().read()
        return temperature, pressure, self._percent(self._fine())

    def _measure(self):
        self._i2c.writeto_mem(self._address, _CONTROL_HUMIDITY, b"\x01")  # counts from the next write to the other control register
        super()._measure()

    def _percent(self, fine):
        data = self._data
        raw = data[6] << 8 | data[7]
        t = fine - 76800
        straight = (raw << 14) - (self._h4 << 20) - self._h5 * t + 16384 >> 15
        warm = (t * self._h6 >> 10) * ((t * self._h3 >> 11) + 32768) >> 10
        h = straight * ((warm + 2097152) * self._h2 + 8192 >> 14)
        h -= ((h >> 15) * (h >> 15) >> 7) * self._h1 >> 4
        return round((min(max(h, 0), 419430400) >> 12) / 1024, 2)
