"""Languages: what our own words are in each of them, and which language a text is in."""
