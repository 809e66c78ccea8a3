"""Entries each of which holds the hash of the one before: a change, a gap or another order breaks the chain from there on.

What an entry says stands apart as a note, of which the entry holds a salted hash alone: a pupil's notes can be erased, and the chain
stays whole. Whoever can write the file can make a whole chain anew; its newest hash, on a printed or exported page, tells even that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

Kind = Literal["mark", "erase"]
Fault = Literal["changed", "gap", "note changed", "note missing"]
"""An entry is not what was written; one before it is missing, or is another; what it says is not what was said, or is gone."""

SALT_BYTES = 16
SHOWN_HASH = 12
"""So many hexadecimal digits of the newest hash are shown to be written down."""


class Note(msgspec.Struct, frozen=True):
    """What an entry says, as JSON text, with the salt of its hash in hexadecimal digits."""

    salt: str
    text: str

    @property
    def hash(self) -> str:
        """What the entry holds of it."""
        return _sha256(self.salt, self.text)


class Entry(msgspec.Struct, frozen=True):
    """One entry. `id` and `chain` are UUIDs, `place` counts from 1 in the chain, `subject` is a pupil's id, `before` the hash before."""

    id: str
    chain: str
    place: int
    when_utc: str
    kind: Kind
    subject: str
    note_hash: str
    before: str
    hash: str = ""

    @property
    def true_hash(self) -> str:
        """The hash that the entry must have."""
        return _sha256(self.id, self.chain, str(self.place), self.when_utc, self.kind, self.subject, self.note_hash, self.before)


def linked(last: Entry | None, entry_id: str, chain: str, when_utc: str, kind: Kind, subject: str, note: Note) -> Entry:
    """The entry that comes after `last` in its chain; the first one of `chain` where there is none."""
    place, before = (last.place + 1, last.hash) if last is not None else (1, "")
    entry = Entry(entry_id, chain, place, when_utc, kind, subject, note.hash, before)
    return msgspec.structs.replace(entry, hash=entry.true_hash)


def faults(entries: Iterable[Entry], notes: Mapping[str, Note]) -> list[tuple[Fault, Entry]]:
    """What is wrong, in the order of chains and places. Notes are by their entries' ids; those of a pupil who was erased may be gone."""
    ordered = sorted(entries, key=lambda entry: (entry.chain, entry.place, entry.id))
    erased = {entry.subject for entry in ordered if entry.kind == "erase"}
    found: list[tuple[Fault, Entry]] = []
    last: Entry | None = None
    for entry in ordered:
        if last is not None and last.chain != entry.chain:
            last = None
        if entry.hash != entry.true_hash:
            found.append(("changed", entry))
        if (entry.place, entry.before) != ((last.place + 1, last.hash) if last is not None else (1, "")):
            found.append(("gap", entry))
        note = notes.get(entry.id)
        if note is not None and note.hash != entry.note_hash:
            found.append(("note changed", entry))
        if note is None and (entry.kind == "erase" or entry.subject not in erased):
            found.append(("note missing", entry))
        last = entry
    return found


def head(entries: Sequence[Entry]) -> str:
    """A short code for all chains as they are, to be written down: it is another one after each new entry, and after each change."""
    newest: dict[str, Entry] = {}
    for entry in entries:
        if entry.chain not in newest or (newest[entry.chain].place, newest[entry.chain].id) < (entry.place, entry.id):
            newest[entry.chain] = entry
    return _sha256(*(newest[chain].hash for chain in sorted(newest)))[:SHOWN_HASH] if newest else ""


def _sha256(*parts: str) -> str:
    """Of several texts; none can take over a piece of the next."""
    return hashlib.sha256(b"".join(len(part.encode()).to_bytes(8, "big") + part.encode() for part in parts)).hexdigest()
