"""From what a program did to what is said about it: evidence, expectations, verdicts."""
