"""Virtual boards as processes that other commands find, change and stop."""
