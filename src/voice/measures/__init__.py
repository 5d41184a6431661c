"""Measures of success: where an area began, where it is to be, and where it is.

Why what the answers say is kept, and not counted anew for each page: the public pages may not read
answers; what was published stays when the answers go; and nobody can pick the waves that suit.
"""
