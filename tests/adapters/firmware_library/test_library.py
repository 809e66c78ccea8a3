"""Which firmware a board gets, and what is told when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.adapters.firmware_library import FirmwareLibrary, read_firmware
from lovhe.adapters.kit_files import KitFiles
from lovhe.core.errors import ImageError, InputError, UnavailableError
from lovhe.services.ports import BoardInfo
from lovhe.virtual.chip.board_image import build_board_image

REAL = BoardInfo("COM3", "COM3", "", False, "ready")
VIRTUAL = BoardInfo("desk", "rfc2217://127.0.0.1:4000", "esp32", True, "ready")


@pytest.fixture
def library(tmp_path: Path) -> FirmwareLibrary:
    """The kit's list of releases, and an empty folder for their files."""
    return FirmwareLibrary(KitFiles().firmware / "images.toml", tmp_path, build_board_image)


def test_a_virtual_board_gets_the_kits_own_image(library: FirmwareLibrary) -> None:
    """Without a word from the user, a virtual board boots what the kit makes itself, and it is made once."""
    firmware = library.firmware_for(VIRTUAL, "esp32")
    assert firmware.virtual
    assert (firmware.offset, firmware.files_offset, firmware.files_size) == (0x1000, 0x200000, 0x200000)
    assert library.firmware_for(VIRTUAL, "esp32") is firmware


def test_a_real_board_gets_the_newest_release_on_this_pc(library: FirmwareLibrary, tmp_path: Path) -> None:
    """Of several release files for the chip the newest version is taken, and any may be asked for by name."""
    old, new = tmp_path / "ESP32_GENERIC-20250911-v1.26.1.bin", tmp_path / "ESP32_GENERIC-20260406-v1.28.0.bin"
    for path in (old, new):
        path.write_bytes(build_board_image())
    assert library.firmware_for(REAL, "esp32").name == new.name
    for wanted in ("1.26.1", "v1.26.1", "ESP32_GENERIC-1.26.1"):
        assert library.firmware_for(REAL, "esp32", wanted).name == old.name
    assert library.firmware_for(REAL, "esp32", str(old)).name == old.name


def test_a_missing_release_says_what_to_put_where(library: FirmwareLibrary, tmp_path: Path) -> None:
    """Without the file the error names it, its page and the folder."""
    with pytest.raises(UnavailableError) as caught:
        library.firmware_for(REAL, "esp32c3")
    for word in ("ESP32_GENERIC_C3-*-v1.28.0.bin", "micropython.org", str(tmp_path)):
        assert word in str(caught.value)


@pytest.mark.parametrize(("chip", "wanted", "error"), [("esp32p4", "", UnavailableError), ("esp32", "no-such-thing", InputError)])
def test_what_the_kit_does_not_know_is_told(library: FirmwareLibrary, chip: str, wanted: str, error: type[Exception]) -> None:
    """An unknown chip and an unknown name are refused, the name with the known ones beside it."""
    with pytest.raises(error):
        library.firmware_for(REAL, chip, wanted)


@pytest.mark.parametrize("damage", [lambda data: data[:3000], lambda data: b"", lambda data: b"not firmware", lambda data: data[:-40]])
def test_a_damaged_file_is_refused(library: FirmwareLibrary, tmp_path: Path, damage: object) -> None:
    """A cut-off, empty or foreign file never becomes something to flash."""
    path = tmp_path / "bad.bin"
    path.write_bytes(damage(build_board_image()))  # type: ignore[operator]
    with pytest.raises(ImageError) as caught:
        library.firmware_for(REAL, "esp32", str(path))
    assert "bad.bin" in str(caught.value)


def test_regions_hold_the_whole_image_and_end_at_partitions() -> None:
    """Written where they say, the regions give the image's bytes; blank nvs is a region of its own."""
    image = build_board_image()
    firmware = read_firmware(image, "x.bin")
    flash = bytearray(b"\xff" * 0x400000)
    for region in firmware.regions:
        flash[region.offset : region.offset + len(region.data)] = region.data
    assert flash[0x1000 : 0x1000 + len(image)] == image
    assert {region.offset for region in firmware.regions if region.only_with_others} == {0x9000, 0xF000}


def test_what_no_board_could_get_is_refused_before_any_is_asked(library: FirmwareLibrary, tmp_path: Path) -> None:
    """A name that is nothing, and a damaged file; a release that is not on this PC may still suit another chip."""
    damaged = tmp_path / "elsewhere" / "release.bin"
    damaged.parent.mkdir()
    damaged.write_bytes(build_board_image()[:-20])
    for wanted in ("no-such-thing", str(damaged)):
        with pytest.raises(InputError):
            library.refuse_unknown(wanted)
    library.refuse_unknown("1.28.0")
    library.refuse_unknown("")
