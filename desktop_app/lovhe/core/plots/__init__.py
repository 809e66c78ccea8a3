"""Plots of named readings: what is kept, what is in view, and the files that are made of it."""
