"""esp32.NVS, Partition and `esp`'s flash: what they keep, what they refuse. Source: MicroPython 1.28's ports/esp32, ESP-IDF's nvs.h."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.virtual.chip_harness import told
from tests.virtual.guest_harness import FLASH_BYTES, run_programs

PARTITIONS = ((1, 2, 0x9000, 0x6000, b"nvs"), (1, 1, 0xF000, 0x1000, b"phy_init"), (0, 0, 0x10000, 0x1F0000, b"factory"))
VFS = (1, 129, 0x200000, 0x200000, b"vfs")
NOT_FOUND = "OSError (-4354, 'ESP_ERR_NVS_NOT_FOUND')"
NO_STRING = "TypeError (\"can't convert 'int' object to str implicitly\",)"


@pytest.fixture
def flash(tmp_path: Path) -> Path:
    """A folder with a flash that has the usual partitions."""
    image = bytearray(b"\xff" * FLASH_BYTES)
    table = b"".join(
        struct.pack("<BBBBII16sI", 0xAA, 0x50, kind, subtype, offset, size, label, 0)
        for kind, subtype, offset, size, label in (*PARTITIONS, VFS)
    )
    image[0x8000 : 0x8000 + len(table)] = table
    (tmp_path / "flash.bin").write_bytes(image)
    return tmp_path


def test_nvs_keeps_numbers_and_bytes_in_namespaces(flash: Path) -> None:
    """Two handles of a name see the same at once; a type that was not stored is not found."""
    code = """
from esp32 import NVS
a, b = NVS('game'), NVS('other')
T(lambda: a.get_i32('high'))
a.set_i32('high', -5); a.set_i32('high', 2147483647); a.set_blob('name', 'Leyla'); b.set_i32('high', True)
T(lambda: NVS('game').get_i32('high'))
T(lambda: b.get_i32('high'))
buffer = bytearray(8)
T(lambda: a.get_blob('name', buffer))
print(buffer)
T(lambda: a.get_blob('name', bytearray(4)))
T(lambda: a.get_blob('high', buffer))
T(lambda: a.get_i32('name'))
T(lambda: a.erase_key('nobody'))
T(lambda: a.erase_key('name'))
T(lambda: a.get_blob('name', buffer))
T(a.commit)
T(lambda: a)
"""
    lines, _ = told(flash, code)
    assert lines == [
        NOT_FOUND,
        "2147483647",
        "1",
        "5",
        "bytearray(b'Leyla\\x00\\x00\\x00')",
        "OSError (-4364, 'ESP_ERR_NVS_INVALID_LENGTH')",
        NOT_FOUND,
        NOT_FOUND,
        NOT_FOUND,
        "None",
        NOT_FOUND,
        "None",
        "<NVS namespace>",
    ]


def test_nvs_limits(flash: Path) -> None:
    """Names of 15 characters, numbers of 32 bits, and no more than Espressif's pages hold."""
    code = """
from esp32 import NVS
T(lambda: NVS())
T(lambda: NVS(5))
T(lambda: NVS('x' * 16))
n = NVS('x' * 15)
T(lambda: n.set_i32('k' * 16, 1))
T(lambda: n.set_i32('k' * 15, 1))
T(lambda: n.set_i32(7, 1))
T(lambda: n.set_i32('k', '1'))
T(lambda: n.set_i32('k', 1 << 31))
T(lambda: n.set_blob('k', 5))
T(lambda: n.set_blob('k', bytes(25000)))
T(lambda: n.set_blob('k', bytes(19000)))
T(lambda: n.set_blob('l', bytes(1500)))
T(lambda: n.set_blob('k', b'short'))
T(lambda: n.set_blob('l', bytes(1500)))
"""
    lines, _ = told(flash, code)
    assert lines == [
        "TypeError ('function takes 1 positional arguments but 0 were given',)",
        NO_STRING,
        "OSError (-4358, 'ESP_ERR_NVS_INVALID_NAME')",
        "OSError (-4361, 'ESP_ERR_NVS_KEY_TOO_LONG')",
        "None",
        NO_STRING,
        'TypeError ("can\'t convert str to int",)',
        "OverflowError ('overflow converting long int to machine word',)",
        "TypeError ('object with buffer protocol required',)",
        "OSError (-4366, 'ESP_ERR_NVS_VALUE_TOO_LONG')",
        "None",
        "OSError (-4357, 'ESP_ERR_NVS_NOT_ENOUGH_SPACE')",
        "None",
        "None",
    ]


