"""What is wrong with a lesson, with file, line and mend."""
