"""The form that each kind of step has in a pupil's text: choices, mixed lines, gaps, wiring, what is checked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from lovhe.apps.language import Language, key
from lovhe.core.circuits.hardware import Board, Part
from lovhe.core.circuits.wiring_drawing import WIDTH, drawn_wiring, lines_for
from lovhe.core.circuits.wiring_picture import WiringPicture, wired_parts, wiring_picture
from lovhe.core.lessons.answer_report import LETTERS, choice_words, question_of
from lovhe.core.lessons.answers import gapped_program, order_task
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import WRITTEN, LessonStep
from lovhe.core.messages import N_

Beside = Callable[[LessonStep], tuple[bool, bool]]


def nothing_beside(step: LessonStep) -> tuple[bool, bool]:
    """All stands in the text."""
    return False, False


class StepForms:
    """Puts the forms of one lesson's steps into their texts, in one language.

    `beside` says of a step whether its program, and its question, stand beside the text where it is shown: then the text has neither.
    """

    def __init__(
        self,
        lesson: Lesson,
        board: Board,
        parts: Mapping[str, Part],
        language: Language,
        draw: Callable[[WiringPicture, Language], str],
        beside: Beside,
    ) -> None:
        self._lesson, self._board, self._parts = lesson, board, parts
        self._language, self._draw, self._beside = language, draw, beside

    def filled_in(self, step: LessonStep, text: str) -> str:
        """The step's text with its lines in braces replaced, and its question, its lines and its checks before what is to be seen."""
        has_program, has_question = self._beside(step)
        program = "" if has_program else self._program(step)
        put_in = {"{wiring}": self._wiring(step) if step.kind == "wire" else "", "{program}": program}
        lines = [put_in.get(line.strip(), line) for line in text.split("\n")]
        blocks = "\n".join(lines).rstrip().split("\n\n")
        shown = any(line.strip() == "{program}" for line in text.split("\n"))
        forms = [] if shown or step.kind == "read" or not put_in["{program}"] else [put_in["{program}"]]
        forms += [form for form in ("" if has_question else self._question(step), self._checks(step)) if form]
        see = next((index for index in range(len(blocks) - 1, -1, -1) if blocks[index].startswith("**")), len(blocks))
        return "\n\n".join([*blocks[:see], *forms, *blocks[see:]])

    def _program(self, step: LessonStep) -> str:
        if step.kind == "order":
            return self._order(step)
        source = gapped_program(self._lesson, step) if step.kind == "fill" else self._lesson.begin_of(step)
        return fenced(source, "python") if source is not None else ""

    def _order(self, step: LessonStep) -> str:
        """The lines that stay, then the mixed ones with their numbers."""
        task = order_task(self._lesson, step)
        lines = [f"     {line}" for line in task.fixed]
        lines += [""] * bool(lines) + [f"{number:>3}  {line}" for number, line in enumerate(task.lines, 1)]
        shown = fenced("\n".join(lines) + "\n", "text")
        count = len(step.distractors)
        spare = N_("{n} of these lines does not belong.", "{n} of these lines do not belong.", n=count)
        return f"{shown}\n\n{self._language.text(spare)}" if count else shown

    def _wiring(self, step: LessonStep) -> str:
        """The table of the wires, then the picture."""
        circuit, language = self._lesson.file.circuit, self._language
        head = [language.word(word) for word in (key("Part"), key("Its pin"), key("In the wire"), key("Board pin"))]
        rows = [_row(head), "|---|---|---|---|"]
        for part in wired_parts(self._board, self._parts, circuit, step.parts):
            for index, wire in enumerate(part.wires):
                inside = ", ".join(language.text(text) for text in wire.inside) or "–"
                rows.append(_row(["" if index else language.text(part.name), wire.part_pin, inside, wire.board_pin]))
        picture = wiring_picture(self._board, self._parts, circuit, step.parts)
        return "\n".join(rows) + "\n\n" + self._draw(picture, language)

    def _question(self, step: LessonStep) -> str:
        if step.kind not in ("predict", "measure"):
            return ""
        lines = [f"**{self._language.text(question_of(self._lesson, step))}**", ""]
        for letter, choice in zip(LETTERS, step.choices, strict=False):
            lines.append(f"- **{letter})** {self._language.text(choice_words(self._lesson, step, choice))}")
        if step.number is not None:
            lines.append(
                self._language.text(
                    N_("Answer with a number; about as good as this is right: {tolerance}", tolerance=step.number.tolerance)
                )
            )
        return "\n".join(lines)

    def _checks(self, step: LessonStep) -> str:
        """The titles of what is checked, in the language of the page or the one that stands in."""
        text = self._lesson.texts[self._language.code]
        if step.kind not in WRITTEN:
            return ""
        titles = [text.checks[check.id].title for check in self._lesson.file.check if check.id in step.checks]
        return "\n".join([f"{self._language.word(key('What is checked:'))}", "", *(f"- {title}" for title in titles)])


def drawn_in_text(picture: WiringPicture, language: Language, width: int = WIDTH) -> str:
    """A wiring picture as a block of Markdown, in lines that this terminal can show; of `width` columns, if it can be so narrow."""
    return fenced("\n".join(drawn_wiring(picture, language.text, lines_for(getattr(sys.__stdout__, "encoding", None)), width)), "text")


def fenced(text: str, kind: str) -> str:
    """A block that keeps its lines as they are."""
    return f"```{kind}\n{text.rstrip()}\n```"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
