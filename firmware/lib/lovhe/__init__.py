"""Lövhə on the board: `report` for programs, `trace` and `runner` for the kit."""

__version__ = "0.1.0"
