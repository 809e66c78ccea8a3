"""A country's pupils with their summaries, made by PostgreSQL itself."""

from __future__ import annotations

from tests.postgres_server import PostgresServer

SCHOOLS, CLASSES, PUPILS = 500, 20, 25


def make_country(server: PostgresServer, database: str, schools: int = SCHOOLS) -> None:
    """Schools "AZ-1" and on. Summaries lie in no order, as they do after each pupil's was written many times."""
    server.sql(
        f"""
        INSERT INTO schools SELECT uuidv7()::text, 'AZ-' || n FROM generate_series(1, {schools}) n;
        CREATE TEMP TABLE c AS SELECT uuidv7()::text AS id, s.id AS school_id, (5 + g % 7) || chr(65 + g / 7) AS name
            FROM schools s, generate_series(0, {CLASSES - 1}) g ORDER BY s.id;
        INSERT INTO classes (id, name, secret_kind, has_left) SELECT id, name, 'none', false FROM c;
        INSERT INTO school_classes (class_id, school_id) SELECT id, school_id FROM c;
        INSERT INTO pupils (id, class_id, number, first_name, secret, wrong_tries, group_number)
            SELECT uuidv7()::text, c.id, n, 'Aysel', '', 0, 0 FROM c, generate_series(1, {PUPILS}) n;
        INSERT INTO summaries (pupil_id, class_id, begun, passed, stuck, points, total, waiting)
            SELECT id, class_id, 20, 15, (random() * 1.2)::int, (random() * 300)::int, 300, false FROM pupils ORDER BY random();
        ANALYZE;
        """,
        database,
    )
