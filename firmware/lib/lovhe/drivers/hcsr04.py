"""The ultrasonic distance sensor HC-SR04."""

from time import sleep_ms, sleep_us, ticks_diff, ticks_ms

from machine import Pin, time_pulse_us
from micropython import const

from lovhe.drivers import missing

_CYCLE_MS = const(60)  # from one measurement to the next, so that no late echo is heard
_MOST_US = const(30_000)
_QUIET_MS = const(200)  # as long as some modules hold ECHO high when nothing came back


class HcSr04:
    """Distance to what is in front, 2 to 400 cm, in steps of 0.3 cm (about ±1 %, and 0.2 % more for each °C beside 20 °C).

    Works at 5 V: ECHO needs two resistors (1 kΩ, 2 kΩ) before a pin of the ESP32, which bears 3.3 V. Soft, small and slanting things
    send no echo back. Raises OSError (ENODEV) when the part does not answer.

    Source: Elecfreaks "Ultrasonic Ranging Module HC-SR04", "Electric parameter", "Timing diagram". Sound makes 331.3 m/s at 0 °C and
    0.606 m/s more for each °C.
    """

    def __init__(self, trigger, echo):
        self._trigger = Pin(trigger, Pin.OUT, value=0)
        self._echo = Pin(echo, Pin.IN, Pin.PULL_DOWN)  # so that a wire that hangs free is silent
        self._last = None

    def distance_cm(self, temperature=20):
        """cm; 400 means: nothing nearer. `temperature`: the air's, in °C. Blocks for 25 ms at most, and till 60 ms after the last call."""
        if self._last is not None:
            sleep_ms(max(0, _CYCLE_MS - ticks_diff(ticks_ms(), self._last)))
        self._wait_for_quiet()
        self._last = ticks_ms()
        self._trigger(1)
        sleep_us(10)
        self._trigger(0)
        us = time_pulse_us(self._echo, 1, _MOST_US)
        if us == -2:
            raise missing("HC-SR04", "TRIG, ECHO, 5V, GND")
        if us < 0:  # no echo came back
            return 400.0
        return min(round(us * (331.3 + 0.606 * temperature) / 20000, 1), 400.0)

    def _wait_for_quiet(self):
        begun = ticks_ms()
        while self._echo():
            if ticks_diff(ticks_ms(), begun) > _QUIET_MS:
                raise missing("HC-SR04", "ECHO, GND")  # ECHO is always high
            sleep_ms(1)
