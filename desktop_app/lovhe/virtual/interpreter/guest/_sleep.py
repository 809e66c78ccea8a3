# machine.lightsleep and deepsleep, and what wakes the chip.
#
# Deep sleep is played by this process: the pads let go, time passes, and the wake is a reset. As on the chip, nothing typed ends it.

import micropython

import _chip
import _clock
import _gpio
import _kept
import _pin
import _rtc
import _timers
import _waits
import _world
from _arguments import integer, positional

LIGHT = 2
DEEP = 4
_DEEPSLEEP_RESET = 4
_EXT0_WAKE = 2
_EXT1_WAKE = 3
_TIMER_WAKE = 4
_GPIO_WAKE = 7
_WAKE_US = 900  # from the wake-up to the program's next line, in light sleep
_ESP32 = _chip.name == "esp32"
_C3 = _chip.name == "esp32c3"
_DEEP_GPIOS = 0x3F  # of the C3: its pads 0 to 5 have power in deep sleep
# Pads that ext0 and ext1 can watch (modesp32.h at v1.28.0).
EXT_PADS = (1 << 22) - 1 if _chip.name == "esp32s3" else 0xFF0E00F015

touch = False  # wake sources beside the pads, as asked for; there is nobody to touch a pad or to run the second processor
ulp = False
ext1_pads = 0
ext1_high = False
gpio_pads = 0
gpio_high = False
hold_in_deep_sleep = False


@micropython.native
def wake_reason():
    return _kept.hard.get("wake", 0)


@micropython.native
def lightsleep(*arguments, **keywords):
    due = _prepare(arguments, keywords, LIGHT)
    begun = _clock.now
    left_us = _rtc.pause()
    _timers.pause()
    missed = len(_clock._queue)
    before = _clock.busy
    _clock.busy = True
    try:
        _kept.hard["wake"] = _doze(due, LIGHT)
        _clock.now += _WAKE_US
    finally:
        _clock.busy = before
        del _clock._queue[missed:]  # a sleeping chip sees no edges
        _timers.go_on(_clock.now - begun)
        _rtc.go_on(left_us)
        _clock.set_limit()


@micropython.native
def deepsleep(*arguments, **keywords):
    due = _prepare(arguments, keywords, DEEP)
    _rtc.pause()
    _timers.pause()
    _clock.irq_enabled = False
    _let_go()
    while True:
        try:
            _kept.hard["wake"] = _doze(due, DEEP)
            break
        except KeyboardInterrupt:
            pass
    _world.reset(_DEEPSLEEP_RESET)


@micropython.native
def _prepare(arguments, keywords, kind):
    # When the sleep ends by itself, on the board's clock.
    positional(arguments, keywords, 0, 1)
    due = _clock.FOREVER
    if arguments:
        sleep_ms = integer(arguments[0])
        if sleep_ms >= 0:
            due = _clock.now + 1000 * sleep_ms
    if gpio_pads and kind == DEEP:
        if not _C3:
            raise ValueError("DEEPSLEEP with gpio pins not supported on this chip")
        if gpio_pads & ~_DEEP_GPIOS:
            raise ValueError("wake-up pin not supported")
    return due


@micropython.native
def _let_go():
    # Without power the pads give nothing. Those that may wake the chip stay inputs with their pulls.
    ext0 = 1 << _pin.wake_pin[0] if _pin.wake_pin[0] >= 0 else 0
    stay = ext0 | ext1_pads | gpio_pads
    if hold_in_deep_sleep:
        stay |= _gpio.held
    for gpio in range(_gpio.PADS):
        mask = 1 << gpio
        if (_gpio.enabled | _gpio.readable | _gpio.pull_up | _gpio.pull_down) & mask and not stay & mask:
            if _gpio.held & mask:
                _gpio.hold(gpio, False)
            _pin._release(gpio)
            _gpio.configure(gpio, 0, 0)


@micropython.native
def _doze(due, kind):
    # Let time pass until something wakes the chip; what it was.
    while True:
        reason = _woken(kind)
        if reason:
            return reason
        if _clock.now >= due:
            return _TIMER_WAKE
        step = due
        if not _clock.real and _clock.until != _clock.NEVER:
            step = _waits.next_change()
        _clock.check_hook()
        _clock.wait_once(step if step < due else due)


@micropython.native
def _woken(kind):
    gpio, level, kinds = _pin.wake_pin
    if gpio >= 0 and not _C3 and kinds & kind and _is(1 << gpio, level):
        return _EXT0_WAKE
    if ext1_pads:
        if ext1_high or not _ESP32:
            if _is(ext1_pads, ext1_high):
                return _EXT1_WAKE
        elif not _is(ext1_pads, True):
            return _EXT1_WAKE  # all are low
    if gpio_pads and _is(gpio_pads, gpio_high):
        return _GPIO_WAKE
    return 0


@micropython.native
def _is(pads, high):
    # Whether one of these pads has this level; one that nothing holds soon has every level.
    if pads & _gpio.floating:
        return True
    return bool(pads & _gpio.levels) if high else (pads & _gpio.levels) != pads


def _restore():
    # A soft reset forgets neither wake sources nor the reason of the last wake; other resets forget the sources.
    global touch, ulp, ext1_pads, ext1_high, gpio_pads, gpio_high
    kept = _kept.soft.get("sleep")
    if kept:
        _pin.wake_pin[:] = kept[0]
        touch, ulp, ext1_pads, ext1_high, gpio_pads, gpio_high = kept[1:]


def _keep():
    _kept.soft["sleep"] = [list(_pin.wake_pin), touch, ulp, ext1_pads, ext1_high, gpio_pads, gpio_high]


_kept.on_restore.append(_restore)
_kept.on_leave.append(_keep)
