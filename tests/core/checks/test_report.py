"""A report adds up its checks and is the object that `lovhe check --json` prints."""

import pytest
from lovhe.core.checks.report import CheckReport, decode_report, encode_report, make_report, report_json
from lovhe.core.messages import N_, Localized


def check(outcome: str, points: int = 0) -> CheckReport:
    """One verdict, with texts in texts."""
    inner = N_("{part}: off.", part=Localized({"az": "İşıq", "en": "Light"}))
    return CheckReport("a", outcome, N_("{asked} Then: {what}", asked="x", what=inner), inner, [Localized({"en": "think"})], points, 2)


@pytest.mark.parametrize(
    ("outcomes", "whole"),
    [
        (["passed", "passed"], "passed"),
        (["passed", "unclear", "skipped"], "unclear"),
        (["unclear", "failed", "skipped"], "failed"),
        ([], "passed"),
    ],
)
def test_the_worst_certain_verdict_is_the_whole_programs(outcomes, whole):
    """Failed before unclear before passed; what is skipped has a cause that is told elsewhere."""
    assert make_report("l", [check(outcome) for outcome in outcomes]).outcome == whole


def test_points_are_added_up():
    """Those earned and those there are."""
    report = make_report("l", [check("passed", 2), check("failed")])
    assert (report.points, report.total) == (2, 4)


def test_json_has_the_promised_keys():
    """Sentences are rendered, a hint that is not there is null."""
    report = make_report("6-01-x", [check("failed"), CheckReport("b", "passed", N_("e"), N_("s"))])
    shown = report_json(report, str)
    assert list(shown) == ["lesson", "step", "outcome", "points", "total", "checks"]
    assert shown["checks"][0] == {"id": "a", "outcome": "failed", "expected": "x Then: Light: off.", "seen": "Light: off.", "hint": "think"}
    assert shown["checks"][1]["hint"] is None


def test_a_stored_report_comes_back_whole():
    """Texts nested in texts are texts again, so that they can be put into another language later."""
    report = make_report("l", [check("failed")])
    back = decode_report(encode_report(report))
    assert back == report
    assert isinstance(back.checks[0].seen.params["part"], Localized)
