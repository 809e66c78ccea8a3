"""F1: a page about the place where somebody is, with all other pages beside it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Markdown, OptionList, Static, TabbedContent, Tabs
from textual.widgets.option_list import Option

from lovhe.apps.language import current_language, key, t, with_keys
from lovhe.apps.tui.help_texts import HELP, NOT_FOR_PUPILS, SCOPES, START, TITLES, topic_for
from lovhe.apps.tui.key_names import names_in_sentences
from lovhe.apps.tui.panes.key_line import KeyLine
from lovhe.apps.tui.screens.base import LovheScreen


class HelpScreen(LovheScreen):
    """The arrow keys go through the pages, PgUp and PgDn through the text, Escape goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", key("Back"), id="help.back"),
        Binding("pagedown", "scroll(1)", key("Text down"), id="help.down", priority=True),
        Binding("pageup", "scroll(-1)", key("Text up"), id="help.up", priority=True),
    ]

    def __init__(self, topic: str) -> None:
        super().__init__()
        self.topic = topic if topic in HELP else START

    @property
    def _titles(self) -> dict[str, str]:
        """The pages; those for writers and teachers where nobody sits as a pupil, or a teacher does."""
        all_of_them = self.lovhe.desk.group is None or self.lovhe.teaching is not None
        return {topic: title for topic, title in TITLES.items() if all_of_them or topic not in NOT_FOR_PUPILS}

    def compose(self) -> ComposeResult:
        yield Static(t(key("Help")), classes="title", markup=False)
        with Horizontal(id="help"):
            topics = (Option(t(title), id=topic) for topic, title in self._titles.items())
            yield OptionList(*topics, id="help-topics", markup=False, compact=True)
            with VerticalScroll(id="help-page", can_focus=False):
                yield Markdown(self._page(), id="help-text", open_links=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._settle()

    def put_together(self) -> None:
        self._settle()

    def _settle(self) -> None:
        topics = self.query_one("#help-topics", OptionList)
        topics.highlighted = list(self._titles).index(self.topic)
        topics.focus()

    def _page(self) -> str:
        names = names_in_sentences(self.lovhe.chosen_keys, SCOPES.get(self.topic, "workspace"))
        return with_keys(current_language().word(HELP[self.topic]), names)

    @on(OptionList.OptionHighlighted, "#help-topics")
    async def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        is_now = event.option_index == event.option_list.highlighted  # a new list tells of its first page when another one is shown already
        if event.option.id and event.option.id != self.topic and is_now:
            self.topic = event.option.id
            await self.query_one(Markdown).update(self._page())
            self.query_one("#help-page").scroll_home(animate=False)

    def action_scroll(self, by: int) -> None:
        """The text moves by a page."""
        page = self.query_one("#help-page")
        (page.scroll_page_down if by > 0 else page.scroll_page_up)(animate=False)

    def action_back(self) -> None:
        """Escape."""
        self.dismiss()


def topic_of(screen: Screen[Any]) -> str:
    """The page about what has the focus on `screen`, or about the screen."""
    nodes: list[DOMNode] = screen.focused.ancestors_with_self if screen.focused is not None else [screen]
    if isinstance(screen.focused, Tabs):  # a tab is about what it opens
        shown = next((node.active_pane for node in nodes if isinstance(node, TabbedContent)), None)
        nodes = [*(shown.children if shown is not None else ()), *nodes]
    return topic_for([[kind.__name__ for kind in type(node).__mro__] for node in nodes])
