"""The command that says what to take out of comments."""

import json

from click.testing import CliRunner

from voice.cli import main

SAID = "Mrs Patel rang 07700 900143 😀 from AL1 3JE about Tom."


def run(tmp_path, *options, lines):
    file = tmp_path / "said.jsonl"
    file.write_text("\n".join(lines))
    return CliRunner().invoke(main, ["redact", str(file), *options])


def test_each_span_says_where_it_stands_in_the_text_as_it_came(tmp_path):
    lines = [json.dumps({"id": 7, "text": SAID}), "", json.dumps({"id": "b", "text": "more clubs"})]

    done = run(tmp_path, lines=lines)

    first, calm = map(json.loads, done.stdout.splitlines())
    found = {(span["label"], SAID[span["start"] : span["end"]]) for span in first["spans"]}
    assert done.exit_code == 0
    assert (first["id"], first["text"]) == (7, SAID)
    assert {("PHONE", "07700 900143"), ("POSTCODE", "AL1 3JE"), ("PERSON", "Tom")} <= found
    assert calm == {"id": "b", "text": "more clubs", "spans": []}


def test_the_words_can_be_taken_out(tmp_path):
    done = run(tmp_path, "--take-out", lines=[json.dumps({"id": 1, "text": SAID})])
    text = json.loads(done.stdout)["text"]
    assert "[a name]" in text
    for word in ("Patel", "Tom", "07700", "AL1"):
        assert word not in text


def test_a_broken_line_is_named_but_its_words_are_not(tmp_path):
    done = run(tmp_path, lines=['{"id": "b", "text": "Tom hits me"'])
    assert done.exit_code == 2
    assert "line 1" in done.stderr
    assert "Tom" not in done.output
