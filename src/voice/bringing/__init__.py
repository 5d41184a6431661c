"""Bringing answers in that were given in another tool: map, check every row, keep all or none.

Why a mapping and not a guess: two tools call the same thing by different names, and a column that
lands under the wrong question is found by nobody. So we suggest, and a person says yes.
"""
