"""Labels known by their descriptions, with few labelled comments or none."""

from pathlib import Path

import numpy as np
import pytest

from tests.labels.comments import BUS, LABELLED, STAFF, WAIT
from voice.enrichment.embed import Embedder
from voice.labels.described import MOST_LABELS, Descriptions, suggest
from voice.labels.measure import by_comment
from voice.labels.reading import read

NLP_MODELS = Path(__file__).parents[2] / "nlp_models"
LABELS = {
    WAIT: "Long waits and delays before an assessment or help.",
    STAFF: "Praise for staff who are friendly, caring and listen.",
    BUS: "Getting to school by bus, minibus or taxi, drivers and journeys.",
}
NONE = np.array([], dtype=np.int64)
TRUTH = np.array([[label in given for label in LABELS] for _, given in LABELLED])


@pytest.fixture(scope="module")
def embedder():
    return Embedder.open(NLP_MODELS)


@pytest.fixture(scope="module")
def reading(embedder):
    return read([text for text, _ in LABELLED], [""] * len(LABELLED), embedder)


@pytest.fixture(scope="module")
def described(embedder):
    return Descriptions.of(list(LABELS), list(LABELS.values()), embedder)


def test_without_any_labelled_comment_descriptions_tell_most_of_them(reading, described):
    found = suggest(reading, described, NONE, TRUTH[NONE])

    assert by_comment(TRUTH, found.chosen).mean() > 0.75
    assert found.scores.shape == TRUTH.shape
    assert found.chosen.any(axis=1).all()
    assert found.chosen.sum(axis=1).max() <= MOST_LABELS


def test_labelled_comments_keep_their_labels_and_teach_the_others(reading, described):
    known = np.array([0, 1, 2, 10, 11, 12, 20, 21, 22, 30])
    rest = np.setdiff1d(np.arange(len(TRUTH)), known)

    found = suggest(reading, described, known, TRUTH[known])

    assert (found.chosen[known] == TRUTH[known]).all()
    assert by_comment(TRUTH[rest], found.chosen[rest]).mean() > 0.75


def test_the_same_comments_always_give_the_same_and_are_left_alone(reading, described):
    before = reading.whole.vectors.copy()

    first, second = (suggest(reading, described, NONE, TRUTH[NONE]) for _ in range(2))

    assert np.array_equal(first.scores, second.scores)
    assert np.array_equal(reading.whole.vectors, before)


def test_one_comment_alone_gets_a_label_too(embedder, described):
    alone = read(["We waited two years for help"], [""], embedder)

    found = suggest(alone, described, NONE, np.zeros((0, 3), dtype=bool))

    assert found.scores.argmax() == 0
    assert found.chosen[0, 0]


def test_a_label_without_a_description_is_known_by_its_name(embedder, reading):
    named = Descriptions.of(list(LABELS), [""] * 3, embedder)

    assert np.array_equal(named.names, named.descriptions)
