"""What surrounds a virtual board: the parts wired to it, the world they sense, and the board's time."""
