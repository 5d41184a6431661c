"""Listen: every page read aloud, from clips that are made when a survey is published."""
