"""How the tables of a school's server came to be, after those of `results_db`; one file a change."""
