"""The doctor's rounds: all looks in the order of the way from the PC to the board, and the watch while a board is plugged in."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from lovhe.apps.doctor import kit_looks, pc_looks
from lovhe.apps.doctor.this_pc import ThisPc
from lovhe.apps.language import key
from lovhe.apps.log_file import log_file
from lovhe.core.errors import BoardBusyError, LovheError
from lovhe.core.messages import N_
from lovhe.core.pc.facts import SerialPort
from lovhe.core.pc.rules.finding import Finding
from lovhe.core.pc.rules.plugging import plug_findings
from lovhe.core.pc.rules.serial_ports import trouble_with
from lovhe.services.plug_watch import WATCH_S, watch_plug

log = logging.getLogger(__name__)

_Look = Callable[[], Iterator[Finding]]

PLUG = key("Plugging in")


class Told(msgspec.Struct, frozen=True):
    """A finding where it belongs: `group` and `subject` are sentences marked with `key`."""

    group: str
    subject: str
    finding: Finding


def all_findings(pc: ThisPc) -> Iterator[Told]:
    """Everything, as it is found. A look that cannot be made is a finding too."""
    for group, subject, look in _looks(pc):
        yield from (Told(group, subject, finding) for finding in _safely(look))


def _looks(pc: ThisPc) -> Iterator[tuple[str, str, _Look]]:
    this_pc, boards, lessons = key("This PC"), key("Boards and USB"), key("Lessons and results")
    yield this_pc, key("Python"), kit_looks.look_at_python
    yield this_pc, key("Language"), kit_looks.look_at_language
    yield this_pc, key("Disk"), partial(pc_looks.look_at_disk, pc)
    yield this_pc, key("Clock"), partial(pc_looks.look_at_clock, pc)
    yield this_pc, key("Log file"), kit_looks.look_at_log
    yield boards, key("Drivers"), partial(pc_looks.look_at_drivers, pc)
    yield boards, key("Boards"), partial(pc_looks.look_at_boards, pc)
    yield boards, key("Power"), partial(pc_looks.look_at_power, pc)
    yield boards, key("Virtual boards"), kit_looks.look_at_virtual_boards
    yield boards, key("Firmware"), kit_looks.look_at_firmware
    yield lessons, key("Lessons"), kit_looks.look_at_lessons
    yield lessons, key("Results"), partial(pc_looks.look_at_results, pc)
    yield lessons, key("Class set"), partial(pc_looks.look_at_class_set, pc)


def _safely(look: _Look) -> Iterator[Finding]:
    try:
        yield from look()
    except LovheError as error:
        log.info("%s", error, exc_info=error)
        yield Finding("failed", error.what, error.next_step)
    except Exception as error:  # the doctor must get to the end on a PC where anything may be broken
        log.warning("could not be looked at", exc_info=error)
        yield Finding(
            "unclear",
            N_("This could not be looked at ({reason}).", reason=f"{type(error).__name__}: {error}"[:200]),
            N_(
                "Lessons may go on all the same. If something does not work, send the file {file} to whoever looks after Lövhə.",
                file=str(log_file()),
            ),
        )


def plugged_in(
    pc: ThisPc,
    tick: Callable[[int], None] = lambda left_s: None,
    *,
    now_s: Callable[[], float] = time.monotonic,
    wait: Callable[[float], None] = time.sleep,
    watch_s: float = WATCH_S,
) -> Iterator[Told]:
    """Watch while somebody plugs a board in, then say which case it is."""

    def look() -> Iterator[Finding]:
        seen = watch_plug(pc.look, now_s, wait, tick, watch_s=watch_s)
        yield from plug_findings(seen, pc.drivers, [_tried(pc, port) for port in pc.guarded(seen.new_ports)])

    yield from (Told(PLUG, PLUG, finding) for finding in _safely(look))


def _tried(pc: ThisPc, port: SerialPort) -> SerialPort:
    """A port that looks free, opened once: whoever holds it unseen is found out so. Raises `BoardError`s."""
    if trouble_with(port, port.device) is None:
        try:
            pc.open_once(port.device)
        except BoardBusyError:
            return msgspec.structs.replace(port, busy=True, suspects=pc.probers)
    return port
