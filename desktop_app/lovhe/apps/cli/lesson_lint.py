"""`lovhe lesson lint`: everything that an author should mend, with file and line."""

from __future__ import annotations

from collections.abc import Sequence

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import outcome_mark, say, show, show_json
from lovhe.apps.language import key, t
from lovhe.apps.notices import notice
from lovhe.apps.writing.words import counted_words, finding_sentence, place_words
from lovhe.core.errors import InputError, LessonError, reason_of
from lovhe.core.lessons.lint.finding import Finding
from lovhe.core.messages import N_


@click.command("lint", cls=LovheCommand, help=key("Show all that should be mended in a lesson's files, with file and line."))
@click.argument("lesson_ids", metavar="[ID|FOLDER…]", nargs=-1)
@click.option("--all", "every", is_flag=True, help=key("Look at all lessons."))
@json_option
def lint_command(lesson_ids: tuple[str, ...], every: bool, as_json: bool) -> int:
    """Exit code 1 if there are errors; warnings alone are none."""
    from lovhe.apps import wiring
    from lovhe.core.lessons.lint.findings import count_errors, find_in_lesson

    if bool(lesson_ids) == every:
        raise InputError(
            N_("It is not said which lessons are meant."), N_("Give the ids of some lessons, or --all; `lovhe lessons` shows them.")
        )
    kit = wiring.kit()
    places = list(kit.places().values()) if every else [kit.place(lesson_id, draft=True) for lesson_id in lesson_ids]
    broken = kit.broken_packs() if every else []
    for pack in broken:
        notice(pack.what, pack.next_step)
    rows: list[tuple[str, list[Finding]]] = []
    for place in places:
        languages = place.pack.languages if place.pack is not None else ("az", "ru", "en")
        try:
            rows.append((place.id, find_in_lesson(place.id, place.files(), kit.boards(), kit.parts(), languages)))
        except OSError as problem:
            raise LessonError(
                N_("The lesson “{lesson}” cannot be read: {problem}.", lesson=place.id, problem=reason_of(problem)),
                N_("Look whether you may read its files."),
            ) from problem
    if as_json:
        show_json([_as_object(lesson_id, finding) for lesson_id, findings in rows for finding in findings])
    else:
        for lesson_id, findings in rows:
            _show(lesson_id, findings)
    wrong = sum(count_errors(findings) for _, findings in rows)
    errors = wrong + len(broken)
    _summary(errors, sum(len(findings) for _, findings in rows) - wrong, len(rows))
    return 1 if errors else 0


def _show(lesson_id: str, findings: Sequence[Finding]) -> None:
    if findings:
        show(lesson_id)
    for finding in findings:
        mark = outcome_mark("failed" if finding.severity == "error" else "unclear")
        show(f"{mark} {place_words(finding.file, finding.line)}  {finding_sentence(finding)}")
        show(f"    {t(finding.mend)}")
    if findings:
        show()


def _summary(errors: int, warnings: int, lessons: int) -> None:
    if not errors and not warnings:
        say(N_("Nothing is to be mended in {n} lesson.", "Nothing is to be mended in {n} lessons.", n=lessons))
        return
    for sentence in counted_words(errors, warnings):
        say(sentence)


def _as_object(lesson_id: str, finding: Finding) -> dict[str, object]:
    return {
        "lesson": lesson_id,
        "file": finding.file,
        "line": finding.line,
        "key": finding.key,
        "severity": finding.severity,
        "what": t(finding.what),
        "mend": t(finding.mend),
    }
