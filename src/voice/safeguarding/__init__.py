"""Answers that a person should read first, because somebody may be in danger."""
