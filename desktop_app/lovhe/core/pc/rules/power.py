"""USB hubs: whether they can feed the boards that hang on them, and carry what is written to them.

Sources: USB 2.0 specification, 7.2.1.1 and 9.6.3 (a hub without a supply of its own has 500 mA for itself and all its sockets; bit 6 of
bmAttributes says that it has one), 11.14 (a hub's transaction translators); USB 3.2, 9.6.3 (900 mA).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lovhe.core.boards.usb_bridges import bridge_family
from lovhe.core.messages import N_
from lovhe.core.pc.facts import UsbDevice
from lovhe.core.pc.rules.drivers import bridge_of
from lovhe.core.pc.rules.finding import Finding

_FEW_BOARDS = 2
"""As many boards a hub without a supply feeds: each takes about 100 mA, and far more for a moment when its radio is on."""

_FULL_SPEED_MBIT = 12.0
_HIGH_SPEED_MBIT = 480.0
_SUPER_SPEED_MBIT = 5000.0
_CARRIED_BD = 6_000_000
"""Of the 12 Mbit/s that devices share, what is left for their data when many are asked in turn; about half."""


def power_findings(devices: Sequence[UsbDevice]) -> Iterator[Finding]:
    """Hubs without a supply of their own, lines that many share, and sockets that have cut the current."""
    by_place = {device.place: device for device in devices}
    boards = [device for device in devices if bridge_of(device)]
    told = False
    for hub, count in Counter(filter(None, (_weak_feed(board, by_place) for board in boards))).items():
        if count > _FEW_BOARDS:
            told = True
            yield _weak(by_place[hub], count)
    for hub, load_bd in _loads(boards, by_place).items():
        if load_bd > _CARRIED_BD:
            told = True
            yield Finding(
                "unclear",
                N_(
                    "Many boards share one slow USB line behind the hub {hub}: flashing them all at once takes longer.",
                    hub=_name(by_place[hub]),
                ),
                N_("Spread the boards over several sockets of the PC, or use a faster hub (USB 2.0 with “multi TT”)."),
            )
    for device in devices:
        if device.over_currents:
            told = True
            yield Finding(
                "unclear",
                N_(
                    "The USB hub {hub} has cut the current {n} time since the PC was started: something took too much.",
                    "The USB hub {hub} has cut the current {n} times since the PC was started: something took too much.",
                    hub=_name(device),
                    n=device.over_currents,
                ),
                N_(
                    "Look for a short circuit in what is wired to the boards, and give motors, servos and LED strips a supply of their own."
                ),
            )
    hubs = sum(device.hub for device in devices)
    if hubs and boards and not told:
        yield Finding("passed", N_("The USB hubs can feed {n} board.", "The USB hubs can feed {n} boards.", n=len(boards)))


def _weak(hub: UsbDevice, count: int) -> Finding:
    current_ma = 900 if hub.speed_mbit >= _SUPER_SPEED_MBIT else 500
    return Finding(
        "unclear",
        N_(
            "{n} board hangs on the USB hub {hub}, which says that it has no supply of its own: {current} mA for all.",
            "{n} boards hang on the USB hub {hub}, which says that it has no supply of its own: {current} mA for all.",
            n=count,
            hub=_name(hub),
            current=current_ma,
        ),
        N_(
            "Take a hub with a mains adapter, and plug the adapter in. Without one, flash a few boards at a time: too little current ends "
            "in boards that restart in the middle."
        ),
    )


def _weak_feed(board: UsbDevice, by_place: Mapping[str, UsbDevice]) -> str:
    """The uppermost hub without a supply that feeds the board, "" where a hub with one, or the PC itself, does."""
    weakest = ""
    for hub in _hubs_above(board, by_place):
        if hub.own_supply is not False:
            break
        weakest = hub.place
    return weakest


def _loads(boards: Sequence[UsbDevice], by_place: Mapping[str, UsbDevice]) -> dict[str, int]:
    """The line rates of all boards that share one 12 Mbit/s line, by the hub that they share it at."""
    loads: dict[str, int] = {}
    for board in boards:
        if 0 < board.speed_mbit <= _FULL_SPEED_MBIT and (hub := _shared_line(board, by_place)):
            loads[hub] = loads.get(hub, 0) + bridge_family(bridge_of(board)).flash_baud_bd
    return loads


def _shared_line(board: UsbDevice, by_place: Mapping[str, UsbDevice]) -> str:
    shared = ""
    for hub in _hubs_above(board, by_place):
        if 0 < hub.speed_mbit <= _FULL_SPEED_MBIT:
            shared = hub.place  # all that is below it, and perhaps more, is as slow
        else:
            return hub.place if hub.one_translator and hub.speed_mbit == _HIGH_SPEED_MBIT else shared
    return shared


def _hubs_above(board: UsbDevice, by_place: Mapping[str, UsbDevice]) -> Iterator[UsbDevice]:
    """From the nearest to the PC's own; each at most once, whatever the tree says."""
    seen = {board.place}
    place = board.parent
    while place in by_place and place not in seen:
        seen.add(place)
        yield by_place[place]
        place = by_place[place].parent


def _name(hub: UsbDevice) -> str:
    return f"{hub.product} ({hub.place})" if hub.product else hub.place
