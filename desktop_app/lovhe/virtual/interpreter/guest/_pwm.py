# machine.PWM: the channels of the chip's LEDC, which share its timers by frequency as MicroPython 1.28 has them do.
#
# Source: the port's machine_pwm.c at v1.28.0.

import micropython

import _chip
import _clock
import _gpio
import _ledc
import _pin
import _world
from _arguments import count, integer, unpack
from _pin import _gpio_of

_PWM_US = 40
_NAMES = ("freq", "*duty", "*duty_u16", "*duty_ns", "*invert", "*lightsleep")
_GROUPS = _chip.PWM_GROUPS
_FULL = 65536
_DEFAULT_HZ = 5000
_INVALID_ARG = (-258, "ESP_ERR_INVALID_ARG")

_FREE = _ledc.FREE
_timers = _ledc.timers
_channels = [[[_FREE, _FREE, 0, False, False] for _ in range(_chip.PWM_CHANNELS)] for _ in range(_GROUPS)]
_PIN, _TIMER, _RAW, _INVERTED, _ROUTED = range(5)


@micropython.native
def _release(gpio):
    # Pin takes the pad back: the channel goes on counting, nobody sees it.
    for group in _channels:
        for channel in group:
            if channel[_PIN] == gpio and channel[_ROUTED]:
                channel[_ROUTED] = False
                _gpio.give_back(gpio)
                _world.log(gpio, "pwm", 0, 0)


_pin._releases.append(_release)


@micropython.native
def _free(channel):
    channel[_PIN] = _FREE
    channel[_TIMER] = _FREE
    channel[_ROUTED] = False


