"""Boards, parts and circuits from TOML bytes. Errors name the file, the key and the mend."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from lovhe.core.circuits.hardware import PART_PIN_KINDS, Board, Circuit, Part
from lovhe.core.errors import HardwareError
from lovhe.core.messages import N_
from lovhe.core.toml_reading import T, decode_toml


class _WithCircuit(msgspec.Struct):
    """A file that holds a circuit beside other things."""

    circuit: Circuit


def read_boards(files: Mapping[str, bytes]) -> dict[str, Board]:
    """Boards by id, from file name to content. Raises `HardwareError`."""
    boards = {_id_of(name): _read(name, data, Board) for name, data in sorted(files.items())}
    for board in boards.values():
        _check_names(f"{board.id}.toml", [pin.name for pin in board.pin if pin.gpio is not None])
    return boards


def read_parts(files: Mapping[str, bytes]) -> dict[str, Part]:
    """Parts by id, from file name to content. Raises `HardwareError`."""
    parts = {_id_of(name): _read(name, data, Part) for name, data in sorted(files.items())}
    for part in parts.values():
        file = f"{part.id}.toml"
        _check_names(file, [pin.name for pin in part.pin])
        for pin in part.pin:
            if pin.kind not in PART_PIN_KINDS:
                raise HardwareError(
                    N_("{file}: the pin “{pin}” is of an unknown kind, “{kind}”.", file=file, pin=pin.name, kind=pin.kind),
                    N_("Write one of these: {kinds}.", kinds=", ".join(PART_PIN_KINDS)),
                )
    return parts


def read_circuit(file: str, data: bytes) -> Circuit:
    """A circuit from a file of its own, or from the [circuit] of a lesson.toml. Raises `HardwareError`."""
    whole = decode_toml(file, data, dict[str, object], HardwareError)
    if "circuit" in whole:
        return decode_toml(file, data, _WithCircuit, HardwareError).circuit
    return decode_toml(file, data, Circuit, HardwareError)


def _read(file: str, data: bytes, kind: type[T]) -> T:
    thing = decode_toml(file, data, kind, HardwareError)
    if getattr(thing, "id", None) != _id_of(file):
        raise HardwareError(
            N_("{file}: the id is “{id}”, and the file's name says otherwise.", file=file, id=str(getattr(thing, "id", ""))[:60]),
            N_("Make both the same."),
        )
    return thing


def _check_names(file: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise HardwareError(N_("{file}: two pins are called “{pin}”.", file=file, pin=name), N_("Give each pin a name of its own."))


def _id_of(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".toml")
