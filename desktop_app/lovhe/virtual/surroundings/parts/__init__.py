"""The parts of the kit, as models: one module a part, found by its name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from lovhe.core.circuits.hardware import Part
from lovhe.core.errors import HardwareError
from lovhe.core.messages import N_
from lovhe.virtual.surroundings.parts.model import PartModel


@cache
def models() -> dict[str, type[PartModel]]:
    """All models, by the name that `model` in a part's file gives them."""
    found: dict[str, type[PartModel]] = {}
    for info in iter_modules(__path__):
        model = getattr(import_module(f"{__name__}.{info.name}"), "MODEL", None)
        if model is not None:
            found[info.name.replace("_", "-")] = model
    return found


def model_of(part: Part) -> type[PartModel]:
    """The model of a part. Raises `HardwareError` when there is none of that name."""
    try:
        return models()[part.model]
    except KeyError:
        raise HardwareError(
            N_("The part “{part}” has the model “{model}”, and virtual boards know none of that name.", part=part.id, model=part.model),
            N_("Write one of these: {models}.", models=", ".join(sorted(models()))),
        ) from None
