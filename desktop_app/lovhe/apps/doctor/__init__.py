"""`lovhe doctor` without its command: what is gathered, which rules look at it, and in which order it is told."""
