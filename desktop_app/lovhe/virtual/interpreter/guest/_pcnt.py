# esp32.PCNT: counters that count a pad's edges by themselves, up or down as another pad says.

import micropython

import _chip
import _clock
import _gpio
import _pin
from _arguments import count, integer, unpack

_UNITS = 8 if _chip.name == "esp32" else 4
_CHANNEL_NAMES = ("*channel", "*pin", "*rising", "*falling", "*mode_pin", "*mode_low", "*mode_high")
_UNIT_NAMES = ("*min", "*max", "*filter", "*threshold0", "*threshold1", "*value")
_NAMES = _CHANNEL_NAMES + _UNIT_NAMES
_IRQ_NAMES = ("handler", "trigger")
_PULL_UP = 2
_units = {}


class PCNT:
    IGNORE = 0
    INCREMENT = 1
    DECREMENT = 2
    NORMAL = 0
    REVERSE = 1
    HOLD = 2
    IRQ_THRESHOLD1 = 4
    IRQ_THRESHOLD0 = 8
    IRQ_MIN = 16
    IRQ_MAX = 32
    IRQ_ZERO = 64

    @micropython.native
    def __new__(cls, *arguments, **keywords):
        if not arguments:
            raise TypeError("id")
        number = integer(arguments[0])
        if not 0 <= number < _UNITS:
            raise ValueError("invalid id")
        unit = _units.get(number)
        if unit is None:
            unit = object.__new__(cls)
            unit._number = number
            unit._irq = None
            unit._channels = [None, None]
            unit.deinit()
            _units[number] = unit
        return unit

    @micropython.native
    def __init__(self, *arguments, **keywords):
        self.init(**keywords)

    @micropython.native
    def init(self, *arguments, **keywords):
        values = unpack(_NAMES, arguments, keywords)
        number = 0 if values[0] == () else integer(values[0])
        if not 0 <= number <= 1:
            raise ValueError("channel")
        channel = self._channels[number]
        if values[1] != () or values[4] != ():
            channel.connect(values[1], values[4])
        if values[2] != () or values[3] != () or values[5] != () or values[6] != ():
            channel.set_modes(values[2], values[3], values[5], values[6])
        self._set_up(*values[7:])

    @micropython.native
    def _set_up(self, least, most, filter, threshold0, threshold1, value):
        if filter != ():
            _within(filter, 0, 1023, "filter")  # its 12.8 us at most are finer than this board's pads
        if value != ():
            _within(value, 0, 0, "value")
        if least != ():
            self._least = _within(least, -32768, 0, "minimum")
        if most != ():
            self._most = _within(most, 0, 32767, "maximum")
        if threshold0 != ():
            self._threshold0 = _within(threshold0, -32768, 32767, "threshold0")
        if threshold1 != ():
            self._threshold1 = _within(threshold1, -32768, 32767, "threshold1")
        if not least == most == threshold0 == threshold1 == value == ():
            self._count = 0

    @micropython.native
    def deinit(self):
        if self._irq is not None:
            self._irq._handler = None
            self._irq._trigger = 0
        for number in range(2):
            if self._channels[number] is not None:
                self._channels[number].cut()
            self._channels[number] = _Channel(self)
        self._least = self._most = self._threshold0 = self._threshold1 = 0
        self._running = False
        self._count = 0
        self._total = 0  # as `_count`, but never set back at a limit: what machine.Counter goes by

    @micropython.native
    def _add(self, step):
        if not self._running:
            return
        number = self._count + step
        self._total += step
        events = 0
        if self._most and number >= self._most:
            number = 0
            events = 32
        elif self._least and number <= self._least:
            number = 0
            events = 16
        elif not -32768 <= number <= 32767:
            number = 0
        self._count = number
        if number == self._threshold0:
            events |= 8
        if number == self._threshold1:
            events |= 4
        if number == 0:
            events |= 64
        if self._irq is not None:
            self._irq._raise(events)

    @micropython.native
    def value(self, value=()):
        _clock.now += 5
        if value != () and integer(value) != 0:
            raise ValueError("value")
        for channel in self._channels:
            _gpio.freshen(channel.bit)
        irq = self._irq
        while irq is not None and irq._flags and irq._handler is not None:
            irq._handler(self)  # it must ask for the flags
        number = self._count
        if value != ():
            self._count = 0
        return number

    @micropython.native
    def irq(self, *arguments, **keywords):
        handler, trigger = unpack(_IRQ_NAMES, arguments, keywords)
        if self._irq is None:
            self._irq = _Irq(self)
        if arguments or keywords:
            trigger = 64 if trigger == () else integer(trigger)
            if not 4 <= trigger < 128:
                raise ValueError("trigger")
            self._irq._handler = None if handler == () else handler
            self._irq._trigger = trigger if self._irq._handler is not None else 0
        return self._irq

    @micropython.native
    def start(self):
        self._running = True

    @micropython.native
    def stop(self):
        self._running = False

    def __repr__(self):
        return "PCNT(%d)" % self._number


