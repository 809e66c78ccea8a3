"""What lint, tests and mutation of a lesson are told as: the same words for the command line and for the writer's screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lovhe.apps.language import key, t
from lovhe.core.messages import N_, Message

if TYPE_CHECKING:
    from lovhe.core.lessons.lint.finding import Finding
    from lovhe.core.programs.mutations import Mutant
    from lovhe.services.lesson_mutation import MutationScore
    from lovhe.services.lesson_trial import ProgramTrial


def place_words(file: str, line: int | None) -> str:
    """A place in a lesson's files, as editors and compilers write it."""
    return file if line is None else f"{file}:{line}"


def finding_sentence(finding: Finding) -> str:
    """What is wrong, with the key it is about."""
    sentence = t(finding.what)
    return f"{finding.key}: {sentence}" if finding.key and finding.key not in sentence else sentence


def wanted_words(trial: ProgramTrial) -> str:
    """What the lesson's author wants of a program: the check that catches it, or passed."""
    return trial.program.caught_by or t(trial.program.wanted)


def seen_words(trial: ProgramTrial) -> str:
    """What became of it: the checks that failed, or the outcome, or why it could not be judged."""
    if trial.error is not None:
        return t(trial.error.what)
    if trial.failed:
        return ", ".join(trial.failed)
    return t(trial.report.outcome) if trial.report else ""


def change_words(mutant: Mutant, arrow: str = "→") -> str:
    """A small change to a solution, and where."""
    after = mutant.after or t(key("(left out)"))
    return f"{place_words(mutant.program, mutant.line)}  {mutant.before}  {arrow}  {after}"


def score_words(one: MutationScore) -> Message:
    """How many changes were caught."""
    if one.percent is None or one.raw_percent is None:
        return N_("nothing was changed.")
    if not one.explained:
        return N_("{percent:.0f} % caught ({caught} of {ran}).", percent=one.percent, caught=one.caught, ran=one.ran)
    return N_(
        "{percent:.0f} % caught ({caught} of {wanted}); {raw:.0f} % of all {ran}, of which {explained} may be let through.",
        percent=one.percent,
        caught=one.caught,
        wanted=one.ran - one.explained,
        raw=one.raw_percent,
        ran=one.ran,
        explained=one.explained,
    )


def counted_words(errors: int, warnings: int) -> list[Message]:
    """So many errors and warnings, as a sentence each; none for none."""
    told: list[Message] = []
    if errors:
        told.append(N_("{n} error.", "{n} errors.", n=errors))
    if warnings:
        told.append(N_("{n} warning.", "{n} warnings.", n=warnings))
    return told
