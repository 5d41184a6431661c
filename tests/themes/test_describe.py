"""What a theme says of itself in a sentence."""

import numpy as np
import pytest

from voice.themes.describe import describe, share_in_words
from voice.themes.feeling import split
from voice.themes.praise import Split


@pytest.mark.parametrize(
    ("share", "word"), [(1, "Most"), (0.5, "Most"), (0.3, "Many"), (0.1, "Some"), (0.02, "A few")]
)
def test_a_share_is_said_in_words(share, word):
    assert share_in_words(share) == word


def test_the_sentence_holds_phrases_that_share_no_word_and_how_people_feel():
    said = describe(0.3, ["waiting list", "list", "assessment", "two years"], Split(1, 9, 2))

    assert said == (
        "Many people wrote about this, with words like “waiting list”, “assessment” and "
        "“two years”: mostly what goes wrong."
    )


def test_a_theme_without_telling_words_is_still_described():
    assert describe(0.05, [], None) == "A few people wrote about this."
    assert (
        describe(0.05, ["taxi"], None) == "A few people wrote about this, with words like “taxi”."
    )


def test_where_the_share_may_not_be_said_the_sentence_does_without():
    said = describe(None, ["taxi"], Split(9, 1, 0))
    assert said == "People wrote about this, with words like “taxi”: mostly what goes well."


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((9, 1, 0), "mostly what goes well"),
        ((1, 9, 0), "mostly what goes wrong"),
        ((5, 5, 2), "some of it good, some of it bad"),
        ((1, 1, 9), "neither clearly good nor clearly bad"),
        ((0, 0, 0), "neither clearly good nor clearly bad"),
    ],
)
def test_praise_and_complaint_are_kept_apart(counts, words):
    assert Split(*counts).in_words == words


def test_only_the_themes_own_comments_are_counted():
    feelings = np.array([1, -1, 0, 1, 1], dtype=np.int8)
    assert split(feelings, [0, 1, 2]) == Split(positive=1, negative=1, mixed=1)
