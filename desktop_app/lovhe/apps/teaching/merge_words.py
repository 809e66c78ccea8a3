"""What came in with other PCs' copies, in sentences, as the command line and the app tell it."""

from __future__ import annotations

from pathlib import Path

from lovhe.apps.teaching.merging import Refused
from lovhe.core.messages import N_, Text
from lovhe.services.ports.merging import Merged


def what_came(one: Merged | Refused) -> list[Text]:
    """With one file."""
    if isinstance(one, Refused):
        return [one.problem.what, one.problem.next_step]
    told: list[Text] = [
        N_(
            "{file}: {n} new result; here already: {known}.",
            "{file}: {n} new results; here already: {known}.",
            n=one.attempts,
            file=str(one.file),
            known=one.known,
        )
    ]
    if one.pupils:
        told.append(N_("{n} new pupil came with it.", "{n} new pupils came with it.", n=one.pupils))
    if one.erased:
        told.append(
            N_(
                "{n} pupil who was erased there is erased here, too.",
                "{n} pupils who were erased there are erased here, too.",
                n=one.erased,
            )
        )
    if one.otherwise:
        told.append(
            N_(
                "{n} result stands otherwise in this file than here; the one here stays. Somebody may have changed that file.",
                "{n} results stand otherwise in this file than here; those here stay. Somebody may have changed that file.",
                n=one.otherwise,
            )
        )
    if one.altered:
        told.append(N_("Changes by hand are not as they were written: `lovhe results audit` shows which, here and on that computer."))
    return told


def how_it_is_now(last: Merged, kept: Path) -> list[Text]:
    """After the last file: who has another number than in the class's list, and where the results of before are."""
    told: list[Text] = [
        N_(
            "In {name} somebody else has the number {wanted}, too: {pupil} has the number {number} now.",
            name=one.class_name,
            wanted=one.wanted,
            pupil=one.first_name,
            number=one.number,
        )
        for one in last.renumbered
    ]
    if told:
        told.append(
            N_(
                "If two of these are one pupil, whose name is written in two ways, correct it on the computer where it is wrong; "
                "then merge a new copy from there."
            )
        )
    return [*told, N_("What was here before is in {file}; `lovhe results restore` brings it back.", file=str(kept))]
