"""The pure ideas that learning labels is made of."""

import numpy as np
import pytest

from voice.labels.choosing import choose, thresholds_for
from voice.labels.likeness import folded, likeness, unfolded
from voice.labels.logistic import Logistic, newton
from voice.labels.measure import by_comment, by_label, measured, micro_f1
from voice.labels.reading import Pieces, clauses_of, passages_of
from voice.labels.ridge import solve

RNG = np.random.default_rng(3)


def directions(n, dimensions=384):
    vectors = RNG.normal(size=(n, dimensions))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize(
    ("comment", "clauses"),
    [
        ("We waited, but the nurse was kind.", ["We waited", "the nurse was kind"]),
        ("Nothing.", ["Nothing."]),
        ("", [""]),
        ("Sandwiches and bands", ["Sandwiches and bands"]),
        ("a b. " * 40, ["a b"] * 12),
    ],
)
def test_a_comment_falls_into_clauses_of_two_words_and_more(comment, clauses):
    assert clauses_of(comment) == clauses


def test_passages_are_eight_words_in_a_row_and_again_from_the_sixth_on():
    assert passages_of("Too long!") == ["Too long"]
    assert passages_of("a b c d e f g h i j.") == ["a b c d e f g h", "f g h i j"]
    assert len(passages_of("word " * 500)) == 20


def test_pieces_of_some_comments_are_those_in_the_order_asked_for():
    pieces = Pieces(directions(6), np.array([0, 2, 3]))

    some = pieces.at(np.array([2, 0]))

    assert some.starts.tolist() == [0, 3]
    assert np.array_equal(some.vectors, pieces.vectors[[3, 4, 5, 0, 1]])


def test_likeness_is_the_sum_of_squared_cosines_and_1_with_itself():
    vectors = directions(7)
    before = vectors.copy()

    alike = likeness(Pieces(vectors, np.array([0, 2, 3])))

    squares = (vectors @ vectors.T) ** 2
    sizes = [np.sqrt(squares[a:b, a:b].sum()) for a, b in ((0, 2), (2, 3), (3, 7))]
    assert np.allclose(np.diag(alike), 1)
    assert alike[0, 2] == pytest.approx(squares[0:2, 3:7].sum() / (sizes[0] * sizes[2]), abs=1e-6)
    assert np.array_equal(alike, alike.T)
    assert np.array_equal(vectors, before)


def test_what_is_folded_says_the_same_as_the_comments_did():
    pieces = Pieces(directions(9), np.array([0, 2, 3, 7]))
    shares = RNG.normal(size=(4, 2))

    said = unfolded(folded(pieces, shares), pieces)

    assert np.allclose(said, likeness(pieces) @ shares, atol=1e-4)


def test_the_scores_without_itself_are_those_of_learning_without_the_comment():
    vectors = directions(12, 5)
    alike = vectors @ vectors.T
    truth = RNG.random((12, 2)) < 0.4
    solved = solve(alike, truth, held_back=1.0)

    others = np.arange(12) != 4
    held = alike[np.ix_(others, others)].astype(float) + np.eye(11)
    shares = np.linalg.solve(held, (truth - solved.usual)[others])

    expected = alike[4, others] @ shares + solved.usual
    assert np.allclose(solved.without_itself[4], expected)


def test_a_regression_finds_the_way_back_even_where_a_line_parts_the_two():
    features = np.linspace(-1, 1, 40)[:, None]
    parted = features[:, 0] > 0

    weights = newton(np.column_stack([features, np.ones(40)]), parted, 0.1)
    curved = Logistic.learn(features, np.abs(features[:, 0]) > 0.5, 0.1)

    assert weights[0] > 1
    assert np.isfinite(weights).all()
    likely = curved.probabilities(np.array([[-0.9], [0.0], [0.9]]))
    assert likely[0] > 0.5 > likely[1]
    assert likely[2] > 0.5


def test_where_no_label_reaches_its_threshold_the_likeliest_is_chosen():
    chosen = choose(np.array([[0.1, 0.3], [0.6, 0.7], [0.5, 0.2]]), np.array([0.5, 0.5]))

    assert chosen.tolist() == [[False, True], [True, True], [True, False]]


def test_a_threshold_parts_a_label_that_can_be_parted():
    truth = np.array([[True, False]] * 5 + [[False, True]] * 5)
    likely = np.where(truth, 0.4, 0.1)

    thresholds = thresholds_for(likely, truth)

    assert (choose(likely, thresholds) == truth).all()
    assert ((thresholds > 0.1) & (thresholds < 0.4)).all()


def test_four_kinds_of_f1_of_a_small_table():
    truth = np.array([[1, 0], [1, 1], [0, 1], [1, 0]], dtype=bool)
    chosen = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=bool)

    found = measured(truth, chosen)

    assert by_label(truth, chosen) == pytest.approx([4 / 5, 2 / 4])
    assert by_comment(truth, chosen) == pytest.approx([1, 2 / 3, 1, 0])
    assert found.micro.value == pytest.approx(micro_f1(truth, chosen), abs=1e-4)
    assert found.micro.value == pytest.approx(6 / 9, abs=1e-4)
    assert found.macro.value == pytest.approx(0.65)
    assert found.weighted.value == pytest.approx((3 * 0.8 + 2 * 0.5) / 5)
    assert found.samples.value == pytest.approx(8 / 12, abs=1e-4)


def test_the_interval_is_the_same_every_time_and_narrows_with_more_comments():
    truth = RNG.random((50, 3)) < 0.4
    chosen = truth ^ (RNG.random((50, 3)) < 0.2)

    few = measured(truth, chosen).micro
    many = measured(np.tile(truth, (8, 1)), np.tile(chosen, (8, 1))).micro

    assert measured(truth, chosen).micro == few
    assert few.low < few.value < few.high
    assert many.high - many.low < few.high - few.low
