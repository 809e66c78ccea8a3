"""What a PC is asked, and what is said about it."""
