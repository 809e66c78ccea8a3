"""What the kit reads from a firmware file before it writes a byte."""

from __future__ import annotations

import functools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lovhe.core.errors import ImageError
from lovhe.core.firmware.esp_image import describe_firmware
from lovhe.core.firmware.image_format import AppDescription, Flaw, examine_image, xor_checksum
from lovhe.core.firmware.partitions import APP, DATA, FACTORY, FAT, Partition
from lovhe.core.firmware.program_inside import Program, find_program
from lovhe.virtual.chip import board_image as virtual_image

from tests.firmware_files import GREETING, MICROPYTHON, NAMELESS, PARTITIONS, make_image, make_release

board_image = functools.cache(virtual_image.build_board_image)


def test_the_kits_own_image_says_that_it_is_for_virtual_boards() -> None:
    """Chip, offset, app and partitions are read from the file; its project name marks it."""
    image = describe_firmware(board_image(), "board.bin")
    assert (image.chip, image.flash_offset, image.virtual) == ("esp32", 0x1000, True)
    assert image.partitions == virtual_image.PARTITIONS
    assert (image.vfs.offset, image.vfs.size) == (0x200000, 0x200000)


@pytest.mark.parametrize(
    ("chip", "offset"),
    [("esp32", 0x1000), ("esp32s2", 0x1000), ("esp32s3", 0), ("esp32c3", 0), ("esp32c6", 0)],
    ids=str,
)
def test_the_offset_comes_from_the_chip(chip: str, offset: int) -> None:
    """Each chip's release begins at its own bootloader offset, and its app is not mistaken for the kit's."""
    image = describe_firmware(make_release(chip, offset, PARTITIONS, make_image(chip, MICROPYTHON)))
    assert (image.chip, image.bootloader_offset, image.flash_offset) == (chip, offset, offset)
    assert (image.virtual, image.app) == (False, MICROPYTHON)


def test_a_file_merged_from_zero_is_an_esp32_release_too() -> None:
    """Vendors ship files with the gap before the bootloader; such a file belongs at 0."""
    image = describe_firmware(b"\xff" * 0x1000 + board_image())
    assert (image.flash_offset, image.bootloader_offset, image.chip) == (0, 0x1000, "esp32")


@given(st.integers(0, len(board_image()) - 1))
def test_a_file_cut_anywhere_is_refused(length: int) -> None:
    """No beginning of a release passes for the whole."""
    with pytest.raises(ImageError):
        describe_firmware(board_image()[:length])


def test_a_cut_download_is_called_so() -> None:
    """A file that ends inside the app, before it or inside the table says that its end is missing."""
    for length in (len(board_image()) - 1, 0xF000 + 40, 0xF000, 0x7000 + 100, 0x4000):
        with pytest.raises(ImageError, match=r"half\.bin is cut off"):
            describe_firmware(board_image()[:length], "half.bin")


@pytest.mark.parametrize("position", [0xF000 + 60, 0xF000 + 300, 50])
def test_a_flipped_bit_is_a_wrong_checksum(position: int) -> None:
    """One changed bit in a segment is found by the checksum."""
    data = bytearray(board_image())
    data[position] ^= 1
    with pytest.raises(ImageError, match="checksum"):
        describe_firmware(bytes(data))


def test_two_flips_that_fool_the_checksum_are_found_by_the_hash() -> None:
    """The same bit in two bytes keeps the XOR; the SHA-256 sees it."""
    data = bytearray(board_image())
    data[0xF000 + 60] ^= 1
    data[0xF000 + 61] ^= 1
    with pytest.raises(ImageError, match="SHA-256"):
        describe_firmware(bytes(data))


@pytest.mark.parametrize("data", [b"", b"\xe9", b"PK\x03\x04" + bytes(5000), b"<!doctype html>" * 1000, bytes(70000), b"\xff" * 0x20000])
def test_other_files_are_not_firmware(data: bytes) -> None:
    """A ZIP, a web page saved as .bin, zeros and emptiness are refused with the file's name."""
    with pytest.raises(ImageError, match=r"other\.bin"):
        describe_firmware(data, "other.bin")


def test_an_app_alone_is_told_apart() -> None:
    """The ".app-bin" beside every release has no bootloader, and would leave a board silent."""
    with pytest.raises(ImageError, match="without the bootloader"):
        describe_firmware(make_image("esp32", MICROPYTHON))


def test_a_bootloader_alone_has_no_partition_table() -> None:
    """A complete bootloader file is not cut off; it lacks the rest."""
    with pytest.raises(ImageError, match="no partition table"):
        describe_firmware(make_image("esp32"))


