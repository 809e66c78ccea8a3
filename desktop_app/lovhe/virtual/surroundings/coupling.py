"""Which outputs of the board can reach which of its inputs: what a program writes there must be told before it reads here."""

from __future__ import annotations

from lovhe.virtual.surroundings.nets import Nets, grouped
from lovhe.virtual.surroundings.parts.model import OUTPUT_KINDS, PartModel

_INPUT_KINDS = ("supply", "ground", "digital-in", "data")


def coupled_pins(nets: Nets, models: dict[str, PartModel]) -> dict[int, list[int]]:
    """GPIO to the GPIOs that may read something else when it changes, over a switch or through a part that has outputs.

    A pin that a "data" pin of a part hangs on depends on itself: the part answers on the same wire.
    """
    fixed = {name for name, net in nets.nets.items() if net.supply() is not None}
    joined = [pair for part_id, model in models.items() for pair in nets.pairs(part_id, model.may_join()) if fixed.isdisjoint(pair)]
    group_of = grouped(nets.nets, joined)
    gpios_in: dict[str, set[int]] = {group: set() for group in group_of.values()}
    for gpio, net in nets.net_of_gpio.items():
        gpios_in[group_of[net]].add(gpio)
    switched = {group: set(gpios) for group, gpios in gpios_in.items()}
    told_back: set[int] = set()
    for part_id, model in models.items():
        outputs = set(model.nets(*OUTPUT_KINDS)) | {net for pair in nets.pairs(part_id, model.may_join()) for net in pair}
        for net in model.nets(*_INPUT_KINDS):
            for output in outputs:
                switched[group_of[net]] |= gpios_in[group_of[output]]
        for net in model.nets("data"):
            told_back |= gpios_in[group_of[net]]
    coupled = {}
    for group, gpios in gpios_in.items():
        for gpio in gpios:
            if others := {other for other in switched[group] if other != gpio or other in told_back}:
                coupled[gpio] = sorted(others)
    return dict(sorted(coupled.items()))
