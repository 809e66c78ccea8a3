"""Results files as earlier versions of Lövhə left them: made by the migrations of then."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from lovhe.adapters.results_db import migrations
from sqlalchemy import create_engine


def older_file(path: Path, version: str, rows: Sequence[tuple[str, tuple[object, ...]]] = ()) -> None:
    """A results file whose newest migration is `version`; in it what `rows` insert: SQL and its values."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    engine.dispose()
    with closing(sqlite3.connect(path)) as db, db:
        for sql, values in rows:
            db.execute(sql, values)
