"""Exports: what leaves the house, in forms that an officer can hand on.

It reads what other rooms keep; its own are evidence packs, which are kept as they were frozen.
"""
