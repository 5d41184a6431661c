"""What is known about single words: syllables, forms, how common, how hard."""

import re
from shutil import copytree

import pytest

from voice.easy_words.lists import WordsProblem, read_lists, shipped_lists
from voice.easy_words.phrases import pattern_of
from voice.easy_words.syllables import syllables
from voice.easy_words.text import count_words, sentences, words_of
from voice.easy_words.verbs import Verbs, stems, with_ed, with_ing, with_s
from voice.settings import shipped_home

FOLDER = shipped_home() / "nlp_models" / "words"
LISTS = shipped_lists()
VERBS = Verbs("break broke broken; bring brought\ncut")

SYLLABLES = {
    1: "cat hoped walked eyes through fire school friend changed",
    2: "happy going people little helped-me wanted table idea-less quiet",
    3: "banana different another area opinion hospital holiday radio",
    4: "information education everybody understanding communicate experience",
    5: "communication opportunity university organisation individual",
}


def test_syllables_are_counted_by_rule():
    counted = {
        word: syllables(word)
        for count in (1, 3, 4, 5)
        for word in SYLLABLES[count].split()
    }  # fmt: skip

    assert counted == {word: n for n in (1, 3, 4, 5) for word in SYLLABLES[n].split()}


@pytest.mark.parametrize(
    ("word", "count"),
    [("grown-up", 2), ("don't", 1), ("didn't", 2), ("teacher's", 2), ("HAPPY", 2), ("hmm", 1)],
)
def test_syllables_of_words_that_are_more_than_letters(word, count):
    assert syllables(word) == count


def test_all_forms_of_a_verb_are_known():
    assert VERBS.forms("break") == ["break", "breaks", "broke", "broken", "breaking"]
    assert VERBS.forms("cut") == ["cut", "cuts", "cutting"]
    assert VERBS.forms("help") == ["help", "helps", "helped", "helping"]
    assert VERBS.participles == {"broken", "brought", "cut"}


@pytest.mark.parametrize(
    ("verb", "s", "ed", "ing"),
    [
        ("try", "tries", "tried", "trying"),
        ("play", "plays", "played", "playing"),
        ("stop", "stops", "stopped", "stopping"),
        ("hope", "hopes", "hoped", "hoping"),
        ("watch", "watches", "watched", "watching"),
        ("lie", "lies", "lied", "lying"),
        ("need", "needs", "needed", "needing"),
    ],
)
def test_regular_verbs_are_spelt_by_rule(verb, s, ed, ing):
    assert (with_s(verb), with_ed(verb), with_ing(verb)) == (s, ed, ing)
    assert all(verb in list(stems(form)) for form in (s, ed, ing))


def test_a_form_is_as_common_as_its_word_and_a_name_in_no_list_is_rare():
    assert LISTS.frequency_of("listens") == LISTS.frequency_of("listen")
    assert LISTS.frequency_of("rang") >= LISTS.frequency_of("ring")
    assert LISTS.frequency_of("kindly") >= LISTS.frequency_of("kind")
    assert LISTS.frequency_of("xylorimba") == 2.0


def test_a_word_in_no_list_has_the_hardest_level():
    assert LISTS.level_of("xylorimba") == 6
    assert LISTS.level_of("school") == 1


@pytest.mark.parametrize("word", ["playgrounds", "wheelchair", "noisier", "grandma", "hugged"])
def test_children_know_a_word_and_its_forms(word):
    assert LISTS.knows(word)


@pytest.mark.parametrize(
    ("phrase", "found", "not_found"),
    [
        ("~break the ice", "It broke the ice.", "The ice broke."),
        ("~break your heart", "It broke my mum's heart", "It broke a very old heart"),
        ("~bring * home", "She brought them all home", "She brought all of them back home"),
        ("on edge|ice", "on ice", "on top"),
        ("in (a row|line)", "in a row", "in the row"),
        ("red tape", "Red  tape!", "colored tape"),
    ],
)
def test_a_phrase_is_found_in_its_forms(phrase, found, not_found):
    pattern = pattern_of([phrase], VERBS)

    assert pattern.search(found)
    assert not pattern.search(not_found)


def test_a_phrase_is_found_as_whole_words_only():
    assert not pattern_of(["get on"], VERBS).search("forget once")


def test_no_phrase_of_a_rule_is_found_in_nothing():
    for pattern in (getattr(LISTS.patterns, name) for name in LISTS.patterns.__struct_fields__):
        assert isinstance(pattern, re.Pattern)
        assert not pattern.search("")
        assert not pattern.search(" the you a ")


def test_sentences_end_with_a_mark_or_a_line():
    assert sentences("One. Two? Three!\nFour") == ["One.", "Two?", "Three!", "Four"]
    assert sentences("Ask Dr. Green, e.g. today. Then stop.") == [
        "Ask Dr. Green, e.g. today.",
        "Then stop.",
    ]
    assert sentences("  ") == []


def test_a_mark_alone_is_no_word():
    assert count_words("A person, a place – anything.") == 5


def test_a_capital_tells_a_name_but_not_at_the_beginning():
    assert [(word.plain, word.named) for word in words_of("Ask Sam’s mum. Sam is in.")] == [
        ("ask", False),
        ("sam", True),
        ("s", False),
        ("mum", False),
        ("sam", False),
        ("is", False),
        ("in", False),
    ]


def test_lists_that_differ_from_their_card_are_refused(tmp_path):
    folder = copytree(FOLDER, tmp_path / "words")
    (folder / "lists.toml").write_text((folder / "lists.toml").read_text() + "\n")

    with pytest.raises(WordsProblem, match=r"lists\.toml"):
        read_lists(folder)


def test_lists_that_are_not_there_are_refused(tmp_path):
    with pytest.raises(WordsProblem, match="Fetch it again"):
        read_lists(tmp_path)


def test_no_word_is_listed_twice_as_known():
    known = LISTS.written.known.split()

    assert len(known) - len(set(known)) == 0
