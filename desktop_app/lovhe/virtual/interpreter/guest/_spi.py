# machine.SPI and SoftSPI. Sources: extmod/machine_spi.c and ports/esp32/machine_hw_spi.c of MicroPython 1.28.
#
# No part of the kit talks SPI yet. What is heard is what the wire at MISO carries: what was sent, where MOSI is wired to it.

import micropython

import _board
import _clock
import _gpio
import _pin
import _world
from _arguments import integer, unpack
from _buffers import fresh, octets, writable

_CALL_US = 25
_APB_HZ = 80000000
_FASTEST_BD = 800000  # of SoftSPI: a two hundredth of the processor's clock
_NO_PIN = -1
_UNSET = -1
_NOTHING = ()
_PINS = {"esp32": ((14, 13, 12), (18, 23, 19)), "esp32s3": ((12, 11, 13), (36, 35, 37)), "esp32c3": ((6, 7, 2),)}[_board.chip]
_NAMES = ("baudrate", "*polarity", "*phase", "*bits", "*firstbit", "*sck", "*mosi", "*miso")
_DEFAULTS = (500000, 0, 0, 8, 0)
_ports = {}


class _Bus:
    MSB = 0
    LSB = 1

    @micropython.native
    def _exchange(self, sent):
        # Send these bytes; those that come in meanwhile.
        _clock.now += _CALL_US + 8000000 * len(sent) // self._baudrate
        miso, mosi = self._miso, self._mosi
        if miso == _NO_PIN:
            return bytes(len(sent))
        if mosi != _NO_PIN and (miso == mosi or _world.request("joined", [mosi, [miso], _clock.now])):
            return sent
        mask = 1 << miso
        _gpio.freshen(mask)
        high = _gpio.levels & mask and not _gpio.floating & mask
        return (b"\xff" if high else b"\x00") * len(sent)

    @micropython.native
    def _send(self, sent):
        _clock.now += _CALL_US + 8000000 * len(sent) // self._baudrate

    @micropython.native
    def read(self, nbytes, write=0):
        buffer = fresh(integer(nbytes))
        return bytes(self._exchange(bytes([integer(write) & 0xFF]) * len(buffer)))

    @micropython.native
    def readinto(self, buf, write=0):
        memory = writable(buf)
        memory[:] = self._exchange(bytes([integer(write) & 0xFF]) * len(memory))

    @micropython.native
    def write(self, buf):
        self._send(octets(buf))

    @micropython.native
    def write_readinto(self, write_buf, read_buf):
        sent = octets(write_buf)
        memory = writable(read_buf)
        if len(sent) != len(memory):
            raise ValueError("buffers must be the same length")
        memory[:] = self._exchange(sent)

    @micropython.native
    def deinit(self):
        pass


@micropython.native
def _take(gpio, direction, level):
    if gpio == _NO_PIN or direction & 2 and gpio >= _gpio.FIRST_INPUT_ONLY:
        return
    _pin._spare_flash(gpio)
    _pin._release(gpio)
    if direction & 2:
        _gpio.write(gpio, 1 << gpio, level)
    _gpio.configure(gpio, direction, None)


