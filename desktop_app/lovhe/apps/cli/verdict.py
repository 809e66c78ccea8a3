"""A report on the screen: what each check expected and saw, and the hint."""

from __future__ import annotations

from lovhe.apps.cli.output import outcome_word, show
from lovhe.apps.language import current_language, key, t
from lovhe.core.checks.report import CheckReport, Report
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_, Localized

EXIT_CODES = {"passed": 0, "failed": 1, "unclear": 3}


def show_report(report: Report, lesson: Lesson) -> None:
    """Every check in its order, then the points."""
    for check in report.checks:
        show(f"{outcome_word(check.outcome)}  {_title(check, lesson)}")
        if check.id == "answer":
            _show_answer(check)
            continue
        if check.outcome in ("failed", "unclear"):
            show("    " + t(N_("Expected: {text}", text=check.expected)))
        if check.outcome != "skipped":
            show("    " + t(N_("Seen: {text}", text=check.seen)))
        if check.hint is not None and check.outcome != "passed":
            show("    " + t(N_("Hint: {text}", text=check.hint)))
    show()
    summary = N_("{n} point of {total}.", "{n} points of {total}.", n=report.points, total=report.total)
    show(f"{outcome_word(report.outcome)}  {t(summary)}")


def _show_answer(check: CheckReport) -> None:
    """What was answered, what is right, and what the lesson says after it."""
    for text in (check.seen, check.expected, check.after):
        if text is not None and t(text):
            show("    " + t(text))


def _title(check: CheckReport, lesson: Lesson) -> str:
    if check.title is not None:
        return t(check.title)
    titles = {code: text.checks[check.id].title for code, text in lesson.texts.items() if check.id in text.checks}
    if titles:
        return current_language().text(Localized(titles))
    return t(key("The program's text")) if check.id == "syntax" else check.id
