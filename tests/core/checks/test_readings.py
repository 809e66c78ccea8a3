"""Readings are found in the lines pupils and plotters write."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.checks.readings import folded, read_line


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("light:512,temperature:23.4", [("light", 512), ("temperature", 23.4)]),
        ("light: 512\ttemp: 3", [("light", 512), ("temp", 3)]),
        ("a:1 b:2", [("a", 1), ("b", 2)]),
        (">light:512", [("light", 512)]),
        (">light:1627551892437:512|g", [("light", 512)]),
        (">temp:5§°C|g", [("temp", 5)]),
        ("light = 512", [("light", 512)]),
        ("light=512", [("light", 512)]),
        ("температура: -3.5", [("температура", -3.5)]),
        ("işıq: 512, rütubət: 40", [("işıq", 512), ("rütubət", 40)]),
        ("512", [("", 512)]),
        ("1, 2.5 3", [("", 1), ("", 2.5), ("", 3)]),
        ("(1, 2)", [("", 1), ("", 2)]),
        ("Light is 512 now", [("Light is", 512)]),
        ("Temperature: 23.4 C, humidity: 40 %", [("Temperature", 23.4), ("humidity", 40)]),
        ("temp=23.4C", [("temp", 23.4)]),
        ("speed: 5.2 m/s mean: 4.1 m/s", [("speed", 5.2), ("mean", 4.1)]),
        ("t: 23.4 °C humidity: 40 % face: 1", [("t", 23.4), ("humidity", 40), ("face", 1)]),
        ("wait: 7.5 s +- plusminus: 0.1 s", [("wait", 7.5), ("plusminus", 0.1)]),
        ("скорость: 5.2 м/с среднее: 4", [("скорость", 5.2), ("среднее", 4)]),
        ("x: 1 s: 2", [("x", 1), ("s", 2)]),
        ("x: 1 s max: 2, s max: 3", [("x", 1), ("max", 2), ("s max", 3)]),
        ("x:1e3", [("x", 1000)]),
        ("no number here", []),
        ("12:30:05", []),
        ("ip 192.168.4.1", []),
        ("x=0x1F", []),
        ("", []),
    ],
)
def test_a_line_gives_the_readings_a_person_sees(line, readings):
    """Plotter, Teleplot, source-like and plain lines; times, addresses and hexadecimal numbers are none."""
    assert [(reading.name, reading.value) for reading in read_line(line)] == readings


def test_names_are_compared_without_case_and_dots():
    """İ, I, ı and i are one letter to a pupil who types fast; composed and decomposed letters are one too."""
    assert folded("IŞIQ") == folded("işıq") == folded("İşıq")
    assert folded("Йод") == folded("и\u0306од")
    assert folded("light") != folded("night")


@given(st.text(max_size=600))
def test_any_line_is_read(line):
    """No text raises, and every reading is a number."""
    for reading in read_line(line):
        assert isinstance(reading.value, float)


@pytest.mark.parametrize("line", ["a" * 499 + ":", "a " * 250, "1 " * 250 + "x", "a:" * 250, "1." * 250, "a=1" * 160, ">" + "a:" * 200])
def test_no_line_takes_long(line):
    """Lines made to be hard for a pattern are read in no time: of the processor's, which others may have meanwhile."""
    began = time.thread_time()
    read_line(line)
    assert time.thread_time() - began < 0.5
