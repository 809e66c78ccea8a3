"""Lessons: their format, their steps and answers, packs, and what a lesson must be to be used in a class."""
