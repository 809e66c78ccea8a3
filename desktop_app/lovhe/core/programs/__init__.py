"""Pupils' programs as texts: what the board would say of them, in a pupil's words, and small changes to them."""
