"""`python -m tests.bench.smallest_app`: the smallest app of the library that ours is made with, to see what a start takes at least."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Smallest(App[None]):
    """A word on the screen."""

    def compose(self) -> ComposeResult:
        yield Static("Salam")


if __name__ == "__main__":
    Smallest().run()
