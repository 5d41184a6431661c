"""Lets `python -m voice` do what the command `voice` does."""

from voice.cli import main

main()
