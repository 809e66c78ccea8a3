"""All that this PC keeps of a pupil: given out as one file, or erased."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from lovhe.apps import wiring
from lovhe.apps.teaching.audit_state import AuditState, audit_state
from lovhe.apps.teaching.wiring import all_work, leave_desk
from lovhe.apps.user_files import write_new
from lovhe.core.checks.evidence import encode_events
from lovhe.core.pupils.group import groups_with, work_key
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.services.ports import ResultsStore
from lovhe.services.ports.audit import Audit
from lovhe.services.ports.pupils import Erased, Roster
from lovhe.services.ports.work import AllWork

_OLDEST = (1980, 1, 1, 0, 0, 0)  # the same file for the same data


def work_of(pupil: Pupil, classes: Sequence[SchoolClass], work: AllWork) -> dict[str, tuple[str, ...]]:
    """The work that they typed, alone or with others: by its key, the ids of who shares it. Takes a second in a school of 1,200."""
    kept = set(work.groups())
    others = [one.id for school_class in classes for one in school_class.pupils if one.id != pupil.id]
    return {key: group for group in groups_with(pupil.id, others) if (key := work_key(group)) in kept} if kept else {}


def pupil_zip(pupil: Pupil, classes: Sequence[SchoolClass], store: ResultsStore, audit: Audit, work: AllWork) -> bytes:
    """All of it, as a ZIP file of JSON and text. Other pupils are in it as a count alone. Raises `ResultsError`."""
    attempts = [store.attempt(one.id) for one in store.attempts(pupil_id=pupil.id)]
    corrections = [msgspec.to_builtins(one) for one in audit.corrections([pupil.id])]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        _put(packed, "pupil.json", _json({**msgspec.to_builtins(pupil), "attempts": len(attempts), "corrections": corrections}))
        for one in attempts:
            facts = msgspec.to_builtins(one)
            report = json.loads(one.report)
            facts |= {"report": report, "pupils": len(one.pupils)}
            del facts["evidence"], facts["program"]
            folder = f"attempts/{one.when_utc[:10]}-{one.lesson_id}-{one.id}"
            _put(packed, f"{folder}/attempt.json", _json(facts))
            _put(packed, f"{folder}/program.txt", one.program.encode())
            _put(packed, f"{folder}/evidence.jsonl", encode_events(one.evidence))
        for number, key in enumerate(work_of(pupil, classes, work), 1):
            for name, data in work.files(key):
                _put(packed, f"work/{number}/{name}", data)
    return file.getvalue()


def erase_pupil(pupil: Pupil, classes: Sequence[SchoolClass], roster: Roster, work: AllWork) -> Erased:
    """Take them out. What they typed with others becomes the others', unless those have work of their own; then it goes.

    Raises `ResultsError`, `InputError`.
    """
    for key, group in work_of(pupil, classes, work).items():
        rest = [one for one in group if one != pupil.id]
        if not rest or not work.hand_over(key, work_key(rest)):
            work.forget_group(key)
    return roster.erase(pupil.id)


class KeptOf(msgspec.Struct, frozen=True):
    """A pupil, how many attempts they made, and when the newest was, "" for none."""

    pupil: Pupil
    attempts: int
    newest_utc: str


class ClassData(msgspec.Struct, frozen=True):
    """What is kept of each pupil of a class, by number, and how the list of changes by hand is."""

    kept: Sequence[KeptOf]
    audit: AuditState


def all_classes() -> list[SchoolClass]:
    """All classes with pupils, those that have left school, too: their data are there still. Raises `ResultsError`."""
    with wiring.results() as store:
        return [one for one in store.roster().classes() if one.pupils]


def read_class_data(school_class: SchoolClass) -> ClassData:
    """What is kept of its pupils. Not for the event loop. Raises `ResultsError`."""
    with wiring.results() as store:
        marks = store.progress_of([pupil.id for pupil in school_class.pupils])
        state = audit_state(store.audit())
    made = {pupil.id: [mark.when_utc for mark in marks if pupil.id in mark.pupils] for pupil in school_class.pupils}
    return ClassData([KeptOf(one, len(made[one.id]), max(made[one.id], default="")) for one in school_class.pupils], state)


def would_go(pupil: Pupil) -> Erased:
    """What erasing them would take, and what would stay with others. Not for the event loop. Raises `ResultsError`."""
    with wiring.results() as store:
        made = [len(one.pupils) for one in store.attempts(pupil_id=pupil.id)]
    return Erased(made.count(1), len(made) - made.count(1))


def give_out(pupil: Pupil, name: str, folder: Path) -> Path:
    """Write all that is kept of them as a new ZIP file of this name; where it is. Not for the event loop.

    Raises `InputError`, `ResultsError`.
    """
    with wiring.results() as store:
        data = pupil_zip(pupil, store.roster().classes(), store, store.audit(), all_work())
    return write_new(folder, name, "zip", data)


def erase_for_good(pupil: Pupil) -> Erased:
    """Erase them with what they typed; if they sat here last, nobody does from now on. Not for the event loop.

    Raises `ResultsError`, `InputError`.
    """
    leave_desk([pupil.id])
    with wiring.results() as store:
        return erase_pupil(pupil, store.roster().classes(), store.roster(), all_work())


def _put(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    packed.writestr(zipfile.ZipInfo(name, _OLDEST), data, zipfile.ZIP_DEFLATED)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
