"""Areas for the comments of a CSV file, by the command."""

import csv

import pytest
from click.testing import CliRunner

from voice.cli import main

FRAMEWORK = "hertfordshire-2023"
ROWS = (
    ("p1", "The plan came nine months late and has another child’s name in it"),
    ("p2", "dunno"),
    ("p3", "Two years on the list for an autism assessment"),
    ("p4", ""),
    ("p5", "I like football"),
)


@pytest.fixture
def file(tmp_path):
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("ref", "said"), *ROWS])
    return tmp_path / "in.csv"


def run(*asked):
    return CliRunner().invoke(main, ["areas", "map", *map(str, asked)])


def rows_of(out):
    with out.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_comment_has_a_row_for_every_area(file, tmp_path):
    out = tmp_path / "out.csv"
    asked = ("--text", "said", "--id", "ref", "--framework", FRAMEWORK, "--out", out)
    done = run(file, *asked)

    assert done.exit_code == 0, done.output
    rows = rows_of(out)
    assert list(rows[0]) == ["comment_id", "area_id", "score", "chosen"]
    assert [row["comment_id"] for row in rows[::7]] == [one[0] for one in ROWS]
    assert len(rows) == 7 * len(ROWS)
    chosen = {(row["comment_id"], row["area_id"]) for row in rows if row["chosen"] == "1"}
    assert ("p1", "IA2") in chosen
    assert ("p3", "IA4") in chosen
    assert not {pair for pair in chosen if pair[0] in ("p2", "p4", "p5")}
    assert all(0 <= float(row["score"]) <= 1 for row in rows)
    before = out.read_bytes()
    run(file, *asked)
    assert out.read_bytes() == before


def test_without_a_column_of_ids_the_rows_are_numbered(file, tmp_path):
    out = tmp_path / "out.csv"
    assert run(file, "--text", "said", "--framework", FRAMEWORK, "--out", out).exit_code == 0
    assert [row["comment_id"] for row in rows_of(out)[::7]] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--text", "words", "--framework", FRAMEWORK), "no column called"),
        (("--text", "said", "--framework", "elsewhere"), "There are: hertfordshire-2023"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_written(file, tmp_path, asked, words):
    out = tmp_path / "out.csv"
    done = run(file, *asked, "--out", out)

    assert done.exit_code == 2
    assert words in done.output
    assert not out.exists()


def test_areas_have_names_where_they_are_asked_for(tmp_path):
    file, out = tmp_path / "a.csv", tmp_path / "out.csv"
    file.write_text("comment\nThe plan is late\n", encoding="utf-8")
    asked = ["areas", "map", str(file), "--text", "comment", "--framework", "every-area"]
    done = CliRunner().invoke(main, [*asked, "--out", str(out), "--names"])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == ["comment_id", "area_id", "score", "chosen", "area_name"]
    assert {row["area_id"]: row["area_name"] for row in rows}["plans"] == "Plans"
