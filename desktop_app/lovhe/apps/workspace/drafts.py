"""What pupils are typing goes with copies of the results, and comes back with them."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from lovhe.core.errors import InputError, LovheError
from lovhe.core.messages import N_
from lovhe.services.ports.drafts import Draft, Drafts
from lovhe.services.ports.work import AllWork

log = logging.getLogger(__name__)


def drafts_of(work: AllWork) -> Iterator[Draft]:
    """What stands there now of all pupils; guests' work stays on this PC."""
    for group in work.groups():
        if not group.startswith("guest-"):
            yield from (Draft(group, name, data) for name, data in work.texts(group))


def put_drafts_back(drafts: Drafts, work: AllWork) -> None:
    """Put what came with a copy where it was typed. Cut off at any moment, it is done again; nothing is written over.

    Not for the event loop. Raises `ResultsError`; `InputError` where the disk takes no more: what is left waits.
    """
    while some := drafts.waiting():
        try:
            for one in some:
                work.take_in(one.group, one.name, one.data)
        except InputError as problem:
            raise InputError(
                N_("Not all that pupils were typing could be put back. {problem}", problem=problem.what),
                N_("Make room on the disk, then open Lövhə anew: it goes on by itself. The results are those of the copy."),
            ) from problem
        drafts.forget(some)


def go_on_putting_back(drafts: Drafts, work: AllWork) -> None:
    """The power may have gone, or the disk been full, while a copy was put back; where it is still full, the next start goes on."""
    try:
        put_drafts_back(drafts, work)
    except LovheError as problem:
        log.warning("%s", problem)
