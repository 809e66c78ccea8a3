"""`lovhe lesson mutate`: what a lesson's checks would let through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.lesson_test import named_lessons
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import outcome_mark, say, show, show_json
from lovhe.apps.language import key, t
from lovhe.apps.writing.words import change_words, score_words
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from lovhe.services.lesson_mutation import LessonMutation, MutantTrial, MutationScore


@click.command(
    "mutate", cls=LovheCommand, help=key("Make small changes to a lesson's solutions, and show which of them its checks let through.")
)
@click.argument("lesson_ids", metavar="[ID…]", nargs=-1)
@click.option("--all", "every", is_flag=True, help=key("Change the solutions of all lessons."))
@click.option("--limit", type=click.IntRange(1), metavar="N", help=key("Try at most N changes a lesson, chosen by chance."))
@click.option("--seed", type=int, default=1, metavar="N", help=key("Another number makes another choice with --limit."))
@click.option(
    "--at-least", type=click.FloatRange(0, 100), metavar="PERCENT", help=key("End with exit code 1 if a smaller share is caught.")
)
@json_option
def mutate_command(lesson_ids: tuple[str, ...], every: bool, limit: int | None, seed: int, at_least: float | None, as_json: bool) -> int:
    """In virtual time, on all cores of this PC."""
    from lovhe.apps import wiring
    from lovhe.apps.cli.progress_bar import progress_bar
    from lovhe.services.lesson_mutation import chosen_mutants, mutate_lessons, score

    lessons, broken = named_lessons(lesson_ids, every)
    rows = [(lesson, chosen_mutants(lesson, limit, seed)) for lesson in lessons]
    count = sum(len(mutants) for _, mutants in rows)
    say(N_("Judging {n} changed program …", "Judging {n} changed programs …", n=count))
    with progress_bar(count + sum(len(lesson.solutions) for lesson, _ in rows)) as on_done:
        done = mutate_lessons(rows, wiring.virtual_bench, wiring.runtime(), on_done=on_done)
    total = score(done)
    if as_json:
        show_json({"lessons": [_as_object(one, score([one])) for one in done], **_score_as_object(total)})
    else:
        for one in done:
            _show(one, score([one]))
        if len(done) > 1:
            show(t(N_("All lessons: {score}", score=score_words(total))))
    unfit = [name for one in done for name in one.unfit]
    too_few = at_least is not None and (total.percent or 0.0) < at_least
    return 1 if unfit or too_few or broken else 0


def _show(done: LessonMutation, own: MutationScore) -> None:
    show(t(N_("{lesson}: {score}", lesson=done.lesson_id, score=score_words(own))))
    for name in done.unfit:
        show(
            f"  {outcome_mark('failed')} "
            + t(
                N_(
                    "{program} does not pass itself and was not changed. `lovhe lesson test {lesson}` says why.",
                    program=name,
                    lesson=done.lesson_id,
                )
            )
        )
    _show_trials("failed", N_("The checks let these changes through:"), [trial for trial in done.trials if trial.fate == "survived"])
    _show_trials(
        "passed", N_("These may be let through, as mutants.toml says:"), [trial for trial in done.trials if trial.fate == "explained"]
    )
    _show_trials("unclear", N_("Of these nothing could be told:"), [trial for trial in done.trials if trial.fate == "unclear"])


def _show_trials(mark: str, title: object, trials: Sequence[MutantTrial]) -> None:
    from lovhe.core.messages import Message

    if trials and isinstance(title, Message):
        show(f"  {t(title)}")
    for trial in trials:
        show(f"  {outcome_mark(mark)} {change_words(trial.mutant)}")
        if trial.why:
            show(f"      {trial.why}")


def _score_as_object(one: MutationScore) -> dict[str, object]:
    return {"caught": one.caught, "ran": one.ran, "explained": one.explained, "percent": one.percent, "raw_percent": one.raw_percent}


def _as_object(done: LessonMutation, own: MutationScore) -> dict[str, object]:
    return {"lesson": done.lesson_id, **_score_as_object(own), "unfit": done.unfit, "changes": list(_changes_as_objects(done.trials))}


def _changes_as_objects(trials: Iterable[MutantTrial]) -> Iterable[dict[str, object]]:
    for trial in trials:
        mutant = trial.mutant
        yield {
            "program": mutant.program,
            "line": mutant.line,
            "before": mutant.before,
            "after": mutant.after,
            "change": mutant.rule,
            "fate": trial.fate,
            "why": trial.why or None,
        }
