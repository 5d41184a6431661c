"""Signing: every page in British Sign Language, where somebody has signed it for a survey."""
