"""What is done to every comment once: take out what names people, and turn words into numbers.

The models live in `nlp_models/`, each with a card; `models` opens them and refuses any file that is
not the one its card names.
"""
