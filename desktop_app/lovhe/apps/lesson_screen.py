"""The screen of a lesson's preview: one page at a time, what is wrong on top, the keys at the bottom."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Markdown
from rich.segment import Segment
from rich.style import Style
from rich.text import Text as Words

from lovhe.apps.language import key, t
from lovhe.apps.lesson_preview import LessonPreview
from lovhe.core.shown_text import harmless

_WIDTH = 80


def shown_markdown(text: str, kind: type[Markdown] = Markdown, code_theme: str = "monokai") -> Markdown:
    """A text of a lesson for a terminal: links with where they lead to, and nothing that commands the terminal."""
    markdown = kind(text, hyperlinks=False, code_theme=code_theme)
    left = list(markdown.parsed)
    while left:
        token = left.pop()
        token.content = harmless(token.content)  # Markdown lets in letters by their numbers, such as &#8238;
        left += token.children or []
    return markdown


class PreviewScreen:
    """What stands on the screen now."""

    def __init__(self, preview: LessonPreview) -> None:
        self._preview = preview

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width, height = min(_WIDTH, options.max_width), options.max_height
        top = list(self._top(console, options.update(width=width)))
        page = self._preview.page
        room = max(1, height - len(top) - 1)
        body = console.render_lines(shown_markdown(page.markdown), options.update(width=width, height=None), pad=False) if page else []
        self._preview.shown(len(body), room)
        shown = body[self._preview.down : self._preview.down + room]
        for line in [*top, *shown, *([[]] * (room - len(shown)))]:
            yield from line
            yield Segment.line()
        yield Segment(self._bottom(len(body) > self._preview.down + room)[: options.max_width], Style(reverse=True))

    def _top(self, console: Console, options: ConsoleOptions) -> Iterable[list[Segment]]:
        """What is wrong with the files, and that the language is another one."""
        problem, view = self._preview.problem, self._preview.view
        texts = [t(problem.what), t(problem.next_step)] if problem is not None else []
        texts += [t(view.fallback)] if view is not None and view.fallback is not None else []
        for text in texts:
            yield from console.render_lines(Words(f"! {text}"), options, style=Style(bold=True), pad=False)

    def _bottom(self, more: bool) -> str:
        view = self._preview.view
        place = f"{self._preview.number + 1}/{len(view.pages)} {view.language}" if view is not None else ""
        keys = t(key("n next · p back · l language · q end"))
        return f" {place} · {t(key('more below: arrow keys'))} · {keys} " if more else f" {place} · {keys} "
