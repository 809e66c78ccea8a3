"""Boards, parts and circuits are read or refused with file, key and mend."""

import pytest
from lovhe.core.circuits.hardware_reading import read_boards, read_circuit, read_parts
from lovhe.core.errors import HardwareError

PART = b'id = "lamp"\nmodel = "led"\n[names]\nen = "Lamp"\n[[pin]]\nname = "+"\nkind = "passive"\n'
BOARD = b'id = "b"\nchip = "esp32"\nflash_size_mb = 4\nusb = []\n[names]\nen = "B"\n[[pin]]\nname = "IO2"\ngpio = 2\n'
CIRCUIT = b'board = "b"\n[[part]]\nid = "l"\npart = "lamp"\nwires = { "+" = "IO2" }\n'


def test_parts_and_boards_come_by_their_id():
    """Which is the file's name, too."""
    assert read_parts({"lamp.toml": PART})["lamp"].pin[0].name == "+"
    assert read_boards({"boards/b.toml": BOARD})["b"].pin[0].gpio == 2


def test_a_circuit_stands_alone_or_in_a_lesson():
    """Both give the same."""
    alone = read_circuit("c.toml", CIRCUIT)
    inside = b"grade = 6\n[circuit]\n" + CIRCUIT.replace(b"[[part]]", b"[[circuit.part]]")
    assert read_circuit("lesson.toml", inside) == alone
    assert alone.part[0].wires == {"+": "IO2"}


@pytest.mark.parametrize(
    ("read", "file", "data", "place", "mend"),
    [
        (read_parts, "lamp.toml", PART.replace(b"model", b"modle"), "lamp.toml: ", "model"),
        (read_parts, "lamp.toml", PART.replace(b"passive", b"hot"), "lamp.toml: the pin “+” is of an unknown kind, “hot”", "passive"),
        (read_parts, "lamp.toml", PART + b'[[pin]]\nname = "+"\nkind = "passive"\n', "lamp.toml: two pins are called “+”", "of its own"),
        (read_parts, "lamp.toml", PART.replace(b"[[pin]]", b"[pin]"), "lamp.toml: the value of “pin”", "[[pin]]"),
        (read_parts, "light.toml", PART, "light.toml: the id is “lamp”", "same"),
        (read_parts, "lamp.toml", b"\xff", "lamp.toml, line 1", "UTF-8"),
        (read_parts, "lamp.toml", b"id = ", "lamp.toml, line 1: this cannot be read as TOML: id =", "quote"),
        (read_boards, "b.toml", BOARD.replace(b"gpio = 2", b'gpio = "2"'), "b.toml: the value of “pin[1].gpio”", "3"),
        (read_boards, "b.toml", BOARD + b'[[pin]]\nname = "IO2"\ngpio = 4\n', "b.toml: two pins are called “IO2”", "of its own"),
    ],
)
def test_what_is_broken_is_refused_with_place_and_mend(read, file, data, place, mend):
    """For whoever writes hardware descriptions."""
    with pytest.raises(HardwareError) as caught:
        read({file: data})
    assert place in str(caught.value.what)
    assert mend in str(caught.value.next_step)


def test_a_broken_circuit_is_refused_with_its_key():
    """A circuit file has the same errors."""
    with pytest.raises(HardwareError, match=r"c\.toml: there is no such key as “part\[1\]\.wire”.*“wires”"):
        read_circuit("c.toml", CIRCUIT.replace(b"wires", b"wire"))
