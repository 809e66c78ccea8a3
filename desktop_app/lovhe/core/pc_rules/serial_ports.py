"""Boards' serial ports: whether the user may open them, and who has them open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lovhe.core.messages import N_, Text
from lovhe.core.pc_facts import SerialPort
from lovhe.core.pc_rules.finding import Finding
from lovhe.core.pc_rules.udev import RULE_FILE

_NOBODYS_GROUPS = ("", "root")
PROBERS = ("ModemManager", "brltty")
"""Programs of the system that open a new port for some seconds, to see what it is."""


def no_board_finding(*, real_driver_trouble: bool, virtual_boards: int) -> Iterator[Finding]:
    """What to say where no real board has a serial port; nothing where another finding says why, or virtual ones are in use."""
    if not real_driver_trouble and not virtual_boards:
        yield Finding(
            "unclear",
            N_("There is no board."),
            N_(
                "Plug one in. If its red light is on and it does not appear here, the cable only charges: take another one. "
                "`lovhe doctor --plug` watches and tells. Without a board, start a virtual one with `lovhe board start`."
            ),
        )


def port_findings(ports: Sequence[SerialPort], names: Mapping[str, str]) -> Iterator[Finding]:
    """One line for the ports that are well; the others one by one. `names` has the boards' own by their device."""
    told: list[Finding] = []
    well = []
    for port in ports:
        finding = trouble_with(port, names.get(port.device, port.device))
        if finding is None:
            well.append(port)
        elif finding not in told:
            told.append(finding)
    if well:
        shown = ", ".join(_shown(names.get(port.device, ""), port.device) for port in well)
        yield Finding("passed", N_("{n} board can be opened: {names}.", "{n} boards can be opened: {names}.", n=len(well), names=shown))
    yield from told


def trouble_with(port: SerialPort, board: str) -> Finding | None:
    """Why the port cannot be used now; None when it can."""
    if not port.may_open:
        return _forbidden(port)
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


def _forbidden(port: SerialPort) -> Finding:
    what = N_("You may not open {port}: it belongs to the group {group}.", port=port.device, group=port.group or "root")
    if port.listed:
        return Finding(
            "failed",
            N_(
                "You are in the group {group} that may open {port}, but this session began before you were.",
                group=port.group,
                port=port.device,
            ),
            N_("Log out and in again, or restart the PC. No administrator is needed."),
        )
    if port.group in _NOBODYS_GROUPS:
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
            "The administrator runs `sudo usermod -aG {group} NAME` with your user name; then log out and in again. Or, for everybody who "
            "sits at this PC: `lovhe doctor --udev-rule | sudo tee {file}`, then restart it. Until then, use another PC.",
            group=port.group,
            file=RULE_FILE,
        ),
    )


def _shown(name: str, device: str) -> str:
    return f"{name} ({device})" if name and not device.endswith(name) else device
