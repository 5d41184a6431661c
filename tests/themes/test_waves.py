"""A later wave: what is placed in agreed themes, and what is said about change."""

import numpy as np
import pytest

from tests.themes.comments import KIND_STAFF, TRANSPORT, WAITING
from voice.enrichment.embed import Embedder
from voice.settings import shipped_home
from voice.themes.measure import ALONE
from voice.themes.waves import Change, compare, place


@pytest.fixture(scope="module")
def embed():
    return Embedder.open(shipped_home() / "nlp_models", threads=1).embed


def test_new_comments_go_to_the_agreed_theme_that_they_are_about(embed):
    agreed = [embed(WAITING[:8]), embed(TRANSPORT[:7])]

    groups, scores = place(embed([*WAITING[8:], *TRANSPORT[7:], *KIND_STAFF]), agreed)

    assert set(groups[:4].tolist()) <= {0, ALONE}
    assert (groups[:4] == 0).sum() >= 3
    assert set(groups[4:7].tolist()) <= {1, ALONE}
    assert (groups[4:7] == 1).sum() >= 2
    assert (groups[7:] == ALONE).all()
    assert scores.shape == groups.shape


def test_without_agreed_themes_all_is_left(embed):
    groups, _ = place(embed(WAITING), [])
    assert (groups == ALONE).all()
    assert place(embed([]), [embed(WAITING)])[0].shape == (0,)


def test_the_order_of_comments_decides_nothing(embed):
    agreed = [embed(WAITING[:8]), embed(TRANSPORT[:7])]
    vectors = embed([*WAITING, *TRANSPORT, *KIND_STAFF])
    order = np.random.default_rng(2).permutation(len(vectors))

    assert (place(vectors[order], agreed)[0] == place(vectors, agreed)[0][order]).all()


@pytest.mark.parametrize(
    ("counts", "change"),
    [
        ((10, 100, 30, 100), Change.GROWN),
        ((30, 100, 10, 100), Change.SHRUNK),
        ((0, 100, 12, 100), Change.NEW),
        ((12, 100, 0, 100), Change.GONE),
        ((10, 100, 12, 100), Change.UNCLEAR),
        ((0, 20, 1, 20), Change.UNCLEAR),
        ((2, 10, 5, 10), Change.UNCLEAR),
    ],
)
def test_a_change_is_only_called_one_if_it_is_more_than_chance(counts, change):
    assert compare(*counts).change is change


def test_the_interval_is_newcombes():
    # Newcombe 1998, table II, example (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339.
    found = compare(48, 80, 56, 70)
    assert found.difference == pytest.approx(0.2)
    assert found.low == pytest.approx(0.0524, abs=1e-4)
    assert found.high == pytest.approx(0.3339, abs=1e-4)
