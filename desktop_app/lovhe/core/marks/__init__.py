"""What a class has reached, by lesson and by skill."""
