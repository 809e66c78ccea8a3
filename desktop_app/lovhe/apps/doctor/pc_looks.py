"""What the PC brings: boards and their drivers, rights, power; disk, clock and the results file."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.apps.doctor.this_pc import ThisPc
from lovhe.core.messages import N_
from lovhe.core.pc.rules.clock import clock_findings
from lovhe.core.pc.rules.drivers import bridge_of, driver_findings
from lovhe.core.pc.rules.finding import Finding
from lovhe.core.pc.rules.power import power_findings
from lovhe.core.pc.rules.serial_ports import no_board_finding, no_usb_finding, port_findings
from lovhe.core.pc.rules.storage import disk_findings, records_findings


def look_at_drivers(pc: ThisPc) -> Iterator[Finding]:
    """USB chips of boards that have become no serial port."""
    if pc.usb and any(bridge_of(device) for device in pc.usb):
        yield from driver_findings(pc.usb, pc.drivers)


def look_at_boards(pc: ThisPc) -> Iterator[Finding]:
    """Boards, whether they may be opened, and who has them open."""
    virtual = [board for board in pc.boards if board.virtual]
    if not pc.ports and not virtual and not any(bridge_of(device) for device in pc.usb or ()):
        yield no_usb_finding() if pc.without_usb else no_board_finding()
    yield from port_findings(pc.ports, {board.serial_port: board.shown for board in pc.boards})
    if virtual:
        names = ", ".join(board.shown for board in virtual)
        yield Finding(
            "passed", N_("{n} virtual board is running: {names}.", "{n} virtual boards are running: {names}.", n=len(virtual), names=names)
        )


def look_at_power(pc: ThisPc) -> Iterator[Finding]:
    """Hubs that have too little for the boards on them."""
    yield from power_findings(pc.usb or ())


def look_at_disk(pc: ThisPc) -> Iterator[Finding]:
    """Room, and the right to write."""
    yield from disk_findings(pc.disk)


def look_at_clock(pc: ThisPc) -> Iterator[Finding]:
    """The clock against the newest record, where there is one."""
    yield from clock_findings(pc.clock, pc.kept.records)


def look_at_results(pc: ThisPc) -> Iterator[Finding]:
    """The results file."""
    if pc.kept.error is not None:
        raise pc.kept.error
    if pc.kept.records is not None:
        yield from records_findings(pc.kept.records)


def look_at_class_set(pc: ThisPc) -> Iterator[Finding]:
    """Boards that are known here. Nothing where the results file cannot be read, which is told there."""
    from lovhe.services.class_findings import class_findings

    if pc.kept.error is None:
        yield from class_findings(pc.kept.boards)
