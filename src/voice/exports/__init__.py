"""Exports: what leaves the house, in forms that an officer can hand on. It reads only."""
