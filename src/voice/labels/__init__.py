"""Labels that people gave to comments, learnt and then suggested for other comments.

Why a ridge over likenesses: on 3,671 comments of NHS patients it ranked labels better than logistic
regression and support vectors over the same features did, and one solution of it serves all
labels and tells what it would have said of each comment had it not learnt from it.
"""
