"""What plugging a board in turns out to be, in time that is made up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from lovhe.core.pc.facts import DriverFacts, KernelModule, SerialPort, UsbDevice
from lovhe.core.pc.rules.finding import Finding
from lovhe.core.pc.rules.plugging import Plugged, PlugSeen, plug_findings
from lovhe.services.plug_watch import SETTLE_S, WATCH_S, watch_plug

LINUX = DriverFacts("linux", {"ch341": KernelModule(loaded=False, on_disk=False)})
MOUSE = UsbDevice("1-7", 0x046D, 0xC077, product="Mouse")
HUB = UsbDevice("1-2", 0x05E3, 0x0608, hub=True)
OTHERS = (UsbDevice("usb1", 0x1D6B, 2, hub=True), MOUSE)


def board(port: str = "", place: str = "1-1") -> UsbDevice:
    """A CH340."""
    return UsbDevice(place, 0x1A86, 0x7523, serial_ports=(port,) if port else ())


def plugged(*devices: UsbDevice) -> Plugged:
    """A PC with these beside its mouse."""
    return Plugged((*OTHERS, *devices), tuple(port for device in devices for port in device.serial_ports))


class Bench:
    """Time that goes by when somebody waits, and what is on USB from which second on."""

    def __init__(self, *steps: tuple[float, Plugged]) -> None:
        self.now = 0.0
        self.ticks: list[int] = []
        self._steps = steps

    def look(self) -> Plugged:
        return [there for since, there in self._steps if since <= self.now][-1]

    def wait(self, duration_s: float) -> None:
        assert duration_s > 0
        self.now += duration_s

    def watch(self) -> PlugSeen:
        return watch_plug(self.look, lambda: self.now, self.wait, self.ticks.append)


def told(seen: PlugSeen, guard: Callable[[str], SerialPort] = SerialPort, facts: DriverFacts = LINUX) -> Sequence[Finding]:
    """What the rules say."""
    found = list(plug_findings(seen, facts, [guard(port) for port in seen.new_ports]))
    assert found
    assert all((finding.next_step is None) == (finding.outcome == "passed") for finding in found)
    return found


def only(found: Sequence[Finding]) -> tuple[str, str]:
    """The one finding's outcome and words."""
    assert len(found) == 1, found
    return found[0].outcome, f"{found[0].what} {found[0].next_step}"


def test_nothing_new_is_a_cable_that_only_charges() -> None:
    """After the whole watch, whose seconds are counted down."""
    bench = Bench((0, plugged()))
    outcome, said = only(told(bench.watch()))
    assert outcome == "failed"
    assert "only charges" in said
    assert bench.now == pytest.approx(WATCH_S)
    assert (bench.ticks[0], bench.ticks[-1]) == (15, 1)


def test_a_board_that_comes_well_ends_the_watch_early() -> None:
    """Its port is told; it has settled after some seconds."""
    bench = Bench((0, plugged()), (2, plugged(board())), (2.5, plugged(board("/dev/ttyUSB0"))))
    assert only(told(bench.watch())) == ("passed", "A board came at /dev/ttyUSB0, and it can be opened. None")
    assert bench.now < 2 + SETTLE_S + 1


@pytest.mark.parametrize("name", ["/dev/ttyUSB0", "/dev/ttyUSB1"])
def test_a_board_that_is_pulled_out_and_plugged_in_again_has_come(name: str) -> None:
    """Under its old name or another one."""
    bench = Bench((0, plugged(board("/dev/ttyUSB0"))), (3, plugged()), (5, plugged(board(name))))
    outcome, said = only(told(bench.watch()))
    assert outcome == "passed"
    assert name in said


def test_a_board_that_is_pulled_out_and_stays_away_is_told_with_its_port() -> None:
    """Not as a cable that only charges."""
    outcome, said = only(told(Bench((0, plugged(board("/dev/ttyUSB0"))), (3, plugged())).watch()))
    assert outcome == "failed"
    assert "/dev/ttyUSB0 was pulled out" in said


def test_a_chip_without_a_port_names_its_driver() -> None:
    """On USB, and no tty."""
    outcome, said = only(told(Bench((0, plugged()), (2, plugged(board()))).watch()))
    assert outcome == "failed"
    assert "no driver ch341" in said


