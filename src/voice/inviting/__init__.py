"""Who is asked: codes for groups of people, used once, which never stand beside an answer."""
