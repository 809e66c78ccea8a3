"""Who works at a PC: pupils, classes and groups."""
