"""What is on USB, read from made-up trees of Linux and a made-up registry of Windows; rubbish in them is never an error."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from lovhe.adapters.pc.drivers import driver_facts
from lovhe.adapters.pc.files import number_in, read_text
from lovhe.adapters.pc.usb import linux_usb_devices, usb_devices
from lovhe.adapters.pc.usb_windows import windows_usb_devices
from lovhe.core.pc.facts import UsbDevice
from lovhe.core.pc.rules.drivers import bridge_of, driver_findings, installer_for
from lovhe.core.pc.rules.power import power_findings

from tests.adapters.pc.pc_trees import KERNEL, PcTree


def said(tree: PcTree) -> str:
    """All that the driver's rules say of a tree."""
    devices = usb_devices(tree.root)
    assert devices is not None
    return " ".join(
        f"{found.what} {found.next_step}" for found in driver_findings(devices, driver_facts(tree.root / "data", tree.root, KERNEL))
    )


@pytest.fixture
def tree(tmp_path: Path) -> PcTree:
    """A PC with nothing plugged in."""
    return PcTree(tmp_path / "pc")


def test_a_board_is_found_with_its_port_driver_hub_and_speed(tree: PcTree) -> None:
    """usb-serial and cdc_acm show their ports in different folders."""
    tree.hub("1-1", attributes="a0", protocol="01", over_currents="2")
    tree.board("1-1.4", tty="ttyUSB0", driver="cp210x")
    tree.board("1-1.3", "303a:1001", tty="ttyACM3", driver="cdc_acm")
    hub, native, board, root = linux_usb_devices(tree.root) or ()
    assert (root.place, root.own_supply, root.parent) == ("usb1", True, "")
    assert (hub.parent, hub.hub, hub.own_supply, hub.one_translator, hub.over_currents) == ("usb1", True, False, True, 2)
    assert (board.parent, board.serial_ports, board.drivers, board.speed_mbit) == ("1-1", ("/dev/ttyUSB0",), ("cp210x",), 12.0)
    assert (native.serial_ports, bridge_of(native)) == (("/dev/ttyACM3",), "Espressif USB JTAG/serial")


def test_the_kernels_drivers_are_told_by_where_they_are(tree: PcTree) -> None:
    """Loaded, on the disk only, nowhere, and a kernel whose folder an update took away."""
    tree.board("1-1", "1a86:7523")
    assert "although its driver is there" in said(tree)
    tree.modules("cp210x", on_disk=("ch341",))
    assert "modprobe ch341" in said(tree)
    tree.modules("cp210x", on_disk=("cp210x",))
    assert "has no driver ch341" in said(tree)
    (tree.root / "lib/modules" / KERNEL / "modules.dep").unlink()
    (tree.root / "lib/modules" / KERNEL).rmdir()
    assert "Restart the PC" in said(tree)


def test_a_driver_built_into_the_kernel_is_there(tree: PcTree) -> None:
    """modules.builtin lists it; the kernel writes dashes where the module is called with underscores."""
    tree.board("1-1", "0403:6001")
    tree.modules(on_disk=())
    assert "no driver ftdi_sio" in said(tree)
    tree.file(f"lib/modules/{KERNEL}/modules.builtin", "kernel/drivers/usb/serial/ftdi-sio.ko\n")
    assert "although its driver is there" in said(tree)


def test_brltty_is_found_by_its_rules_and_by_running(tree: PcTree) -> None:
    """Its udev rule names the CH340; a line that is commented out, or hidden by a file in /etc, does not count."""
    tree.board("1-1", "1a86:7523")
    rule = 'ENV{PRODUCT}=="1a86/7523/*", ATTRS{product}=="*", ENV{BRLTTY_BRAILLE_DRIVER}="bm"\n'
    tree.file("usr/lib/udev/rules.d/85-brltty.rules", "# " + rule)
    assert "brltty" not in said(tree)
    tree.file("usr/lib/udev/rules.d/85-brltty.rules", rule)
    assert "brltty" in said(tree)
    tree.file("etc/udev/rules.d/85-brltty.rules", "")
    assert "brltty" not in said(tree)
    tree.unplug("1-1")
    tree.board("1-1", "1a86:7523", driver="usbfs")
    assert "virtual machines" in said(tree)
    tree.program(77, "brltty")
    assert "brltty" in said(tree)


def test_a_pc_without_usb_is_known(tmp_path: Path) -> None:
    """A virtual machine may have none: that is not the same as nothing plugged in."""
    assert linux_usb_devices(tmp_path) is None


