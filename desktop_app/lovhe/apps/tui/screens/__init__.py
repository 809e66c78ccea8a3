"""Whole screens, one module each."""