def test_nvs_is_tidied_when_it_is_full_of_what_was_struck_out(flash: Path) -> None:
    """Thousands of changes fit, and what others have stored stays whole."""
    code = """
from esp32 import NVS
n, other = NVS('n'), NVS('other')
other.set_blob('whole', bytes(range(200)))
for i in range(150): n.set_blob('blob%d' % (i % 3), bytes([i]) * (300 + i))
for i in range(2000): n.set_i32('count', i)
buffer = bytearray(600)
for i in range(147, 150):
    size = n.get_blob('blob%d' % (i % 3), buffer)
    assert buffer[:size] == bytes([i]) * (300 + i)
print(n.get_i32('count'), other.get_blob('whole', buffer), buffer[:200] == bytes(range(200)))
"""
    assert told(flash, code)[0] == ["1999 200 True"]


def test_nvs_outlives_the_power_and_no_erased_flash(flash: Path) -> None:
    """What was set is in the flash without `commit`; a foreign or blank partition is an empty one."""

    def session(code: str) -> list[tuple[str, str]]:
        return run_programs(flash, f"from esp32 import NVS\nn = NVS('a')\n{code}")

    show = "try: print(n.get_i32('k'))\nexcept OSError as e: print(e.args[0])"
    assert session("n.set_i32('k', 42)") == [("", "")]
    assert session(show) == [("42\n", "")]
    image = bytearray((flash / "flash.bin").read_bytes())
    image[0x9000:0xF000] = bytes(range(256)) * 96
    (flash / "flash.bin").write_bytes(image)
    assert session(show) == [("-4354\n", "")]


def test_partitions_are_those_of_the_table(flash: Path) -> None:
    """By label, by number and by kind; there is no second place for a program."""
    code = """
from esp32 import Partition
T(lambda: [p.info() for p in Partition.find(Partition.TYPE_DATA)])
T(lambda: Partition.find(type=1, subtype=2, label='nvs'))
T(lambda: Partition.find(label='vfs'))
T(lambda: Partition(Partition.RUNNING).info()[4])
T(lambda: Partition('nobody'))
T(lambda: Partition(2))
T(lambda: Partition(None))
T(lambda: Partition())
T(lambda: Partition(Partition.BOOT).get_next_update())
T(lambda: Partition(Partition.BOOT).set_boot())
T(lambda: Partition('vfs').set_boot())
T(Partition.mark_app_valid_cancel_rollback)
"""
    infos = [(kind, subtype, offset, size, label.decode(), False) for kind, subtype, offset, size, label in (*PARTITIONS[:2], VFS)]
    assert told(flash, code)[0] == [
        str(infos),
        "[<Partition type=1, subtype=2, address=36864, size=24576, label=nvs, encrypted=0>]",
        "[]",
        "'factory'",
        "OSError (2,)",
        "ValueError ()",
        "TypeError (\"can't convert 'NoneType' object to str implicitly\",)",
        "TypeError ('function missing 1 required positional arguments',)",
        "OSError (2,)",
        "OSError (-261, 'ESP_ERR_NOT_FOUND')",
        "OSError (-258, 'ESP_ERR_INVALID_ARG')",
        "OSError (-261, 'ESP_ERR_NOT_FOUND')",
    ]


