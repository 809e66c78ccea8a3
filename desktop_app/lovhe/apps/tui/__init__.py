"""The app: Textual screens for pupils and writers. What it does, the services do; what it knows, `apps.workspace` knows."""
