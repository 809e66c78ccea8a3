"""How long what was handed in is kept, to be chosen from a list; and what is past that time, erased after a question."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial

from lovhe.apps.language import key, t
from lovhe.apps.teaching.class_progress import now
from lovhe.apps.teaching.kept_time import KeptTime, erase_past, keep_for, read_kept_time
from lovhe.apps.teaching.retention import Overdue, kept_words
from lovhe.apps.tui.screens.question import Question
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.choice import ListChoice
from lovhe.core.messages import N_, Text

_MONTHS = (None, 6, 12, 24, 36)


def ask_how_long(screen: TeacherScreen) -> None:
    """What holds is read first, in a thread of `screen`."""
    screen.find_out(lambda: read_kept_time(now()), partial(_offer, screen))


def _offer(screen: TeacherScreen, kept: KeptTime) -> None:
    if not screen.is_current:  # the key may have been pressed twice
        return
    choices = [*_MONTHS, *([] if kept.months in _MONTHS else [kept.months])]
    lines = [t(_how_long(months)) for months in choices]
    acts: list[Callable[[], None]] = [partial(screen.do, partial(_settle, months)) for months in choices]
    if kept.past is not None and (kept.past.pupils or kept.past.guests_attempts):
        lines.append(t(key("Erase what is past that time …")))
        acts.append(partial(_ask, screen, kept.past))
    asked = t(key("How long is kept what classes that have left school, and guests, have handed in?"))
    screen.lovhe.push_screen(ListChoice(asked, lines, lambda place: acts[place](), now=choices.index(kept.months)))


def _how_long(months: int | None) -> Text:
    return N_("for {n} month", "for {n} months", n=months) if months is not None else N_("until somebody erases it")


def _settle(months: int | None) -> list[Text]:
    kept = keep_for(months, now())
    told: list[Text] = [kept_words(kept.months)]
    return [*told, *_counted(kept.past)] if kept.past is not None else told


def _counted(past: Overdue) -> list[Text]:
    return [
        N_("{n} pupil is past that time.", "{n} pupils are past that time.", n=len(past.pupils)),
        N_("{n} attempt of guests is past that time.", "{n} attempts of guests are past that time.", n=past.guests_attempts),
    ]


def _ask(screen: TeacherScreen, past: Overdue) -> None:
    names = ", ".join(f"{one.pupil.class_name} {one.pupil.number} {one.pupil.first_name}" for one in past.pupils)
    since = datetime.datetime.fromisoformat(past.since_utc)
    sentences: list[Text] = [
        N_("Today is {day}. This is from before {since}:", day=_day(now()), since=_day(since)),
        *([N_("{names}.", names=names)] if names else []),
        *([N_("{n} attempt of guests", "{n} attempts of guests", n=past.guests_attempts)] if past.guests_attempts else []),
        N_("Copies that were made before still have it: delete those, too."),
        N_("Is the date of today right, and shall all of this be erased for good?"),
    ]
    screen.lovhe.push_screen(Question(sentences, partial(screen.do, partial(_erase, past)), N_("Erase what is past that time")))


def _erase(past: Overdue) -> list[Text]:
    attempts = sum(erased.attempts for erased in erase_past(past))
    return [
        N_("{n} pupil was erased.", "{n} pupils were erased.", n=len(past.pupils)),
        N_("{n} attempt was erased.", "{n} attempts were erased.", n=attempts),
    ]


def _day(moment: datetime.datetime) -> str:
    return f"{moment.astimezone():%d.%m.%Y}"
