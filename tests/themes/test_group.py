"""Groups of like comments, on vectors whose groups we know."""

import numpy as np
import pytest

from voice.themes.graph import nearest, shared_neighbour_graph
from voice.themes.group import group_comments
from voice.themes.measure import ALONE, closeness, silhouette


def about(topic, n, rng, *, spread=0.5, dimensions=64):
    """Return vectors of n comments around one topic of its own."""
    middle = np.zeros(dimensions)
    middle[topic] = 1
    points = middle + rng.normal(scale=spread / dimensions**0.5, size=(n, dimensions))
    return unit(points)


def unit(points):
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


def once(vectors):
    return np.ones(len(vectors), dtype=np.int64)


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.mark.parametrize("sizes", [(20, 10), (60, 30, 12), (150, 80, 40, 20, 10)])
def test_groups_come_out_as_they_were_put_in_the_largest_first(rng, sizes):
    vectors = np.vstack([about(topic, n, rng) for topic, n in enumerate(sizes)])

    groups = group_comments(vectors, once(vectors))

    assert groups.tolist() == [topic for topic, n in enumerate(sizes) for _ in range(n)]


@pytest.mark.parametrize("n", [5, 6, 12, 40, 200])
def test_everyone_saying_one_thing_is_one_group(rng, n):
    vectors = about(0, n, rng)

    assert group_comments(vectors, once(vectors)).tolist() == [0] * n


@pytest.mark.parametrize("n", [6, 30, 100, 300])
def test_vectors_that_have_nothing_in_common_make_no_group(rng, n):
    vectors = unit(rng.normal(size=(n, 384)))

    assert set(group_comments(vectors, once(vectors)).tolist()) == {ALONE}


def test_fewer_comments_than_the_smallest_theme_make_no_group(rng):
    vectors = about(0, 4, rng)

    assert group_comments(vectors, once(vectors)).tolist() == [ALONE] * 4


def test_repeats_count_towards_the_size_of_a_group(rng):
    vectors = about(0, 2, rng)

    assert group_comments(vectors, np.array([3, 2])).tolist() == [0, 0]
    assert group_comments(vectors, np.array([3, 1])).tolist() == [ALONE, ALONE]


def test_one_comment_said_by_everyone_is_one_group(rng):
    assert group_comments(about(0, 1, rng), np.array([40])).tolist() == [0]


def test_an_odd_comment_is_in_no_group(rng):
    vectors = np.vstack([about(0, 20, rng), about(1, 20, rng), about(2, 1, rng)])

    groups = group_comments(vectors, once(vectors))

    assert groups.tolist() == [0] * 20 + [1] * 20 + [ALONE]


@pytest.mark.parametrize("themes", [1, 2, 3, 4, 7, 12, 20])
def test_as_many_groups_as_were_asked_for_each_of_the_smallest_size(rng, themes):
    vectors = np.vstack([about(topic, 30, rng) for topic in range(4)])

    groups = group_comments(vectors, once(vectors), themes=themes)

    assert sorted(set(groups.tolist())) == list(range(themes))
    assert np.bincount(groups).min() >= 5


def test_more_groups_than_the_comments_allow_gives_as_many_as_they_allow(rng):
    vectors = np.vstack([about(topic, 10, rng) for topic in range(2)])

    groups = group_comments(vectors, once(vectors), themes=50)

    assert 2 <= groups.max() + 1 <= 4


def test_the_same_vectors_always_give_the_same_groups_and_are_left_alone(rng):
    vectors = np.vstack([about(topic, 40, rng, spread=2) for topic in range(5)])
    before = vectors.copy()

    first = group_comments(vectors, once(vectors))

    assert (group_comments(vectors, once(vectors)) == first).all()
    assert (vectors == before).all()


def test_neighbours_are_the_nearest_others_nearest_first(rng):
    vectors = unit(rng.normal(size=(50, 8)))

    near = nearest(vectors, 4)

    for place in range(50):
        cosines = vectors @ vectors[place]
        cosines[place] = -2
        assert near.places[place].tolist() == np.argsort(-cosines)[:4].tolist()


def test_the_graph_is_the_same_both_ways_and_joins_nobody_to_themselves(rng):
    graph = shared_neighbour_graph(nearest(unit(rng.normal(size=(60, 8))), 5))

    assert abs(graph - graph.T).sum() == 0
    assert graph.diagonal().sum() == 0
    assert graph.data.min() > 0
    assert graph.data.max() <= 1


def test_the_silhouette_is_that_of_scikit_learn(rng):
    from sklearn.metrics import silhouette_score

    vectors = np.vstack([about(topic, 15, rng, spread=1.5) for topic in range(3)])
    groups = np.repeat(np.arange(3, dtype=np.int32), 15)

    expected = silhouette_score(vectors, groups, metric="cosine")
    assert silhouette(vectors, groups) == pytest.approx(expected, abs=1e-3)


def test_closeness_leaves_the_comment_itself_out(rng):
    vectors = np.vstack([about(0, 3, rng), about(1, 1, rng)])
    groups = np.array([0, 0, 0, ALONE], dtype=np.int32)

    own = closeness(vectors, np.array([1, 2, 1, 1]), groups).own

    others = vectors[1] * 2 + vectors[2]
    assert own[0] == pytest.approx(vectors[0] @ others / np.linalg.norm(others), abs=1e-4)
    assert own[3] == -1
