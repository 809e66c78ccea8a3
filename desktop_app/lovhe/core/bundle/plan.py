"""What a teacher wants in an offline bundle, and what stands in its way."""

from __future__ import annotations

import msgspec

from lovhe.core.errors import UnavailableError

PYTHONS = ("3.11", "3.12", "3.13")
"""The Pythons a bundle serves unless others are named."""


class BundleWishes(msgspec.Struct, frozen=True):
    """For which systems and Pythons, and the folders of lessons and of USB drivers to be put in."""

    systems: tuple[str, ...] = ("linux", "windows")
    pythons: tuple[str, ...] = PYTHONS
    lessons: tuple[str, ...] = ()
    drivers: str = ""


class WheelMissingError(UnavailableError):
    """A library has no wheel for one system and Python: the bundle can be made without that pair."""
