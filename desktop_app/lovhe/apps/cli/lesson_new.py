"""`lovhe lesson new`: a folder to begin a lesson from."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import say, show
from lovhe.apps.language import current_language, key, t
from lovhe.apps.user_files import unwritable
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Message

if TYPE_CHECKING:
    from lovhe.core.lessons.template import LessonPlan

T = TypeVar("T")

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST_LETTERS = 40
_GRADES, _ORDERS = (1, 12), (1, 99)


@click.command(
    "new", cls=LovheCommand, help=key("Make the folder of a new lesson: it can be tested at once, and TODO marks what to write.")
)
@click.option("--grade", type=int, metavar="N", help=key("The grade it is for."))
@click.option("--order", type=int, metavar="N", help=key("Its place in the grade."))
@click.option("--slug", metavar="NAME", help=key("A short English name for the folder, such as night-light."))
@click.option("--title", metavar="TEXT", help=key("Its title in your language."))
@click.option("--parts", metavar="PART,…", help=key("The parts it needs, such as led,button; files in hardware/parts."))
@click.option("--board", metavar="BOARD", default="esp32-devkitc", help=key("The kind of board; a file in hardware/boards."))
@click.option("--folder", type=click.Path(path_type=Path), default=Path(), metavar="FOLDER", help=key("Where to make it; else here."))
def new_command(
    grade: int | None, order: int | None, slug: str | None, title: str | None, parts: str | None, board: str, folder: Path
) -> None:
    """What is not said by options is asked, where somebody can answer."""
    from lovhe.apps import wiring
    from lovhe.core.circuits.circuit_choice import choose_circuit
    from lovhe.core.lessons.template import LessonPlan, new_lesson_files

    _need_all({"--grade": grade, "--order": order, "--slug": slug, "--parts": parts})
    kit = wiring.kit()
    kind = kit.boards().get(board)
    if kind is None:
        raise InputError(
            N_("The kit has no board “{board}”.", board=board), N_("These are there: {boards}.", boards=", ".join(sorted(kit.boards())))
        )
    found_grade = _known(grade, N_("Which grade is it for?"), partial(_number, _GRADES))
    found_order = _known(order, N_("Which place has it in the grade?"), partial(_number, _ORDERS))
    name = _known(slug, N_("A short English name for its folder?"), _slug)
    own_title = _known(title if sys.stdin.isatty() else title or "", N_("Its title?"), str)
    circuit = _known(
        parts,
        N_("Which parts does it need (for example: led, button)?"),
        lambda words: choose_circuit(kind, kit.parts(), words.replace(",", " ").split()),
    )
    written = " ".join("".join(letter for letter in own_title if letter.isprintable()).split())
    titles = {current_language().code: written.replace("\\", "").replace('"', "”")} if written else {}
    plan = LessonPlan(found_grade, found_order, name, titles, circuit)
    _write(folder / plan.folder, new_lesson_files(plan, kind))
    _tell(folder, plan)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Nothing that is there is touched: the folder must be new."""
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise InputError(
            N_("{folder} is there already.", folder=str(folder)), N_("Choose another name or number; nothing was changed.")
        ) from None
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        for name, text in files.items():
            file = folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(text.encode())
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)  # it was made just now: half a lesson would stand in the way of another try
        raise unwritable(folder, error) from error


def _tell(folder: Path, plan: LessonPlan) -> None:
    path = folder / plan.folder
    show(str(path))
    say(N_("The lesson is there. See its circuit: lovhe board wiring --lesson {folder}", folder=str(path)))
    say(N_("What is still to be written: lovhe lesson lint {folder}", folder=str(path)))
    say(N_("Whether its programs are judged rightly: lovhe lesson test {folder}", folder=str(path)))


def _need_all(options: Mapping[str, object]) -> None:
    """Where nobody can be asked, everything must be said."""
    missing = [name for name, value in options.items() if value is None]
    if missing and not sys.stdin.isatty():
        raise InputError(
            N_("It is not said what lesson to make."),
            N_("Give these options: {options}. In a terminal you are asked for them.", options=", ".join(missing)),
        )


def _known(given: str | int | None, question: Message, read: Callable[[str], T]) -> T:
    """What an option says, or somebody at the keyboard, who is asked until it can be meant. Raises `InputError` for an option."""
    if given is not None:
        return read(str(given))
    while True:
        said = str(click.prompt(t(question), prompt_suffix=" ", err=True)).strip()
        try:
            return read(said)
        except InputError as problem:
            say(problem.what)
            say(problem.next_step)


def _number(limits: Sequence[int], word: str) -> int:
    if not word.isascii() or not word.isdecimal() or len(word) > 4 or not limits[0] <= int(word) <= limits[1]:
        raise InputError(
            N_("“{text}” cannot be meant.", text=word[:20]), N_("Give a number from {low} to {high}.", low=limits[0], high=limits[1])
        )
    return int(word)


def _slug(word: str) -> str:
    if not _SLUG.fullmatch(word) or len(word) > _MOST_LETTERS:
        raise InputError(
            N_("“{text}” is no name for a folder of a lesson.", text=word[:60]),
            N_("Take small English letters, digits and -, for example: night-light"),
        )
    return word
