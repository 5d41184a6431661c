"""A county that is made up: two waves of answers, so that every page has something to show."""
