"""`machine.Timer` that makes room: the sampler leaves the hardware timer that the program wants.

When the program has them all, its own callbacks take the samples. The chip hands a callback its own Timer object;
here it is ours, so that `t.deinit()` in a callback is seen.

Names that begin with _lv_ are ours: on a virtual board, and in a student's subclass, the instance has others beside them.
"""

from time import ticks_diff, ticks_ms

from lovhe import trace
from lovhe.machine import _chip

_sampled = 0  # when a callback took the last sample
_timers = {}  # bit to Timer


def release():
    """After the run: stop what the program left on."""
    for timer in _timers.values():
        super(Timer, timer).deinit()


class Timer(_chip.Timer):
    _lv_made = False

    def __init__(self, id, *args, **kwargs):
        self._lv_bit = 1 << id if isinstance(id, int) and 0 <= id < 4 else 0
        trace.used |= self._lv_bit
        if trace.used & self._lv_bit << 4:  # the same number is the same timer: ours must be gone first
            trace.used &= 15
            trace.load("lovhe.opening", None, None, ("take_timer",)).take_timer()
        super().__init__(id, *args, **self._lv_ours(kwargs))
        self._lv_made = True
        _timers[self._lv_bit] = self
        if kwargs:
            trace.alive |= self._lv_bit

    def init(self, *args, **kwargs):
        if not self._lv_made:  # a Timer written in Python may get here from its constructor
            super().init(*args, **kwargs)
            return
        trace.alive &= ~self._lv_bit
        super().init(*args, **self._lv_ours(kwargs))
        trace.alive |= self._lv_bit

    def deinit(self):
        trace.alive &= ~self._lv_bit
        super().deinit()

    def _lv_ours(self, kwargs):
        callback = kwargs.get("callback")
        if callable(callback):
            self._lv_callback = callback
            kwargs["callback"] = self._lv_fire
        self._lv_once = kwargs.get("mode", 1) == 0
        return kwargs

    def _lv_fire(self, _):
        global _sampled
        if self._lv_once:
            trace.alive &= ~self._lv_bit
        if trace.timer is None and ticks_diff(ticks_ms(), _sampled) >= trace.period:
            _sampled = ticks_ms()
            trace.sample(0)
        self._lv_callback(self)
