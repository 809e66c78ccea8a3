"""Made-up Linux PCs: the sys, proc, dev and etc that a PC with certain boards, hubs and programs would show."""

from __future__ import annotations

from pathlib import Path

KERNEL = "6.1.0-test"


class PcTree:
    """A tree that grows by what is plugged in and started. Without a word it is a PC with one USB controller and nothing on it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("sys/bus/usb/devices", "proc", "dev", "etc", "sys/module"):
            (root / folder).mkdir(parents=True)
        self.hub("usb1", attributes="e0", speed="480", protocol="00")
        self.modules("cp210x", "ch341", "cdc_acm", "ftdi_sio")

    def file(self, path: str, content: str | bytes) -> None:
        """Any file of the tree."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def device(self, place: str, ids: str, *, speed: str = "12", **values: str) -> Path:
        """A USB device with vendor and product id, as "10c4:ea60"."""
        vid, _, pid = ids.partition(":")
        for name, value in {"idVendor": vid, "idProduct": pid, "speed": speed, **values}.items():
            self.file(f"sys/bus/usb/devices/{place}/{name}", value + "\n")
        return self.root / "sys/bus/usb/devices" / place

    def hub(self, place: str, *, attributes: str, speed: str = "480", protocol: str = "02", over_currents: str = "0") -> None:
        """A hub; bit 6 of `attributes` says that it has a supply."""
        self.device(place, "1d6b:0002", speed=speed, bDeviceClass="09", bDeviceProtocol=protocol, bmAttributes=attributes, product="Hub")
        face = f"{place.removeprefix('usb')}-0:1.0" if place.startswith("usb") else f"{place}:1.0"
        self.file(f"sys/bus/usb/devices/{place}/{face}/{place}-port1/over_current_count", over_currents + "\n")

    def board(self, place: str, ids: str = "10c4:ea60", *, tty: str = "", driver: str = "") -> None:
        """A board on USB; with `tty` it has become a serial port."""
        device = self.device(place, ids, product="UART Bridge", bDeviceClass="00")
        face = device / f"{place}:1.0"
        face.mkdir(exist_ok=True)
        if driver and not (face / "driver").is_symlink():
            (face / "driver").symlink_to(f"../../../../bus/usb/drivers/{driver}")
        if tty:
            (face / ("tty/" + tty if tty.startswith("ttyACM") else tty)).mkdir(parents=True, exist_ok=True)
            self.file(f"dev/{tty}", "")

    def unplug(self, place: str) -> None:
        """Take a device away, its serial port too."""
        device = self.root / "sys/bus/usb/devices" / place
        for path in sorted(device.rglob("*"), reverse=True):
            if path.name.startswith("tty"):
                (self.root / "dev" / path.name).unlink(missing_ok=True)
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        device.rmdir()

    def modules(self, *loaded: str, on_disk: tuple[str, ...] | None = ()) -> None:
        """Loaded kernel modules, and those that lie on the disk; None leaves out the kernel's folder."""
        for module in (self.root / "sys/module").iterdir():
            module.rmdir()
        for name in loaded:
            (self.root / "sys/module" / name).mkdir()
        if on_disk is not None:
            lines = "".join(f"kernel/drivers/usb/serial/{name}.ko.zst: kernel/drivers/usb/serial/usbserial.ko.zst\n" for name in on_disk)
            self.file(f"lib/modules/{KERNEL}/modules.dep", lines)

    def program(self, pid: int, name: str, *opened: str, command: str = "") -> None:
        """A running program with these files open."""
        self.file(f"proc/{pid}/comm", name + "\n")
        self.file(f"proc/{pid}/cmdline", (command or name).replace(" ", "\0") + "\0")
        folder = self.root / "proc" / str(pid) / "fd"
        folder.mkdir()
        for number, path in enumerate(opened):
            (folder / str(number)).symlink_to(path)
