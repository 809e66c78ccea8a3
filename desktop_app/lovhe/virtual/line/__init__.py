"""The serial line of a virtual board: UART, control lines, faults, and the ports that clients open."""
