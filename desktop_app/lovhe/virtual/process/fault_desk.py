"""Faults of a running board, as `lovhe board fault` orders them: all of one order, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lovhe.core.boards.fault_words import Fault
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.virtual.board import VirtualBoard
from lovhe.virtual.line.faults import Strike

_STRIKES = {"unplug": Strike.UNPLUG, "brownout": Strike.BROWNOUT}


class FaultDesk:
    """Sets, ends and lists the faults of one board. Works on the board's loop."""

    def __init__(self, board: VirtualBoard) -> None:
        self._board = board
        self._faults = board.plan.faults

    def order(self, faults: Sequence[Fault], seed: int | None = None, clear: bool = False) -> list[Fault]:
        """Make the board healthy if `clear`, then do what `faults` say; what is armed afterwards.

        Raises `InputError`, with nothing changed, for a brown-out of a board that has no supply.
        """
        self._refuse_the_impossible(faults, clear)
        if clear:
            self._heal()
        if seed is not None:
            self._faults.sow(seed)
        for fault in faults:
            self._set(fault)
        for fault in faults:
            self._strike(fault)
        return self.armed()

    def armed(self) -> list[Fault]:
        """What is wrong with the board, or will be: a pulled cable is "unplug" without a value."""
        faults = self._faults
        found = [Fault("unplug")] if self._board.uart.mode == "off" else []
        found += [Fault(name, left) for name, strike in _STRIKES.items() if (left := faults.bytes_until(strike)) is not None]
        found += [Fault(name, rate) for name, rate in (("drop", faults.drop_rate), ("flip", faults.flip_rate)) if rate]
        found += [Fault("slow", faults.slow_bd)] if faults.slow_bd else []
        found += [Fault(name) for name, on in (("no-loader", faults.ignores_loader), ("stuck-loader", faults.stuck_in_loader)) if on]
        found += [Fault("chip", faults.chip)] if faults.chip else []
        return found

    def _refuse_the_impossible(self, faults: Sequence[Fault], clear: bool) -> None:
        off = self._board.uart.mode == "off" and not clear
        for fault in faults:
            if fault.value is None and fault.name in ("plug", "unplug"):
                off = fault.name == "unplug"
            if fault == Fault("brownout") and off:
                raise InputError(
                    N_("The board is unplugged: there is no supply that could sag."),
                    N_("Put the cable back with the fault “plug” first."),
                )

    def _heal(self) -> None:
        stuck = self._board.uart.mode == "loader" and self._faults.stuck_in_loader
        self._faults.calm()
        self._board.uart.replug()
        if stuck:
            self._board.uart.reset(cause="pin")

    def _set(self, fault: Fault) -> None:
        """What lasts."""
        faults, off, value = self._faults, fault.is_off, fault.value
        if fault.name == "drop":
            faults.drop_rate = 0.0 if off else float(value or 0)
        elif fault.name == "flip":
            faults.flip_rate = 0.0 if off else float(value or 0)
        elif fault.name == "slow":
            faults.slow_bd = None if off else int(value or 0)
        elif fault.name == "no-loader":
            faults.ignores_loader = not off
        elif fault.name == "stuck-loader":
            faults.stuck_in_loader = not off
        elif fault.name == "chip":
            faults.chip = None if off else str(value)
        elif fault.name in _STRIKES and off:
            faults.disarm(_STRIKES[fault.name])
        elif fault.name in _STRIKES and value is not None:
            faults.arm(_STRIKES[fault.name], int(value))

    def _strike(self, fault: Fault) -> None:
        """What happens at once."""
        uart = self._board.uart
        if fault.value is not None:
            return
        if fault.name == "unplug":
            uart.unplug()
        elif fault.name == "plug":
            uart.replug()
        elif fault.name == "brownout":
            uart.reset(cause="brownout")


def handlers(desk: FaultDesk, tell: Callable[[], None]) -> dict[str, Callable[..., list[Fault]]]:
    """What the control server answers: `fault` and `faults`.

    `tell` renews the board's entry at once: an unplugged board is shown as one, and a PTY that comes back has another path, while
    the old one may soon be another board's.
    """

    def order(faults: list[Fault], seed: int | None = None, clear: bool = False) -> list[Fault]:
        armed = desk.order(faults, seed, clear)
        tell()
        return armed

    return {"fault": order, "faults": desk.armed}
