"""What a job tells while it works; whoever shows it takes it from the job some twenty times a second."""

from __future__ import annotations

import msgspec

from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import CheckReport, Report
from lovhe.core.errors import LovheError
from lovhe.core.messages import Text


class Happened(msgspec.Struct, frozen=True):
    """What the running program did, in order."""

    events: list[Event]


class Busy(msgspec.Struct, frozen=True):
    """Something slow begins, or goes on: `done` of `total`, both 0 where nobody knows how much it is."""

    what: Text
    done: int = 0
    total: int = 0


class Judged(msgspec.Struct, frozen=True):
    """The verdicts there are by now, and the id of the check whose turn it is, "" after the last."""

    verdicts: list[CheckReport]
    now: str


class Asked(msgspec.Struct, frozen=True):
    """Somebody is to do something ("Cover the light sensor") within `seconds`; a `question` wants yes or no."""

    sentence: str
    seconds: float
    question: bool = False


class Noticed(msgspec.Struct, frozen=True):
    """What somebody was asked for is done and seen, or the time for it is over."""


class Recorded(msgspec.Struct, frozen=True):
    """The verdict, on the disk already; `not_kept` is why it is not, where the disk refuses."""

    report: Report
    not_kept: LovheError | None = None


class AnswerWanted(msgspec.Struct, frozen=True):
    """The program ran as it should; now the pupil has to answer what was asked about its readings."""


Told = Happened | Busy | Judged | Asked | Noticed | Recorded | AnswerWanted
