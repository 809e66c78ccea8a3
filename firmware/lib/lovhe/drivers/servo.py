"""A hobby servo such as SG90 or MG90S: an arm that turns to an angle and holds it."""

from machine import PWM, Pin


class Servo:
    """Angles of 0 to 180° (about ±5°, by the servo), by pulses of 0.5 to 2.4 ms, 50 a second.

    A servo of another make may need other pulses: `shortest_us` is the one for 0°, `longest_us` the one for 180°. `angle` returns at once;
    the arm needs 0.1 s for 60°, and nothing tells when it is there. Supply it from 5 V, never from 3V3.

    Source: TowerPro SG90, data sheet, "Specifications" (0.1 s/60°, period 20 ms); TowerPro's product page for the pulses.
    """

    def __init__(self, pin, shortest_us=500, longest_us=2400):
        self._pwm = PWM(Pin(pin), freq=50, duty_u16=0)
        self._shortest_us = shortest_us
        self._longest_us = longest_us

    def angle(self, degrees):
        """Turn to `degrees`, 0 to 180. Raises ValueError."""
        if not 0 <= degrees <= 180:
            raise ValueError("angle must be from 0 to 180")
        self._pwm.duty_ns(1000 * int(self._shortest_us + (self._longest_us - self._shortest_us) * degrees / 180 + 0.5))

    def off(self):
        """Send no more pulses: the arm can be turned by hand until the next `angle`."""
        self._pwm.duty_ns(0)
