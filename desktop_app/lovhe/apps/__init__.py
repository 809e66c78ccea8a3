"""The front ends, and the one module that wires them to the adapters."""
