"""Flashing a class set: one board through all its tries, the class in parallel, boards that come and go."""
