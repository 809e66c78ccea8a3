"""An NTC thermistor in a divider: a fixed resistor from the supply to the output, the thermistor from there to ground.

Warmer is less resistance, so a lower voltage, and not in a straight line: R = R25 · exp(B · (1/T − 1/298.15 K)).
With R25 10 kΩ and B 3950 K that is 33.6 kΩ at 0 °C and 3.6 kΩ at 50 °C.
Source: the B equation of NTC thermistors (Vishay, "NTC Thermistors", document 29053). A real one departs from it by about a degree
towards 0 and 50 °C. That the thermistor warms itself by its own current (below 0.3 mA here) is left out.
"""

from __future__ import annotations

from math import exp

from lovhe.virtual.surroundings.parts.divider import Divider

_ZERO_C_K = 273.15
_TWENTY_FIVE_C_K = 298.15


class Thermistor(Divider):
    """Senses `temperature`. Options: `ohm` at 25 °C, `beta` in K, `series_ohm` of the fixed resistor."""

    def share(self, part_pin: str) -> float:
        """The thermistor's part of both resistances."""
        resistance = self.resistance_ohm(float(self.values["temperature"]))
        return resistance / (resistance + max(self.option("series_ohm"), 1))

    def resistance_ohm(self, temperature_c: float) -> float:
        """The thermistor's resistance at a temperature above −273 °C."""
        return self.option("ohm") * exp(self.option("beta") * (1 / (temperature_c + _ZERO_C_K) - 1 / _TWENTY_FIVE_C_K))


MODEL = Thermistor
