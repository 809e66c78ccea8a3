"""The teacher's side of the app: behind a passphrase, a list of places, and a screen for each."""
