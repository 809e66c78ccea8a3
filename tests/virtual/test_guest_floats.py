"""Floats are as short as the ESP32's: 32 bits, about seven digits, and they show no more digits than that."""

from __future__ import annotations

import asyncio
import platform
import random
import struct
from pathlib import Path

import pytest
from lovhe.virtual.interpreter.chip_floats import _shortest

from tests.virtual.guest_harness import BareBoard

pytestmark = pytest.mark.skipif(
    (platform.system(), platform.machine()) != ("Linux", "x86_64"), reason="elsewhere floats are as wide as the PC's"
)


def _single(number: float) -> float:
    return float(struct.unpack("f", struct.pack("f", number))[0])


def _run(folder: Path, code: str) -> str:
    async def session() -> str:
        async with BareBoard(folder, virtual_time=True) as board:
            await board.enter_raw()
            out, err = await board.run(code)
            assert err == ""
            return out

    return asyncio.run(session())


def test_every_operation_is_rounded_as_on_the_chip(tmp_path: Path) -> None:
    """Sums, differences, products and quotients of random numbers have the very bits that 32-bit arithmetic gives them."""
    chance = random.Random(32)
    pairs = [(_single(chance.uniform(-1e3, 1e3)), _single(chance.lognormvariate(0, 8))) for _ in range(100)]
    code = f"import struct\nfor a, b in {pairs!r}:\n  print(struct.pack('>4f', a + b, a - b, a * b, a / b).hex())"
    wanted = [struct.pack(">4f", a + b, a - b, a * b, a / b).hex() for a, b in pairs]
    assert _run(tmp_path, code).split() == wanted


def test_big_numbers_lose_their_last_digits(tmp_path: Path) -> None:
    """A program that counts microseconds in a float stands still at 2**24, and what is too large becomes infinite."""
    code = "print(16777216.0 + 1 == 16777216.0, 1e38 * 10, float(123456789), 1e-46, int(0.1 * 1e9))"
    assert _run(tmp_path, code).split() == ["True", "inf", "123456790.0", "0.0", "100000000"]


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("0.1 + 0.2", "0.3"),
        ("1 / 3", "0.33333334"),
        ("-73 * 0.1", "-7.3"),
        ("[23.4]", "[23.4]"),
        ("f'{2.2 * 3}'", "'6.6000004'"),
        ("'%.3f' % (2 / 3)", "'0.667'"),
        ("'%.10f' % 0.1", "'0.1000000000'"),
        ("'%.0f' % 1e19", "'10000000000000000000'"),
        ("10000000000.0", "10000000000.0"),
        ("1e-05", "1e-05"),
        ("math.pi", "3.1415927"),
        ("complex(0.1, 0.2)", "(0.1+0.2j)"),
        ("json.dumps(0.7)", "'0.7'"),
        ("round(2.675, 2)", "2.67"),
    ],
)
def test_numbers_show_the_digits_they_have(tmp_path: Path, expression: str, shown: str) -> None:
    """As few digits as tell one 32-bit number from its neighbours, wherever a program shows it."""
    assert _run(tmp_path, f"import json, math\nprint(repr({expression}))").strip() == shown


def test_the_shortest_text_means_the_same_number() -> None:
    """For numbers of all sizes: what is shown is read back as the number it was."""
    chance = random.Random(9)
    for _ in range(2000):
        number = struct.unpack("f", chance.randbytes(4))[0]
        if number == number:
            assert _single(_shortest(number)) == number
            assert len(f"{_shortest(number):.9g}".strip("-").replace(".", "").split("e")[0].strip("0")) <= 9
