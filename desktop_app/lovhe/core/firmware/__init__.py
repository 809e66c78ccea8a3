"""What a firmware file is, byte for byte: images, partition tables, the program inside, releases."""
