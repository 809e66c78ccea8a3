"""What the workspace is put together from: one module a pane."""
