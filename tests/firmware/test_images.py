"""The table of supported MicroPython releases."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatch
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


def test_each_release_can_be_fetched_from_micropython():
    """The address is on MicroPython's own site, encrypted, and its file is the one that `file` describes, with a date."""
    for image in IMAGES:
        folder, _, name = image["url"].rpartition("/")
        assert folder == "https://micropython.org/resources/firmware"
        assert fnmatch(name, image["file"])
        assert re.fullmatch(rf"{image['board']}-20\d{{6}}-v{re.escape(image['version'])}\.bin", name)
    assert len({image["url"] for image in IMAGES}) == len(IMAGES)


def test_a_release_has_one_date():
    """All boards' files of a version were made on the same day."""
    dates = {(image["version"], image["url"].rpartition("-v")[0][-8:]) for image in IMAGES}
    assert len(dates) == len({image["version"] for image in IMAGES})


def test_hashes_are_sha256_and_each_its_own():
    """A hash that was copied into the wrong row would make its release impossible to fetch."""
    hashes = [image["sha256"] for image in IMAGES if "sha256" in image]
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in hashes)
    assert len(set(hashes)) == len(hashes) == 3