def test_a_firmware_without_a_place_for_files_is_refused() -> None:
    """A firmware of another kind has no partition that could hold a lesson."""
    rows = [Partition("nvs", DATA, 2, 0x9000, 0x6000), Partition("factory", APP, FACTORY, 0x10000, 0x100000)]
    with pytest.raises(ImageError, match="no partition for files"):
        describe_firmware(make_release("esp32", 0x1000, rows, make_image("esp32", AppDescription("hello_world", "1"))))


def test_micropython_keeps_its_files_behind_all_partitions_when_its_table_has_none_for_them() -> None:
    """Releases since 1.25 have no "vfs" row: they take what is left of the flash, which is the board's, not the file's."""
    image = describe_firmware(
        make_release("esp32", 0x1000, PARTITIONS[:3], make_image("esp32", MICROPYTHON), make_image("esp32", size="4MB"))
    )
    assert (image.vfs.offset, image.vfs.size, image.vfs_to_end) == (0x200000, 0x200000, True)


def test_a_release_that_leaves_its_name_out_is_known_by_its_greeting() -> None:
    """MicroPython's own builds have an empty app description; what the REPL says first tells program, version and board."""
    app = make_image("esp32", NAMELESS, more=GREETING.ljust(64, b"\0"))
    image = describe_firmware(make_release("esp32", 0x1000, PARTITIONS[:3], app))
    assert image.program == Program("micropython", "v1.26.1", "Generic ESP32 module with ESP32")
    assert (image.program.title, image.vfs_to_end, image.vfs.offset) == ("MicroPython 1.26.1", True, 0x200000)
    assert image.program.is_release("1.26.1")
    assert not image.program.is_release("1.26")


@pytest.mark.parametrize(
    "greeting", [b"", b"MicroPython version 1.26.1", b"MicroPython v1.26.1 on a Friday", b"MicroPython v on 2025-09-11"]
)
def test_what_only_speaks_of_micropython_is_none(greeting: bytes) -> None:
    """Without the greeting nobody says where such a program keeps its files, so it is refused."""
    app = make_image("esp32", NAMELESS, more=greeting.ljust(64, b"\0"))
    with pytest.raises(ImageError, match="no partition for files"):
        describe_firmware(make_release("esp32", 0x1000, PARTITIONS[:3], app))


def test_a_preview_is_not_the_release() -> None:
    """A nightly build before 1.27 says so in its greeting, and must not pass for 1.27.0."""
    assert find_program(b"MicroPython v1.27.0-preview.12.gabc on 2025-10-01", None).version == "v1.27.0-preview.12.gabc"
    assert not find_program(b"MicroPython v1.27.0-preview.12.gabc on 2025-10-01", None).is_release("1.27.0")


def test_a_chip_the_kit_does_not_know_is_named_by_its_number() -> None:
    """An image for another Espressif chip is not treated as one of ours."""
    with pytest.raises(ImageError, match="number 16"):
        describe_firmware(make_image("esp32h2"))


def test_parts_for_two_chips_are_no_firmware() -> None:
    """A bootloader for one chip with an app for another is refused."""
    with pytest.raises(ImageError, match="not a firmware"):
        describe_firmware(make_release("esp32", 0x1000, PARTITIONS, make_image("esp32s3", MICROPYTHON)))


def test_an_image_without_a_hash_is_sound() -> None:
    """The appended SHA-256 is optional in the format; the checksum is not."""
    image = examine_image(make_image("esp32", MICROPYTHON, hashed=False))
    assert not isinstance(image, Flaw)
    assert image.app == MICROPYTHON


@given(st.binary(max_size=4000), st.sampled_from([b"", b"\xe9\x02", board_image()[:24], board_image()[:0x7000]]))
def test_any_bytes_after_a_good_beginning_are_refused_clearly(data: bytes, beginning: bytes) -> None:
    """No input makes the reader fail in another way than by `ImageError`."""
    with pytest.raises(ImageError):
        describe_firmware(beginning + data)


def test_a_partition_outside_the_file_is_refused() -> None:
    """A table that points past the end of the file means that the app is missing."""
    rows = [Partition("factory", APP, FACTORY, 0x300000, 0x100000), Partition("vfs", DATA, FAT, 0x200000, 0x100000)]
    with pytest.raises(ImageError, match="cut off"):
        describe_firmware(make_release("esp32", 0x1000, rows, make_image("esp32", MICROPYTHON)))


