"""Each thing that can be wrong with a PC has its own finding, and each finding that is not well a next step."""

from __future__ import annotations

import pytest
from lovhe.core.boards.usb_bridges import BRIDGES
from lovhe.core.firmware.releases import StoredImage
from lovhe.core.messages import N_
from lovhe.core.pc.facts import Clock, Disk, DriverFacts, KernelModule, Program, Records, SerialPort, UsbDevice
from lovhe.core.pc.rules.clock import MADE_S, clock_findings
from lovhe.core.pc.rules.drivers import driver_findings, installer_for
from lovhe.core.pc.rules.finding import Finding
from lovhe.core.pc.rules.firmware import firmware_findings
from lovhe.core.pc.rules.power import power_findings
from lovhe.core.pc.rules.serial_ports import port_findings, trouble_with
from lovhe.core.pc.rules.storage import disk_findings, records_findings
from lovhe.core.pc.rules.udev import RULE_FILE, udev_rule

CH340 = (0x1A86, 0x7523)
CP210X = (0x10C4, 0xEA60)
WINDOWS = DriverFacts("windows", installer_folder="C:\\lovhe\\drivers")


def linux(loaded: bool = True, on_disk: bool | None = True, **facts: object) -> DriverFacts:
    """A Linux PC on which each driver is as said."""
    modules = {name: KernelModule(loaded, on_disk) for name in ("cp210x", "ch341", "cdc_acm", "ftdi_sio")}
    return DriverFacts("linux", modules, **facts)  # type: ignore[arg-type]


def only(findings: list[Finding]) -> Finding:
    """The one finding there is, with a next step unless it passed."""
    assert len(findings) == 1, findings
    assert (findings[0].next_step is None) == (findings[0].outcome == "passed")
    return findings[0]


def words(finding: Finding) -> str:
    """All that it says."""
    return f"{finding.what} {finding.next_step}"


@pytest.mark.parametrize(
    ("facts", "driver", "said"),
    [
        (linux(loaded=False, on_disk=True), "", "sudo modprobe ch341"),
        (linux(loaded=False, on_disk=False), "", "has no driver ch341"),
        (linux(loaded=False, on_disk=None), "", "after an update"),
        (linux(), "", "restart the PC"),
        (linux(), "usbfs", "virtual machines"),
        (linux(braille_running=True), "usbfs", "brltty"),
        (linux(braille_ids=frozenset({CH340})), "", "Braille display"),
        (DriverFacts("macos"), "", "the driver CH340 is missing"),
        (DriverFacts("other"), "", "the driver CH340 is missing"),
    ],
)
def test_a_chip_without_a_serial_port_says_which_driver_or_who_took_it(facts: DriverFacts, driver: str, said: str) -> None:
    """CH340 on USB and no tty: each cause in its own words."""
    device = UsbDevice("1-1", *CH340, drivers=(driver,) if driver else ())
    found = only(list(driver_findings([device], facts)))
    assert found.outcome == "failed"
    assert said in words(found)
    assert "CH340" in words(found)


def test_brltty_is_not_blamed_for_what_a_missing_driver_does() -> None:
    """Its rules lie on most Ubuntu PCs; where the driver is not loaded they are not the cause."""
    found = only(list(driver_findings([UsbDevice("1-1", *CH340)], linux(loaded=False, braille_ids=frozenset({CH340})))))
    assert "brltty" not in words(found)


def test_a_device_that_the_pc_keeps_out_is_told() -> None:
    """USBGuard leaves it on the bus, unauthorized."""
    found = only(list(driver_findings([UsbDevice("1-1", *CP210X, allowed=False)], linux())))
    assert "settings keep it out" in words(found)


def test_a_cause_is_told_once_however_many_boards_have_it() -> None:
    """Thirty CH340s without a driver are one thing to mend; a CP210x among them is another."""
    devices = [UsbDevice(f"1-1.{number}", *CH340) for number in range(30)] + [UsbDevice("1-2", *CP210X)]
    found = list(driver_findings(devices, linux(loaded=False, on_disk=False)))
    assert [finding.outcome for finding in found] == ["failed", "failed"]


