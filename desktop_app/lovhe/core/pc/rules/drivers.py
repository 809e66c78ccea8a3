"""Boards on USB that have become no serial port: which driver is missing, or what took the chip away from it.

Sources: the kernel's drivers/usb/serial tables; brltty's udev rules (Debian bug 1007652, Ubuntu 1958224: they claim CH340s and CP210x);
Microsoft, "Device Manager error codes".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lovhe.core.boards.usb_bridges import BRIDGES, ESPRESSIF, bridge_family
from lovhe.core.messages import N_
from lovhe.core.pc.facts import DriverFacts, KernelModule, UsbDevice
from lovhe.core.pc.rules.finding import Finding

_BY_ID = {(usb.vid, usb.pid): usb.bridge for usb in BRIDGES}
_INSTALLERS = {
    "CP210x": ("cp210", "silabser"),
    "CH340": ("ch340", "ch341", "ch34x"),
    "CH343": ("ch343", "ch9102", "ch34x"),
    "FTDI VCP": ("cdm", "ftdi", "ftser"),
}
"""How the makers' installers are called."""

_DISABLED = 22
_UNSIGNED = 52
_NO_DRIVER = 28
_FOR_A_PROGRAM = "usbfs"  # what Linux shows as the driver when a program has taken a device by libusb


def bridge_of(device: UsbDevice) -> str:
    """The name of the serial bridge that the device is, "" if it is none that boards carry."""
    return _BY_ID.get((device.vid, device.pid), "")


def driver_findings(devices: Sequence[UsbDevice], facts: DriverFacts) -> Iterator[Finding]:
    """Each cause once, however many boards have it; one line for those that are well."""
    boards = [device for device in devices if bridge_of(device)]
    well = [device for device in boards if has_its_driver(device, facts)]
    if well:
        yield Finding("passed", N_("{n} USB chip of a board has its driver.", "{n} USB chips of boards have their driver.", n=len(well)))
    told: list[Finding] = []
    for device in boards:
        if device not in well and (finding := missing_driver(device, facts)) not in told:
            told.append(finding)
    yield from told


def has_its_driver(device: UsbDevice, facts: DriverFacts) -> bool:
    """Whether the device has become a serial port.

    Windows keeps some chips' ports elsewhere: there, a driver without a problem is enough.
    """
    if not device.allowed or device.problem:
        return False
    return bool(device.serial_ports) or (facts.system == "windows" and bool(device.drivers))


def missing_driver(device: UsbDevice, facts: DriverFacts) -> Finding:
    """Why a board's USB chip has no serial port, and what helps."""
    if not device.allowed:
        return Finding(
            "failed",
            N_("A board with the USB chip {chip} is plugged in, but this PC's settings keep it out.", chip=bridge_of(device)),
            N_("The administrator must allow it: with USBGuard by `sudo usbguard allow-device NUMBER`. Until then, use another PC."),
        )
    if facts.system == "windows":
        return _windows(device, facts)
    if facts.system == "linux":
        return _linux(device, facts)
    return Finding(
        "failed",
        N_("A board with the USB chip {chip} is plugged in, but it has no serial port.", chip=bridge_of(device)),
        N_("Pull it out and plug it in again. If that does not help, the driver {driver} is missing.", driver=_driver_name(device)),
    )


def _linux(device: UsbDevice, facts: DriverFacts) -> Finding:
    chip = bridge_of(device)
    taken = _FOR_A_PROGRAM in device.drivers
    if facts.braille_running and (taken or (device.vid, device.pid) in facts.braille_ids):
        return _braille(chip)
    if taken:
        return Finding(
            "failed",
            N_("Another program has taken the board's USB chip {chip} for itself, so that it has no serial port.", chip=chip),
            N_("Close virtual machines and other programs that use USB devices, then pull the board out and plug it in again."),
        )
    name = bridge_family(chip).linux_module
    module = facts.modules.get(name)
    if (device.vid, device.pid) in facts.braille_ids and (module is None or module.loaded):
        return _braille(chip)
    return _linux_module(chip, name, module)


def _braille(chip: str) -> Finding:
    return Finding(
        "failed",
        N_("The program brltty takes the board's USB chip {chip} for a Braille display, so that it has no serial port.", chip=chip),
        N_(
            "If nobody here reads with a Braille display, the administrator removes it with `sudo apt remove brltty`; then pull the board "
            "out and plug it in again. Until then, use another PC."
        ),
    )


