"""Knowledge of SEND support: it brings together, names, and leaves alone what it does not know."""

from pathlib import Path

import numpy as np
import pytest

from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder
from voice.themes.find import find
from voice.themes.guide import guide, topic_names

NLP_MODELS = Path(__file__).parents[2] / "nlp_models"

NO_CALL_BACK = (
    "They promised to phone me on Monday and I am still sitting by the phone",
    "Left four voicemails for the council and not one was returned",
    "I email and email. It is like shouting into a well",
    "Nobody at the office ever picks up",
    "Could somebody please answer my messages",
    "Three letters sent, no reply to any of them",
)
TOO_LOUD = (
    "The dinner hall is so noisy that she hides under her coat",
    "its to loud and the lights hurt my eyes",
    "Somewhere calm to sit at lunch, away from the crowd",
    "every corridor is just screaming and I shut down",
    "He needs a quiet corner when the class gets too much",
    "hand dryers and bells all day, my ears ring",
)
TAXI = (
    "The taxi was late again so he missed the start of lessons",
    "A different driver every week and my son will not get in",
    "They stopped her school bus without any warning",
    "my minibus takes over an hour each way",
    "No escort on the bus although she has fits",
    "the driver shouts and plays his radio loud",
)
GARDENS = (
    "Water tomatoes in the evening and feed them once a week",
    "Roses want to be pruned hard in March",
    "Slugs have eaten all of my lettuces",
    "Sow the beans after the last frost",
    "My lawn is full of moss since the wet winter",
    "Which compost is good for potted lemons",
)


@pytest.fixture(scope="module")
def read():
    return Embedder.open(NLP_MODELS, threads=1).read


@pytest.fixture(scope="module")
def codebook():
    return Codebook.open(NLP_MODELS)


def themes_of(texts, read, codebook):
    vectors, domain = read(texts)
    return find(texts, vectors, codebook=codebook, domain=domain)


def test_what_is_said_in_other_words_comes_together_and_gets_a_plain_name(read, codebook):
    texts = [*NO_CALL_BACK, *TOO_LOUD, *TAXI]

    found = themes_of(texts, read, codebook)

    assert {theme.name for theme in found.themes} == {
        "Getting an answer or a call back",
        "Noise, quiet spaces and sensory needs",
        "School transport",
    }
    for theme in found.themes:
        assert len({place // 6 for place in theme.members}) == 1


def test_guided_themes_do_not_depend_on_the_order_of_the_comments(read, codebook):
    texts = [*NO_CALL_BACK, *TOO_LOUD, *TAXI, TAXI[0]]
    shuffled = [texts[place] for place in np.random.default_rng(5).permutation(len(texts))]

    ways = [themes_of(some, read, codebook) for some in (texts, shuffled)]

    seen = [[(theme.name, theme.terms, theme.scores) for theme in found.themes] for found in ways]
    assert seen[0] == seen[1]


def test_comments_of_another_world_are_left_as_they_are(read, codebook):
    vectors, domain = read(GARDENS)
    assert codebook.knows(vectors) == 0
    assert guide(vectors, domain, codebook) is None
    assert find(GARDENS, vectors, codebook=codebook, domain=domain) == find(GARDENS, vectors)


def test_a_topic_that_the_codebook_does_not_know_still_becomes_a_theme(read, codebook):
    horses = [
        f"The stable for disabled riders lost its {what}"
        for what in (
            "ponies",
            "roof",
            "grooms",
            "hay",
            "saddles",
            "paddock",
            "licence",
        )
    ]
    texts = [*NO_CALL_BACK, *TOO_LOUD, *horses]

    found = themes_of(texts, read, codebook)

    own = [theme for theme in found.themes if max(theme.members) >= 12]
    assert [sorted(theme.members) for theme in own] == [list(range(12, 19))]


def test_vectors_of_guided_comments_have_length_one_and_hold_the_topics(read, codebook):
    vectors, domain = read(TAXI)
    guided = guide(vectors, domain, codebook)

    assert guided is not None
    assert guided.vectors.shape == (6, 384 + len(codebook.topics))
    assert np.linalg.norm(guided.vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert guided.topics.sum(axis=1) == pytest.approx(1)


def test_a_survey_that_is_known_only_in_part_gets_no_names_of_topics(read, codebook):
    vectors, domain = read([*NO_CALL_BACK, *TOO_LOUD, *TAXI])
    guided = guide(vectors, domain, codebook)
    assert guided is not None
    counts = np.ones(len(vectors), dtype=np.int64)
    groups = [np.arange(6), np.arange(6, 12), np.arange(12, 18)]

    assert all(topic_names(guided, counts, groups, codebook))
    partly = guided._replace(known=0.5)
    assert topic_names(partly, counts, groups, codebook) == [None, None, None]
