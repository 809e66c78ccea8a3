"""Circuits from files of others: how large they may be, and what a writer is told of a wrong key."""

import pytest
from lovhe.core.circuits.hardware import MAX_PARTS
from lovhe.core.circuits.hardware_reading import read_circuit
from lovhe.core.errors import HardwareError


def test_a_circuit_has_no_more_parts_than_anybody_can_wire() -> None:
    """A file with thousands of parts is refused before rules compare each with each."""
    part = '[[part]]\nid = "l%d"\npart = "led"\nwires = { anode = "IO2", cathode = "GND" }\n'
    assert len(read_circuit("c.toml", "".join(part % number for number in range(MAX_PARTS)).encode()).part) == MAX_PARTS
    with pytest.raises(HardwareError) as caught:
        read_circuit("c.toml", "".join(part % number for number in range(MAX_PARTS + 1)).encode())
    assert "part" in str(caught.value.what)
    assert "100" in str(caught.value.what)


def test_a_wrong_key_of_a_circuits_part_is_refused_with_the_right_ones() -> None:
    """The limit on parts does not hide what a part may say."""
    with pytest.raises(HardwareError) as caught:
        read_circuit("c.toml", b'[[part]]\nid = "l"\npart = "led"\nwire = {}\n')
    assert "wires" in str(caught.value.next_step)
