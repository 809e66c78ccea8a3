# machine.UART. Sources: extmod/machine_uart.c and ports/esp32/machine_uart.c of MicroPython 1.28.
#
# What one UART sends, another of the same board hears where their wires are joined; it takes its time on the line.

import io
import sys

import micropython

import _board
import _clock
import _gpio
import _pin
import _waits
import _world
from _arguments import integer, unpack
from _buffers import octets, writable
from _uart_events import BREAK, RX, RXIDLE, Irq, misheard

_COUNT = 2 if _board.chip == "esp32c3" else 3
_PINS = {1: (10, 9), 2: (17, 16)}  # TX, RX
_NO_PIN = -1
_NOTHING = ()
_CALL_US = 15
_FIFO_BYTES = 128
_SAME_RATE_PERCENT = 4
_EINVAL = 22
_POLL, _FLUSH = 3, 1
_POLL_READ, _POLL_WRITE = 1, 4
_NAMES = (
    "baudrate",
    "bits",
    "parity",
    "stop",
    "*tx",
    "*rx",
    "*rts",
    "*cts",
    "*txbuf",
    "*rxbuf",
    "*timeout",
    "*timeout_char",
    "*invert",
    "*flow",
)
_ports = {}


class UART(io.IOBase):
    INV_TX = 32
    INV_RX = 4
    INV_RTS = 64
    INV_CTS = 8
    RTS = 1
    CTS = 2
    IRQ_RX = RX
    IRQ_BREAK = BREAK
    IRQ_RXIDLE = RXIDLE

    @micropython.native
    def __new__(cls, *arguments, **keywords):
        if not arguments:
            raise TypeError("function missing 1 required positional arguments")
        number = integer(arguments[0])
        if not 0 <= number < _COUNT:
            raise ValueError("UART(%d) does not exist" % number)
        port = _ports.get(number) if cls is UART else None
        return object.__new__(cls) if port is None else port

    @micropython.native
    def __init__(self, *arguments, **keywords):
        number = integer(arguments[0])
        if _ports.get(number) is not self:
            self._id = number
            self._open = False
            self._irq = None
        self.init(*arguments[1:], **keywords)
        _ports[number] = self

    @micropython.native
    def init(self, *arguments, **keywords):
        values = unpack(_NAMES, arguments, keywords)
        baudrate, bits, parity, stop = values[:4]
        if not self._open:
            self._begin()
        self._set_buffers(values[8], values[9])
        if baudrate is not _NOTHING and integer(baudrate) > 0:
            self._baudrate = baudrate
        for place in range(4):
            if values[4 + place] is not _NOTHING:
                self._pads[place] = _pin._gpio_of(values[4 + place])
        self._set_frame(bits, parity, stop)
        self._timeout = self._changed(values[10], self._timeout)
        self._timeout_char = self._changed(values[11], self._timeout_char)
        self._invert = self._masked(values[12], self._invert, 108, "invalid inversion mask")
        self._flow = self._masked(values[13], self._flow, 3, "invalid flow control mask")
        self._arrived.clear()
        self._connect()

    @micropython.native
    def _begin(self):
        tx, rx = _PINS.get(self._id, (_NO_PIN, _NO_PIN))
        self._pads = [tx, rx, _NO_PIN, _NO_PIN]
        self._baudrate, self._bits, self._parity, self._stop = 115200, 8, 0, 1
        self._txbuf = self._rxbuf = 256
        self._timeout = self._timeout_char = self._invert = self._flow = 0
        self._arrived = []  # [when, byte]
        self._event = None
        self._free_us = 0  # when the line will have taken all that was written
        self._open = True

    @micropython.native
    def _set_buffers(self, txbuf, rxbuf):
        txbuf, rxbuf = self._changed(txbuf, self._txbuf), self._changed(rxbuf, self._rxbuf)
        if self._id == 0 and (txbuf != self._txbuf or rxbuf != self._rxbuf):
            raise ValueError("REPL UART buffer size is fixed")
        self._txbuf, self._rxbuf = txbuf, rxbuf

    @micropython.native
    def _set_frame(self, bits, parity, stop):
        bits = 0 if bits is _NOTHING else integer(bits)
        if bits:
            if not 5 <= bits <= 8:
                raise ValueError("invalid data bits")
            self._bits = bits
        if parity is None:
            self._parity = 0
        elif parity is not _NOTHING:
            self._parity = 1 if integer(parity) & 1 else 2
        stop = 0 if stop is _NOTHING else integer(stop)
        if stop:
            if not 1 <= stop <= 2:
                raise ValueError("invalid stop bits")
            self._stop = stop

    @micropython.native
    def _changed(self, value, before):
        return before if value is _NOTHING or integer(value) == -1 else integer(value)

    @micropython.native
    def _masked(self, value, before, mask, message):
        value = self._changed(value, before)
        if value & ~mask:
            raise ValueError(message)
        return value

    @micropython.native
    def _connect(self):
        tx, rx = self._pads[:2]
        if tx != _NO_PIN and tx < _gpio.FIRST_INPUT_ONLY:
            _pin._release(tx)
            _gpio.write(tx, 1 << tx, 1)
            _gpio.configure(tx, 3, None)
        if rx != _NO_PIN:
            _gpio.configure(rx, 1, 2)

    @micropython.native
    def deinit(self):
        if self._id:
            self._open = False

    @micropython.native
    def _check(self):
        if not self._open:
            raise OSError(1, "ESP_FAIL")

    # Sending

    @micropython.native
    def _byte_us(self):
        # A start bit, the data, its parity, and the stop.
        return (1 + self._bits + (1 if self._parity else 0) + self._stop) * 1000000 // self._baudrate

    @micropython.native
    def write(self, buf):
        data = octets(buf)
        if not self._open:
            return None
        _clock.now += _CALL_US
        if self._id == 0:
            sys.stdout.buffer.write(data)
            return len(data)
        _clock.keep_up()
        step_us = self._byte_us()
        begin_us = max(_clock.now, self._free_us)
        self._free_us = begin_us + len(data) * step_us
        for port in self._hearers():
            port._hear(data, begin_us, step_us, self._baudrate)
        room_us = (self._txbuf + _FIFO_BYTES) * step_us
        if self._free_us - _clock.now > room_us:
            _waits.wait_quietly(self._free_us - room_us)
        return len(data)

    @micropython.native
    def _hearers(self):
        ports = [port for port in _ports.values() if port._open and port._id and port._pads[1] != _NO_PIN]
        if not ports or self._pads[0] == _NO_PIN:
            return ()
        joined = _world.request("joined", [self._pads[0], [port._pads[1] for port in ports], _clock.now])
        return [port for port in ports if port._pads[1] in (joined or ())]

    @micropython.native
    def flush(self):
        if self._free_us > _clock.now:
            _waits.wait_quietly(self._free_us)

    @micropython.native
    def txdone(self):
        _clock.now += _CALL_US
        _clock.keep_up()
        return self._free_us <= _clock.now

    @micropython.native
    def sendbreak(self):
        self.flush()
        _waits.wait_quietly(_clock.now + 13000000 // self._baudrate)
        for port in self._hearers():
            if port._irq is not None:
                port._irq._happened(BREAK)

    # Receiving

    @micropython.native
    def _hear(self, data, begin_us, step_us, baudrate):
        due = begin_us
        same = abs(baudrate - self._baudrate) * 100 < _SAME_RATE_PERCENT * self._baudrate
        for byte in data:
            due += step_us
            self._arrived.append([due, byte if same else misheard(byte, baudrate, self._baudrate)])
        if self._irq is not None:
            self._irq._expect(due)
        self._wait_for_next()

    @micropython.native
    def _wait_for_next(self):
        # The clock shall stop at the next byte: somebody may wait for it.
        if self._event is None:
            for due, _ in self._arrived:
                if due > _clock.now:
                    self._event = _clock.at(due, 0, self._on_arrival, None)
                    break

    @micropython.native
    def _on_arrival(self, _):
        self._event = None
        if self._irq is not None:
            self._irq._happened(RX)
        self._wait_for_next()

    @micropython.native
    def any(self):
        self._check()
        _clock.now += _CALL_US
        _clock.keep_up()
        return self._ready()

    @micropython.native
    def _ready(self):
        # How many bytes are there. What came when the buffer was full is lost.
        ready = 0
        for due, _ in self._arrived:
            if due > _clock.now:
                break
            ready += 1
        room = self._rxbuf + _FIFO_BYTES
        if ready > room:
            self._arrived[room:ready] = []
            ready = room
        return ready

    @micropython.native
    def _take(self, count):
        # Up to `count` bytes, as the chip's driver waits for them; b"" when none comes in time.
        if not self._open:
            return b""
        _clock.now += _CALL_US
        _clock.keep_up()
        ready = self._wait(1, self._timeout)
        while 0 < ready < count:
            before = ready
            ready = self._wait(before + 1, self._timeout_char)
            if ready == before:
                break
        count = min(count, ready)
        data = bytes(entry[1] for entry in self._arrived[:count])
        self._arrived[:count] = []
        return data

    @micropython.native
    def _wait(self, count, timeout_ms):
        # Wait until so many bytes are there, or the time is over; how many are there.
        ready = self._ready()
        end = _clock.now + 1000 * timeout_ms
        while ready < count and _clock.now < end:
            due = self._arrived[count - 1][0] if len(self._arrived) >= count else end
            _clock.wait_until(min(due, end))
            ready = self._ready()
        return ready

    @micropython.native
    def read(self, nbytes=-1):
        nbytes = integer(nbytes) if nbytes is not None else -1
        if nbytes >= 0:
            return (self._take(nbytes) or None) if nbytes else b""
        data = b""
        while True:
            more = self._take(256)
            if not more:
                return data or None
            data += more

    @micropython.native
    def readinto(self, buf, nbytes=-1):
        memory = writable(buf)
        size = len(memory) if nbytes < 0 else min(integer(nbytes), len(memory))
        data = self._take(size) if size else b""
        memory[: len(data)] = data
        return len(data) or None

    @micropython.native
    def readline(self):
        line = b""
        while not line.endswith(b"\n"):
            byte = self._take(1)
            if not byte:
                return line or None
            line += byte
        return line

    @micropython.native
    def __iter__(self):
        return self

    @micropython.native
    def __next__(self):
        line = self.readline()
        if line is None:
            raise StopIteration
        return line

    @micropython.native
    def irq(self, *arguments, **keywords):
        handler, trigger, hard = unpack(("handler", "trigger", "hard"), arguments, keywords)
        if self._id == 0:
            raise ValueError("REPL UART does not support IRQs")
        if self._irq is None:
            self._irq = Irq(self)
        if arguments or keywords:
            self._irq._set(None if handler is _NOTHING else handler, 0 if trigger is _NOTHING else integer(trigger), hard)
        return self._irq

    @micropython.native
    def ioctl(self, request, argument):
        if request == _POLL:
            return argument & _POLL_WRITE | (argument & _POLL_READ if self._ready() else 0)
        if request == _FLUSH:
            self.flush()
            return 0
        return -_EINVAL

    def __repr__(self):
        parity = ("None", "1", "0")[self._parity]
        words = "UART(%d, baudrate=%d, bits=%d, parity=%s, stop=%d" % (self._id, self._baudrate, self._bits, parity, self._stop)
        words += ", tx=%d, rx=%d, rts=%d, cts=%d" % tuple(self._pads)
        words += ", txbuf=%d, rxbuf=%d, timeout=%d, timeout_char=%d, irq=%d" % (
            self._txbuf,
            self._rxbuf,
            self._timeout,
            self._timeout_char,
            self._irq._trigger if self._irq is not None else 0,
        )
        lines = ((32, "INV_TX"), (4, "INV_RX"), (64, "INV_RTS"), (8, "INV_CTS"))
        if self._invert:
            words += ", invert=" + "|".join([name for bit, name in lines if self._invert & bit])
        if self._flow:
            words += ", flow=" + "|".join([name for bit, name in ((1, "RTS"), (2, "CTS")) if self._flow & bit])
        return words + ")"
