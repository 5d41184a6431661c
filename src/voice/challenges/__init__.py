"""Challenges: what the forum asks of the officers, with a date, and what the officers answer.

Why a room after `you_said`: a challenge may be about a pledge. The pages of replies show it all the
same, through `you_said.beside`, which the app fills in.
"""
