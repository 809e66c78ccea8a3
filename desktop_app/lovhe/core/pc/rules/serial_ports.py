"""Boards' serial ports: whether the user may open them, and who has them open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lovhe.core.messages import N_, Text
from lovhe.core.pc.facts import SerialPort
from lovhe.core.pc.rules.finding import Finding
from lovhe.core.pc.rules.udev import RULE_FILE

_NOBODYS_GROUPS = ("", "root")
_FEW = 6
PROBERS = ("ModemManager", "brltty")
"""Programs of the system that open a new port for some seconds, to see what it is."""


def no_board_finding() -> Finding:
    """What to say where nothing that is a board has come to the PC."""
    return Finding(
        "unclear",
        N_("There is no board."),
        N_(
            "Plug one in. If its red light is on and it does not appear here, the cable only charges: take another one. "
            "`lovhe doctor --plug` watches and tells. Without a board, start a virtual one with `lovhe board start`."
        ),
    )


def port_findings(ports: Sequence[SerialPort], names: Mapping[str, str]) -> Iterator[Finding]:
    """One line for the ports that are well, one for those that may not be opened for the same reason, one for each in use.

    `names` has the boards' own by their device.
    """
    ordered = sorted(ports, key=lambda port: _in_order(port.device))
    forbidden = [port for port in ordered if not port.may_open]
    troubles = {port.device: trouble_with(port, names.get(port.device) or _short(port.device)) for port in ordered if port.may_open}
    well = [device for device, trouble in troubles.items() if trouble is None]
    if well:
        shown = ", ".join(_shown(names.get(device, ""), device, len(well)) for device in well)
        yield Finding("passed", N_("{n} board can be opened: {names}.", "{n} boards can be opened: {names}.", n=len(well), names=shown))
    for group, listed in dict.fromkeys((port.group, port.listed) for port in forbidden):
        yield _forbidden([port for port in forbidden if (port.group, port.listed) == (group, listed)])
    yield from (trouble for trouble in troubles.values() if trouble is not None)


def trouble_with(port: SerialPort, board: str) -> Finding | None:
    """Why the port cannot be used now; None when it can."""
    if not port.may_open:
        return _forbidden([port])
    if port.holders:
        programs = ", ".join(sorted({program.name for program in port.holders}))
        numbers = ", ".join(str(number) for number in sorted(program.pid for program in port.holders))
        return Finding(
            "unclear",
            N_(
                "The board {board} at {port} is in use by {programs} (process {pid}).",
                board=board,
                port=port.device,
                programs=programs,
                pid=numbers,
            ),
            _leave_it([program.name for program in port.holders]),
        )
    if port.busy and port.suspects:
        return Finding(
            "unclear",
            N_(
                "The board {board} at {port} is in use, probably by {programs}.",
                board=board,
                port=port.device,
                programs=", ".join(port.suspects),
            ),
            _leave_it(port.suspects),
        )
    if port.busy:
        return Finding(
            "unclear",
            N_("The board {board} at {port} is in use by another program.", board=board, port=port.device),
            N_("Close Thonny, Arduino, a serial monitor or another window of this program, then try again."),
        )
    return None


def _leave_it(programs: Sequence[str]) -> Text:
    if all(program in PROBERS for program in programs):
        return N_(
            "It lets go after some seconds; then try again. If it does not, the administrator removes it: it is not needed for boards."
        )
    return N_("Close that program, or let it disconnect from the board, then try again. Its unsaved work is lost if you end it by force.")


def _forbidden(ports: Sequence[SerialPort]) -> Finding:
    port = ports[0]
    if port.listed:
        return Finding(
            "failed",
            N_("You are in the group {group}, which may open boards, but this session began before you were.", group=port.group),
            N_("Log out and in again, or restart the PC. No administrator is needed."),
        )
    what = N_(
        "You may not open {port}: it belongs to the group {group}.",
        "You may not open {n} boards, {port} among them: they belong to the group {group}.",
        n=len(ports),
        port=port.device,
        group=port.group or "root",
    )
    if port.group in _NOBODYS_GROUPS or port.group.isdigit():
        return Finding(
            "failed",
            what,
            N_(
                "The administrator runs `lovhe doctor --udev-rule | sudo tee {file}` and restarts the PC. Until then, use another PC.",
                file=RULE_FILE,
            ),
        )
    return Finding(
        "failed",
        what,
        N_(
            "The administrator runs `sudo usermod -aG {group} {user}`; then log out and in again. Or, for everybody who sits at this "
            "PC: `lovhe doctor --udev-rule | sudo tee {file}`, then restart it. Until then, use another PC.",
            group=port.group,
            user=port.user or "$USER",
            file=RULE_FILE,
        ),
    )


def _shown(name: str, device: str, count: int) -> str:
    """A board by its own name and its device; among many by one of them."""
    if name and not device.endswith(name):
        return name if count > _FEW else f"{name} ({device})"
    return _short(device) if count > _FEW else device


def _short(device: str) -> str:
    return device.rpartition("/")[2]


def _in_order(device: str) -> tuple[str, int]:
    """COM9 before COM10."""
    letters = device.rstrip("0123456789")
    return letters, int(device[len(letters) :] or 0)


def no_usb_finding() -> Finding:
    """A Linux system without any USB."""
    return Finding(
        "unclear",
        N_("The system shows no USB at all, so no board can be plugged in."),
        N_("In a virtual machine, hand the USB sockets on to it. Without a board, start a virtual one with `lovhe board start`."),
    )
