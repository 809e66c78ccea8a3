# machine.Pin and machine.Signal.

import micropython

import _clock
import _gpio
from _arguments import count, integer, unpack

_PIN_US = 4
_NAMES = ("mode", "pull", "*value", "*drive", "*hold")
_pins = {}
_NOTHING = ()


class board:
    pass


class _Irq:
    def __init__(self, pin):
        self._pin = pin

    @micropython.native
    def __call__(self):
        handler = _gpio.handlers.get(self._pin._gpio)
        if handler:
            _clock.post(handler[0], handler[2])

    @micropython.native
    def init(self, handler=None, trigger=3, wake=None):
        self._pin.irq(handler, trigger)

    @micropython.native
    def trigger(self, trigger=_NOTHING):
        handler = _gpio.handlers.get(self._pin._gpio)
        before = handler[1] if handler else 0
        if trigger is not _NOTHING and handler:
            _gpio.watch(self._pin._gpio, handler[0], integer(trigger), handler[2])
        return before


class Pin:
    IN = 1
    OUT = 3
    OPEN_DRAIN = 7
    PULL_DOWN = 1
    PULL_UP = 2
    IRQ_RISING = 1
    IRQ_FALLING = 2
    WAKE_LOW = 4
    WAKE_HIGH = 5
    DRIVE_0 = 0
    DRIVE_1 = 1
    DRIVE_2 = 2
    DRIVE_3 = 3
    board = board

    @micropython.native
    def __new__(cls, *arguments, **keywords):
        if cls is not Pin:
            return object.__new__(cls)
        count(len(arguments), 1, 9)
        gpio = _gpio_of(arguments[0])
        pin = _pins.get(gpio)
        if pin is None:
            pin = object.__new__(cls)
            _pins[gpio] = pin
        return pin

    @micropython.native
    def __init__(self, id, *arguments, **keywords):
        gpio = _gpio_of(id)
        self._gpio = gpio
        self._mask = 1 << gpio
        if arguments or keywords:
            self.init(*arguments, **keywords)

    @micropython.native
    def init(self, *arguments, **keywords):
        mode, pull, value, drive, hold = unpack(_NAMES, arguments, keywords)
        gpio = self._gpio
        _clock.now += 20
        if value is not _NOTHING:
            _gpio.write(gpio, self._mask, value)
        if drive is not _NOTHING:
            integer(drive)
        direction = None
        if mode is not _NOTHING and mode is not None:
            direction = integer(mode)
            if direction & 2 and gpio >= _gpio.FIRST_INPUT_ONLY:
                raise ValueError("pin can only be input")
            _release(gpio)
        wanted = None
        if pull is None:
            wanted = 0
        elif pull is not _NOTHING and pull != -1:
            wanted = integer(pull)
        if direction is not None or wanted is not None:
            _gpio.configure(gpio, direction, wanted)

    @micropython.native
    def value(self, level=_NOTHING):
        _clock.now += _PIN_US
        if level is not _NOTHING:
            _gpio.write(self._gpio, self._mask, level)
        else:
            return _gpio.read(self._mask)

    @micropython.native
    def __call__(self, level=_NOTHING):
        _clock.now += _PIN_US
        if level is not _NOTHING:
            _gpio.write(self._gpio, self._mask, level)
        else:
            return _gpio.read(self._mask)

    @micropython.native
    def on(self):
        _clock.now += _PIN_US
        _gpio.write(self._gpio, self._mask, 1)

    @micropython.native
    def off(self):
        _clock.now += _PIN_US
        _gpio.write(self._gpio, self._mask, 0)

    @micropython.native
    def toggle(self):
        _clock.now += _PIN_US
        _gpio.write(self._gpio, self._mask, not _gpio.out & self._mask)

    @micropython.native
    def irq(self, handler=_NOTHING, trigger=3, wake=None):
        if handler is not _NOTHING:
            _clock.now += 20
            trigger = integer(trigger)
            if trigger in (4, 5) and wake is not None:
                wake = integer(wake)
                if not 2 <= wake <= 7:
                    raise ValueError("bad wake value")
                return _Irq(self)
            _gpio.watch(self._gpio, handler, trigger & 3, self)
        return _Irq(self)

    @micropython.native
    def __repr__(self):
        return "Pin(%d)" % self._gpio


_releases = []  # functions that end another peripheral's hold on a pad


@micropython.native
def _release(gpio):
    for function in _releases:
        function(gpio)


