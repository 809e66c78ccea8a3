"""What a teacher does with classes, marks and the results, without a screen."""
