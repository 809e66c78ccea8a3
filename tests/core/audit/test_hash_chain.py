"""No entry can be changed, taken out or put elsewhere unnoticed; a pupil's words can be erased all the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.audit.hash_chain import SHOWN_HASH, Entry, Note, faults, head, linked
from msgspec.structs import replace


def _chain(length: int, name: str = "pc-1") -> tuple[list[Entry], dict[str, Note]]:
    entries: list[Entry] = []
    notes = {}
    for number in range(length):
        note = Note(f"{number:032x}", f'{{"reason":"r{number}"}}')
        when = f"2026-11-23T08:{number:02}:00+00:00"
        entry = linked(entries[-1] if entries else None, f"{name}-{number}", name, when, "mark", f"pupil-{number % 2}", note)
        entries.append(entry)
        notes[entry.id] = note
    return entries, notes


def test_a_chain_as_it_was_written_is_whole() -> None:
    """Also beside another PC's, and in whatever order its entries come."""
    (entries, notes), (others, their_notes) = _chain(5), _chain(3, "pc-2")
    assert faults(reversed(entries + others), notes | their_notes) == []
    assert faults([], {}) == []


@given(st.integers(0, 4), st.sampled_from(["when_utc", "subject", "note_hash", "before", "id", "hash"]))
def test_whatever_is_changed_is_noticed(place: int, field: str) -> None:
    """In whichever entry, with or without its own hash made anew: then the next one does not fit."""
    entries, notes = _chain(6)
    changed = replace(entries[place], **{field: "x" * 64})
    for one in (changed, replace(changed, hash=changed.true_hash)):
        if one == entries[place]:
            continue
        assert faults([*entries[:place], one, *entries[place + 1 :]], notes | {one.id: notes[entries[place].id]})


@pytest.mark.parametrize("place", range(4))
def test_an_entry_that_is_taken_out_is_missed(place: int) -> None:
    """All but the last, of which its code tells that was written down."""
    entries, notes = _chain(5)
    assert ("gap", entries[place + 1]) in faults(entries[:place] + entries[place + 1 :], notes)
    assert head(entries[:-1]) != head(entries)


def test_what_was_said_cannot_be_changed_nor_vanish() -> None:
    """Unless the pupil of whom it was said is erased."""
    entries, notes = _chain(4)
    changed = notes | {entries[1].id: Note(notes[entries[1].id].salt, "{}")}
    assert faults(entries, changed) == [("note changed", entries[1])]
    gone = {key: note for key, note in notes.items() if key != entries[1].id}
    assert faults(entries, gone) == [("note missing", entries[1])]
    said = Note("0" * 32, "{}")
    erased = linked(entries[-1], "e", "pc-1", "2026-11-23T09:00:00+00:00", "erase", entries[1].subject, said)
    assert faults([*entries, erased], gone | {"e": said}) == []
    assert faults([*entries, erased], gone) == [("note missing", erased)]


def test_the_code_is_short_and_another_one_after_each_entry() -> None:
    """The same in whatever order the chains come."""
    (entries, _), (others, _) = _chain(3), _chain(2, "pc-2")
    codes = {head(entries[:length]) for length in range(4)}
    assert len(codes) == 4
    assert all(len(code) in (0, SHOWN_HASH) for code in codes)
    assert head(entries + others) == head(others + entries)
