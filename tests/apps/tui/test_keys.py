"""Keys: each does something that has a name and an id, can be another one, is in the menu, and is called everywhere what it is now."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import lovhe.apps
import pytest
from lovhe.apps.language import use_key_names, with_keys
from lovhe.apps.tui.app import LovheApp
from lovhe.apps.tui.help_texts import HELP, SCOPES
from lovhe.apps.tui.key_names import _nodes, known_keys, names_in_sentences
from lovhe.apps.tui.screens.help import HelpScreen, topic_of
from lovhe.apps.tui.screens.keys import KeysScreen, PressKey
from lovhe.apps.tui.screens.lessons import LessonsScreen
from lovhe.apps.tui.screens.menu import MenuScreen, entries_of
from lovhe.apps.workspace.key_map import why_not
from lovhe.core.pupils.group import Group
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Markdown, OptionList

from .conftest import Until
from .stories import play
from .tour import open_kind, places, to_lessons

APPS = Path(lovhe.apps.__file__).parent
GUEST = Group(guest="somebody")
_MOVES = re.compile(
    r"(?:(?:ctrl|shift)\+)*(?:up|down|left|right|home|end|pageup|pagedown)|space|backspace|delete|ctrl\+backspace|ctrl\+delete"
)
"""Keys that go through texts and lists in every program: they need no id."""

Story = Callable[[Pilot[None], LovheApp], Coroutine[Any, Any, None]]


@pytest.fixture(autouse=True)
def _usual_names() -> Iterator[None]:
    yield
    use_key_names({})


def _bindings() -> Iterator[tuple[type, Binding]]:
    for _, node in _nodes():
        for binding in node.__dict__.get("BINDINGS", ()):
            yield node, binding


def test_each_key_has_a_name_and_an_id_by_which_it_can_be_another_one() -> None:
    """Only what moves through texts and lists, as everywhere, is what it is."""
    assert len(list(_bindings())) > 80
    for node, binding in _bindings():
        assert isinstance(binding, Binding), f"{node.__name__}: {binding} has no name"
        moves = all(_MOVES.fullmatch(one.strip()) for one in binding.key.split(","))
        assert binding.id or moves, f"{node.__name__}: {binding.key} ({binding.action}) has no id"
        assert binding.description or moves, f"{node.__name__}: {binding.id} has no name"


def test_an_id_is_one_thing() -> None:
    """Whoever gives an id another key changes one thing, on one kind of screen or pane."""
    owners: dict[str, set[str]] = {}
    for node, binding in _bindings():
        if binding.id:
            owners.setdefault(binding.id, set()).add(node.__name__)
    assert {name: nodes for name, nodes in owners.items() if len(nodes) > 1} == {}


def test_no_letter_commands() -> None:
    """A Cyrillic layout types other letters: no key is a letter, and a digit only answers what has been asked."""
    letters = {(node.__name__, binding.key) for node, binding in _bindings() for one in binding.key.split(",") if len(one.strip()) == 1}
    assert letters == {("AskBox", "1"), ("AskBox", "2")}


def test_f1_is_about_what_is_under_the_cursor(until: Until) -> None:
    """Each place that can have the focus, on every screen, has a page that speaks of it rather than of the app as a whole."""
    wanted = {
        "Choices": "answer",
        "LineRows": "answer",
        "Gap": "answer",
        "ProgramEditor": "editor",
        "PageView": "text",
        "Slider": "board",
        "Choice": "board",
        "Tile": "secret",
        "Log": "output",
        "ChecksPane": "checks",
        "BoardPane": "board",
    }

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        seen: dict[str, set[str]] = {}
        async for where, screen in places(pilot, app, until):
            for widget in screen.focus_chain:
                screen.set_focus(widget)
                topic = topic_of(screen)
                assert topic != "start", f"{where}: {widget}"
                seen.setdefault(type(widget).__name__, set()).add(topic)
            screen.set_focus(None)
            assert topic_of(screen) != "start", where
        for kind, topic in wanted.items():
            assert seen.get(kind, {topic}) == {topic}, (kind, seen[kind])
        assert {"ProgramEditor", "Choices", "LineRows", "Gap", "Tile", "PageView"} <= set(seen)
        assert seen["ContentTabs"] == {"output", "checks", "plot", "board"}
        assert {"question", "find", "history", "stick", "own-editor", "keys", "skills", "plot"} <= set().union(*seen.values())

    play(story, group=None, size=(120, 40))


def test_all_that_has_a_key_is_in_the_menu(until: Until) -> None:
    """Whatever the open screen and its panes have a key for stands in the menu by its name, with the key it has now."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        async for where, screen in places(pilot, app, until):
            entries = await entries_of(screen)
            for widget in screen.query("*"):
                alone = sum(type(other) is type(widget) and bool(other.region.area) for other in screen.query("*")) == 1
                for _, binding in widget._bindings if widget.region.area and alone else ():
                    assert not binding.id or any(entry.action == binding.action for entry in entries), f"{where}: {binding.id}"
            for active in screen.active_bindings.values():
                mine = active.enabled and active.binding.id not in ("app.menu", None)
                assert not mine or any(active.binding.action == entry.action for entry in entries), f"{where}: {active.binding}"

    play(story, group=None, size=(120, 40))


