"""Boards and parts as data, circuits made of them, and the rules and drawings of their wiring."""
