"""`voice words check`: a text a line in, its faults a line out."""

import subprocess
import sys

import pytest
from click.testing import CliRunner
from msgspec import json

from voice.cli import main


def words_check(file, given=""):
    return CliRunner().invoke(main, ["words", "check", str(file)], input=given)


def lines(*rows):
    return "".join(json.encode(row).decode() + "\n" for row in rows)


@pytest.fixture
def file(tmp_path):
    def write(text):
        (tmp_path / "texts.jsonl").write_text(text)
        return tmp_path / "texts.jsonl"

    return write


def test_each_text_has_a_line_with_its_faults_in_the_same_order(file):
    done = words_check(
        file(lines({"id": "b", "text": "Do you have an EHCP?"}, {"id": "a", "text": "Hello."}))
    )

    found = [json.decode(row) for row in done.stdout.splitlines()]
    assert [row["id"] for row in found] == ["b", "a"]
    assert [(f["rule"], f["level"]) for f in found[0]["faults"]] == [("R11", "error")]
    assert set(found[0]["faults"][0]) == {"rule", "level", "why"}
    assert found[1]["faults"] == []
    assert done.exit_code == 1


def test_warnings_alone_are_no_failure(file):
    done = words_check(file(lines({"id": 1, "text": "Do you often play?"})))

    assert [fault["level"] for fault in json.decode(done.stdout)["faults"]] == ["warn"]
    assert done.exit_code == 0


@pytest.mark.parametrize("kind", ["option", "answer"])
def test_an_answer_is_held_to_the_rules_of_answers(file, kind):
    done = words_check(file(lines({"id": 1, "text": "A lot more than I want", "kind": kind})))

    assert [fault["rule"] for fault in json.decode(done.stdout)["faults"]] == ["R15"]


def test_a_question_need_not_have_its_mark(file):
    row = {"id": 1, "text": "Tell us what you do not like", "kind": "question"}

    assert "R9" in words_check(file(lines(row))).stdout
    assert "R9" not in words_check(file(lines(row | {"kind": "text"}))).stdout


def test_another_language_is_spared_the_rules_of_english(file):
    done = words_check(file(lines({"id": 1, "text": "Czy lubisz szkołę?", "lang": "pl"})))

    assert json.decode(done.stdout)["faults"] == []


def test_lines_can_come_by_a_pipe():
    assert words_check("-", lines({"id": 1, "text": "Hello."})).stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "line 1"),
        ('{"id": 1, "text": "Hello."}\n\n{"id": 2}', "line 3: Object missing required field"),
        ('{"id": 1, "text": "Hello.", "kind": "poem"}', "line 1: Invalid enum value"),
        ('{"text": "Hello."}', "line 1"),
    ],
)
def test_a_line_that_does_not_fit_is_named_and_nothing_is_printed(file, text, said):
    done = words_check(file(text))

    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_file_that_is_not_there_is_named(tmp_path):
    done = words_check(tmp_path / "none.jsonl")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "none.jsonl cannot be read" in done.stderr


def test_no_texts_are_no_faults(file):
    assert (words_check(file("")).exit_code, words_check(file("")).stdout) == (0, "")


def test_a_thousand_texts_get_a_line_each(file):
    row = "Were you told about your provision, and do you usually agree with your teacher?"
    texts = file(lines(*({"id": n, "text": f"{row} {n}"} for n in range(1000))))

    done = subprocess.run(
        [sys.executable, "-m", "voice", "words", "check", texts],
        capture_output=True,
        text=True,
        check=False,
    )

    assert len(done.stdout.splitlines()) == 1000
