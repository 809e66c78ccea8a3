"""Results on this PC: SQLAlchemy over one SQLite file, with the evidence of every attempt beside it."""
