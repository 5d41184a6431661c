"""What themes are called, and which comments are quoted for them."""

import numpy as np

from tests.themes.comments import KIND_STAFF, TRANSPORT, WAITING
from voice.themes.name import name_themes
from voice.themes.phrases import phrases_in, stem
from voice.themes.quote import choose_quotes
from voice.themes.words import STOP_WORDS, normalise

TEXTS = [*WAITING, *TRANSPORT, *KIND_STAFF]
GROUPS = [range(12), range(12, 22), range(22, 30)]


def labels(texts=TEXTS, groups=GROUPS, counts=None):
    return name_themes(texts, counts or [1] * len(texts), groups)


def test_names_are_phrases_said_in_the_theme_and_not_elsewhere():
    names = [label.name for label in labels()]

    assert [name.split(",")[0] for name in names] == [
        "Waiting list",
        "School transport",
        "Teaching assistant",
    ]


def test_no_name_or_term_begins_or_ends_with_a_word_that_tells_nothing():
    for label in labels():
        for phrase in (*label.name.split(", "), *label.terms):
            words = normalise(phrase).split()
            assert words[0] not in STOP_WORDS
            assert words[-1] not in STOP_WORDS


def test_a_theme_has_five_to_eight_terms_none_a_part_of_another():
    for label in labels():
        assert 5 <= len(label.terms) <= 8
        stems = [{stem(word) for word in term.split()} - STOP_WORDS for term in label.terms]
        assert not any(a < b for a in stems for b in stems)


def test_two_themes_of_the_same_words_get_different_names():
    first, second = labels(["The taxi was late", "Our taxi is late"] * 4, [range(4), range(4, 8)])

    assert first.name != second.name


def test_the_order_of_comments_does_not_change_the_names():
    turned = [[29 - place for place in group] for group in GROUPS]

    assert labels(TEXTS[::-1], turned) == labels()


def test_comments_without_any_telling_word_still_get_a_name():
    [label] = labels(["we do it so", "so do we"], [range(2)])

    assert label.name == "Theme 1"


def test_abbreviations_keep_their_capitals_and_shouting_does_not():
    texts = ["Our EHCP REVIEW was late", "The EHCP Review was late", "EHCP review late", "BAD TAXI"]

    terms = labels(texts, [range(3), range(3, 4)])

    assert "EHCP review" in " ".join(terms[0].terms)
    assert "taxi" in " ".join(terms[1].terms)


def test_two_letters_tell_something_only_as_an_abbreviation():
    assert ("gp", "surgeri") in phrases_in("Our GP surgery")
    assert ("go", "surgeri") not in phrases_in("go surgery")


def test_a_day_keeps_its_capital():
    [label] = labels(["tuesday club", "Tuesday club", "tuesday club"], [range(3)])

    assert label.name == "Tuesday club"


def test_phrases_with_the_same_stems_are_one_phrase_whatever_stands_between():
    assert ("wait", "assessment") in phrases_in("We waited for an assessment.")
    assert ("wait", "assessment") in phrases_in("waiting assessments")


def test_a_phrase_does_not_reach_over_a_full_stop():
    assert ("taxi", "school") not in phrases_in("Late taxi. School was kind")


def test_the_first_quote_is_nearest_the_middle_and_the_others_differ():
    same, other, third = [1.0, 0.1, 0.1], [0.6, 0.8, 0.0], [0.6, 0.0, 0.8]
    vectors = np.array([same, same, same, other, third], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = np.array([0.95, 0.94, 0.94, 0.8, 0.8])

    assert choose_quotes(["a comment of five words"] * 5, vectors, scores) == [0, 3, 4]


def test_a_comment_of_two_words_is_not_quoted_when_there_are_longer_ones():
    vectors = np.eye(4, dtype=np.float32)
    texts = ["too short", *["a comment of five words"] * 3]

    assert 0 not in choose_quotes(texts, vectors, np.array([0.9, 0.7, 0.7, 0.7]))
    assert choose_quotes(texts[:1], vectors[:1], np.array([0.9])) == [0]


def test_what_stands_for_a_name_that_was_taken_out_is_in_no_name():
    texts = [f"The driver from [a school] near [a place] is late {when}" for when in "abcdef"]
    (label,) = name_themes(texts, [1] * 6, [range(6)])
    words = " ".join((label.name, *label.terms)).lower()
    assert "driver" in words
    assert "school" not in words
    assert "place" not in words


def test_two_themes_about_one_topic_get_different_names():
    texts = ["late taxi", "late taxi again", "rude driver", "rude driver shouts", "cold hall"]
    labels = name_themes(texts, [1] * 5, [[0, 1], [2, 3], [4]], ["Transport", "Transport", None])
    assert [label.name for label in labels] == ["Transport", "Transport: rude driver", "Cold hall"]


def test_what_one_person_said_makes_up_terms_but_is_never_in_the_sentence():
    texts = ["The taxi was late", "A late taxi again", "Late taxi, and beans", "I like drawing"]
    [taxi, _] = name_themes(texts, [1] * 4, [[0, 1, 2], [3]])
    assert any("taxi" in term for term in taxi.terms[: taxi.n_shared])
    assert not any("beans" in term for term in taxi.terms[: taxi.n_shared])
