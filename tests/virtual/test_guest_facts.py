"""The virtual board answers what MicroPython answered on an ESP32."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lovhe.virtual.interpreter import unix_engine

from tests.virtual.guest_harness import differences

HOST_BUILD = {
    "sys.modules",
    "modules.list",
    "float.single",
    "err.types",
    "err.attr",
    "err.args",
    "asyncio.dir",
    "struct.format",
}
"""Rows that differ by how the interpreter was built for the PC: wider floats, longer messages, fewer network modules."""


def test_recorded_facts_hold(tmp_path: Path) -> None:
    """All that the chip said holds here, but what the PC's build of the interpreter cannot do."""
    found, same, scored = asyncio.run(differences(tmp_path))
    unexpected = [text for text in found if text.split()[0] not in HOST_BUILD]
    assert unexpected == []
    assert (same, scored) == (80, 80)


def test_recorded_facts_hold_without_native_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a processor for which MicroPython makes no native code, the guest's byte code answers the same."""
    monkeypatch.setattr(unix_engine, "has_native_code", lambda: False)
    _, same, scored = asyncio.run(differences(tmp_path))
    assert same == scored


def test_recorded_facts_hold_in_virtual_time(tmp_path: Path) -> None:
    """Time that is only counted gives the same answers."""
    _, same, scored = asyncio.run(differences(tmp_path, virtual_time=True))
    assert same == scored
