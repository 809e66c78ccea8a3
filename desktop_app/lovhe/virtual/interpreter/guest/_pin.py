# machine.Pin and machine.Signal.

import micropython
from micropython import const

import _chip
import _clock
import _gpio
import _world
from _arguments import count, integer, unpack
from _gpio import read_at as _read_at
from _gpio import write as _write

_PIN_US = const(4)
_NAMES = ("mode", "pull", "*value", "*drive", "*hold")
_IRQ_NAMES = ("handler", "trigger", "wake")
_WATCHDOG_RESET = 3
_HANG_US = 300000
_pins = {}
_NOTHING = ()


class board:
    pass


class IRQ:
    # What Pin.irq() gives; each pin has one.
    def __init__(self, pin):
        self._pin = pin

    @micropython.native
    def __call__(self):
        handler = _gpio.handlers.get(self._pin._gpio)
        if handler:
            _clock.post(handler[0], handler[2])

    @micropython.native
    def trigger(self, trigger=_NOTHING):
        handler = _gpio.handlers.get(self._pin._gpio)
        before = handler[3] if handler else 0
        if trigger is not _NOTHING:
            trigger = integer(trigger)
            if handler:
                _gpio.watch(self._pin._gpio, handler[0], trigger, handler[2])
        return before

    def __repr__(self):
        return "<IRQ>"


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
        object.__setattr__(self, "_gpio", gpio)
        object.__setattr__(self, "_mask", 1 << gpio)
        if arguments or keywords:
            self.init(*arguments, **keywords)

    def __setattr__(self, name, value):
        # `led.value = 1`: the chip's Pin is written in C and keeps nothing. What is derived from it may.
        if type(self) is Pin:
            raise AttributeError("'Pin' object has no attribute '" + name + "'")
        object.__setattr__(self, name, value)

    @micropython.native
    def init(self, *arguments, **keywords):
        mode, pull, value, drive, hold = unpack(_NAMES, arguments, keywords)
        gpio = self._gpio
        _clock.now += 20
        if value is not _NOTHING:
            _gpio.write(gpio, self._mask, value)
        if drive is not _NOTHING and gpio < _gpio.FIRST_INPUT_ONLY:
            integer(drive)  # no part of the kit feels it
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
        _spare_flash(gpio)
        if _chip.LINE & self._mask:
            _world.leave_line(gpio)
        if direction is not None or wanted is not None:
            _gpio.configure(gpio, direction, wanted)
        if hold is not _NOTHING and gpio < _gpio.FIRST_INPUT_ONLY:
            _gpio.hold(gpio, hold)

    @micropython.native
    def value(self, level=_NOTHING):
        now = _clock.now + _PIN_US
        _clock.now = now
        if level is _NOTHING:
            return _read_at(self._mask, now)
        _write(self._gpio, self._mask, level)

    __call__ = value

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
    def irq(self, *arguments, **keywords):
        gpio = self._gpio
        if arguments or keywords:
            handler, trigger, wake = unpack(_IRQ_NAMES, arguments, keywords)
            _clock.now += 20
            trigger = 3 if trigger is _NOTHING else integer(trigger)
            if trigger in (4, 5) and wake is not _NOTHING and wake is not None:
                _set_wake(gpio, trigger, wake)
            else:
                if wake_pin[0] == gpio:
                    wake_pin[0] = -1
                _gpio.watch(gpio, None if handler is _NOTHING else handler, trigger, self)
        irq = _irqs.get(gpio)
        if irq is None:
            irq = IRQ(self)
            _irqs[gpio] = irq
        return irq

    @micropython.native
    def __repr__(self):
        return "Pin(%d)" % self._gpio


_irqs = {}
wake_pin = [-1, 0, 0]  # the pad that wakes the chip by its level, the level, and from which sleep (bit 1 light, bit 2 deep)


def _set_wake(gpio, trigger, wake):
    if type(wake) not in (int, bool) or not 2 <= wake <= 7:
        raise ValueError("bad wake value")
    if gpio not in _chip.LEVEL_WAKE:
        raise ValueError("invalid pin for wake")
    if wake_pin[0] not in (-1, gpio):
        raise ValueError("no resources")
    wake_pin[:] = [gpio, 1 if trigger == 5 else 0, int(wake)]


@micropython.native
def _spare_flash(gpio):
    # A pad that belongs to the flash chip: once it is used, the processor cannot read its program any more, and the watchdog resets it.
    if _chip.FLASH >> gpio & 1:
        _clock.now += _HANG_US
        _world.reset(_WATCHDOG_RESET)


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
