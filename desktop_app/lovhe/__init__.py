"""Lövhə: a coding and STEAM classroom kit for microcontrollers."""

__version__ = "0.1.0"
