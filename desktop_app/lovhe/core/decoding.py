"""JSON, TOML and plain values as the structs they are to be, from any thread.

msgspec looks a type up when it is first decoded, and leaves it half looked up for other threads meanwhile: with 0.22 that ends the process.
So a type is made ready by one thread at a time, and nothing else in the kit calls msgspec's own functions for it.
"""

from __future__ import annotations

import threading
from typing import Any, TypeVar, overload

import msgspec

T = TypeVar("T")

_ONE_AT_A_TIME = threading.Lock()
_ready: set[object] = set()


def json_decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    """For what is decoded often. Its `decode` raises what `decode_json` does."""
    with _ONE_AT_A_TIME:
        return msgspec.json.Decoder(kind)


@overload
def decode_json(data: bytes | str, kind: type[T]) -> T: ...
@overload
def decode_json(data: bytes | str, kind: Any) -> Any: ...
def decode_json(data: bytes | str, kind: Any) -> Any:
    """`data`, which is JSON, as a `kind`. Raises `msgspec.DecodeError`, or `msgspec.ValidationError` for JSON of another kind."""
    _make_ready(kind)
    return msgspec.json.decode(data, type=kind)


@overload
def decode_plain_toml(data: bytes | str, kind: type[T]) -> T: ...
@overload
def decode_plain_toml(data: bytes | str, kind: Any) -> Any: ...
def decode_plain_toml(data: bytes | str, kind: Any) -> Any:
    """`data`, which is TOML, as a `kind`. Raises as `decode_json`; with words for who wrote it: `toml_reading.decode_toml`."""
    _make_ready(kind)
    return msgspec.toml.decode(data, type=kind)


@overload
def converted(value: object, kind: type[T], *, str_keys: bool = False) -> T: ...
@overload
def converted(value: object, kind: Any, *, str_keys: bool = False) -> Any: ...
def converted(value: object, kind: Any, *, str_keys: bool = False) -> Any:
    """Plain dicts, lists and texts as a `kind`; with `str_keys` keys of TOML may be numbers. Raises `msgspec.ValidationError`."""
    _make_ready(kind)
    return msgspec.convert(value, kind, str_keys=str_keys)


def _make_ready(kind: object) -> None:
    if kind not in _ready:
        json_decoder(kind)  # type: ignore[arg-type]
        _ready.add(kind)
