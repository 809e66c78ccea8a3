"""A new lesson can be read at once, on a circuit that harms nothing, and says itself what is still to be written."""

from __future__ import annotations

import tomllib

import pytest
from lovhe.core.circuits.circuit_choice import choose_circuit
from lovhe.core.circuits.hardware import Circuit
from lovhe.core.circuits.wiring_rules import circuit_findings
from lovhe.core.errors import InputError
from lovhe.core.lessons.lint.findings import find_in_lesson
from lovhe.core.lessons.template import LessonPlan, new_lesson_files

from tests.core.conftest import BOARDS, PARTS

BOARD = "esp32-devkitc"
RAIL_CURRENT = "rail-current"  # a long ring of NeoPixels draws more than USB gives, however it is wired


def rules(circuit: Circuit) -> set[str]:
    """The rules that a circuit breaks, or nearly breaks."""
    found = circuit_findings(BOARDS[circuit.board], PARTS, circuit)
    return {finding.rule for finding in found if finding.severity in ("error", "warning")}


@pytest.mark.parametrize("board", sorted(BOARDS))
@pytest.mark.parametrize("part", sorted(PARTS))
def test_each_part_finds_its_place_on_each_board(part: str, board: str) -> None:
    """Resistors, dividers and level shifters sit where the rules of wiring want them."""
    circuit = choose_circuit(BOARDS[board], PARTS, [part])
    assert rules(circuit) <= {RAIL_CURRENT}
    assert circuit.part[0].wires


def test_parts_get_out_of_each_others_way_and_share_a_bus() -> None:
    """Pins are not given twice, but for the two of the I2C bus; the same part twice has two names."""
    circuit = choose_circuit(BOARDS[BOARD], PARTS, ["led", "led", "button", "hc-sr04", "ssd1306", "bme280", "light-sensor"])
    ends = [end for placed in circuit.part for end in placed.wires.values() if end.startswith("IO")]
    assert sorted(end for end in ends if ends.count(end) > 1) == ["IO21", "IO21", "IO22", "IO22"]
    assert [placed.id for placed in circuit.part][:2] == ["led", "led-2"]
    assert not rules(circuit)


def test_too_many_parts_or_unknown_ones_are_refused() -> None:
    """Pins run out; a name that no part has is answered with those there are."""
    with pytest.raises(InputError, match="no free pins left"):
        choose_circuit(BOARDS[BOARD], PARTS, ["keypad"] * 4)
    with pytest.raises(InputError, match="light-sensor"):
        choose_circuit(BOARDS[BOARD], PARTS, ["laser"])


@pytest.mark.parametrize(("part", "inside"), [("buzzer", "220 Ω"), ("active-buzzer", "transistor"), ("led", "220 Ω")])
def test_what_sits_in_a_wire_is_what_the_parts_file_says(part: str, inside: str) -> None:
    """A piezo disc has a resistor, a buzzer that draws 30 mA a transistor and no resistor, which would starve it."""
    circuit = choose_circuit(BOARDS[BOARD], PARTS, [part])
    assert list(circuit.part[0].through.values()) == [inside]
    assert not rules(circuit)


@pytest.mark.parametrize("parts", [["led"], ["relay", "button"], ["dht22", "ssd1306"], ["led", "led", "buzzer"]])
def test_a_new_lesson_has_no_errors_and_each_todo_has_its_place(parts: list[str]) -> None:
    """Only what an author has to write is found: TODOs with file and line, and too few programs."""
    circuit = choose_circuit(BOARDS[BOARD], PARTS, parts)
    plan = LessonPlan(7, 3, "lamp", {"az": "Lampa"}, circuit)
    files = {name: text.encode() for name, text in new_lesson_files(plan, BOARDS[BOARD]).items()}
    found = find_in_lesson(plan.folder, files, BOARDS, PARTS)
    assert plan.folder == "7-03-lamp"
    assert [str(one.what) for one in found if one.severity == "error"] == []
    todos = [one for one in found if "TODO" in str(one.what)]
    assert all(one.line for one in todos)
    assert {one.file for one in todos} >= {"lesson.toml", "az.md", "ru.md", "en.md", "teacher.az.md", "teacher.ru.md", "teacher.en.md"}
    assert {one.file for one in found if one not in todos} == {"solution.py", "wrong/"}
    assert tomllib.loads(files["az.md"].decode().split("+++\n")[1])["title"] == "Lampa"
    assert files["lesson.toml"].startswith(b"#:schema ../lesson.schema.json\n")
