"""Floats are as short as the ESP32's: 32 bits, about seven digits, and they show no more digits than that."""

from __future__ import annotations

import ctypes
import platform
import random
import struct
from pathlib import Path

import pytest
from lovhe.virtual.interpreter.chip_floats import shown, use_the_chips_floats

from tests.virtual.guest_harness import run_programs

pytestmark = pytest.mark.skipif(
    (platform.system(), platform.machine()) != ("Linux", "x86_64"), reason="elsewhere floats are as wide as the PC's"
)


def _single(number: float) -> float:
    return float(struct.unpack("f", struct.pack("f", number))[0])


def _run(folder: Path, code: str) -> str:
    ((out, err),) = run_programs(folder, code)
    assert err == ""
    return out


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


def test_what_is_shown_is_short_and_means_the_same_number(tmp_path: Path) -> None:
    """Numbers of all sizes are shown with nine digits at most, and read back they are what they were."""
    chance = random.Random(9)
    numbers = [chance.uniform(-1, 1) * 10 ** chance.randrange(-9, 12) for _ in range(300)]
    numbers += [chance.randrange(10**6) / 1e6 for _ in range(300)]
    code = "\n".join(f"print({number!r})" for number in numbers)
    for number, text in zip(numbers, _run(tmp_path, code).split(), strict=True):
        assert _single(float(text)) == _single(number)
        assert len(text.lstrip("-").split("e")[0].replace(".", "").strip("0")) <= 9, text


@pytest.mark.parametrize(
    ("number", "form", "digits", "sign", "wanted"),
    [
        (1.0, "g", 99, "", "1"),
        (_single(0.1), "g", 99, "+", "+0.1"),
        (-2.5, "f", 2, "+", "-2.50"),
        (-2.5, "f", 0, "", "-3"),
        (0.25, "f", 1, "", "0.3"),
        (0.5, "f", 0, "", "1"),
        (0.04, "f", 0, "", "0"),
        (9.9996, "f", 3, "", "10.000"),
        (0.0, "f", 40, "", "0." + "0" * 29),
        (-0.0, "g", 6, "", "-0"),
        (_single(1e10), "g", 99, "", "10000000000"),
        (_single(1e16), "g", 99, "", "1e+16"),
        (_single(3e38), "f", 6, "", "3e+38"),
        (_single(1 / 3), "f", 12, " ", " 0.333333340000"),
        (_single(1e-5), "g", 6, "", "1e-05"),
        (999999.5, "g", 6, "", "1e+06"),
        (123456.0, "g", 3, "", "1.23e+05"),
        (1234.5, "e", 2, "", "1.23e+03"),
        (1234.5, "E", 0, "", "1E+03"),
        (_single(0.1), "e", 12, "", "1.000000000000e-01"),
        (float("-inf"), "g", 99, "", "-inf"),
        (float("nan"), "G", 6, "", "NAN"),
    ],
)
def test_a_text_never_outgrows_its_room(number: float, form: str, digits: int, sign: str, wanted: str) -> None:
    """What the interpreter has room for is kept to, and then an exponent takes the place of zeros."""
    text = shown(number, form, digits, sign, 31)
    assert text == wanted
    assert len(text) <= 31


def test_a_library_without_these_functions_is_left_alone() -> None:
    """What is no MicroPython, or one that is built otherwise, raises nothing."""
    use_the_chips_floats(ctypes.CDLL(None))
