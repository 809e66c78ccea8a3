"""The outside: serial ports, esptool, mpremote, SQL, files."""
