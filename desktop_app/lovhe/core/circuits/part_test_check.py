"""Checks of the `[test]` in a part's file: could the part be tried by it, in every language?"""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.circuits.hardware import Board, BoardPin, Circuit, CircuitPart, Part
from lovhe.core.circuits.part_test import PartTest
from lovhe.core.circuits.part_tests import LANGUAGES, PartTrial, part_trials
from lovhe.core.errors import HardwareError, LovheError
from lovhe.core.lessons.lint.cross_checks import check_step
from lovhe.core.lessons.lint.texts import check_asks
from lovhe.core.messages import N_
from lovhe.core.programs.program import syntax_problem


def part_test_problems(part: Part) -> list[HardwareError]:
    """All that is wrong with the part's test, or, if it has none, with the reason for that."""
    test = part.test
    if test is None:
        return [
            HardwareError(
                N_("“{id}” does not say how the part is tested.", id=part.id),
                N_("Write a [test] as other parts have it, or under [test.skip] why there is none, in three languages."),
            )
        ]
    if test.skip:
        return [_problem(part, "test.skip", language) for language in LANGUAGES if not test.skip.get(language, "").strip()]
    return [*_syntax(part, test), *_pins(part, test), *_needless(part, test), *_steps(part)]


def _problem(part: Part, key: str, language: str) -> HardwareError:
    return HardwareError(
        N_("“{id}”, [{key}]: there is nothing in the language “{language}”.", id=part.id, key=key, language=language),
        N_("Add a line for it: az, ru and en are needed."),
    )


def _syntax(part: Part, test: PartTest) -> Iterator[HardwareError]:
    if problem := syntax_problem(test.program):
        yield HardwareError(
            N_("“{id}”, [test], program: {problem}", id=part.id, problem=problem.what), problem.hint or N_("Mend the program.")
        )


def _pins(part: Part, test: PartTest) -> Iterator[HardwareError]:
    names = [pin.name for pin in part.pin]
    for step in test.step:
        for pin in step.pins:
            if pin not in names:
                yield HardwareError(
                    N_("“{id}”, [[test.step]]: the part has no pin “{pin}”.", id=part.id, pin=pin),
                    N_("Write one of these: {names}.", names=", ".join(names)),
                )


def _needless(part: Part, test: PartTest) -> Iterator[HardwareError]:
    """Texts that no step needs: most often one of the two is misspelt."""
    changes = {"".join(f"{quantity}={value}".split()) for step in test.step for quantity, value in step.set.items()}
    seen = {look.see for step in test.step for look in step.expect_look}
    for key, by_language, needed in (("ask", test.ask, changes), ("look", test.look, seen)):
        for language, texts in by_language.items():
            for name in texts.keys() - needed:
                yield HardwareError(
                    N_("“{id}”, [test.{key}.{language}]: no step needs “{name}”.", id=part.id, key=key, language=language, name=name),
                    N_("Delete it, or write it as the step has it."),
                )


def _steps(part: Part) -> Iterator[HardwareError]:
    """What lessons' own checks say of the steps and texts, on a board that has a pin for each of the part's."""
    try:
        trial = _on_any_board(part)
        if trial.lesson is None:
            yield HardwareError(
                N_("“{id}”, [test]: there is no step.", id=part.id), N_("Add a [[test.step]] with a delay and what it expects.")
            )
            return
        (check,) = trial.lesson.file.check
        for index, step in enumerate(check.step):
            check_step(trial.lesson, check, index, step, f"{part.id}.toml")
        for language, text in trial.lesson.texts.items():
            check_asks(f"{part.id}.toml, {language}", text, check)
    except LovheError as problem:
        yield HardwareError(problem.what, problem.next_step)
    except (KeyError, ValueError, IndexError):
        yield HardwareError(
            N_("“{id}”, [[test.step]], delay: it names an option that the part has not.", id=part.id),
            N_("Write a time such as {example}, or an option's name in braces.", example='"500 ms"'),
        )


def _on_any_board(part: Part) -> PartTrial:
    signals = [pin.name for pin in part.pin if pin.kind not in ("supply", "ground")]
    pins = [BoardPin(name, gpio, can=["in", "out", "pull", "adc1"]) for gpio, name in enumerate(signals)]
    board = Board(part.id, "esp32", 4, part.names, [], pins)
    circuit = Circuit(part.id, [CircuitPart("it", part.id, {name: name for name in signals})])
    (trial,) = part_trials(board, {part.id: part}, circuit)
    return trial