@pytest.mark.parametrize("after", [plugged(board()), plugged()])
def test_a_port_that_comes_and_goes_was_taken_away(after: Plugged) -> None:
    """As brltty does, with the chip still on USB, or as a board does that gets too little current."""
    outcome, said = only(told(Bench((0, plugged()), (2, plugged(board("/dev/ttyUSB0"))), (3, after)).watch()))
    assert outcome == "failed"
    assert "came and went" in said
    assert "brltty" in said


def test_a_chip_without_a_port_that_was_pulled_out_is_no_port_that_went() -> None:
    """Its old port had been there before the watch."""
    bench = Bench((0, plugged(board("/dev/ttyUSB0"))), (2, plugged()), (4, plugged(board())))
    assert "no driver ch341" in only(told(bench.watch()))[1]


def test_rights_and_holders_of_a_port_that_came_are_told() -> None:
    """Each as the doctor tells it elsewhere."""
    seen = Bench((0, plugged()), (2, plugged(board("/dev/ttyUSB0")))).watch()
    assert "dialout" in only(told(seen, lambda port: SerialPort(port, may_open=False, group="dialout")))[1]
    assert "ModemManager" in only(told(seen, lambda port: SerialPort(port, busy=True, suspects=("ModemManager",))))[1]


def test_another_device_and_a_hub_are_no_boards() -> None:
    """A phone on the cable; a hub without anything on it."""
    phone = UsbDevice("1-1", 0x18D1, 0x4EE7, product="Phone")
    outcome, said = only(told(Bench((0, plugged()), (2, plugged(phone))).watch()))
    assert outcome == "unclear"
    assert "Phone (18d1:4ee7)" in said
    outcome, said = only(told(Bench((0, plugged()), (2, plugged(HUB))).watch()))
    assert outcome == "unclear"
    assert "hub came" in said


def test_a_hub_with_boards_is_told_board_by_board() -> None:
    """Each cause once."""
    tree = plugged(HUB, board("/dev/ttyUSB0", "1-2.1"), board("/dev/ttyUSB1", "1-2.2"), board("", "1-2.3"), board("", "1-2.4"))
    found = told(Bench((0, plugged()), (2, tree)).watch())
    assert sorted(finding.outcome for finding in found) == ["failed", "passed", "passed"]


def test_where_usb_cannot_be_listed_only_ports_are_spoken_of() -> None:
    """On macOS a missing driver and a cable that only charges look the same."""
    macos = DriverFacts("macos")
    outcome, said = only(told(Bench((0, Plugged(None, ()))).watch(), facts=macos))
    assert outcome == "failed"
    assert "driver" in said
    seen = Bench((0, Plugged(None, ())), (4, Plugged(None, ("/dev/cu.usbserial-1",)))).watch()
    assert only(told(seen, facts=macos))[0] == "passed"


def test_a_linux_system_without_usb_is_told_so() -> None:
    """A virtual machine to which no socket is handed on."""
    outcome, said = only(told(Bench((0, Plugged(None, ()))).watch()))
    assert outcome == "unclear"
    assert "virtual machine" in said


def test_boards_that_stay_where_they_are_are_no_dead_socket() -> None:
    """Nothing new came beside them; one without a driver is told all the same."""
    outcome, said = only(told(Bench((0, plugged(board("/dev/ttyUSB0")))).watch()))
    assert outcome == "unclear"
    assert "still are: /dev/ttyUSB0" in said
    outcome, said = only(told(Bench((0, plugged(board()))).watch()))
    assert outcome == "failed"
    assert "no driver ch341" in said


def test_a_hub_beside_boards_and_a_chip_that_makes_no_port_are_told() -> None:
    """The hub without a board, though others are there; an FTDI on Windows, whose driver stands elsewhere."""
    old = board("/dev/ttyUSB0")
    assert "hub came" in only(told(Bench((0, plugged(old)), (2, plugged(old, HUB))).watch()))[1]
    ftdi = UsbDevice("A1", 0x0403, 0x6001, drivers=("FTDIBUS",))
    outcome, said = only(told(Bench((0, plugged()), (2, plugged(ftdi))).watch(), facts=DriverFacts("windows")))
    assert outcome == "failed"
    assert "FT232R is plugged in, but it has no serial port" in said
