"""What the PC brings: boards and their drivers, rights, power; disk, clock and the results file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from lovhe.apps.doctor.this_pc import ThisPc
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text
from lovhe.core.pc_facts import Records
from lovhe.core.pc_rules.clock import clock_findings
from lovhe.core.pc_rules.drivers import bridge_of, driver_findings
from lovhe.core.pc_rules.finding import Finding
from lovhe.core.pc_rules.power import power_findings
from lovhe.core.pc_rules.serial_ports import no_board_finding, port_findings
from lovhe.core.pc_rules.storage import disk_findings, records_findings

_LONG_TO_READ_BYTES = 64 << 20


def look_at_drivers(pc: ThisPc) -> Iterator[Finding]:
    """USB chips of boards that have become no serial port."""
    if pc.usb and any(bridge_of(device) for device in pc.usb):
        yield from driver_findings(pc.usb, pc.drivers)


def look_at_boards(pc: ThisPc) -> Iterator[Finding]:
    """Boards, whether they may be opened, and who has them open."""
    virtual = [board for board in pc.boards if board.virtual]
    if not pc.ports:
        yield from no_board_finding(
            real_driver_trouble=any(bridge_of(device) for device in pc.usb or ()),
            virtual_boards=len(virtual),
        )
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
    records: Records | None = None
    with suppress(LovheError):  # told where the results are looked at
        records = pc.records
    yield from clock_findings(pc.clock, records)


def look_at_results(pc: ThisPc, before_slow: Callable[[Text], None]) -> Iterator[Finding]:
    """The results file; `before_slow` is told when looking takes long."""
    from lovhe.apps import wiring

    file = wiring.data_folder() / "results.sqlite"
    if file.exists() and file.stat().st_size > _LONG_TO_READ_BYTES:
        before_slow(N_("Reading all of the results file {file} …", file=str(file)))
    yield from records_findings(pc.records)


def look_at_class_set(pc: ThisPc) -> Iterator[Finding]:
    """Boards that are known here. Nothing where the results file cannot be read, which is told there."""
    from lovhe.apps import wiring
    from lovhe.services.class_findings import class_findings

    try:
        with wiring.results() as store:
            known = store.class_set().boards()
    except LovheError:
        return
    yield from class_findings(known)
