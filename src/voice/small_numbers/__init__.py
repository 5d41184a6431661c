"""Disclosure control: the one engine in front of every number that leaves."""
