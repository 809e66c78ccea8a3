"""What is known of the PC itself: its USB devices, serial ports, disk and clock, as adapters found them. `core.pc.rules` judges it."""

from __future__ import annotations

from typing import Literal

import msgspec

System = Literal["linux", "windows", "macos", "other"]


class UsbDevice(msgspec.Struct, frozen=True):
    """One device on USB. `place` is what the system calls its socket, `parent` the place of the hub it hangs on, "" for none.

    `drivers` are those of its interfaces, `serial_ports` what they made. A hub's `own_supply` is what it says of itself, None where
    that is not known; `one_translator` is a hub whose sockets share one 12 Mbit/s line for slow devices. `over_currents` counts how
    often it cut the current. `problem` is Windows's number for what is wrong with a device, 0 for nothing.
    """

    place: str
    vid: int
    pid: int
    product: str = ""
    parent: str = ""
    hub: bool = False
    own_supply: bool | None = None
    speed_mbit: float = 0.0
    one_translator: bool = False
    over_currents: int = 0
    drivers: tuple[str, ...] = ()
    serial_ports: tuple[str, ...] = ()
    allowed: bool = True
    problem: int = 0


class KernelModule(msgspec.Struct, frozen=True):
    """A driver of the Linux kernel. `on_disk` is None where the running kernel's folder of drivers is not there."""

    loaded: bool
    on_disk: bool | None


class DriverFacts(msgspec.Struct, frozen=True):
    """What decides whether a board's USB chip becomes a serial port.

    `modules` are Linux's, by name; `braille_running` and `braille_ids` say whether brltty runs, and which USB identities its udev
    rules claim; `installers` are the drivers' files in the data folder, by full path, and `installer_folder` is where they belong.
    """

    system: System
    modules: dict[str, KernelModule] = {}
    braille_running: bool = False
    braille_ids: frozenset[tuple[int, int]] = frozenset()
    installers: tuple[str, ...] = ()
    installer_folder: str = ""


class Program(msgspec.Struct, frozen=True):
    """A running program, by the name people know it by."""

    pid: int
    name: str


class SerialPort(msgspec.Struct, frozen=True):
    """A serial port as the system guards it. `group` owns it; `listed` says whether `user` is in that group, by /etc/group.

    `holders` are the programs that have it open, as far as the user may see them; `busy` says that somebody has it, when that is known,
    and `suspects` which running programs do such things.
    """

    device: str
    may_open: bool = True
    group: str = ""
    user: str = ""
    listed: bool = False
    holders: tuple[Program, ...] = ()
    busy: bool = False
    suspects: tuple[str, ...] = ()


class Disk(msgspec.Struct, frozen=True):
    """The disk of the data folder. `file_system` is its type, "" where not known; `refusal` is why nothing can be written, "" if it can."""

    folder: str
    free_bytes: int
    file_system: str = ""
    removable: bool = False
    network: bool = False
    refusal: str = ""


class Clock(msgspec.Struct, frozen=True):
    """The PC's clock: seconds since 1970, and as people read it; `zone` is the time zone, as "UTC+04:00"."""

    now_s: float
    shown: str
    zone: str


class Records(msgspec.Struct, frozen=True):
    """The results file. `newest_s` is when the newest of its records was made, None for none; `newest` the same as people read it."""

    file: str
    size_bytes: int
    whole: bool
    results: int
    newest_s: float | None = None
    newest: str = ""
