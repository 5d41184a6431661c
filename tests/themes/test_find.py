"""From comments to themes, with the real model."""

from pathlib import Path

import numpy as np
import pytest

from tests.themes.comments import KIND_STAFF, NON_ANSWERS, TRANSPORT, WAITING
from voice.enrichment.embed import Embedder
from voice.themes.find import find
from voice.themes.prepare import WhyNone

NLP_MODELS = Path(__file__).parents[2] / "nlp_models"


@pytest.fixture(scope="module")
def embed():
    return Embedder.open(NLP_MODELS, threads=1).embed


def words_of(found, texts):
    """Return what a reader sees: no places in the input."""
    return [
        (
            theme.name,
            theme.terms,
            sorted(texts[place] for place in theme.members),
            theme.scores,
            [texts[place] for place in theme.quotes],
        )
        for theme in found.themes
    ]


def test_three_things_people_say_are_three_themes_with_their_words(embed):
    texts = [*WAITING, *TRANSPORT, *KIND_STAFF]

    found = find(texts, embed(texts))

    places = [set(theme.members) for theme in found.themes]
    assert [len(theme.members) for theme in found.themes] == [12, 10, 8]
    assert places[0] == set(range(12))
    assert places[1] == set(range(12, 22))
    assert found.themes[0].name.startswith("Waiting list")
    assert "taxi" in " ".join(found.themes[1].terms)
    assert "teach" in found.themes[2].name.lower()
    assert all(5 <= len(theme.terms) <= 8 for theme in found.themes)


def test_comments_in_another_order_give_the_same_themes(embed):
    texts = [*WAITING, *TRANSPORT, *KIND_STAFF, *NON_ANSWERS, WAITING[0], WAITING[0].upper()]
    shuffled = [texts[place] for place in np.random.default_rng(3).permutation(len(texts))]

    found = find(texts, embed(texts))

    assert found.themes
    assert words_of(find(texts, embed(texts)), texts) == words_of(found, texts)
    assert words_of(find(shuffled, embed(shuffled)), shuffled) == words_of(found, texts)


def test_everyone_saying_one_thing_is_one_theme(embed):
    texts = [
        f"{start} {what}{end}"
        for start in ("I think", "Honestly", "For us", "")
        for what in (
            "the waiting list is too long",
            "waiting lists are too long",
            "we wait too long",
        )
        for end in ("", " now", " for everyone")
    ]

    found = find(texts, embed(texts))

    assert [len(theme.members) for theme in found.themes] == [len(texts)]
    assert not found.why_none


def test_the_same_comment_from_everyone_is_one_theme_of_all_of_them(embed):
    texts = ["Please listen to us"] * 7 + ["please listen to us!"] * 3

    [theme] = find(texts, embed(texts)).themes

    assert sorted(theme.members) == list(range(10))
    assert [texts[place] for place in theme.quotes] == ["Please listen to us"]


def test_repeats_are_counted_but_not_quoted_twice(embed):
    texts = [*WAITING, *TRANSPORT, *[TRANSPORT[0]] * 5]

    found = find(texts, embed(texts))

    largest = found.themes[0]
    assert len(largest.members) == len(TRANSPORT) + 5
    assert len({texts[place] for place in largest.quotes}) == 3


def test_non_answers_are_never_a_theme_however_many(embed):
    texts = [*NON_ANSWERS * 5, "", "  ", *TRANSPORT]

    found = find(texts, embed(texts))

    assert [len(theme.members) for theme in found.themes] == [len(TRANSPORT)]
    why = list(found.why_none.values())
    assert why.count(WhyNone.NON_ANSWER) == len(NON_ANSWERS) * 5
    assert why.count(WhyNone.EMPTY) == 2


@pytest.mark.parametrize("texts", [[], ["too slow"], list(TRANSPORT[:4]), list(NON_ANSWERS) * 9])
def test_too_few_comments_make_no_theme(embed, texts):
    vectors = embed(texts) if texts else np.zeros((0, 384), dtype=np.float32)

    found = find(texts, vectors)

    assert found.themes == ()
    assert len(found.why_none) == len(texts)


def test_fewer_may_make_a_theme_if_asked(embed):
    texts = list(TRANSPORT[:4])

    assert len(find(texts, embed(texts), smallest=3).themes) == 1


@pytest.mark.parametrize("themes", [1, 2, 3, 5])
def test_as_many_themes_as_were_asked_for(embed, themes):
    texts = [*WAITING, *TRANSPORT, *KIND_STAFF]

    assert len(find(texts, embed(texts), themes=themes).themes) == themes


def test_no_two_themes_have_the_same_name(embed):
    texts = [*WAITING, *TRANSPORT, *KIND_STAFF]

    names = [theme.name for theme in find(texts, embed(texts), themes=5).themes]

    assert len(set(names)) == 5


def test_members_come_best_first_and_quotes_are_among_them(embed):
    texts = [*WAITING, *TRANSPORT]

    for theme in find(texts, embed(texts)).themes:
        assert list(theme.scores) == sorted(theme.scores, reverse=True)
        assert all(0 < score <= 1 for score in theme.scores)
        assert set(theme.quotes) < set(theme.members)
        assert len(theme.quotes) == 3


def test_vectors_that_do_not_fit_the_texts_are_refused():
    with pytest.raises(ValueError, match="2 texts but 1 vectors"):
        find(["one thing", "another"], np.ones((1, 4), dtype=np.float32))
    with pytest.raises(ValueError, match="length 1"):
        find(["one thing"], np.ones((1, 4), dtype=np.float32))