@pytest.mark.parametrize(
    ("problem", "said"), [(28, "Windows has no driver"), (0, "Windows has no driver"), (10, "code 10"), (22, "Enable"), (52, "not signed")]
)
def test_windows_numbers_become_words(problem: int, said: str) -> None:
    """A device with a problem, or without a service."""
    found = only(list(driver_findings([UsbDevice("5&1", *CH340, problem=problem)], WINDOWS)))
    assert said in words(found)


def test_on_windows_the_driver_in_the_data_folder_is_named_else_where_it_comes_from() -> None:
    """The bundle puts installers there; without one the maker and the folder are told."""
    device = UsbDevice("5&1", *CP210X, problem=28)
    file = "C:\\lovhe\\drivers\\CP210x_Universal_Windows_Driver.zip"
    there = DriverFacts("windows", installers=("C:\\lovhe\\drivers\\CH341SER.EXE", file))
    assert file in words(only(list(driver_findings([device], there))))
    absent = words(only(list(driver_findings([device], WINDOWS))))
    assert "silabs.com" in absent
    assert "C:\\lovhe\\drivers" in absent


def test_on_windows_a_driver_without_a_port_of_its_own_is_no_fault() -> None:
    """FTDI's ports stand elsewhere in the registry."""
    assert only(list(driver_findings([UsbDevice("A1", 0x0403, 0x6001, drivers=("FTDIBUS",))], WINDOWS))).outcome == "passed"


@pytest.mark.parametrize(
    ("driver", "file"),
    [
        ("CH340", "CH341SER.EXE"),
        ("CH340", "ch340.zip"),
        ("CP210x", "CP210x_VCP_Windows.zip"),
        ("CH343", "CH343SER.EXE"),
        ("FTDI VCP", "CDM212364.zip"),
    ],
)
def test_makers_names_of_installers_are_known(driver: str, file: str) -> None:
    """As they are downloaded; and no other file is taken for one."""
    assert installer_for(driver, [f"/data/drivers/{file}"]) == f"/data/drivers/{file}"
    assert installer_for(driver, [f"/d/{file}.inf", f"/d/{file}.msi"]) == f"/d/{file}.msi"
    assert not installer_for(driver, ["/data/drivers/readme.txt", "/data/CP210x/CH340/CDM/FTDI/x.exe"])


def hub(place: str, parent: str, *, own_supply: bool | None = False, speed: float = 480.0, **more: object) -> UsbDevice:
    """A hub below another one."""
    return UsbDevice(place, 0x05E3, 0x0608, parent=parent, hub=True, own_supply=own_supply, speed_mbit=speed, **more)  # type: ignore[arg-type]


def boards(parent: str, count: int, ids: tuple[int, int] = CP210X) -> list[UsbDevice]:
    """Boards on a hub."""
    return [UsbDevice(f"{parent}.{number}", *ids, parent=parent, speed_mbit=12.0) for number in range(10, 10 + count)]


ROOT = hub("usb1", "", own_supply=True)


def test_boards_on_a_hub_without_a_supply_are_counted_through_hubs_below_it() -> None:
    """A ten-socket hub is three hubs in one: what is fed through them all hangs on the uppermost."""
    tree = [ROOT, hub("1-1", "usb1"), hub("1-1.1", "1-1"), *boards("1-1.1", 4), *boards("1-1", 2)]
    found = only(list(power_findings(tree)))
    assert found.outcome == "unclear"
    assert "6 boards" in words(found)
    assert "1-1," in words(found)
    assert "500 mA" in words(found)


@pytest.mark.parametrize(
    "tree",
    [
        [ROOT, hub("1-1", "usb1", own_supply=True), *boards("1-1", 15, (0x1A86, 0x7523))[:10]],
        [ROOT, hub("1-1", "usb1"), *boards("1-1", 2)],
        [ROOT, hub("1-1", "usb1", own_supply=None), *boards("1-1", 9)],
        [ROOT, hub("1-1", "usb1"), hub("1-1.1", "1-1", own_supply=True), *boards("1-1.1", 8)],
    ],
)
def test_a_hub_with_a_supply_or_with_few_boards_is_well(tree: list[UsbDevice]) -> None:
    """So is one that does not say, and one that hangs on a weak hub but has a supply of its own."""
    assert only(list(power_findings(tree))).outcome == "passed"