def no_port_finding(chip: str) -> Finding:
    """All is there that makes a serial port of the chip, and yet there is none."""
    return Finding(
        "failed",
        N_("A board with the USB chip {chip} is plugged in, but it has no serial port although its driver is there.", chip=chip),
        N_("Pull it out and plug it in again, into another socket, with another cable. If that does not help, restart the PC."),
    )


def _linux_module(chip: str, name: str, module: KernelModule | None) -> Finding:
    if module is None or module.loaded:
        return no_port_finding(chip)
    if module.on_disk is None:
        return Finding(
            "failed",
            N_(
                "The driver {module} for the board's USB chip {chip} cannot be loaded: the running system's drivers are not there.",
                module=name,
                chip=chip,
            ),
            N_("Restart the PC: after an update it still runs the old system, whose drivers are gone."),
        )
    if module.on_disk:
        return Finding(
            "failed",
            N_("The driver {module} for the board's USB chip {chip} is there, but it is not loaded.", module=name, chip=chip),
            N_(
                "Pull the board out and plug it in again, or restart the PC. If that does not help, the administrator runs "
                "`sudo modprobe {module}`.",
                module=name,
            ),
        )
    return Finding(
        "failed",
        N_("This PC has no driver {module} for the board's USB chip {chip}.", module=name, chip=chip),
        N_(
            "The administrator installs the package with the system's other drivers (on Ubuntu `linux-modules-extra`, in the version that "
            "`uname -r` tells) and restarts the PC. Until then, use another PC."
        ),
    )


def _windows(device: UsbDevice, facts: DriverFacts) -> Finding:
    chip = bridge_of(device)
    if device.problem == _DISABLED:
        return Finding(
            "failed",
            N_("The board's USB chip {chip} is switched off in Windows's Device Manager.", chip=chip),
            N_("Switch it on there: a right click on it, then “Enable device”. This needs the administrator."),
        )
    if device.problem == _UNSIGNED:
        return Finding(
            "failed",
            N_("Windows refuses the driver of the board's USB chip {chip}, because it is not signed.", chip=chip),
            N_("The administrator removes it in the Device Manager, then installs {driver}.", driver=_driver_name(device)),
        )
    if device.problem not in (0, _NO_DRIVER):
        return Finding(
            "failed",
            N_("The driver of the board's USB chip {chip} does not start (Windows's code {code}).", chip=chip, code=device.problem),
            N_(
                "Pull the board out and plug it in again, into another socket. If that does not help, the administrator "
                "installs the driver again."
            ),
        )
    what = N_("A board with the USB chip {chip} is plugged in, but Windows has no driver for it.", chip=chip)
    installer = installer_for(bridge_family(chip).driver, facts.installers)
    if installer and not _runs(installer):
        return Finding(
            "failed",
            what,
            N_(
                "Its driver is in {file}: unpack it if it is a .zip file, and install it as administrator (an .inf file by a right click). "
                "Then plug the board in again.",
                file=installer,
            ),
        )
    if installer:
        return Finding("failed", what, N_("Run {file} as administrator, then plug the board in again.", file=installer))
    if device.vid == ESPRESSIF:
        return Finding(
            "failed", what, N_("Windows 10 and newer have it. Pull the board out and plug it in again; with older Windows use another PC.")
        )
    return Finding(
        "failed",
        what,
        N_(
            "The driver is called {driver}: get it from its maker ({maker}) on a PC with internet, put the file into {folder}, and run it "
            "as administrator. With internet, Windows Update finds it too.",
            driver=_driver_name(device),
            maker=_MAKERS.get(bridge_family(chip).driver, ""),
            folder=facts.installer_folder,
        ),
    )


_MAKERS = {"CP210x": "silabs.com", "CH340": "wch-ic.com", "CH343": "wch-ic.com", "FTDI VCP": "ftdichip.com"}


def installer_for(driver: str, files: Sequence[str]) -> str:
    """The file among `files` that installs the driver of that name, one that runs by itself before others; "" if none does."""
    starts = _INSTALLERS.get(driver, ())
    fitting = [file for file in files if starts and _file_name(file).startswith(starts)]
    return next((file for file in fitting if _runs(file)), fitting[0] if fitting else "")


def _runs(file: str) -> bool:
    return file.lower().endswith((".exe", ".msi"))


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].lower()


def _driver_name(device: UsbDevice) -> str:
    return bridge_family(bridge_of(device)).driver or bridge_of(device)
