"""What surrounds a virtual board, a line for each quantity of its circuit."""

from __future__ import annotations

from collections.abc import Mapping

from textual.containers import Vertical
from textual.widgets import Static

from lovhe.apps.language import t
from lovhe.apps.surroundings_words import surroundings_labels
from lovhe.apps.tui.panes.slider import Choice, Slider, Turner
from lovhe.core.circuits.hardware import Circuit, Part
from lovhe.core.circuits.knobs import knob_of
from lovhe.core.circuits.surroundings import default_value, quantities, read_value
from lovhe.core.errors import InputError
from lovhe.core.messages import N_

_LABEL = 20


class Surroundings(Vertical):
    """Sliders and choices; each tells of a change by `Turned`. Which keys turn them stands below as long as they have the keys."""

    def __init__(self) -> None:
        super().__init__(id="surroundings")
        self._circuit: Circuit | None = None

    def circuit_is(self, circuit: Circuit | None, parts: Mapping[str, Part]) -> None:
        """What there is to turn; None for nothing."""
        if circuit == self._circuit:
            return
        self._circuit = circuit
        self.remove_children()
        turners = _turners(circuit, parts) if circuit is not None else []
        width = min(max((len(turner.label) for turner in turners), default=0), _LABEL)
        for turner in turners:
            turner.label, turner.label_width = turner.label[:width], width
        if turners:
            self.mount(*turners, Static(t(N_("The keys Left and Right change it, as a hand would.")), id="surroundings-keys", markup=False))
        self.display = bool(turners)

    def on_descendant_focus(self) -> None:
        """Which keys turn them is told while they do."""
        self._tell_keys()

    def on_descendant_blur(self) -> None:
        """And not when they go elsewhere."""
        self._tell_keys()

    def _tell_keys(self) -> None:
        for keys in self.query("#surroundings-keys"):
            keys.display = self.has_focus_within

    def are(self, values: Mapping[str, str]) -> None:
        """What holds now, as a snapshot tells it."""
        for turner in self.query(Turner):
            text = values.get(turner.quantity_name)
            if text is not None:
                try:
                    turner.show(read_value(turner.quantity, text, turner.quantity_name))
                except InputError:
                    continue


def _turners(circuit: Circuit, parts: Mapping[str, Part]) -> list[Turner]:
    labels = surroundings_labels(circuit, parts)
    turners: list[Turner] = []
    for name, quantity in quantities(parts, circuit).items():
        value, knob = default_value(quantity), knob_of(quantity)
        if isinstance(value, float) and knob is not None:
            turners.append(Slider(name, quantity, labels[name], value, knob))
        elif quantity.values:
            turners.append(Choice(name, quantity, labels[name], value))
    return turners
