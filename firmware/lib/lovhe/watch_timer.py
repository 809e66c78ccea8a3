"""`machine.Timer` that makes room: the sampler leaves the hardware timer that the program wants.

When the program has them all, its own callbacks take the samples. The chip hands a callback its own Timer object;
here it is ours, so that `t.deinit()` in a callback is seen.
"""

from time import ticks_diff, ticks_ms

from lovhe import trace

_Timer = trace.machine.Timer


class Timer(_Timer):
    def __init__(self, id, *args, **kwargs):
        self._bit = 1 << id if isinstance(id, int) and 0 <= id < 4 else 0
        trace.used |= self._bit
        if id == trace.timer_id:  # the same number is the same timer: ours must be gone first
            trace.take_timer()
        super().__init__(id, *args, **self._ours(kwargs))
        self._begun(kwargs)

    def init(self, *args, **kwargs):
        trace.alive &= ~self._bit
        super().init(*args, **self._ours(kwargs))
        self._begun(kwargs or args or ("callback",))

    def deinit(self):
        trace.alive &= ~self._bit
        super().deinit()

    def _ours(self, kwargs):
        callback = kwargs.get("callback")
        if callable(callback):
            self._callback = callback
            kwargs["callback"] = self._fire
        self._once = kwargs.get("mode", _Timer.PERIODIC) == _Timer.ONE_SHOT
        return kwargs

    def _begun(self, settings):
        if settings:
            trace.alive |= self._bit

    def _fire(self, _):
        if self._once:
            trace.alive &= ~self._bit
        if trace.timer is None and ticks_diff(ticks_ms(), trace.sampled) >= trace.sample_ms:
            trace.sampled = ticks_ms()
            trace.sample()
        self._callback(self)
