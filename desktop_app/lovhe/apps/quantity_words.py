"""What quantities are called, whether a part shows them or surrounds them."""

from __future__ import annotations

from lovhe.apps.language import key

QUANTITIES = {
    "temperature": key("temperature"),
    "humidity": key("humidity"),
    "pressure": key("pressure"),
    "light": key("light"),
    "distance": key("distance"),
    "moisture": key("moisture"),
    "sound": key("sound"),
    "field": key("magnetic field"),
    "position": key("position"),
    "battery": key("battery"),
}
