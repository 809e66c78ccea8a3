"""Pure rules: lessons, checks, grading, frames. No I/O, no clock, no third-party package but msgspec."""