class PWM:
    @micropython.native
    def __init__(self, *arguments, **keywords):
        count(len(arguments), 1, 2)
        self._forget()
        self._gpio = _gpio_of(arguments[0])
        PWM.init(self, *arguments[1:], **keywords)

    @micropython.native
    def _forget(self):
        self._group = self._channel = self._timer = self._frequency = _FREE
        self._scale = self._wanted = 0  # 10, 16 or 1 for nanoseconds; the duty in that scale
        self._inverted = self._was_inverted = self._sleepy = False

    @micropython.native
    def init(self, *arguments, **keywords):
        frequency, duty, duty_u16, duty_ns, invert, lightsleep = unpack(_NAMES, arguments, keywords)
        frequency, duty, duty_u16, duty_ns = [-1 if value == () else integer(value) for value in (frequency, duty, duty_u16, duty_ns)]
        if lightsleep != ():
            self._sleepy = bool(lightsleep)
        if frequency != -1:
            _ledc.check_frequency(frequency, _ledc.MAX_HZ)
        if duty_u16 >= 0:
            self._want_u16(duty_u16)
        elif duty_ns >= 0:
            self._want_ns(duty_ns)
        elif duty >= 0:
            self._want_u10(duty)
        elif not self._scale:
            self._scale, self._wanted = 16, _FULL // 2
        if invert != ():
            self._inverted = bool(invert)
        self._find_channel(frequency)
        if frequency == -1:
            timer = _channels[self._group][self._channel][_TIMER]
            frequency = _timers[self._group][timer][_ledc.FREQ] if timer >= 0 else 0
            if frequency <= 0:
                frequency = _DEFAULT_HZ
        self._apply(frequency)

    @micropython.native
    def _groups(self):
        return range(1, 2) if self._sleepy and _GROUPS == 2 else range(_GROUPS)

    @micropython.native
    def _out_of(self, what, each):
        word, number = ("light sleep capable ", each) if self._sleepy else ("", _GROUPS * each)
        raise RuntimeError("out of %sPWM %s:%d" % (word, what, number))

    @micropython.native
    def _find_channel(self, frequency):
        # The pad's own channel, else a free one in a group that has a timer for `frequency`.
        for group in self._groups():
            for number, channel in enumerate(_channels[group]):
                if channel[_PIN] == self._gpio:
                    self._group, self._channel = group, number
                    return
        for group in self._groups():
            for timer in _timers[group]:
                if timer[_ledc.FREQ] in (_FREE, frequency):
                    for number, channel in enumerate(_channels[group]):
                        if channel[_PIN] < 0:
                            self._group, self._channel = group, number
                            return
                    break
        self._out_of("channels", _chip.PWM_CHANNELS)

    @micropython.native
    def _find_timer(self, frequency):
        for group in self._groups():
            for channel in _channels[group]:
                if channel[_PIN] in (_FREE, self._gpio):
                    for number, timer in enumerate(_timers[group]):
                        if timer[_ledc.FREQ] == frequency:
                            return group, number
                    break
        return None

    @micropython.native
    def _shared(self):
        # Whether another channel uses our timer.
        for number, channel in enumerate(_channels[self._group]):
            if number != self._channel and channel[_TIMER] == self._timer and channel[_PIN] >= 0:
                return True
        return False

    @micropython.native
    def _select_timer(self, frequency):
        found = self._find_timer(frequency)
        if not found and self._timer >= 0 and not self._shared():
            found = self._group, self._timer
        if not found:
            found = self._find_timer(_FREE)
        if not found:
            self._out_of("timers", _chip.PWM_TIMERS)
        group, timer = found
        if self._timer != timer or self._group != group:
            _free(_channels[self._group][self._channel])
            if group != self._group:
                self._group = group
                for number, channel in enumerate(_channels[group]):
                    if channel[_PIN] in (_FREE, self._gpio):
                        self._channel = number
                        break
            self._timer = timer
            _channels[group][self._channel][_TIMER] = timer

    @micropython.native
    def _apply(self, frequency):
        self._select_timer(frequency)
        self._set_timer(frequency)
        self._set_duty()

    @micropython.native
    def _set_timer(self, frequency):
        self._frequency = frequency
        timer = _timers[self._group][self._timer]
        if timer[_ledc.FREQ] == frequency and not self._sleepy:
            return
        _ledc.set_timer(timer, frequency, self._sleepy)

    @micropython.native
    def _set_duty(self):
        self._check_active()
        _clock.now += _PWM_US
        gpio = self._gpio
        channel = _channels[self._group][self._channel]
        duty = self._wanted
        if self._scale == 10:
            duty <<= 6
        elif self._scale == 1:
            duty = self._from_ns(duty)
        raw = duty >> (16 - _timers[self._group][self._timer][_ledc.BITS])
        if channel[_PIN] == _FREE or self._was_inverted != self._inverted:
            self._was_inverted = self._inverted
            if gpio >= _gpio.FIRST_INPUT_ONLY:
                raise OSError(*_INVALID_ARG)
            channel[_INVERTED] = self._inverted
            channel[_ROUTED] = True
            _pin._spare_flash(gpio)
            _gpio.take_over(gpio)
        channel[_PIN] = gpio
        channel[_TIMER] = self._timer
        channel[_RAW] = raw
        if channel[_ROUTED]:
            shown = _FULL - self._duty() if channel[_INVERTED] else self._duty()
            _world.log(gpio, "pwm", _ledc.true_frequency(_timers[self._group][self._timer]), 65535 if shown >= _FULL else shown)

    @micropython.native
    def _check_active(self):
        if self._timer < 0:
            raise RuntimeError("PWM is inactive")

    @micropython.native
    def deinit(self):
        if self._group >= 0:
            channel = _channels[self._group][self._channel]
            gpio = channel[_PIN]
            if channel[_TIMER] >= 0 and not self._shared():
                _timers[self._group][channel[_TIMER]][:] = [_FREE, 0, 0, 0]
            if gpio >= 0 and channel[_ROUTED]:
                # The channel goes on holding the pad, at its level of rest, until Pin takes it back.
                _gpio.rest(gpio, self._inverted)
                _world.log(gpio, "pwm", 0, 65535 if self._inverted else 0)
            _free(channel)
        gpio = self._gpio
        self._forget()
        self._gpio = gpio

    @micropython.native
    def freq(self, frequency=()):
        self._check_active()
        timer = _timers[self._group][self._timer]
        if frequency == ():
            return _ledc.true_frequency(timer)
        frequency = integer(frequency)
        _ledc.check_frequency(frequency, _ledc.MAX_HZ)
        if frequency != timer[_ledc.FREQ]:
            self._apply(frequency)

    @micropython.native
    def _duty(self):
        return _channels[self._group][self._channel][_RAW] << (16 - _timers[self._group][self._timer][_ledc.BITS])

    @micropython.native
    def _u16(self):
        self._check_active()
        duty = self._duty()
        return 65535 if duty >= _FULL else duty

    @micropython.native
    def duty_u16(self, duty=()):
        if duty == ():
            return self._u16()
        self._want_u16(integer(duty))
        self._set_duty()

    @micropython.native
    def duty(self, duty=()):
        if duty == ():
            return self._u16() >> 6
        self._want_u10(integer(duty))
        self._set_duty()

    @micropython.native
    def duty_ns(self, duty=()):
        if duty == ():
            return self._to_ns(self._u16())
        self._want_ns(integer(duty))
        self._set_duty()

    @micropython.native
    def _want_u16(self, duty):
        if not 0 <= duty <= 65535:
            raise ValueError("duty_u16 must be from 0 to 65536")
        self._scale = 16
        self._wanted = _FULL if duty == 65535 else duty

    @micropython.native
    def _want_u10(self, duty):
        if not 0 <= duty <= 1023:
            raise ValueError("duty must be from 0 to 1023")
        self._scale = 10
        self._wanted = 1024 if duty == 1023 else duty

    @micropython.native
    def _want_ns(self, duty):
        # A PWM that does not run yet has no period to compare with: the chip says that it is inactive.
        longest = self._to_ns(_FULL)
        if not 0 <= duty <= longest:
            raise ValueError("duty_ns must be from 0 to %d ns" % longest)
        self._scale = 1
        self._wanted = duty

    @micropython.native
    def _to_ns(self, duty):
        self._check_active()
        return (duty * 1000000000 + self._frequency * (_FULL // 2)) // (self._frequency * _FULL)

    @micropython.native
    def _from_ns(self, duty):
        width = (duty * _FULL * self._frequency + 500000000) // 1000000000
        if duty > 0 and width == 0:
            return 1
        return _FULL if width > _FULL else width

    @micropython.native
    def __repr__(self):
        text = "PWM(Pin(%d)" % self._gpio
        if self._timer >= 0:
            text += ", freq=%d" % _ledc.true_frequency(_timers[self._group][self._timer])
            if self._scale == 10:
                text += ", duty=%d" % (self._u16() >> 6)
            elif self._scale == 1:
                text += ", duty_ns=%d" % self._to_ns(self._u16())
            else:
                text += ", duty_u16=%d" % self._u16()
            if self._inverted:
                text += ", invert=True"
            if self._sleepy:
                text += ", lightsleep=True"
        return text + ")"
