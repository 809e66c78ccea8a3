# The chip's `dht`: DHT11 and DHT22 sensors of temperature and humidity, on one data pin.

import sys

from machine import dht_readinto


class DHTBase:
    def __init__(self, pin):
        self.pin = pin
        self.buf = bytearray(5)

    @micropython.native
    def measure(self):
        buf = self.buf
        dht_readinto(self.pin, buf)
        if buf[0] + buf[1] + buf[2] + buf[3] & 0xFF != buf[4]:
            raise Exception("checksum error")


class DHT11(DHTBase):
    @micropython.native
    def humidity(self):
        return self.buf[0]

    @micropython.native
    def temperature(self):
        return self.buf[2]


class DHT22(DHTBase):
    @micropython.native
    def humidity(self):
        return (self.buf[0] << 8 | self.buf[1]) * 0.1

    @micropython.native
    def temperature(self):
        tenths = (self.buf[2] & 0x7F) << 8 | self.buf[3]
        return -0.1 * tenths if self.buf[2] & 0x80 else 0.1 * tenths
