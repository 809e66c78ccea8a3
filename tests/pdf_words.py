"""Reading back what a PDF of ours says: the words of each page, in the order in which they were written."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"/F(\d+) [0-9.]+ Tf|\((.*?)(?<!\\)((?:\\\\)*)\) Tj", re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}


def pdf_pages(file: Path) -> list[list[str]]:
    """The texts of each page. Their letters are numbers of a font's letters: the file's tables say which."""
    data = file.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    streams = [_plain(stream) for stream in _STREAM.findall(data)]
    letters = [_letters(stream) for stream in streams if b"begincmap" in stream]
    pages = [_texts(stream, letters) for stream in streams if b" Tj" in stream]
    assert len(pages) == len(re.findall(rb"/Type\s*/Page\b", data))
    return pages


def _plain(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _letters(table: bytes) -> dict[int, str]:
    return {int(number, 16): bytes.fromhex(code.decode()).decode("utf-16-be") for number, code in re.findall(rb"<(\w+)> <(\w+)>\n", table)}


def _texts(page: bytes, letters: list[dict[int, str]]) -> list[str]:
    texts, font = [], 1
    for chosen, text, slashes in _SHOWN.findall(page):
        if chosen:
            font = int(chosen)
            continue
        raw = _ESCAPED.sub(lambda sign: _SIGNS.get(sign[1], sign[1]), text + slashes)
        codes = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
        texts.append("".join(letters[font - 1].get(code, "?") for code in codes))
    return texts
