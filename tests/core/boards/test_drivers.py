"""What the PC knows of the board's drivers is what is there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from lovhe.core.boards.drivers import DRIVERS, METHODS, import_line

FOLDER = Path(__file__).parents[3] / "firmware" / "lib" / "lovhe" / "drivers"
HELPERS = {"__init__", "letters"}


def classes(module: str) -> list[ast.ClassDef]:
    """The classes in a driver's file."""
    return [node for node in ast.parse((FOLDER / f"{module}.py").read_text("utf-8")).body if isinstance(node, ast.ClassDef)]


def test_each_driver_is_known_by_its_class() -> None:
    """One module, one class; no driver is forgotten here."""
    assert {path.stem for path in FOLDER.glob("*.py")} - HELPERS == set(DRIVERS)
    for module, driver in DRIVERS.items():
        assert [node.name for node in classes(module)] == [driver]


def test_each_driver_says_what_a_pupil_must_know() -> None:
    """A docstring for the class, with its source and the errors it raises, and one for each method."""
    for module in DRIVERS:
        (driver,) = classes(module)
        described = ast.get_docstring(driver) or ""
        assert "Source: " in described, module
        public = [node for node in driver.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
        assert all(ast.get_docstring(node) for node in public), module
        assert "Raises" in described + "".join(ast.get_docstring(node) or "" for node in public), module


def test_the_methods_a_slip_is_compared_with_exist() -> None:
    """Every method of a driver is known; what else is known is one of framebuf's, which SSD1306 brings."""
    written = {node.name for module in DRIVERS for cls in classes(module) for node in cls.body if isinstance(node, ast.FunctionDef)}
    public = {name for name in written if not name.startswith("_")} - {"read", "on"}
    assert public <= METHODS
    assert METHODS - public <= {"pixel", "line", "rect", "fill"}


@pytest.mark.parametrize("name", ["ssd1306", "SSD1306_I2C", "Ssd1306", "lovhe.drivers.SSD1306"])
def test_a_driver_is_found_by_the_names_it_has_elsewhere(name: str) -> None:
    """As tutorials call it, too."""
    assert import_line(name) == "from lovhe.drivers.ssd1306 import Ssd1306"
    assert import_line(f"my_{name}") is None
