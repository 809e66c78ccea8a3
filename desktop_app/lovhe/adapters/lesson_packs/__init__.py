"""Packs of lessons: as a file for a stick, as installed on this PC, and who signed them."""
