"""What the rules of wiring say of the kit's parts on an I2C bus, from their files."""

from __future__ import annotations

from pathlib import Path

import msgspec
from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart, Part
from lovhe.core.circuits.wiring_rules import circuit_findings

HARDWARE = Path(__file__).parents[3] / "hardware"
BOARD = msgspec.toml.decode((HARDWARE / "boards/esp32-devkitc.toml").read_bytes(), type=Board)
BUS = {"SCL": "IO22", "SDA": "IO21", "GND": "GND"}
SHIFTED = {"SCL": "level shifter", "SDA": "level shifter"}


def placed(part_id: str, part: str, supply: str = "3V3", through: dict[str, str] | None = None, **options: int) -> CircuitPart:
    """A part on the usual two wires."""
    return CircuitPart(part_id, part, BUS | {"VCC": supply}, through or {}, options)


def told(*parts: CircuitPart) -> list[str]:
    """Each finding as one text: what, and what to do."""
    described = {one.part: msgspec.toml.decode((HARDWARE / f"parts/{one.part}.toml").read_bytes(), type=Part) for one in parts}
    return [f"{finding.what} {finding.next_step}" for finding in circuit_findings(BOARD, described, Circuit(part=list(parts)))]


def test_all_of_them_share_one_bus() -> None:
    """Four sensors and a display at 3V3, and a text display at 5V behind level shifters, are as they should be."""
    at_3v3 = [placed("tilt", "mpu6050"), placed("air", "bme280"), placed("lux", "bh1750"), placed("oled", "ssd1306")]
    assert told(*at_3v3, placed("height", "bmp280", address=0x77), placed("text", "lcd1602", "5V", SHIFTED)) == []


def test_text_display_at_5v_needs_level_shifters() -> None:
    """Its resistors pull the bus up to 5 V, which the board's pins do not bear: told for both wires, with the mend."""
    found = told(placed("text", "lcd1602", "5V"))
    for pin, board_pin in (("SCL", "IO22"), ("SDA", "IO21")):
        assert any("5.0 V" in text and board_pin in text and f'{pin} = "level shifter"' in text for text in found)


def test_text_display_at_3v3_is_told_to_go_to_5v() -> None:
    """It is made for 4.5 V and more."""
    assert any("5V" in text for text in told(placed("text", "lcd1602")))


def test_bare_sensor_at_5v_is_told() -> None:
    """A BME280 without a regulator bears 3.6 V; the MPU6050's module makes its own 3.3 V."""
    assert any("3V3" in text for text in told(placed("air", "bme280", "5V")))
    assert told(placed("tilt", "mpu6050", "5V")) == []


def test_second_light_sensor_is_told_the_address_that_there_is() -> None:
    """A BH1750 has 0x23 and 0x5c, and nothing between."""
    found = told(placed("left", "bh1750"), placed("right", "bh1750"))
    assert len(found) == 1
    assert "0x5c" in found[0]