@pytest.mark.parametrize(
    ("speed", "one_translator", "count", "slow"),
    [(12.0, False, 14, True), (12.0, False, 10, False), (480.0, True, 14, True), (480.0, False, 30, False)],
)
def test_a_line_that_many_boards_share_is_told(speed: float, one_translator: bool, count: int, slow: bool) -> None:
    """A USB 1.1 hub, and a hub with one translator, carry 12 Mbit/s for all that hangs on them."""
    tree = [ROOT, hub("1-1", "usb1", own_supply=True, speed=speed, one_translator=one_translator), *boards("1-1", count)]
    assert ("share one slow USB line" in words(only(list(power_findings(tree))))) == slow


def test_a_socket_that_cut_the_current_is_told_with_its_count() -> None:
    """Without any board too."""
    found = only(list(power_findings([hub("usb1", "", own_supply=True, over_currents=3)])))
    assert "3 times" in words(found)


def test_a_tree_that_bites_its_tail_ends() -> None:
    """Whatever the system claims of which hub hangs on which."""
    tree = [hub("1-1", "1-2"), hub("1-2", "1-1"), *boards("1-1", 5), UsbDevice("1-9", *CP210X, parent="1-9", speed_mbit=12.0)]
    assert list(power_findings(tree))


def test_rights_that_come_with_the_next_login_need_no_administrator() -> None:
    """The user is in the group already; else the administrator's two ways are told."""
    waiting = trouble_with(SerialPort("/dev/ttyUSB0", may_open=False, group="dialout", listed=True), "ttyUSB0")
    assert waiting is not None
    assert "Log out and in" in words(waiting)
    missing = trouble_with(SerialPort("/dev/ttyUSB0", may_open=False, group="uucp"), "ttyUSB0")
    assert missing is not None
    assert "usermod -aG uucp" in words(missing)
    assert "--udev-rule" in words(missing)
    assert RULE_FILE in words(missing)
    roots = trouble_with(SerialPort("/dev/ttyUSB0", may_open=False, group="root"), "ttyUSB0")
    assert roots is not None
    assert "usermod" not in words(roots)
    assert "--udev-rule" in words(roots)


def test_who_holds_a_port_is_named() -> None:
    """By the board's own name, the program's and its number; a program of the system lets go by itself."""
    ports = [
        SerialPort("/dev/ttyUSB0", holders=(Program(4711, "Thonny"),)),
        SerialPort("/dev/ttyUSB1"),
        SerialPort("/dev/ttyUSB2", busy=True),
        SerialPort("/dev/ttyUSB3", busy=True, suspects=("ModemManager",)),
    ]
    free, thonny, somebody, probing = port_findings(ports, {"/dev/ttyUSB0": "7A-12", "/dev/ttyUSB1": "ttyUSB1"})
    assert (free.outcome, "/dev/ttyUSB1" in words(free)) == ("passed", True)
    assert "7A-12" in words(thonny)
    assert "Thonny (process 4711)" in words(thonny)
    assert "another program" in words(somebody)
    assert "ModemManager" in words(probing)
    assert "some seconds" in words(probing)


def test_the_udev_rule_has_every_chip_and_comes_before_the_seat_rules() -> None:
    """systemd looks at the tag in its file 73: a later one would do nothing."""
    rule = udev_rule()
    assert RULE_FILE.rpartition("/")[2] < "73-seat-late.rules"
    for usb in BRIDGES:
        assert f'ATTRS{{idVendor}}=="{usb.vid:04x}", ATTRS{{idProduct}}=="{usb.pid:04x}"' in rule
    assert rule.count("uaccess") == 1
    assert rule.isascii()
    assert rule.endswith("\n")


