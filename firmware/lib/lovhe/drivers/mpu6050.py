"""The accelerometer and gyroscope MPU-6050 on I2C (addresses 0x68 and 0x69)."""

from struct import unpack_from
from time import sleep_ms

from micropython import const

from lovhe.drivers import find

_GYRO_CONFIG = const(0x1B)
_ACCEL_CONFIG = const(0x1C)
_DATA = const(0x3B)
_POWER = const(0x6B)
_ENODEV = const(19)


class Mpu6050:
    """Acceleration, ±2 g on each axis (at rest 1 g upwards, ±0.05 g, on z ±0.08 g), and rotation, ±250 °/s (at rest 0 ± 20 °/s).

    1 g is 9.81 m/s². The part measures 8,000 (rotation) and 1,000 (acceleration) times a second; each call reads the newest values in
    below 1 ms. The constructor blocks for 100 ms. Raises OSError (ENODEV) when the part does not answer.

    Source: InvenSense PS-MPU-6000A-00 rev. 3.4, 6.1 to 6.3 (accuracy, time); RM-MPU-6000A-00 rev. 4.2, 4.4, 4.5, 4.17 to 4.19, 4.28
    (registers).
    """

    def __init__(self, i2c, address=None):
        self._i2c = i2c
        self._address = find(i2c, "MPU6050", address, (0x68, 0x69))
        self._data = bytearray(14)
        i2c.writeto_mem(self._address, _POWER, b"\x01")  # awake, clocked by the gyroscope
        # What the register says back tells it from a clock chip of the same address; copies of the part have other ids.
        if i2c.readfrom_mem(self._address, _POWER, 1)[0] != 1:
            raise OSError(_ENODEV, "the part at %s is no MPU6050." % hex(self._address))
        i2c.writeto_mem(self._address, _GYRO_CONFIG, b"\x00")
        i2c.writeto_mem(self._address, _ACCEL_CONFIG, b"\x00")
        sleep_ms(100)

    def acceleration(self):
        """(x, y, z) in g. Lying flat: (0, 0, 1)."""
        return self._three(0, 16384, 4)

    def rotation(self):
        """(x, y, z) in degrees a second, counter-clockwise positive when the axis points at you."""
        return self._three(8, 131, 2)

    def temperature(self):
        """°C of the chip, which is warmer than the air."""
        self._read()
        return round(unpack_from(">h", self._data, 6)[0] / 340 + 36.53, 2)

    def _three(self, at, scale, digits):
        self._read()
        x, y, z = unpack_from(">hhh", self._data, at)
        return round(x / scale, digits), round(y / scale, digits), round(z / scale, digits)

    def _read(self):
        self._i2c.readfrom_mem_into(self._address, _DATA, self._data)
