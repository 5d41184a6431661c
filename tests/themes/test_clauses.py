"""A comment that says two things is mentioned in the other theme too."""

import csv
import io

import numpy as np
import pytest

from tests.themes.test_discover import run, write
from voice.themes.clauses import Clause, clauses, mentions
from voice.themes.find import find

TAXI = [f"the taxi is late again on day {n}" for n in range(9)]
PHONE = [f"nobody answers the phone at office {n}" for n in range(9)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The taxi is late again", []),
        ("The taxi is late again. Nobody answers the phone.", 2),
        ("The taxi is late again but nobody answers the phone", 2),
        ("Late taxi. No phone.", []),
        ("the taxi is late and dirty and smells of dogs", []),
    ],
)
def test_a_comment_falls_into_clauses_only_where_it_has_two_long_ones(text, parts):
    found = clauses(["short", text])
    assert len(found) == (parts or 0)
    assert {clause.place for clause in found} <= {1}


def near(axis, n=384):
    vector = np.eye(n, dtype=np.float32)[axis] + np.float32(0.01)
    return vector / np.linalg.norm(vector)


def test_a_clause_about_another_theme_is_mentioned_there_and_its_own_is_not():
    rng = np.random.default_rng(1)
    texts = [*TAXI, *PHONE]
    vectors = np.stack([near(1)] * 9 + [near(2)] * 9)
    vectors = vectors + rng.normal(0, 0.004, vectors.shape).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = find(texts, vectors, smallest=5)
    number = {theme.members[0] < 9: place for place, theme in enumerate(found.themes)}
    said = [Clause(0, "the taxi is late"), Clause(0, "nobody answers"), Clause(10, "both odd")]

    also = mentions(found, said, np.stack([near(1), near(2), near(7)]), vectors)

    assert [(one.place, one.theme, one.words) for one in also] == [
        (0, number[False], "nobody answers")
    ]


def test_the_command_writes_the_other_theme_of_a_comment_on_wish(tmp_path):
    waiting = [f"We have waited {n} months for the assessment to begin" for n in range(3, 15)]
    drivers = [f"My taxi driver was {n} minutes late to school again" for n in range(3, 15)]
    two = "We have waited months for the assessment. The taxi driver was late to school again."
    file = write(tmp_path / "in.csv", [*waiting, *drivers, two])

    run(file, tmp_path / "out", clauses=True)
    run(file, tmp_path / "plain")

    rows = list(csv.DictReader(io.StringIO((tmp_path / "out/mentions.csv").read_text())))
    own = list(csv.DictReader(io.StringIO((tmp_path / "out/assignments.csv").read_text())))
    assert [row["comment_id"] for row in rows] == ["c24"]
    assert rows[0]["theme_id"] != own[24]["theme_id"]
    assert rows[0]["theme_id"] in {own[0]["theme_id"], own[12]["theme_id"]}
    assert not (tmp_path / "plain/mentions.csv").exists()
