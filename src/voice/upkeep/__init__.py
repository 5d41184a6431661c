"""Upkeep: whether all runs, backups and what they must forget, and figures for whoever watches."""