class SPI(_Bus):
    @micropython.native
    def __new__(cls, *arguments, **keywords):
        if not arguments and "id" not in keywords or arguments and arguments[0] == -1:
            print("Warning: SPI(-1, ...) is deprecated, use SoftSPI(...) instead")
            return SoftSPI(*arguments[1:], **keywords)
        number = arguments[0] if arguments else keywords["id"]
        port = _ports.get(number) if cls is SPI and type(number) is int else None
        return object.__new__(cls) if port is None else port

    @micropython.native
    def __init__(self, *arguments, **keywords):
        values = unpack(("id",) + _NAMES, arguments, keywords)
        number = integer(values[0])
        settings = [_UNSET if value is _NOTHING else integer(value) for value in values[1:6]]
        if not 1 <= number <= len(_PINS):
            raise ValueError("SPI(%d) doesn't exist" % number)
        pins = _chosen(values[6:], _PINS[number - 1])
        for place in range(5):
            if settings[place] == _UNSET:
                settings[place] = _DEFAULTS[place]
        if number not in _ports:
            self._id = number
            self._open = False
            _ports[number] = self
        self._set(settings, pins)

    @micropython.native
    def init(self, *arguments, **keywords):
        values = unpack(_NAMES, arguments, keywords)
        settings = [_UNSET if value is _NOTHING else integer(value) for value in values[:5]]
        pins = _chosen(values[5:], (self._sck, self._mosi, self._miso))
        before = (self._baudrate, self._polarity, self._phase, self._bits, self._firstbit)
        for place in range(5):
            if settings[place] == _UNSET:
                settings[place] = before[place]
        self._set(settings, pins)

    @micropython.native
    def _set(self, settings, pins):
        if settings[3] <= 0:
            raise ValueError("invalid bits")
        if self._open:
            self.deinit()
        self._baudrate = _possible_baud(settings[0])
        self._polarity, self._phase, self._bits, self._firstbit = settings[1:]
        self._sck, self._mosi, self._miso = pins
        self._open = True
        _take(pins[0], 3, self._polarity)
        _take(pins[1], 3, 0)
        _take(pins[2], 1, 0)

    @micropython.native
    def deinit(self):
        if self._open:
            self._open = False
            for gpio in (self._miso, self._mosi, self._sck):
                _take(gpio, 1, 0)

    @micropython.native
    def _check(self, size):
        if not self._open:
            raise OSError("transfer on deinitialized SPI")
        if size * 8 // self._bits == 0:
            raise ValueError("buffer too short")

    @micropython.native
    def _exchange(self, sent):
        self._check(len(sent))
        return _Bus._exchange(self, sent)

    @micropython.native
    def _send(self, sent):
        self._check(len(sent))
        _Bus._send(self, sent)

    def __repr__(self):
        return "SPI(id=%d, baudrate=%d, polarity=%d, phase=%d, bits=%d, firstbit=%d, sck=%d, mosi=%d, miso=%d)" % (
            self._id,
            self._baudrate,
            self._polarity,
            self._phase,
            self._bits,
            self._firstbit,
            self._sck,
            self._mosi,
            self._miso,
        )


@micropython.native
def _chosen(values, otherwise):
    pins = []
    for place in range(3):
        value = values[place]
        pins.append(otherwise[place] if value is _NOTHING else _NO_PIN if value is None else _pin._gpio_of(value))
    return pins


@micropython.native
def _possible_baud(wanted):
    # The rate nearest to the wanted one that the clock's two dividers make.
    if wanted >= _APB_HZ * 99 // 100:
        return _APB_HZ
    wanted = max(wanted, 1)
    best = 0
    for n in range(2, 65):
        pre = min(max((_APB_HZ // n + wanted // 2) // wanted, 1), 8192)
        rate = _APB_HZ // (pre * n)
        if not best or abs(rate - wanted) <= abs(best - wanted):
            best = rate
    return best


class SoftSPI(_Bus):
    @micropython.native
    def __init__(self, *arguments, **keywords):
        values = unpack(_NAMES, arguments, keywords)
        baudrate, polarity, phase, bits, firstbit = [
            _DEFAULTS[place] if values[place] is _NOTHING else integer(values[place]) for place in range(5)
        ]
        self._set_speed(baudrate)
        self._polarity, self._phase, self._firstbit = polarity, phase, firstbit
        if bits != 8:
            raise ValueError("bits must be 8")
        if _NOTHING in values[5:]:
            raise ValueError("must specify all of sck/mosi/miso")
        self._sck, self._mosi, self._miso = [_pin._gpio_of(pin) for pin in values[5:]]
        self._begin()

    @micropython.native
    def init(self, *arguments, **keywords):
        values = unpack(("baudrate", "polarity", "phase", "*firstbit", "*sck", "*mosi", "*miso"), arguments, keywords)
        numbers = [_UNSET if value is _NOTHING else integer(value) for value in values[:4]]
        if numbers[0] != _UNSET:
            self._set_speed(numbers[0])
        if numbers[1] != _UNSET:
            self._polarity = numbers[1]
        if numbers[2] != _UNSET:
            self._phase = numbers[2]
        if numbers[3] != _UNSET:
            self._firstbit = numbers[3]
        self._sck, self._mosi, self._miso = _chosen(values[4:], (self._sck, self._mosi, self._miso))
        self._begin()

    @micropython.native
    def _set_speed(self, baudrate):
        # Half a bit lasts whole microseconds; beyond that it goes as fast as it can.
        self._half_us = 0 if baudrate >= _FASTEST_BD else (500000 + baudrate - 1) // baudrate
        self._baudrate = 500000 // self._half_us if self._half_us else _FASTEST_BD

    @micropython.native
    def _begin(self):
        _take(self._sck, 3, self._polarity)
        _take(self._mosi, 3, 0)
        _take(self._miso, 1, 0)

    def __repr__(self):
        return "SoftSPI(baudrate=%d, polarity=%d, phase=%d, firstbit=%d, sck=%d, mosi=%d, miso=%d)" % (
            self._baudrate,
            self._polarity,
            self._phase,
            self._firstbit,
            self._sck,
            self._mosi,
            self._miso,
        )
