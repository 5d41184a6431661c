"""Paper: a survey as a booklet and as cards to point at, and the page to type answers in.

The web process never loads the typesetter: a page hands it a bundle of files in a process of its
own, so a fault there costs one download and no page.
"""