def _others() -> dict[str, str]:
    """Another key for all that has a function key or one with Ctrl: Alt with a letter or two keys more."""
    commands = [one for one in known_keys() if why_not(one.keys[0]) is None]
    assert len(commands) > 25
    return {one.id: f"alt+ctrl+{'shift+' if number > 25 else ''}{chr(97 + number % 26)}" for number, one in enumerate(commands)}


_FUNCTION_KEY = re.compile(r"(?<!\w)F[0-9]{1,2}(?!\w)|Ctrl\+[A-Z/](?!\w)")


def _sentences() -> Iterator[tuple[str, str]]:
    """What is marked for the catalogues, where the app may show it."""
    for file in sorted(APPS.rglob("*.py")):
        if "cli" in file.relative_to(APPS).parts:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("N_", "key"):
                for one in node.args:
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield file.name, one.value


def test_no_sentence_names_a_key_that_is_another_one_now() -> None:
    """With other keys for everything, each sentence speaks of those: footers, hints, problems, pages of help."""
    old = [(file, text) for file, text in _sentences() if _FUNCTION_KEY.search(text)]
    assert len(old) > 30
    names = names_in_sentences(_others())
    for file, text in old:
        new = re.sub(r"Ctrl\+Alt\S*|Alt\+Ctrl\S*", "", with_keys(text, names))
        assert not _FUNCTION_KEY.search(new), f"{file}: {_FUNCTION_KEY.findall(new)} in {text}"


def test_the_same_key_is_called_by_what_it_does_on_that_screen() -> None:
    """F3 is another language in the list of lessons and the step before in a lesson: each page names its own."""
    chosen = {"lessons.language": "ctrl+l", "check": "f11"}
    assert SCOPES["lessons"] == "lessons"
    assert "**Ctrl+L** changes the language" in with_keys(HELP["lessons"], names_in_sentences(chosen, "lessons"))
    assert "**F3** goes back" in with_keys(HELP["steps"], names_in_sentences(chosen))
    assert "**F11** reads the marked copies" in with_keys(
        HELP["other-pcs"], names_in_sentences({"other-pcs.together": "f11"}, SCOPES["other-pcs"])
    )
    assert with_keys("Shift+F6, F6, F60, XF6; F6.", names_in_sentences(chosen)) == "Shift+F6, F11, F60, XF6; F11."


def test_screens_name_the_keys_as_they_are_now(until: Until) -> None:
    """F6 becomes F11 while a lesson is open: nothing in view says F6 any more, in no language; then F6 again."""

    def seen(app: LovheApp) -> str:
        return "\n".join(strip.text for strip in app.screen._compositor.render_strips())

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await to_lessons(pilot, app, until)
        workspace = await open_kind(pilot, app, until, "wire")
        workspace.show_below("tab-checks")
        await until(pilot, lambda: "F6" in seen(app) and "Test the circuit (F6)" in seen(app), "the usual key")
        app.use_keys({"check": "f11"})
        for code in ("en", "az", "ru"):
            app.speak(code)
            await until(pilot, lambda: "F11" in seen(app) and "F6" not in seen(app), f"the new key, {code}")
        app.show_help("checks")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.query(Markdown), "help")
        await until(pilot, lambda: "F11" in seen(app) and "F6" not in seen(app), "the new key in help")
        await pilot.press("f11")
        await app.screen.dismiss()
        await pilot.press("f11")
        await until(pilot, lambda: workspace.job is not None or workspace.checking.problem is not None, "F11 checks")
        app.use_keys({})
        await until(pilot, lambda: "F6" in seen(app) and "F11" not in seen(app), "the usual key again")

    play(story, group=None, size=(120, 40))


def test_what_everybody_knows_stays_beside_another_key(until: Until) -> None:
    """Whoever gives Escape's work to another key has two: nobody is locked in."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await to_lessons(pilot, app, until)
        app.use_keys({"lessons": "f11"})
        for pressed in ("f11", "escape"):
            await open_kind(pilot, app, until, "read")
            await pilot.press(pressed)
            await until(pilot, lambda: isinstance(app.screen, LessonsScreen), pressed)

    play(story, group=None, size=(120, 40))


def test_shift_and_a_function_key_is_called_so_whatever_the_terminal_sends(until: Until) -> None:
    """Most terminals send F21 for Shift+F9: it is kept, shown and obeyed as Shift+F9."""

    async def story(pilot: Pilot[None], app: LovheApp) -> None:
        await to_lessons(pilot, app, until)
        at = next(one for one in known_keys() if one.id == "app.menu")
        app.show_keys()
        await until(pilot, lambda: isinstance(app.screen, KeysScreen), "keys")
        screen = app.screen
        assert isinstance(screen, KeysScreen)
        screen._ask(at)
        await until(pilot, lambda: isinstance(app.screen, PressKey), "the question")
        await pilot.press("f22")
        await until(pilot, lambda: app.chosen_keys == {"app.menu": "shift+f10"}, "the key")
        assert any("Shift+F10 *" in str(option.prompt) for option in screen.query_one("#keys", OptionList).options)
        for pressed in ("f22", "shift+f10"):
            await pilot.press(pressed)
            await until(pilot, lambda: isinstance(app.screen, MenuScreen), pressed)
            await app.screen.dismiss()

    play(story, group=None, size=(120, 40))
