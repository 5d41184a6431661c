"""Where staff write surveys in the browser.

What is kept is the files of `surveys/<id>/`, so that a survey made here and one written by hand are
one thing, and one check holds for both.
"""