@pytest.mark.parametrize("seed", range(8))
def test_rubbish_in_the_systems_files_is_never_an_error(tree: PcTree, seed: int) -> None:
    """Any bytes in any file of sysfs and udev's rules."""
    chance = random.Random(seed)
    tree.hub("1-1", attributes="a0")
    tree.board("1-1.1", tty="ttyUSB0")
    tree.file("usr/lib/udev/rules.d/85-brltty.rules", "")
    tree.file(f"lib/modules/{KERNEL}/modules.builtin", "")
    for _ in range(12):
        for path in sorted(tree.root.rglob("*")):
            if path.is_file() and chance.random() < 0.3:
                rubbish = chance.choice(
                    [b"", b"\0" * 9, b"-1", b"9" * 5000, b"e0\xff", "١٢٣".encode(), "²".encode(), b"1e999", b"nan", chance.randbytes(30)]
                )
                path.write_bytes(rubbish)
        devices = usb_devices(tree.root)
        assert devices is not None
        assert [device.place for device in devices] == ["1-1", "1-1.1", "usb1"]
        list(driver_findings(devices, driver_facts(tree.root / "data", tree.root, KERNEL)))
        list(power_findings(devices))


def test_what_is_no_number_is_nought(tmp_path: Path) -> None:
    """Arabic and raised digits are digits for Python's `isdigit`, and none for a kernel."""
    assert [number_in(text) for text in ("", "x", "12mA", "²", "١")] == [0, 0, 12, 0, 0]
    assert number_in("e0", 16) == 0xE0
    assert read_text(tmp_path) == ""
    assert read_text(tmp_path / "a\0b") == ""


class Registry:
    """What Windows keeps: values by key path; `there` has the instances that are plugged in, with their problems."""

    def __init__(self, values: dict[str, dict[str, str]], there: dict[str, int]) -> None:
        self._values = {rf"SYSTEM\CurrentControlSet\Enum\{path}": found for path, found in values.items()}
        self._there = there

    def keys(self, path: str) -> list[str]:
        below = {known.removeprefix(path + "\\").partition("\\")[0] for known in self._values if known.startswith(path + "\\")}
        return sorted(below)

    def value(self, path: str, name: str) -> str:
        return self._values.get(path, {}).get(name, "")

    def state(self, instance: str) -> int | None:
        return self._there.get(instance)


def test_windows_tells_what_is_plugged_in_now_with_ports_and_problems() -> None:
    """The registry remembers every board that was ever there; a chip with several functions is one device."""
    registry = Registry(
        {
            r"USB\VID_10C4&PID_EA60\0001": {"Service": "silabser", "DeviceDesc": "@oem5.inf,%x%;Silicon Labs CP210x"},
            r"USB\VID_10C4&PID_EA60\0001\Device Parameters": {"PortName": "COM5"},
            r"USB\VID_10C4&PID_EA60\0002": {"Service": "silabser"},
            r"USB\VID_1A86&PID_7523\5&2": {},
            r"USB\VID_303A&PID_1001\24:0A": {"Service": "usbccgp", "ParentIdPrefix": "6&abc&0"},
            r"USB\VID_303A&PID_1001&MI_00\6&abc&0&0000": {"Service": "usbser"},
            r"USB\VID_303A&PID_1001&MI_00\6&abc&0&0000\Device Parameters": {"PortName": "COM9"},
            r"USB\VID_303A&PID_1001&MI_02\6&abc&0&0002": {},
            r"USB\ROOT_HUB30\4&1": {"Service": "USBHUB3"},
            r"USB\VID_05E3&PID_0608\6&7": {"Service": "USBHUB3"},
        },
        {
            r"USB\VID_10C4&PID_EA60\0001": 0,
            r"USB\VID_1A86&PID_7523\5&2": 28,
            r"USB\VID_303A&PID_1001\24:0A": 0,
            r"USB\VID_303A&PID_1001&MI_00\6&abc&0&0000": 0,
            r"USB\VID_303A&PID_1001&MI_02\6&abc&0&0002": 28,
            r"USB\VID_05E3&PID_0608\6&7": 0,
        },
    )
    found = {(device.vid, device.pid): device for device in windows_usb_devices(registry) or ()}
    assert len(found) == 4
    assert found[0x10C4, 0xEA60] == UsbDevice(
        "0001", 0x10C4, 0xEA60, product="Silicon Labs CP210x", drivers=("silabser",), serial_ports=("COM5",)
    )
    assert (found[0x1A86, 0x7523].problem, found[0x1A86, 0x7523].drivers) == (28, ())
    assert (found[0x303A, 0x1001].serial_ports, found[0x303A, 0x1001].problem) == (("COM9",), 0)
    assert found[0x05E3, 0x0608].hub


def test_a_registry_with_nothing_in_it_is_no_error() -> None:
    """And elsewhere than on Windows nobody can be asked."""
    assert windows_usb_devices(Registry({}, {})) == ()
    if sys.platform != "win32":
        assert windows_usb_devices() is None


def test_installers_are_found_in_the_data_folder_and_in_folders_in_it(tree: PcTree) -> None:
    """As a bundle puts them, and as makers pack them; a folder that is not there has none."""
    folder = tree.root / "data/drivers"
    assert driver_facts(folder, tree.root, KERNEL).installers == ()
    tree.file("data/drivers/CH341SER.EXE", "")
    tree.file("data/drivers/CP210x/CP210xVCPInstaller_x64.exe", "")
    found = driver_facts(folder, tree.root, KERNEL).installers
    assert installer_for("CH340", found) == str(folder / "CH341SER.EXE")
    assert installer_for("CP210x", found) == str(folder / "CP210x/CP210xVCPInstaller_x64.exe")
