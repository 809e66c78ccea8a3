"""Changes by hand of another file beside those of this one: each file's chain stays as it is, and what does not fit is found out."""

from __future__ import annotations

import msgspec
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.audit import all_entries
from lovhe.adapters.results_db.foreign_rows import Foreign
from lovhe.adapters.results_db.models import AuditNoteRow, AuditRow
from lovhe.core.audit.hash_chain import Entry, Note, faults


def join_audit(session: Session, foreign: Foreign) -> bool:
    """Add the entries that are not here; whether any that came, or all together, are not as they were written.

    Of an entry that both have, but not alike, the one whose hash is right is kept; so it is with what was said.
    """
    entries, notes = all_entries(session)
    here = {entry.id: entry for entry in entries}
    altered = bool(faults(foreign.entries, foreign.notes))
    for theirs in foreign.entries:
        ours = here.get(theirs.id)
        altered |= ours is not None and ours != theirs
        if ours is None or _worth(theirs) > _worth(ours):
            session.merge(AuditRow(**msgspec.structs.asdict(theirs)))
            here[theirs.id] = theirs
    session.flush()
    for entry_id, said in foreign.notes.items():
        if entry_id in here and (entry_id not in notes or _fit(said, here[entry_id]) > _fit(notes[entry_id], here[entry_id])):
            session.merge(AuditNoteRow(audit_id=entry_id, salt=said.salt, note=said.text))
            notes[entry_id] = said
    session.flush()
    erased = {entry.subject for entry in here.values() if entry.kind == "erase"}
    left = {entry_id: note for entry_id, note in notes.items() if here[entry_id].kind == "erase" or here[entry_id].subject not in erased}
    return altered or bool(faults(here.values(), left))


def _worth(entry: Entry) -> tuple[bool, tuple[object, ...]]:
    return entry.hash == entry.true_hash, msgspec.structs.astuple(entry)


def _fit(note: Note, entry: Entry) -> tuple[bool, str, str]:
    return note.hash == entry.note_hash, note.salt, note.text