def test_an_app_larger_than_its_partition_is_refused() -> None:
    """The bootloader maps one partition; a program that runs on behind it never starts."""
    rows = [Partition("factory", APP, FACTORY, 0x10000, 0x1000), Partition("vfs", DATA, FAT, 0x200000, 0x200000)]
    app = make_image("esp32", MICROPYTHON, more=bytes(0x1000))
    with pytest.raises(ImageError, match="larger than its partition factory"):
        describe_firmware(make_release("esp32", 0x1000, rows, app))


APP_ROW = Partition("factory", APP, FACTORY, 0x10000, 0x1F0000)
IMPOSSIBLE = {
    "lies over": [APP_ROW, Partition("vfs", DATA, FAT, 0x1FF000, 0x100000)],
    "partition nvs lies over": [Partition("nvs", DATA, 2, 0x8000, 0x1000), APP_ROW, Partition("vfs", DATA, FAT, 0x200000, 0x200000)],
    "reaches beyond the 4 MB": [APP_ROW, Partition("vfs", DATA, FAT, 0x200000, 0x201000)],
    "two partitions have the name vfs": [
        APP_ROW,
        Partition("vfs", DATA, FAT, 0x200000, 0x100000),
        Partition("vfs", DATA, FAT, 0x300000, 0x100000),
    ],
    "no size": [APP_ROW, Partition("vfs", DATA, FAT, 0x200000, 0)],
    "within a flash sector": [APP_ROW, Partition("vfs", DATA, FAT, 0x200800, 0x100000)],
    "no partition for files": [APP_ROW, Partition("vfs", DATA, FAT, 0x200000, 0x1000)],
}


@pytest.mark.parametrize("flaw", IMPOSSIBLE)
def test_a_table_that_cannot_be_true_is_refused(flaw: str) -> None:
    """Its MD5 may be right: partitions over each other, beyond the flash, or of one name leave a silent board."""
    with pytest.raises(ImageError, match=flaw):
        describe_firmware(make_release("esp32", 0x1000, IMPOSSIBLE[flaw], make_image("esp32", MICROPYTHON)))


@functools.cache
def a_release() -> bytes:
    """A whole release to be spoilt."""
    return make_release("esp32", 0x1000, PARTITIONS, make_image("esp32", MICROPYTHON, more=bytes(2000)))


def assert_sound_or_refused(data: bytes) -> None:
    """Either an `ImageError`, or an image whose parts lie where a board can have them."""
    try:
        image = describe_firmware(data, "fuzzed.bin")
    except ImageError:
        return
    app, vfs = image.app_partition, image.vfs
    assert 0 <= image.flash_offset < app.offset < image.flash_offset + len(data)
    assert vfs.size >= 0x2000
    assert vfs.offset % 0x1000 == 0
    assert vfs.offset >= app.offset + app.size or vfs.offset + vfs.size <= app.offset


rows = st.builds(
    Partition,
    st.text(st.characters(max_codepoint=126), max_size=16),
    st.integers(0, 255),
    st.sampled_from([0, 1, 2, 0x10, 0x81, 0x82]),
    st.integers(0, 0x500).map(lambda sector: sector * 0x1000) | st.integers(0, 0xFFFFFFFF),
    st.integers(0, 0x500).map(lambda sector: sector * 0x1000) | st.integers(0, 0xFFFFFFFF),
)


@example([Partition("", 0, 1, 2 << 20, 1)], True)  # it ends within a sector
@given(st.lists(rows, max_size=6), st.booleans())
def test_any_partition_table_is_obeyed_or_refused(table: list[Partition], with_app: bool) -> None:
    """Rows with any numbers under a right MD5: no other exception, no place outside the flash."""
    assert_sound_or_refused(make_release("esp32", 0x1000, [*table, *([APP_ROW] if with_app else [])], make_image("esp32", MICROPYTHON)))


@given(st.lists(st.tuples(st.integers(0, len(a_release()) - 1), st.binary(min_size=1, max_size=40)), min_size=1, max_size=4))
def test_a_release_spoilt_anywhere_is_sound_or_refused(changes: list[tuple[int, bytes]]) -> None:
    """Bytes written over a whole release, headers and tables too: refused, or of no consequence."""
    data = bytearray(a_release())
    for position, piece in changes:
        data[position : position + len(piece)] = piece
    assert_sound_or_refused(bytes(data))


@given(st.binary(max_size=300), st.integers(0, 255))
def test_the_folded_checksum_is_the_plain_one(data: bytes, state: int) -> None:
    """Folding halves gives what XORing byte by byte gives."""
    expected = state
    for byte in data:
        expected ^= byte
    assert xor_checksum(data, state) == expected
