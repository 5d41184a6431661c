"""The command that says which comments may speak of danger."""

import json

import pytest
from click.testing import CliRunner

from voice.cli import main


def test_each_comment_has_a_line_in_its_order(tmp_path):
    file = tmp_path / "said.jsonl"
    said = [{"id": "a", "text": "more clubs"}, {"id": 2, "text": "i want to be ded", "x": 1}]
    file.write_text("\n".join(map(json.dumps, said)) + "\n\n")

    done = CliRunner().invoke(main, ["safeguarding", "score", str(file)])

    calm, worry = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 0
    assert (calm["id"], calm["concern"], calm["kinds"], calm["because"]) == ("a", False, [], [])
    assert list(worry) == ["id", "concern", "score", "kinds", "because"]
    assert (worry["id"], worry["concern"], worry["because"]) == (2, True, ["want to be ded"])
    assert worry["kinds"][0] == "suicidal"


def test_a_broken_line_is_named_but_its_words_are_not(tmp_path):
    file = tmp_path / "said.jsonl"
    file.write_text('{"id": "a", "text": "x"}\n{"id": "b", "text": "he hits me"')
    done = CliRunner().invoke(main, ["safeguarding", "score", str(file)])
    assert done.exit_code == 2
    assert "line 2" in done.stderr
    assert "hits" not in done.output


def test_a_file_that_is_not_there_is_named(tmp_path):
    done = CliRunner().invoke(main, ["safeguarding", "score", str(tmp_path / "none.jsonl")])
    assert done.exit_code == 2
    assert "none.jsonl" in done.stderr


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("he hits me", "line 1: this is not JSON"),
        ('["he hits me"]', "line 1: this is not an object"),
        ('{"text": "he hits me"}', "line 1: “id” is missing"),
        ("{}", "line 1: “id” and “text” are missing"),
        ('{"id": 1, "text": null}', "line 1: “text” is not text"),
        ('{"id": 1.5, "text": "he hits me"}', "line 1: “id” is neither"),
        ("", "holds no comments"),
    ],
)
def test_a_line_that_is_no_comment_says_what_is_wrong_with_it(tmp_path, line, why):
    file = tmp_path / "said.jsonl"
    file.write_text(line + "\n")
    done = CliRunner().invoke(main, ["safeguarding", "score", str(file)])
    assert done.exit_code == 2
    assert why in done.stderr
    assert "hits" not in done.output