class _Channel:
    # One of a unit's two inputs: a pad whose edges count, and a pad whose level says how.
    @micropython.native
    def __init__(self, unit):
        self._unit = unit
        self._tap = None
        self.bit = 0
        self._mode_bit = 0
        self._steps = [0, 0]  # at a falling and at a rising edge
        self._modes = [0, 0]  # while the mode pad is low and while it is high

    @micropython.native
    def connect(self, pin, mode_pin):
        if pin == ():
            raise ValueError("pin")
        gpio = -1 if pin is None else _pin._gpio_of(pin)
        mode_gpio = -1 if mode_pin == () or mode_pin is None else _pin._gpio_of(mode_pin)
        self.cut()
        for pad in (gpio, mode_gpio):
            if pad >= 0:  # the driver makes both inputs with a pull-up
                _pin._release(pad)
                _gpio.configure(pad, 1, _PULL_UP)
        self._mode_bit = 1 << mode_gpio if mode_gpio >= 0 else 0
        if gpio >= 0:
            self.bit = 1 << gpio
            self._tap = _gpio.tap(gpio, self._edge)

    @micropython.native
    def set_modes(self, rising, falling, mode_low, mode_high):
        modes = []
        for value, name in ((rising, "rising"), (falling, "falling"), (mode_low, "mode_low"), (mode_high, "mode_high")):
            modes.append(0 if value == () else _within(value, 0, 2, name))
        self._steps = [(0, 1, -1)[modes[1]], (0, 1, -1)[modes[0]]]
        self._modes = modes[2:]

    @micropython.native
    def cut(self):
        if self._tap is not None:
            _gpio.untap(self._tap)
            self._tap = None
        self.bit = 0

    @micropython.native
    def _edge(self, level):
        step = self._steps[level]
        mode = self._modes[1 if not self._mode_bit or _gpio.levels & self._mode_bit else 0]
        if step and mode != 2:
            self._unit._add(-step if mode == 1 else step)


class _Irq:
    @micropython.native
    def __init__(self, unit):
        self._unit = unit
        self._handler = None
        self._trigger = 0
        self._flags = 0

    @micropython.native
    def _raise(self, events):
        events &= self._trigger
        if events:
            self._flags |= events
            _clock.post(self._handler, self._unit)

    @micropython.native
    def flags(self):
        flags = self._flags
        self._flags = 0
        return flags

    @micropython.native
    def trigger(self, *trigger):
        count(len(trigger), 0, 1)
        before = self._trigger
        if trigger:
            self._trigger = integer(trigger[0])
        return before

    @micropython.native
    def __call__(self):
        if self._handler is not None:
            self._handler(self._unit)


@micropython.native
def _within(value, least, most, name):
    value = integer(value)
    if not least <= value <= most:
        raise ValueError(name)
    return value
