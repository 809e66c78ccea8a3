"""`machine.PWM` that tells what was set: at most every 20 ms a pin, but always the last setting.

Names that begin with _lv_ are ours: on a virtual board, and in a student's subclass, the instance has others beside them.
"""

from time import ticks_add, ticks_diff, ticks_ms

from lovhe import trace
from lovhe.machine import _chip, _gpio_of, _hide

_pins = {}  # gpio to [when told, freq, duty, when set or None if told, the PWM]


def _late():
    """Tell the settings that were held back. Called with each sample."""
    for gpio in _pins:
        _tell(gpio)


def _tell(gpio):
    pin = _pins[gpio]
    if pin[3] is not None and gpio >= 0 and ticks_diff(ticks_ms(), pin[0]) >= 20:
        trace.put('"pwm",%d,%d,%d' % (gpio, pin[1], pin[2]), pin[3])
        pin[0] = ticks_ms()
        pin[3] = None


def release():
    """After the run: stop what the program left on."""
    for pin in _pins.values():
        super(PWM, pin[4]).deinit()


def _setter(name):
    def method(self, *args):
        value = getattr(super(PWM, self), name)(*args)
        if args:
            self._lv_set()
        return value

    return method


class PWM(_chip.PWM):
    _lv_gpio = None  # not made yet: a PWM written in Python may set itself from its constructor

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._lv_gpio = _gpio_of(self)
        if _late not in trace.late:
            trace.late.append(_late)
        self._lv_set()

    def init(self, *args, **kwargs):
        super().init(*args, **kwargs)
        self._lv_set()

    freq = _setter("freq")
    duty = _setter("duty")
    duty_u16 = _setter("duty_u16")
    duty_ns = _setter("duty_ns")

    def deinit(self):
        super().deinit()
        self._lv_set(True)

    def _lv_set(self, off=False):
        if self._lv_gpio is None:
            return
        now = ticks_ms()
        freq = duty = 0
        if not off:
            freq = super().freq()
            duty = super().duty_u16()
        pin = _pins.setdefault(self._lv_gpio, [ticks_add(now, -20), 0, 0, None, self])
        pin[4] = self
        if freq != pin[1] or duty != pin[2]:
            if off != (pin[1] == 0):
                _hide(self._lv_gpio, not off)
            pin[1] = freq
            pin[2] = duty
            pin[3] = now
            _tell(self._lv_gpio)
