"""Rules that turn what is known of a PC into findings for whoever sits in front of it; a module each by subject."""
