"""What a lesson's checks would let through: its solutions with one small change each, judged like pupils' programs."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal

import msgspec

from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.survivors import ExplainedSurvivor
from lovhe.core.programs.mutations import Mutant, lesson_mutants
from lovhe.services.program_pool import Bench, Job, Judged, judge_programs

Fate = Literal["caught", "survived", "explained", "unclear"]


class MutantTrial(msgspec.Struct, frozen=True):
    """What became of one changed program. `why` is the author's reason for one that may survive; unclear is a fault on our side."""

    mutant: Mutant
    fate: Fate
    why: str = ""


class LessonMutation(msgspec.Struct, frozen=True):
    """What became of a lesson's changed solutions. `unfit` are solutions that do not pass themselves: changing them proves nothing."""

    lesson_id: str
    trials: list[MutantTrial]
    unfit: list[str] = []

    def count(self, *fates: Fate) -> int:
        """How many came to one of these ends."""
        return sum(trial.fate in fates for trial in self.trials)


class MutationScore(msgspec.Struct, frozen=True):
    """How many changes ran, how many of them were caught, and how many survivors are explained. Unclear ones did not run."""

    caught: int
    ran: int
    explained: int

    @property
    def percent(self) -> float | None:
        """The share that was caught of those that should be; None where there were none."""
        wanted = self.ran - self.explained
        return 100 * self.caught / wanted if wanted else None

    @property
    def raw_percent(self) -> float | None:
        """The share that was caught of all that ran, whatever an author says of the rest."""
        return 100 * self.caught / self.ran if self.ran else None


def score(lessons: Iterable[LessonMutation]) -> MutationScore:
    """The score over some lessons."""
    every = list(lessons)
    caught, explained = (sum(lesson.count(fate) for lesson in every) for fate in ("caught", "explained"))
    return MutationScore(caught, sum(lesson.count("caught", "survived", "explained") for lesson in every), explained)


def chosen_mutants(lesson: Lesson, limit: int | None, seed: int) -> list[Mutant]:
    """The lesson's mutants, at most `limit`; which ones are left out depends on `seed` and the lesson alone."""
    every = lesson_mutants(lesson)
    if limit is None or len(every) <= limit:
        return every
    chosen = random.Random(f"{seed} {lesson.id}").sample(range(len(every)), limit)
    return [every[index] for index in sorted(chosen)]


def mutate_lessons(
    rows: Sequence[tuple[Lesson, list[Mutant]]],
    bench: Bench,
    runtime: Mapping[str, bytes],
    *,
    workers: int = 0,
    on_done: Callable[[], None] = lambda: None,
    stopped: threading.Event | None = None,
) -> list[LessonMutation]:
    """Judge each lesson's solutions, and then the mutants of those that pass, by the checks of the lesson's goal.

    A mutant that fails or hangs is caught. Blocks until all are judged. Raises what kept the very first program from being judged, and
    `JudgingStopped` once `stopped` is set.
    """
    originals = [(lesson, name, source) for lesson, _ in rows for name, source in sorted(lesson.solutions.items())]
    judged_first = [Job(lesson.judged_by(lesson.goal), source) for lesson, _, source in originals]
    passed = judge_programs(judged_first, bench, runtime, workers=workers, on_done=on_done, stopped=stopped)
    if passed and all(one.error for one in passed) and passed[0].error is not None:
        raise passed[0].error
    unfit = {(lesson.id, name) for (lesson, name, _), one in zip(originals, passed, strict=True) if not _passed(one)}
    fit = [(lesson, [one for one in mutants if (lesson.id, one.program) not in unfit]) for lesson, mutants in rows]
    jobs = [Job(judged, mutant.source) for lesson, mutants in fit for judged in [lesson.judged_by(lesson.goal)] for mutant in mutants]
    judged = iter(judge_programs(jobs, bench, runtime, workers=workers, first_failure_ends=True, on_done=on_done, stopped=stopped))
    return [
        LessonMutation(
            lesson.id,
            list(_trials(lesson.survivors, mutants, islice(judged, len(mutants)))),
            sorted(name for lesson_id, name in unfit if lesson_id == lesson.id),
        )
        for lesson, mutants in fit
    ]


def _trials(explained: Sequence[ExplainedSurvivor], mutants: Iterable[Mutant], judged: Iterable[Judged]) -> Iterator[MutantTrial]:
    for mutant, one in zip(mutants, judged, strict=True):
        why = next((entry.why for entry in explained if entry.explains(mutant.program, mutant.before, mutant.after)), None)
        if _passed(one):
            yield MutantTrial(mutant, "survived" if why is None else "explained", why or "")
        elif one.stuck or (one.report is not None and one.report.outcome == "failed"):
            yield MutantTrial(mutant, "caught")
        else:
            yield MutantTrial(mutant, "unclear")


def _passed(judged: Judged) -> bool:
    return judged.report is not None and judged.report.outcome == "passed"
