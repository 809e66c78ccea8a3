"""A `machine` of wires alone: pins that parts listen to, an I2C bus with parts on it. For MicroPython and CPython."""

import fake_time


class Pin:
    IN = 1
    OUT = 3
    OPEN_DRAIN = 7
    PULL_DOWN = 1
    PULL_UP = 2
    listeners = []  # called with (gpio, level) when a pin is set
    senses = {}  # gpio to a function that gives its level
    modes = {}
    outs = {}

    def __init__(self, id, mode=None, pull=None, value=None):
        self.gpio = id.gpio if isinstance(id, Pin) else id
        if value is not None:
            self(value)
        if mode is not None:
            Pin.modes[self.gpio] = mode, pull

    def __call__(self, *level):
        fake_time.advance(3)
        if level:
            Pin.outs[self.gpio] = level[0]
            for listener in Pin.listeners:
                listener(self.gpio, level[0])
            return None
        return Pin.senses[self.gpio]()

    value = __call__


class PWM:
    def __init__(self, pin, freq=0, duty_u16=32768):
        self.pin = pin
        self.set = [freq, 20_000_000 * duty_u16 // 65536]
        PWM.last = self

    def duty_ns(self, ns):
        self.set[1] = ns


class I2C:
    """`parts`: address to an object with write(bytes) and read(count)."""

    def __init__(self, parts):
        self.parts = parts

    def _part(self, address):
        if address not in self.parts:
            raise OSError(19)
        return self.parts[address]

    def writeto(self, address, data):
        fake_time.advance(30 + 23 * len(data))
        self._part(address).write(bytes(data))

    def writevto(self, address, vector):
        self.writeto(address, b"".join(bytes(piece) for piece in vector))

    def writeto_mem(self, address, register, data):
        self.writeto(address, bytes((register,)) + bytes(data))

    def readfrom(self, address, count):
        return self._part(address).read(count)

    def readfrom_into(self, address, data):
        data[:] = self.readfrom(address, len(data))

    def readfrom_mem(self, address, register, count):
        self.writeto(address, bytes((register,)))
        return self.readfrom(address, count)

    def readfrom_mem_into(self, address, register, data):
        data[:] = self.readfrom_mem(address, register, len(data))


class Registers:
    """A part of registers: the first byte written says which, the rest goes there. `contents`: (first register, bytes) each."""

    def __init__(self, *contents):
        self.registers = bytearray(256)
        self.written = []
        self.at = 0
        for first, data in contents:
            self.registers[first : first + len(data)] = data

    def write(self, data):
        if data:
            self.at = data[0]
            if len(data) > 1:
                self.written.append(tuple(data))
                self.registers[self.at : self.at + len(data) - 1] = data[1:]

    def read(self, count):
        return bytes(self.registers[self.at : self.at + count])


class Told:
    """A part that keeps what it is told and always answers the same."""

    def __init__(self, answer=b""):
        self.answer = answer
        self.written = []

    def write(self, data):
        if data:
            self.written.append(data)

    def read(self, count):
        return self.answer


pulse = [0]  # what `time_pulse_us` finds


def time_pulse_us(pin, level, timeout_us):
    fake_time.advance(abs(pulse[0]))
    return pulse[0]