@pytest.mark.parametrize(
    ("disk", "outcomes"),
    [
        (Disk("/d", 1 << 30, "ext4"), ["passed"]),
        (Disk("/d", 1 << 20, "ext4"), ["failed"]),
        (Disk("/d", 1 << 30, "ext4", refusal="nothing can be written there"), ["failed"]),
        (Disk("/d", 1 << 30, "vfat"), ["passed", "unclear"]),
        (Disk("E:\\", 1 << 30, "FAT32", removable=True), ["passed", "unclear"]),
        (Disk("/d", 1 << 30, "ext4", removable=True), ["passed", "unclear"]),
        (Disk("/d", 1 << 30, "nfs4", network=True), ["passed", "unclear"]),
    ],
)
def test_room_rights_and_kind_of_the_disk(disk: Disk, outcomes: list[str]) -> None:
    """Little room and no right to write stop lessons; a stick, FAT and a network are told."""
    found = list(disk_findings(disk))
    assert [finding.outcome for finding in found] == outcomes
    assert all(finding.next_step for finding in found if finding.outcome != "passed")


def test_a_damaged_or_huge_results_file_is_told() -> None:
    """Damage stops lessons, size does not."""
    assert [finding.outcome for finding in records_findings(Records("/r", 1, whole=False, results=0))] == ["failed"]
    assert [finding.outcome for finding in records_findings(Records("/r", 1 << 30, whole=True, results=9))] == ["unclear", "passed"]


@pytest.mark.parametrize(
    ("now_s", "newest_s", "outcome", "said"),
    [
        (0.0, None, "unclear", "before this program was made"),
        (MADE_S + 1e6, MADE_S + 2e6, "unclear", "newest record"),
        (MADE_S + 1e6, MADE_S + 1e6 + 60, "passed", "UTC+04:00"),
        (MADE_S + 1e6, None, "passed", "UTC+04:00"),
        (MADE_S + 1e6, MADE_S, "passed", "UTC+04:00"),
        (4e9, None, "unclear", "far in the future"),
    ],
)
def test_a_clock_that_must_be_wrong_is_told(now_s: float, newest_s: float | None, outcome: str, said: str) -> None:
    """Before the program was made, before the newest record, decades ahead; the time zone is no fault."""
    records = Records("/r", 1, whole=True, results=1, newest_s=newest_s, newest="22.11.2026 03:00")
    found = only(list(clock_findings(Clock(now_s, "01.01.2000 00:00", "UTC+04:00"), records)))
    assert found.outcome == outcome
    assert said in words(found)


def test_many_ports_that_may_not_be_opened_are_one_finding_a_reason() -> None:
    """Thirty boards of the group dialout; and one that only a new login opens."""
    closed = [SerialPort(f"/dev/ttyUSB{number}", may_open=False, group="dialout", user="ayten") for number in range(30)]
    waiting = SerialPort("/dev/ttyACM0", may_open=False, group="uucp", listed=True)
    login, group = port_findings([*closed, waiting], {})
    assert "uucp" in words(login)
    assert "30 boards, /dev/ttyUSB0 among them" in words(group)
    assert "usermod -aG dialout ayten" in words(group)


def test_ports_are_told_in_the_order_of_their_numbers() -> None:
    """COM9 before COM10; among many only the names."""
    few = only(list(port_findings([SerialPort("COM10"), SerialPort("COM9")], {"COM9": "7A-1"})))
    assert "7A-1 (COM9), COM10" in words(few)
    many = only(list(port_findings([SerialPort(f"/dev/ttyUSB{number}") for number in range(12, 0, -1)], {})))
    assert ": ttyUSB1, ttyUSB2, " in words(many)


def test_images_that_must_not_be_flashed_are_told_with_their_reason() -> None:
    """Changed, damaged and gone ones; and that there is none at all."""
    sound = StoredImage("a.bin", "ok", chip="esp32")
    changed = StoredImage("b.bin", "changed", reason=N_("It is not the file any more that was taken in."))
    gone = StoredImage("c.bin", "gone")
    assert only(list(firmware_findings([sound]))).outcome == "passed"
    _, about_changed, about_gone = firmware_findings([sound, changed, gone])
    assert "b.bin cannot be used: It is not the file" in words(about_changed)
    assert "lovhe firmware remove c.bin" in words(about_gone)
    assert "lovhe firmware fetch" in words(only(list(firmware_findings([]))))
    assert len(list(firmware_findings([changed]))) == 2
