"""The facts of one PC, gathered when they are asked for, each at most once: the wiring between rules and adapters."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text
from lovhe.core.pc.facts import Clock, Disk, DriverFacts, SerialPort, UsbDevice
from lovhe.core.pc.rules.drivers import bridge_of
from lovhe.core.pc.rules.plugging import Plugged

if TYPE_CHECKING:
    from lovhe.core.pc.facts import Records
    from lovhe.services.ports import BoardInfo, BoardRecord


_LONG_TO_READ_BYTES = 64 << 20


class Kept(NamedTuple):
    """What this PC remembers, or why that cannot be read."""

    records: Records | None = None
    boards: tuple[BoardRecord, ...] = ()
    error: LovheError | None = None


class ThisPc:
    """This PC; with `root`, the Linux PC whose sys, proc, dev and etc lie below it, where boards cannot be opened."""

    def __init__(self, root: Path | None = None, before_slow: Callable[[Text], None] = lambda text: None) -> None:
        """`before_slow` is told what is done before it takes long."""
        self._root = root
        self._before_slow = before_slow

    @cached_property
    def boards(self) -> list[BoardInfo]:
        """All boards that can be reached, with their names where the results file tells them."""
        from lovhe.apps import wiring
        from lovhe.services.recovery import with_records

        boards = wiring.reachable_boards()
        if self.kept.error is not None:
            return boards
        with wiring.results() as store:
            return with_records(boards, store.class_set())

    @cached_property
    def usb(self) -> tuple[UsbDevice, ...] | None:
        """USB devices; None where this system does not tell."""
        from lovhe.adapters.pc.usb import usb_devices

        return usb_devices(self._root)

    def look(self) -> Plugged:
        """What is plugged in at this moment."""
        from lovhe.adapters.pc.usb import this_system, usb_devices

        devices = usb_devices(self._root)
        if devices is not None and (self._root is not None or this_system() == "linux"):
            return Plugged(devices, _ports_of(devices))
        return Plugged(devices, _ports_told())

    @property
    def drivers(self) -> DriverFacts:
        """What decides whether a board's USB chip becomes a serial port; looked at anew each time."""
        from lovhe.adapters.pc.drivers import driver_facts

        return driver_facts(driver_folder(), self._root)

    @cached_property
    def ports(self) -> list[SerialPort]:
        """The serial ports of real boards, with their guards."""
        found = self.look().ports
        if self._root is None:  # and those of boards that only the kit's files describe
            found += tuple(board.serial_port for board in self.boards if not board.virtual)
        return self.guarded(tuple(dict.fromkeys(found)))

    @property
    def without_usb(self) -> bool:
        """Whether this is a Linux PC on which there is no USB at all."""
        return self.usb is None and self.drivers.system == "linux"

    def guarded(self, devices: tuple[str, ...]) -> list[SerialPort]:
        """These serial ports with their guards, looked at anew."""
        from lovhe.adapters.pc.ports import guarded_ports

        return guarded_ports(devices, self._root)

    def open_once(self, device: str) -> None:
        """Open the port and close it again, without a reset of the board. Raises `BoardError`s."""
        from lovhe.adapters.serial_ports import open_serial

        if self._root is None:
            open_serial(device, quiet_lines=True).close()

    @property
    def probers(self) -> tuple[str, ...]:
        """The running programs of the system that open each new port for a while, to see what it is."""
        from lovhe.adapters.pc.programs import program_names
        from lovhe.core.pc.rules.serial_ports import PROBERS

        return tuple(sorted(set(PROBERS) & program_names(self._root or Path("/"))))

    @cached_property
    def disk(self) -> Disk:
        """The disk of the data folder."""
        from lovhe.adapters.pc.disk import disk_of
        from lovhe.apps import wiring

        return disk_of(wiring.data_folder())

    @cached_property
    def clock(self) -> Clock:
        """The clock, now."""
        from lovhe.adapters.pc.clock import pc_clock

        return pc_clock()

    @cached_property
    def kept(self) -> Kept:
        """The results file and the class set in it; made where there is none, and brought up to date."""
        from lovhe.adapters.results_db.health import records_facts
        from lovhe.apps import wiring

        file = wiring.data_folder() / "results.sqlite"
        if file.exists() and file.stat().st_size > _LONG_TO_READ_BYTES:
            self._before_slow(N_("Reading all of the results file {file} …", file=str(file)))
        try:
            with wiring.results() as store:
                records = records_facts(store.path)
                return Kept(records, tuple(store.class_set().boards()) if records.whole else ())
        except LovheError as error:
            return Kept(error=error)


def driver_folder() -> Path:
    """Where installers of drivers lie, put there by a bundle or by hand."""
    from lovhe.apps import wiring

    return wiring.data_folder() / "drivers"


def _ports_of(devices: tuple[UsbDevice, ...]) -> tuple[str, ...]:
    return tuple(sorted(port for device in devices if bridge_of(device) for port in device.serial_ports))


def _ports_told() -> tuple[str, ...]:
    from lovhe.adapters.serial_ports import find_serial_boards

    return tuple(board.serial_port for board in find_serial_boards())
