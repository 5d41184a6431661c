"""What we ask: surveys as data, and what every kind of question does with an answer."""
