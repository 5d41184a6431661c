"""Symbols: packs of pictures that a council brings in, made safe and small, with who made them."""
