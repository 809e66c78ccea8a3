# Trains of pulses on a pad, as the world is told of them: as levels, as the colours that LEDs with a data wire take from them, or, where
# they go round too fast for either, as PWM.

import micropython

import _clock
import _gpio
import _world

_NS = 1000000000
_SHORT_BIT_NS = (150, 620)  # how long the high of a 0 may be for WS2812 and its like …
_LONG_BIT_NS = (620, 1800)  # … and that of a 1
_LOW_NS = 2000
_FINE_US = 20  # pulses shorter than this on average are not told one by one


class Train:
    # Pulses on their way.
    @micropython.native
    def __init__(self, gpio, pulses, resolution_hz, loops, idle):
        self._gpio = gpio
        self._pulses = pulses
        self._resolution_hz = resolution_hz
        self._idle = idle
        self._place = 0
        self._event = None
        self._pwm = False
        counts = 0
        high = 0
        for level, length in pulses:
            counts += length
            high += length if level else 0
        self._begin_us = _clock.now
        self._passed = 0
        self._endless = loops < 0 and counts > 0
        self._turns = max(loops, 1)
        self.end_us = _clock.FOREVER if self._endless else _clock.now + counts * self._turns * 1000000 // resolution_hz
        colours = None if self._endless else _colours(pulses, resolution_hz)
        if colours:
            _world.log(gpio, "neo", colours)
            self._finish_later()
        elif counts * 1000000 // resolution_hz >= _FINE_US * len(pulses):
            self._step(None)
        elif self._endless:
            self._pwm = True
            _world.log(gpio, "pwm", resolution_hz / counts, min(65535, 65536 * high // counts))
        else:
            self._finish_later()

    @micropython.native
    def _finish_later(self):
        _gpio.emit(self._gpio, self._pulses[0][0])
        self._place = len(self._pulses)
        self._turns = 1
        self._event = _clock.at(max(self.end_us, _clock.now + 1), 0, self._step, None)

    @micropython.native
    def _step(self, _):
        # Give the next pulse's level, and come back when it is over.
        self._event = None
        if self._place == len(self._pulses):
            self._turns -= 1
            if not self._endless and self._turns <= 0:
                _gpio.emit(self._gpio, self._idle)
                return
            self._place = 0
        level, length = self._pulses[self._place]
        self._place += 1
        self._passed += length
        _gpio.emit(self._gpio, level)
        due = self._begin_us + self._passed * 1000000 // self._resolution_hz
        self._event = _clock.at(max(due, _clock.now), 0, self._step, None)

    @micropython.native
    def over(self):
        return self._event is None and not self._pwm

    @micropython.native
    def stop(self):
        if self._event is not None:
            _clock.cancel(self._event)
            self._event = None
        if self._pwm:
            self._pwm = False
            _world.log(self._gpio, "pwm", 0, 0)


@micropython.native
def _colours(pulses, resolution_hz):
    # What LEDs of the WS2812's kind take from this train, in hexadecimal; "" if it is none for them.
    bits = 0
    value = 0
    text = ""
    for place in range(0, len(pulses), 2):
        level, length = pulses[place]
        high_ns = length * _NS // resolution_hz
        if not level or not _SHORT_BIT_NS[0] <= high_ns < _LONG_BIT_NS[1]:
            return ""
        if place + 1 < len(pulses):
            level, length = pulses[place + 1]
            if level or length * _NS // resolution_hz > _LOW_NS and place + 2 < len(pulses):
                return ""
        value = value << 1 | (1 if high_ns >= _LONG_BIT_NS[0] else 0)
        bits += 1
        if bits & 7 == 0:
            text += "%02x" % (value & 0xFF)
    return text
