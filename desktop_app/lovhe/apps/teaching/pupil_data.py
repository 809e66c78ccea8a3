"""All that this PC keeps of a pupil: given out as one file, or erased."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence

import msgspec

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
            folder = f"attempts/{one.when_utc[:10]}-{one.lesson_id}-{one.id[:13]}"
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


def _put(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    packed.writestr(zipfile.ZipInfo(name, _OLDEST), data, zipfile.ZIP_DEFLATED)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
