"""A pupil's own copy of what a step of a lesson begins with."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from lovhe.apps.step_answers import step_of
from lovhe.apps.user_files import unwritable
from lovhe.core.errors import InputError
from lovhe.core.lessons.answers import begin_program
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_


def copy_begin(lesson: Lesson, step_id: str | None, folder: Path) -> Path:
    """Write the begin of a step, or of the goal, into `folder`: the starter as `main.py`, another one as `<step>.py`; its path.

    Raises `InputError` for a step without a program, and rather than write over a file.
    """
    step = step_of(lesson, step_id)
    source = begin_program(lesson, step) if step is not None else lesson.starter
    if source is None:
        raise InputError(
            N_("The step “{id}” begins with no program.", id=step.id if step is not None else ""),
            N_("`lovhe lesson show {lesson}` shows what is to be done.", lesson=lesson.id),
        )
    file = folder / ("main.py" if step is None or step == lesson.goal else f"{step.id}.py")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:  # something else is called so
        raise unwritable(file, NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))) from error
    except OSError as error:
        raise unwritable(file, error) from error
    try:
        with file.open("x", encoding="utf-8", newline="\n") as copy:
            copy.write(source)
    except FileExistsError as error:
        raise InputError(
            N_("The file {file} is there already, and may hold somebody's work.", file=str(file)),
            N_("Name another folder, or rename that file."),
        ) from error
    except OSError as error:
        raise unwritable(file, error) from error
    return file
