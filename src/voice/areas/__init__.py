"""Areas: which improvement areas of which framework a theme belongs to."""
