"""A lesson in a line: what is needed for it, and what it trains."""

from __future__ import annotations

from lovhe.apps import wiring
from lovhe.apps.language import t
from lovhe.core.circuits.parts_list import needed_parts
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.skill_words import DIGCOMP, STEAM, STRANDS, skill_word


def needs_of(lesson: Lesson) -> str:
    """The board and the parts with how many of each; the hardware's files are read already wherever a lesson is."""
    kit = wiring.kit()
    board = kit.boards()[lesson.file.circuit.board]
    needed = needed_parts(board, kit.parts(), lesson.file.circuit)
    return ", ".join(t(one.name) if one.count == 1 else f"{one.count} × {t(one.name)}" for one in needed)


def trains(lesson: Lesson) -> str:
    """Strands, DigComp competences and STEAM subjects in words."""
    skills = lesson.file.skills
    words = [skill_word(STRANDS, name) for name in skills.strands]
    words += [skill_word(STEAM, name) for name in skills.steam]
    words += [skill_word(DIGCOMP, number) for number in skills.digcomp]
    return ", ".join(dict.fromkeys(t(word) for word in words))
