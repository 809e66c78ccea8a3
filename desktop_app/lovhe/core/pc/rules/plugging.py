"""What plugging a board in did: from what was on USB before and after to the one sentence that helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from lovhe.core.messages import N_
from lovhe.core.pc.facts import DriverFacts, SerialPort, UsbDevice
from lovhe.core.pc.rules.drivers import bridge_of, has_its_driver, missing_driver, no_port_finding
from lovhe.core.pc.rules.finding import Finding
from lovhe.core.pc.rules.serial_ports import no_usb_finding, trouble_with


class Plugged(msgspec.Struct, frozen=True):
    """One look. `devices` is None where this system's USB devices cannot be listed; `ports` are the boards' serial ports."""

    devices: tuple[UsbDevice, ...] | None
    ports: tuple[str, ...]


class PlugSeen(msgspec.Struct, frozen=True):
    """A watch over some seconds: the looks at its ends, and the ports that came in between."""

    before: Plugged
    after: Plugged
    passing_ports: frozenset[str] = frozenset()

    @property
    def new_devices(self) -> tuple[UsbDevice, ...]:
        """What came and stayed; a device that was pulled out and plugged in again has come."""
        known = {_identity(device) for device in self.before.devices or ()}
        return tuple(device for device in self.after.devices or () if _identity(device) not in known)

    @property
    def new_ports(self) -> tuple[str, ...]:
        """Ports that came and stayed."""
        return tuple(port for port in self.after.ports if port not in self.before.ports)

    @property
    def lost_ports(self) -> tuple[str, ...]:
        """Ports that were there at the begin, and are not at the end."""
        return tuple(port for port in self.before.ports if port not in self.after.ports)

    @property
    def something(self) -> bool:
        """Whether anything new is there now."""
        return bool(self.new_ports or any(not device.hub for device in self.new_devices))


def _identity(device: UsbDevice) -> tuple[str, int, int, tuple[str, ...]]:
    return device.place, device.vid, device.pid, device.serial_ports


def plug_findings(seen: PlugSeen, facts: DriverFacts, ports: Sequence[SerialPort]) -> Iterator[Finding]:
    """What the watch shows. `ports` says of each new port how the system guards it."""
    came = [device for device in seen.new_devices if not device.hub]
    mute = [device for device in came if bridge_of(device) and not has_its_driver(device, facts)]
    told = [
        *(_came_and_went(seen) or missing_driver(device, facts) for device in mute),
        *(trouble_with(port, port.device) or _well(port.device) for port in ports),
    ]
    if not told and not came:  # what has been there all the time may be what is meant
        there = [device for device in seen.after.devices or () if bridge_of(device) and not has_its_driver(device, facts)]
        told = [_came_and_went(seen) or missing_driver(device, facts) for device in there]
    told = told or [_nothing_for_us(seen, came, facts)]
    yield from (finding for index, finding in enumerate(told) if finding not in told[:index])


def _well(device: str) -> Finding:
    return Finding("passed", N_("A board came at {port}, and it can be opened.", port=device))


def _came_and_went(seen: PlugSeen) -> Finding | None:
    if not seen.passing_ports - set(seen.after.ports):
        return None
    return Finding(
        "failed",
        N_("The board's serial port came and went again: another program took the board away, or it gets too little current."),
        N_("Take another USB socket without a hub. On Ubuntu and Debian, the program brltty does that: the administrator removes it."),
    )


def _nothing_for_us(seen: PlugSeen, came: Sequence[UsbDevice], facts: DriverFacts) -> Finding:
    if boards := [device for device in came if bridge_of(device)]:
        return no_port_finding(bridge_of(boards[0]))
    if came:
        device = came[0]
        return Finding(
            "unclear",
            N_(
                "A USB device came, but it is none that ESP32 boards carry: {product} ({vid}:{pid}).",
                product=device.product or "?",
                vid=f"{device.vid:04x}",
                pid=f"{device.pid:04x}",
            ),
            N_("Look whether it is the board that you plugged in. If it is, it needs another kind of program than this one."),
        )
    if gone := _came_and_went(seen):
        return gone
    if seen.lost_ports:
        return Finding(
            "failed",
            N_("The board at {port} was pulled out, and no board came after that.", port=seen.lost_ports[0]),
            N_("Plug it in again while `lovhe doctor --plug` watches. If it does not come, try another socket, then another cable."),
        )
    if seen.new_devices:
        return Finding(
            "unclear", N_("A USB hub came, and no board on it."), N_("Leave the hub plugged in, watch again, and plug a board into it.")
        )
    if seen.after.ports:
        return Finding(
            "unclear",
            N_("No new board came; those that were there before still are: {ports}.", ports=", ".join(seen.after.ports)),
            N_("If you plugged another one in, take another cable: that one only charges. If that does not help, try another socket."),
        )
    if seen.after.devices is None and facts.system == "linux":
        return no_usb_finding()
    if seen.after.devices is None:
        return Finding(
            "failed",
            N_("No serial port came: the cable only charges, the driver of the board's USB chip is missing, or the board is broken."),
            N_("Try a cable with which a phone's pictures or a printer could be reached, then another socket, then another board."),
        )
    return Finding(
        "failed",
        N_("Nothing new came on USB: the cable only charges, or the socket or the board is dead."),
        N_(
            "If the board's red light is on, the cable only charges: take one that carries data. If it is off, try another socket, then "
            "another board."
        ),
    )
