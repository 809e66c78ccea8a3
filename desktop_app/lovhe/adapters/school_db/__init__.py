"""Results of whole schools: the tables of a results file in PostgreSQL, and what reports are made from beside them."""
