"""Rules of easy words for a text alone: what a machine can count, never whether it is easy."""
