"""You said, we did: what was done about a theme, or why not."""
