"""Answering: the pages a respondent sees, and the answers they leave."""