@micropython.native
def _gpio_of(pin):
    # The chip's own rule: a Pin itself (no subclass of it), or the number of a pad that exists.
    kind = type(pin)
    if kind is Pin:
        return pin._gpio
    if kind is int and 0 <= pin < _gpio.PADS and _gpio.EXISTING >> pin & 1:
        return pin
    raise ValueError("invalid pin")


class Signal:
    @micropython.native
    def __init__(self, *arguments, **keywords):
        invert = False
        if "invert" in keywords:
            invert = bool(keywords.pop("invert"))
        if arguments and (isinstance(arguments[0], Pin) or isinstance(arguments[0], Signal)):
            if len(arguments) != 1 or keywords:
                raise TypeError
            pin = arguments[0]
        else:
            if invert and "value" in keywords:
                keywords["value"] = not keywords["value"]
            pin = Pin(*arguments, **keywords)
        self._pin = pin
        self._invert = invert

    @micropython.native
    def value(self, level=_NOTHING):
        if level is _NOTHING:
            return self._pin.value() ^ 1 if self._invert else self._pin.value()
        self._pin.value(not level if self._invert else level)

    @micropython.native
    def __call__(self, level=_NOTHING):
        return self.value() if level is _NOTHING else self.value(level)

    @micropython.native
    def on(self):
        self._pin.value(0 if self._invert else 1)

    @micropython.native
    def off(self):
        self._pin.value(1 if self._invert else 0)


# Registers: machine.mem32, mem16, mem8.


@micropython.native
def _inputs():
    levels = _gpio.levels & ~_gpio.floating
    open_pads = _gpio.floating & _gpio.readable
    if open_pads:
        levels |= open_pads & (_gpio.noise() | _gpio.noise() << 15 | _gpio.noise() << 30)
    return levels & _gpio.readable


@micropython.native
def _read_register(address):
    offset = address - 0x3FF44000
    if offset == 4:
        return _gpio.out & 0xFFFFFFFF
    if offset == 0x20:
        return _gpio.enabled & 0xFFFFFFFF
    if offset == 0x10:
        return _gpio.out >> 32
    if offset == 0x2C:
        return _gpio.enabled >> 32
    if offset == 0x3C:
        return _inputs() & 0xFFFFFFFF
    if offset == 0x40:
        return _inputs() >> 32
    if 0x88 <= offset < 0x128 and not offset & 3:  # GPIO_PINn_REG: the kind of interrupt in bits 7 to 9
        handler = _gpio.handlers.get((offset - 0x88) // 4)
        return handler[1] << 7 if handler else 0
    return _other_registers.get(address, 0)


@micropython.native
def _write_register(address, value):
    offset = address - 0x3FF44000
    value &= 0xFFFFFFFF
    if 4 <= offset <= 0x34 and offset % 4 == 0:
        place = (offset - 4) // 4
        shift = 0 if place < 3 or 7 <= place < 10 else 32
        what = (place - 7 if place >= 7 else place) % 3
        before = _gpio.out if place < 6 else _gpio.enabled
        bits = value << shift
        after = bits | before & ~(0xFFFFFFFF << shift) if what == 0 else before | bits if what == 1 else before & ~bits
        changed = (before ^ after) & _gpio.EXISTING
        gpio = 0
        while changed:
            if changed & 1:
                if place < 6:
                    _gpio.write(gpio, 1 << gpio, after >> gpio & 1)
                else:
                    mask = 1 << gpio
                    direction = (1 if _gpio.readable & mask else 0) | (2 if after & mask else 0) | (4 if _gpio.open_drain & mask else 0)
                    _gpio.configure(gpio, direction, None)
            changed >>= 1
            gpio += 1
    else:
        _other_registers[address] = value


_other_registers = {}


class _Memory:
    def __init__(self, size):
        self._size = size

    @micropython.native
    def __getitem__(self, address):
        size = self._size
        if type(address) is not int:
            address = integer(address)
        if address & (size - 1):
            raise ValueError("address %08x is not aligned to %d bytes" % (address, size))
        value = _read_register(address & ~3)
        if size == 4:
            return value
        return value >> 8 * (address & 3) & ((1 << 8 * size) - 1)

    @micropython.native
    def __setitem__(self, address, value):
        size = self._size
        if address & (size - 1):
            raise ValueError("address %08x is not aligned to %d bytes" % (address, size))
        value = integer(value)
        if size < 4:
            shift = 8 * (address & 3)
            mask = ((1 << 8 * size) - 1) << shift
            value = _read_register(address & ~3) & ~mask | value << shift & mask
        _write_register(address & ~3, value)

    def __repr__(self):
        return "<%d-bit memory>" % (8 * self._size)


mem8 = _Memory(1)
mem16 = _Memory(2)
mem32 = _Memory(4)