def test_partitions_read_and_write_within_their_borders(flash: Path) -> None:
    """Blocks of the chosen size, whole ones where they must be erased, and never a byte beyond."""
    code = """
from esp32 import Partition
p, small = Partition('phy_init'), Partition('phy_init', 512)
T(lambda: (p.ioctl(4, 0), p.ioctl(5, 0), small.ioctl(4, 0), small.ioctl(5, 0), p.ioctl(99, 0)))
T(lambda: small.writeblocks(7, b'x' * 512))
T(lambda: p.writeblocks(0, b'abc', 10))
buffer = bytearray(5)
T(lambda: p.readblocks(0, buffer, 9))
print(buffer)
T(lambda: small.readblocks(7, buffer)); print(buffer)
T(lambda: p.writeblocks(0, b'abc'))
T(lambda: small.ioctl(6, 0))
T(lambda: p.ioctl(6, 0))
T(lambda: p.readblocks(0, buffer, 9)); print(buffer)
T(lambda: p.readblocks(1, buffer))
T(lambda: p.readblocks(2, buffer))
"""
    size, none = "OSError (-260, 'ESP_ERR_INVALID_SIZE')", "None"
    lines, _ = told(flash, code)
    assert lines[:5] == ["(1, 4096, 8, 512, None)", none, none, none, "bytearray(b'\\xffabc\\xff')"]
    assert lines[5:9] == [none, "bytearray(b'xxxxx')", size, "-22"]
    assert lines[9:] == ["0", none, "bytearray(b'\\xff\\xff\\xff\\xff\\xff')", size, "OSError (-258, 'ESP_ERR_INVALID_ARG')"]


def test_an_arrays_bytes_go_to_the_flash_and_come_back(flash: Path) -> None:
    """What is written and read are the bytes of an array, however many each of its items has."""
    code = """
from array import array
import esp, esp32
n, p = esp32.NVS('n'), esp32.Partition('vfs')
numbers, wide = array('H', [1, 770]), bytearray(4)
back = array('H', [0, 0])
n.set_blob('numbers', numbers)
T(lambda: n.get_blob('numbers', wide)); print(wide)
T(lambda: n.get_blob('numbers', back)); print(back)
T(lambda: n.get_blob('numbers', b'abcd'))
esp.flash_erase(0xF)
esp.flash_write(0xF000, numbers); back = array('H', [0, 0])
esp.flash_read(0xF000, back); print(back)
p.ioctl(6, 100); p.writeblocks(100, numbers, 8); back = array('H', [0, 0])
p.readblocks(100, back, 8); print(back)
"""
    lines, _ = told(flash, code)
    array = "array('H', [1, 770])"
    refused = "TypeError ('object with buffer protocol required',)"
    assert lines == ["4", "bytearray(b'\\x01\\x00\\x02\\x03')", "4", array, refused, array, array]


def test_esp_reads_and_writes_the_flash_itself(flash: Path) -> None:
    """A write turns ones into zeros alone, and what lies beyond the flash is an EIO."""
    code = """
import esp
T(esp.flash_size)
T(esp.flash_user_start)
b = bytearray(2)
T(lambda: esp.flash_read(0x8000, b)); print(b)
T(lambda: esp.flash_erase(0xF))
T(lambda: esp.flash_write(0xF000, b'\\x0f\\xf3'))
T(lambda: esp.flash_write(0xF000, b'\\xf5\\xff'))
T(lambda: esp.flash_read(0xF000, b)); print(b)
T(lambda: esp.flash_read(4 << 20, b))
T(lambda: esp.flash_read(-1, b))
T(lambda: esp.flash_erase(1024))
T(lambda: esp.flash_read(0, 4))
T(lambda: esp.osdebug())
T(lambda: esp.osdebug(None))
T(lambda: esp.osdebug(0, 'x'))
"""
    lines, _ = told(flash, code)
    assert lines[:4] == ["4194304", "2097152", "None", "bytearray(b'\\xaaP')"]
    assert lines[4:9] == ["None", "None", "None", "None", "bytearray(b'\\x05\\xf3')"]
    assert lines[9:13] == ["OSError (5,)"] * 3 + ["TypeError ('object with buffer protocol required',)"]
    assert lines[13:] == [
        "TypeError ('function missing 1 required positional arguments',)",
        "None",
        'TypeError ("can\'t convert str to int",)',
    ]
