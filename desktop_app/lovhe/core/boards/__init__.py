"""What is known of boards themselves: names, labels, bridges, drivers."""
