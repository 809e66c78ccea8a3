"""The hardware page's tables follow the files beside it."""

from pathlib import Path

import pytest
from lovhe.adapters.hardware_tables import fill_tables, main, read_kit

ROOT = Path(__file__).parents[2]
HARDWARE, LESSONS = ROOT / "hardware", ROOT / "lessons"


def test_the_hardware_page_is_up_to_date():
    """What stands in hardware/README.md is what its files give now."""
    text = (HARDWARE / "README.md").read_text(encoding="utf-8")
    assert text == fill_tables(text, read_kit(HARDWARE, LESSONS)), "run: python -m lovhe.adapters.hardware_tables hardware lessons"


def test_every_part_and_every_pin_for_programs_is_on_the_page():
    """Nothing that a circuit can name is missing from the tables."""
    text = (HARDWARE / "README.md").read_text(encoding="utf-8")
    kit = read_kit(HARDWARE, LESSONS)
    assert all(f"| `{part.id}` |" in text for part in kit.parts)
    assert all(f"| {pin.name} |" in text for board in kit.boards for pin in board.pin if pin.gpio is not None)


def test_what_sits_in_wires_is_on_the_shopping_list(tmp_path):
    """Each resistor of a divider or a pull-up by its value, however it was written, and what is no resistor by its name."""
    lesson = tmp_path / "7-01-sonar"
    lesson.mkdir()
    (lesson / "lesson.toml").write_text(
        'grade = 7\norder = 1\nminutes = 45\ncheck = []\n[skills]\n[circuit]\n[[circuit.part]]\nid = "a"\npart = "hc-sr04"\nwires = {}\n'
        'through = { ECHO = "divider 1 kΩ + 2k", TRIG = "level shifter" }\n[[circuit.part]]\nid = "b"\npart = "led"\nwires = {}\n'
        'through = { anode = "1000 Om" }\n',
        "utf-8",
    )
    table = fill_tables("<!-- table: bill-of-materials -->\n<!-- end -->\n", read_kit(HARDWARE, tmp_path))
    rows = [[cell.strip() for cell in line.split("|")] for line in table.splitlines()]
    bought = {row[2]: row[3] for row in rows[3:] if len(row) > 4 and not row[1]}
    assert bought == {"Resistor 1 kΩ": "2", "Resistor 2 kΩ": "1", "Level shifter": "1"}


def test_a_table_that_nobody_makes_is_refused():
    """A misspelt marker is told, not left empty."""
    with pytest.raises(KeyError, match="pinns"):
        fill_tables("<!-- table: pinns -->\n<!-- end -->\n", read_kit(HARDWARE, LESSONS))


def test_the_command_writes_the_tables_and_keeps_the_text(tmp_path):
    """Text outside the markers stays as it was; what stood between them goes."""
    for name in ("boards", "parts"):
        (tmp_path / name).mkdir()
        for path in (HARDWARE / name).iterdir():
            (tmp_path / name / path.name).write_bytes(path.read_bytes())
    readme = tmp_path / "README.md"
    readme.write_text("# Before\n<!-- table: usb -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    main(tmp_path, LESSONS)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("# Before\n<!-- table: usb -->\n| Board |")
    assert text.endswith("<!-- end -->\nafter\n")
    assert "old" not in text
    assert "`10C4:EA60`" in text


def test_the_command_refuses_a_description_that_is_wrong(tmp_path):
    """What is wrong with a part's file is told, and the page stays as it was."""
    (tmp_path / "parts").mkdir()
    led = (HARDWARE / "parts/led.toml").read_text(encoding="utf-8")
    (tmp_path / "parts/led.toml").write_text(led.replace('kind = "passive"', 'kind = "hot"', 1), encoding="utf-8")
    (tmp_path / "README.md").write_text("<!-- table: usb -->\nold\n<!-- end -->\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="hot"):
        main(tmp_path, LESSONS)
    assert "old" in (tmp_path / "README.md").read_text(encoding="utf-8")
