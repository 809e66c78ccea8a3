# machine.DAC and TouchPad, of the chips that have them.
#
# Nobody touches the pads.

import micropython

import _chip
import _clock
import _gpio
import _world
from _arguments import count, integer
from _pin import _gpio_of

_INVALID_STATE = (-259, "ESP_ERR_INVALID_STATE")


class DAC:
    @micropython.native
    def __init__(self, *arguments, **keywords):
        count(len(arguments), 1, 1)
        gpio = _gpio_of(arguments[0])
        if gpio not in _chip.DAC:
            raise ValueError("invalid Pin for DAC")
        if _gpio.dac & 1 << gpio:
            raise OSError(*_INVALID_STATE)  # the chip gives a channel out once, until it is reset
        _gpio.dac |= 1 << gpio
        self._gpio = gpio
        _gpio.configure(gpio, 0, 0)
        self.write(0)

    @micropython.native
    def write(self, value):
        value = integer(value)
        if not 0 <= value <= 255:
            raise ValueError("value out of range")
        gpio = self._gpio
        millivolts = _gpio.voltage[gpio] = 80 + value * 3060 // 255
        _world.log(gpio, "dac", millivolts)
        if _gpio.coupled >> gpio & 1:
            _world.touched(gpio)

    def __repr__(self):
        return "DAC(Pin(%d))" % self._gpio


class TouchPad:
    @micropython.native
    def __init__(self, *arguments, **keywords):
        count(len(arguments), 1, 1)
        gpio = _gpio_of(arguments[0])
        if gpio not in _chip.TOUCH:
            raise ValueError("invalid pin for touchpad")
        self._gpio = gpio

    @micropython.native
    def config(self, value):
        integer(value)

    @micropython.native
    def read(self):
        _clock.now += 500
        return _chip.TOUCH_IDLE + _gpio.noise() % (_chip.TOUCH_IDLE // 24)
