# machine.I2S: digital sound. Nothing of the kit plays or hears it, but its samples take their time, and a microphone gives silence.

import io

import micropython

import _chip
import _clock
import _gpio
import _pin
import _waits
from _arguments import count, integer, require, unpack
from _buffers import readable, writable

_PORTS = 1 if _chip.name == "esp32c3" else 2
_NAMES = ("*sck", "*ws", "*sd", "*mode", "*bits", "*format", "*rate", "*ibuf")
_SHIFT_NAMES = ("*buf", "*bits", "*shift")
_EPERM = 1
_EINVAL = 22
_INVALID_ARG = (-258, "ESP_ERR_INVALID_ARG")
_POLL = 3
_POLL_READ = 1
_POLL_WRITE = 4
_ports = {}


class I2S(io.IOBase):
    RX = 1
    TX = 2
    MONO = 0
    STEREO = 1

    @micropython.native
    def __new__(cls, *arguments, **keywords):
        count(len(arguments), 1, 99)
        number = integer(arguments[0])
        if not 0 <= number < _PORTS:
            raise ValueError("invalid id")
        port = _ports.get(number)
        if port is None:
            port = object.__new__(cls)
            port._number = number
            port._open = False
            _ports[number] = port
        return port

    @micropython.native
    def __init__(self, id, *arguments, **keywords):
        self.init(*arguments, **keywords)

    @micropython.native
    def init(self, *arguments, **keywords):
        self._open = False
        values = unpack(_NAMES, arguments, keywords)
        require(_NAMES, values)
        numbers = [integer(value) for value in values[3:]]
        self._pads = [_pin._gpio_of(pin) for pin in values[:3]]
        self._mode, self._bits, self._format, self._rate, self._ibuf = numbers
        if self._mode not in (self.RX, self.TX):
            raise ValueError("invalid mode")
        if self._bits not in (16, 32):
            raise ValueError("invalid bits")
        if self._format not in (self.MONO, self.STEREO):
            raise ValueError("invalid format")
        if self._rate <= 0:
            raise OSError(*_INVALID_ARG)
        self._connect()
        self._frame = self._bits // 8 * (2 if self._format == self.STEREO else 1)  # bytes of a program's sample
        self._room = max(self._ibuf, 2 * 256 * self._frame)
        self._busy_until = _clock.now  # when what was written will have been played, or what was asked for heard
        self._callback = None
        self._asks = False  # asyncio waits for us, and is never kept waiting
        self._open = True

    @micropython.native
    def _connect(self):
        outputs = self._pads[: 3 if self._mode == self.TX else 2]
        for gpio in outputs:
            if gpio >= _gpio.FIRST_INPUT_ONLY:
                raise OSError(*_INVALID_ARG)
        for gpio in self._pads:
            _pin._release(gpio)
            if gpio in outputs:
                _gpio.take_over(gpio)
            else:
                _gpio.configure(gpio, 1, None)

    @micropython.native
    def deinit(self):
        self._open = False

    @micropython.native
    def irq(self, handler):
        if handler is not None and not callable(handler):
            raise ValueError("invalid callback")
        self._callback = handler

    @micropython.native
    def _time_us(self, size):
        return size * 1000000 // (self._rate * self._frame)

    @micropython.native
    def _check(self, mode):
        if not self._open:
            raise OSError(*_INVALID_ARG)
        if self._mode != mode:
            raise OSError(_EPERM)

    @micropython.native
    def write(self, buf):
        size = len(readable(buf))
        self._check(self.TX)
        if size == 0:
            return 0
        begun = max(self._busy_until, _clock.now)
        taken = begun + self._time_us(size) - self._time_us(self._room)  # when the last byte has found room
        if self._asks and taken > _clock.now:
            free = self._room - (begun - _clock.now) * self._rate * self._frame // 1000000
            size = max(0, free // self._frame * self._frame)
            taken = _clock.now
        self._busy_until = begun + self._time_us(size)
        self._wait(taken)
        return size

    @micropython.native
    def readinto(self, buf):
        memory = writable(buf)
        size = len(memory)
        self._check(self.RX)
        if size % self._frame:
            raise OSError(_EINVAL)
        for place in range(size):
            memory[place] = 0
        begun = max(self._busy_until, _clock.now - self._time_us(self._room))
        self._busy_until = begun + self._time_us(size)
        self._wait(self._busy_until)
        return size

    @micropython.native
    def _wait(self, due):
        if self._callback is not None:
            _clock.at(max(due, _clock.now + 1), 0, _call_back, self)
        elif not self._asks and due > _clock.now:
            _waits.wait_quietly(due)

    @micropython.native
    def ioctl(self, request, flags):
        if request != _POLL:
            return -_EINVAL
        self._asks = True
        if self._mode == self.TX:
            return flags & _POLL_WRITE if self._busy_until - _clock.now < self._time_us(self._room) else 0
        return flags & _POLL_READ if self._busy_until <= _clock.now else 0

    @staticmethod
    @micropython.native
    def shift(*arguments, **keywords):
        # Louder by 6 dB a place, or softer.
        values = unpack(_SHIFT_NAMES, arguments, keywords)
        require(_SHIFT_NAMES, values)
        bits, shift = integer(values[1]), integer(values[2])
        buf = writable(values[0])
        if bits not in (16, 32):
            raise ValueError("invalid bits")
        size = bits // 8
        for place in range(0, len(buf) - size + 1, size):
            sample = int.from_bytes(buf[place : place + size], "little")
            if sample >> bits - 1:
                sample -= 1 << bits
            sample = sample << shift if shift >= 0 else sample >> -shift
            buf[place : place + size] = (sample & (1 << bits) - 1).to_bytes(size, "little")

    def __repr__(self):
        settings = (self._number,) + tuple(self._pads) + (self._mode, self._bits, self._format, self._rate, self._ibuf)
        return "I2S(id=%d,\nsck=%d,\nws=%d,\nsd=%d,\nmode=%d,\nbits=%d, format=%d,\nrate=%d, ibuf=%d)" % settings


@micropython.native
def _call_back(port):
    if port._callback is not None:
        _clock.post(port._callback, port)
