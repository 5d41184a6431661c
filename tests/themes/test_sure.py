"""How sure a theme is, what is between themes, and what a theme falls into."""

import numpy as np
import pytest

from tests.themes.test_group import about, once, unit
from voice.themes.group import grouped
from voice.themes.levels import MOST_PARTS, sub_themes
from voice.themes.measure import ALONE
from voice.themes.sure import how_sure


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def test_clear_themes_come_back_when_comments_are_missing(rng):
    vectors = np.vstack([about(topic, 40, rng) for topic in range(3)])
    cut = grouped(vectors, once(vectors))

    sure = how_sure(vectors, once(vectors), cut.groups, cut.resolution)

    assert [one.stability for one in sure] == [1.0] * 3
    assert all(one.separation > 0.5 and one.between == 0 for one in sure)
    assert all(one.nearest is None for one in sure)


def test_themes_that_run_into_each_other_say_so(rng):
    near = np.zeros((2, 64))
    near[:, 0] = 1
    near[1, 1] = 0.3
    vectors = unit(
        np.vstack(
            [row + rng.normal(scale=0.1, size=(40, 64)) for row in near] + [about(5, 40, rng)]
        )
    )
    groups = np.repeat(np.arange(3), 40).astype(np.int32)

    sure = how_sure(vectors, once(vectors), groups, 1.0)

    assert [sure[0].nearest, sure[1].nearest] == [1, 0]
    assert sure[0].between > 0.2 > sure[2].between
    assert sure[2].separation > sure[0].separation
    stabilities = [one.stability or 0 for one in sure]
    assert stabilities[2] > stabilities[0]


def test_one_theme_has_no_neighbour_and_no_stability(rng):
    vectors = about(0, 20, rng)

    [sure] = how_sure(vectors, once(vectors), np.zeros(20, dtype=np.int32), None)

    assert (sure.stability, sure.separation, sure.nearest, sure.between) == (None, 0, None, 0)


def test_no_theme_is_said_of_nothing(rng):
    vectors = about(0, 4, rng)
    assert how_sure(vectors, once(vectors), np.full(4, ALONE, dtype=np.int32), None) == []


def test_the_same_comments_are_as_sure_each_time(rng):
    vectors = unit(rng.normal(size=(120, 16)))
    cut = grouped(vectors, once(vectors))
    ways = [how_sure(vectors, once(vectors), cut.groups, cut.resolution) for _ in range(2)]
    assert ways[0] == ways[1]


def test_a_theme_of_two_things_has_two_parts(rng):
    common = np.zeros(64)
    common[0] = 2
    parts = np.vstack([about(topic, 25, rng) for topic in (1, 2)])
    vectors = unit(np.vstack([common + parts, about(9, 10, rng)]))

    found = sub_themes(vectors, once(vectors), np.arange(50), 5)

    assert sorted(sorted(part.tolist()) for part in found) == [list(range(25)), list(range(25, 50))]


def test_a_theme_of_few_comments_is_not_divided(rng):
    vectors = np.vstack([about(topic, 8, rng) for topic in range(2)])
    assert sub_themes(vectors, once(vectors), np.arange(16), 5) == []


def test_a_theme_has_six_parts_at_most(rng):
    vectors = np.vstack([about(topic, 12, rng) for topic in range(12)])
    found = sub_themes(vectors, once(vectors), np.arange(len(vectors)), 5)
    assert len(found) == MOST_PARTS
    assert sorted(place for part in found for place in part) == list(range(len(vectors)))
