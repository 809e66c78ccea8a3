"""The offline bundle's rules: its manifest, what is to go into it, and its sentences."""
