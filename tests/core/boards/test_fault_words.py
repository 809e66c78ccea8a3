"""The words of `lovhe board fault` are read whole or refused, with how to write them."""

from __future__ import annotations

import pytest
from lovhe.core.boards.fault_words import EXAMPLES, Fault, read_faults, what_one_sees, write_fault
from lovhe.core.errors import InputError

CHIPS = ("esp32", "esp32c3")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("unplug", Fault("unplug")),
        ("unplug=0", Fault("unplug", 0)),
        ("unplug = 5 kB", Fault("unplug", 5000)),
        ("unplug=off", Fault("unplug", "off")),
        ("plug", Fault("plug")),
        ("drop=0.1%", Fault("drop", 0.001)),
        ("flip=0,5 %", Fault("flip", 0.005)),
        ("drop=0%", Fault("drop", "off")),
        ("slow=57600", Fault("slow", 57600)),
        ("slow=57600 Bd", Fault("slow", 57600)),
        ("brownout=5000", Fault("brownout", 5000)),
        ("no-loader", Fault("no-loader")),
        ("stuck-loader=off", Fault("stuck-loader", "off")),
        ("chip=ESP32-C3", Fault("chip", "esp32c3")),
    ],
)
def test_faults_are_read_as_one_writes_them(word: str, meant: Fault) -> None:
    """With point or comma, spaces, units, and `off` to end one."""
    assert read_faults([word], CHIPS) == [meant]


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("drip", "no-loader"),
        ("", "unplug"),
        ("drop", "drop=0.1%"),
        ("drop=1", "drop=0.1%"),
        ("drop=101%", "drop=0.1%"),
        ("drop=", "drop=0.1%"),
        ("unplug=-1", "unplug=5000"),
        ("unplug=5%", "unplug=5000"),
        ("plug=off", "like this: plug"),
        ("no-loader=yes", "no-loader"),
        ("slow=5", "300"),
        ("slow=fast", "slow=57600"),
        ("chip=esp8266", "esp32c3"),
        ("chip", "chip=esp32c3"),
    ],
)
def test_what_is_no_fault_is_refused_with_what_is_possible(word: str, named: str) -> None:
    """One wrong word refuses all of them."""
    with pytest.raises(InputError) as caught:
        read_faults(["unplug", word], CHIPS)
    assert named in str(caught.value.next_step)


@pytest.mark.parametrize("example", [word for words in EXAMPLES.values() for word in words.split(", ")])
def test_every_fault_says_what_one_will_see(example: str) -> None:
    """The examples of the help are faults; each has a whole sentence that names the board, and is written as it was read."""
    (fault,) = read_faults([example], CHIPS)
    assert write_fault(fault) == example
    sentence = str(what_one_sees(fault, "vb7"))
    assert "vb7" in sentence
    assert "{" not in sentence
    assert sentence.endswith(".")
