"""The offline bundle: which wheels it needs, how it is written and read, and the installer inside it."""
