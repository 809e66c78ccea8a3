"""One number about several readings, as measure steps ask for it and checks compare with it: its reckoning and its words."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Literal

from lovhe.core.messages import N_, Message

Statistic = Literal["mean", "median", "least", "most", "range", "count", "last"]


def worked_out(statistic: Statistic, values: Sequence[float]) -> float:
    """One number about readings, of which there is one at least."""
    match statistic:
        case "mean":
            return statistics.fmean(values)
        case "median":
            return float(statistics.median(values))
        case "least":
            return min(values)
        case "most":
            return max(values)
        case "range":
            return max(values) - min(values)
        case "count":
            return float(len(values))
        case "last":
            return values[-1]


def statistic_words(statistic: Statistic, name: str, tolerance: str, value: float | None) -> Message:
    """What the number about the readings `name` is, as a sentence; without a value, what is asked for."""
    words = {"name": name, "value": _shown(value) if value is not None else "?", "tolerance": tolerance}
    match statistic:
        case "mean":
            return N_("The mean of “{name}”: {value} ({tolerance}).", **words)
        case "median":
            return N_("The median of “{name}”: {value} ({tolerance}).", **words)
        case "least":
            return N_("The least value of “{name}”: {value} ({tolerance}).", **words)
        case "most":
            return N_("The greatest value of “{name}”: {value} ({tolerance}).", **words)
        case "range":
            return N_("From the least to the greatest value of “{name}”: {value} ({tolerance}).", **words)
        case "count":
            return N_("How many values of “{name}” there were: {value} ({tolerance}).", **words)
        case "last":
            return N_("The last value of “{name}”: {value} ({tolerance}).", **words)


def _shown(value: float) -> float:
    """To three places; a whole number without them."""
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded
