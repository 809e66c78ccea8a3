"""What pupils have typed, as it stands and as it once was: which old versions stay, and how two of them differ."""
