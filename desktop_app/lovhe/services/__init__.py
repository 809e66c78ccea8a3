"""Use cases: flash a class set, deploy, run, check, record. They reach the outside through `ports` alone."""
