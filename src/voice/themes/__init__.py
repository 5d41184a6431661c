"""Themes: what many people said, found in what each of them wrote."""
