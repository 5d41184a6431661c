"""Telling words and quotes: what stands for a theme, and whom it comes from."""

from voice.report.counted import Quotable
from voice.report.spread import spread
from voice.report.telling import Vocabulary
from voice.review.wording import ONE_VOICE

BUS = ["The taxi is late", "Taxi late again", "A late taxi", "taxi!", "TAXI, late", "our taxi"]
REST = ["School is loud", "The list is late", "The wait for school", "School", "school lunch"]


def telling_words(inside, every):
    """The telling words of the comments with which `every` begins."""
    return Vocabulary.of(every).telling(range(len(inside)))


def test_words_that_a_theme_has_and_others_have_not_tell_it():
    assert telling_words(BUS, BUS + REST) == ["taxi"]


def test_a_word_of_four_people_is_not_shown_nor_one_that_took_the_place_of_a_name():
    inside = ["[name] the swing", "[name] swing", "[name] swing", "[name] swing", "[name]"]
    assert telling_words(inside, inside + REST) == []


def test_words_that_all_use_alike_and_words_that_say_little_tell_nothing():
    assert telling_words(["the school"] * 6, ["the school"] * 6 + ["a school"] * 6) == []
    assert telling_words(["it is"] * 6, ["it is"] * 6 + REST) == []


def test_an_apostrophe_does_not_cut_a_word():
    assert telling_words(["mum’s phone"] * 6, ["mum’s phone"] * 6 + REST) == ["mum’s", "phone"]


def said(words, voice, score):
    return Quotable(f"{words} and so it goes", voice, score, False)


def test_quotes_come_from_middle_to_edge_and_from_different_voices():
    quotable = [
        said("one", "parent", 0.9),
        said("two", "parent", 0.8),
        said("three", "parent", 0.7),
        said("four", "child", 0.6),
        said("five", "parent", 0.3),
        said("six", "young_person", 0.2),
    ]
    quotes = spread(quotable, {"parent", "child"}, ONE_VOICE.__getitem__)
    assert [quote.words.split()[0] for quote in quotes] == ["one", "four", "six"]
    assert [quote.voice for quote in quotes] == ["a parent or carer", "a child", ""]
    assert [quote.where for quote in quotes][::2] == ["In the middle of the theme", "At its edge"]


def test_a_quote_of_a_good_length_comes_before_one_word_and_none_comes_twice():
    quotable = [Quotable("Bad", "child", 0.9, False), said("two", "child", 0.9)] * 3
    quotes = spread(quotable, (), ONE_VOICE.__getitem__)
    assert [quote.words for quote in quotes] == ["two and so it goes", "Bad"]
    assert {quote.where for quote in quotes} == {""}, "with one score nobody knows the edge"


def test_without_words_that_may_be_quoted_there_is_no_quote():
    assert spread([], {"child"}, ONE_VOICE.__getitem__) == []
