"""The table of supported MicroPython releases."""

from __future__ import annotations

import tomllib
from pathlib import Path

IMAGES = tomllib.loads((Path(__file__).parents[2] / "firmware" / "images.toml").read_text(encoding="utf-8"))["image"]


def test_offsets_are_the_chips():
    """An ESP32 boots from 0x1000, its successors from 0: a wrong offset makes a silent board."""
    for image in IMAGES:
        assert image["offset"] == (0x1000 if image["chip"] == "esp32" else 0), image


def test_names_follow_the_releases():
    """Board, version and chip say the same thing in every row, and no row stands twice."""
    for image in IMAGES:
        assert image["file"] == f"{image['board']}-*-v{image['version']}.bin"
        suffix = image["chip"].removeprefix("esp32").upper()
        assert image["board"] == "ESP32_GENERIC" + (f"_{suffix}" if suffix else "")
    assert len({image["file"] for image in IMAGES}) == len(IMAGES) == 6
