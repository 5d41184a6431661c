"""Learning labels from a file, and suggesting them for another."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tests.labels.comments import BUS, LABELLED, STAFF, WAIT, write
from voice.cli import main
from voice.enrichment.embed import Embedder
from voice.errors import BadInput
from voice.labels.apply import HEADER, apply
from voice.labels.classifier import learn, meanings_alike, to_keep
from voice.labels.kept import ARRAYS, CARD, REPORT, WORDS, learnt_how, open_kept
from voice.labels.labelled import Columns
from voice.labels.reading import read
from voice.labels.train import train

NLP_MODELS = Path(__file__).parents[2] / "nlp_models"
COLUMNS = Columns("comment", "question", labels="labels")
ASKED = Columns("comment", "question")
NEW = [
    ("The wait for an appointment was endless", ()),
    ("  ", ()),
    ("Such friendly, caring staff", ()),
    ("The taxi never comes on time", ()),
]


@pytest.fixture(scope="module")
def learnt(tmp_path_factory):
    folder = tmp_path_factory.mktemp("labels")
    report = train(write(folder / "in.csv"), COLUMNS, out=folder / "out", nlp_models=NLP_MODELS)
    return report, folder / "out"


def suggested(folder, file, out, columns=ASKED):
    done = apply(folder, file, columns, out=out, nlp_models=NLP_MODELS)
    with out.open(encoding="utf-8", newline="") as rows:
        return done, list(csv.DictReader(rows))


def test_four_files_are_written_and_nothing_else(learnt):
    _, out = learnt

    assert {path.name for path in out.iterdir()} == {ARRAYS, WORDS, REPORT, CARD}
    assert {path.name for path in out.parent.iterdir()} == {"in.csv", "out"}


def test_the_report_counts_labels_and_says_how_well_within_which_bounds(learnt):
    report, out = learnt

    assert [(one.label, one.comments) for one in report.labels] == [
        (WAIT, 13),
        (STAFF, 13),
        (BUS, 12),
    ] or {(one.label, one.comments) for one in report.labels} == {
        (WAIT, 13),
        (STAFF, 13),
        (BUS, 12),
    }
    for name in ("micro", "macro", "weighted", "samples"):
        figure = getattr(report.f1, name)
        assert 0.6 < figure.low <= figure.value <= figure.high <= 1
    kept = json.loads((out / REPORT).read_bytes())
    assert kept["f1"]["micro"]["value"] == report.f1.micro.value
    assert (kept["comments"], kept["rows"], kept["folds"]) == (34, 34, 5)


def test_the_kept_classifier_says_the_same_as_the_comments_it_was_learnt_from():
    embedder = Embedder.open(NLP_MODELS)
    texts = [text for text, _ in LABELLED]
    reading = read(texts, ["Why?"] * len(texts), embedder)
    truth = np.array([[label in given for label in (WAIT, STAFF, BUS)] for _, given in LABELLED])
    names = embedder.embed([WAIT, STAFF, BUS])
    alike = meanings_alike(reading)

    learnt = learn(reading, truth, names, alike)

    through = alike + (learnt.counted @ learnt.counted.T).toarray()
    expected = through @ learnt.solved.shares + learnt.solved.usual
    assert np.allclose(to_keep(learnt, reading).scores(reading), expected, atol=1e-4)


def test_the_same_file_gives_the_same_bytes(learnt, tmp_path):
    _, out = learnt

    train(write(tmp_path / "in.csv"), COLUMNS, out=tmp_path / "out", nlp_models=NLP_MODELS)

    for name in (ARRAYS, WORDS, REPORT, CARD):
        assert (tmp_path / "out" / name).read_bytes() == (out / name).read_bytes()
    new = write(tmp_path / "new.csv", NEW)
    for name in ("a.csv", "b.csv"):
        apply(out, new, ASKED, out=tmp_path / name, nlp_models=NLP_MODELS)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_new_comments_get_the_labels_that_people_would_give(learnt, tmp_path):
    _, out = learnt

    done, rows = suggested(out, write(tmp_path / "new.csv", NEW), tmp_path / "suggested.csv")

    assert tuple(rows[0]) == HEADER
    assert [row["comment_id"] for row in rows] == [f"c{n}" for n in range(4) for _ in range(3)]
    best = {row["comment_id"]: row["label"] for row in reversed(rows)}
    assert (best["c0"], best["c2"], best["c3"]) == (WAIT, STAFF, BUS)
    assert all(rows[n * 3]["chosen"] == "1" for n in (0, 2, 3))
    for start in range(0, 12, 3):
        likely = [float(row["probability"]) for row in rows[start : start + 3]]
        assert likely == sorted(likely, reverse=True)
    assert (done.comments, done.empty) == (4, 1)
    assert done.chosen == sum(row["chosen"] == "1" for row in rows)


def test_an_empty_comment_has_its_rows_with_no_probability_and_no_choice(learnt, tmp_path):
    _, out = learnt

    _, rows = suggested(out, write(tmp_path / "new.csv", NEW), tmp_path / "suggested.csv")

    empty = [row for row in rows if row["comment_id"] == "c1"]
    assert len(empty) == 3
    assert {(row["probability"], row["chosen"]) for row in empty} == {("0.0000", "0")}


def test_a_file_of_empty_comments_only_is_no_problem(learnt, tmp_path):
    _, out = learnt

    done, rows = suggested(out, write(tmp_path / "new.csv", [("", ())]), tmp_path / "s.csv")

    assert (len(rows), done.chosen) == (3, 0)


def test_a_comment_is_told_the_same_alone_and_among_others(learnt, tmp_path):
    _, out = learnt

    _, many = suggested(out, write(tmp_path / "many.csv", NEW), tmp_path / "a.csv")
    _, one = suggested(out, write(tmp_path / "one.csv", NEW[:1]), tmp_path / "b.csv")

    assert one == many[:3]


def test_labels_with_too_few_comments_are_left_out_and_said_so(tmp_path):
    rows = [*LABELLED, ("Great food", ("Food", WAIT)), ("Nice view", ("View",)), ("", (WAIT,))]

    report = train(
        write(tmp_path / "in.csv", rows), COLUMNS, out=tmp_path / "out", nlp_models=NLP_MODELS
    )

    assert report.left_out == {"Food": 1, "View": 1}
    assert (report.rows, report.comments, report.unlabelled, report.empty) == (37, 35, 1, 1)


@pytest.mark.parametrize(
    ("columns", "rows", "sentence"),
    [
        (Columns("text", labels="labels"), LABELLED, "no column called “text”"),
        (Columns("comment", labels="codes"), LABELLED, "no column called “codes”"),
        (Columns("comment", "asked", labels="labels"), LABELLED, "no column called “asked”"),
        (COLUMNS, [(text, ()) for text, _ in LABELLED], "No comment of in.csv has a label"),
        (COLUMNS, [(text, (WAIT,)) for text, _ in LABELLED], "Of 1 labels in in.csv, 1 have 5"),
        (COLUMNS, LABELLED[:12], "Of 2 labels in in.csv, 1 have 5"),
    ],
)
def test_a_file_that_teaches_nothing_is_refused_and_nothing_is_written(
    tmp_path, columns, rows, sentence
):
    file = write(tmp_path / "in.csv", rows)

    with pytest.raises(BadInput, match=sentence):
        train(file, columns, out=tmp_path / "out", nlp_models=NLP_MODELS)

    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("name", [ARRAYS, WORDS, REPORT])
def test_a_file_of_the_classifier_that_was_changed_is_refused(learnt, tmp_path, name):
    folder = shutil.copytree(learnt[1], tmp_path / "copy")
    (folder / name).write_bytes((folder / name).read_bytes() + b" ")

    with pytest.raises(BadInput, match=f"{name} was changed since it was made"):
        open_kept(folder, NLP_MODELS)
    (folder / name).unlink()
    with pytest.raises(BadInput, match=f"{name} is missing"):
        open_kept(folder, NLP_MODELS)


def test_a_folder_without_a_card_or_of_another_language_model_is_refused(learnt, tmp_path):
    with pytest.raises(BadInput, match=r"has no card\.toml"):
        open_kept(tmp_path, NLP_MODELS)

    folder = shutil.copytree(learnt[1], tmp_path / "copy")
    card = (folder / CARD).read_text()
    (folder / CARD).write_text(card.replace('vectors = "embedding', 'vectors = "other'))
    with pytest.raises(BadInput, match="another language model"):
        open_kept(folder, NLP_MODELS)
    (folder / CARD).write_text("no card")
    with pytest.raises(BadInput, match="was changed and cannot be read"):
        open_kept(folder, NLP_MODELS)


def test_places_that_cannot_be_written_to_are_said_in_a_sentence(learnt, tmp_path):
    file = write(tmp_path / "in.csv")

    with pytest.raises(BadInput, match="is a file"):
        train(file, COLUMNS, out=file, nlp_models=NLP_MODELS)
    with pytest.raises(BadInput, match="We cannot write to"):
        train(file, COLUMNS, out=file / "below", nlp_models=NLP_MODELS)
    with pytest.raises(BadInput, match="is a folder"):
        apply(learnt[1], file, ASKED, out=tmp_path, nlp_models=NLP_MODELS)


def test_the_commands_learn_and_suggest_and_say_what_was_done(tmp_path):
    file = str(write(tmp_path / "in.csv"))
    out, table = str(tmp_path / "out"), tmp_path / "deep" / "suggested.csv"
    command = CliRunner()

    told = command.invoke(
        main,
        ["labels", "train", file, "--text", "comment", "--labels", "labels", "--out", out],
    )
    assert told.exit_code == 0, told.output
    assert "Learnt 3 labels from 34 comments" in told.output
    assert "over labels (macro)" in told.output

    told = command.invoke(
        main, ["labels", "apply", out, file, "--text", "comment", "--out", str(table)]
    )
    assert told.exit_code == 0, told.output
    assert "labels chosen for 34 comments" in told.output
    assert table.read_text().startswith("comment_id,label,probability,chosen")


def test_a_command_that_cannot_use_its_file_exits_with_2(tmp_path):
    told = CliRunner().invoke(
        main,
        ["labels", "apply", str(tmp_path), "no.csv", "--text", "a", "--out", str(tmp_path / "o")],
    )

    assert told.exit_code == 2
    assert "card.toml" in told.output


def test_what_says_nothing_gets_no_label_unless_such_comments_were_learnt(learnt, tmp_path):
    file = tmp_path / "new.csv"
    write(file, [("n/a", ()), ("Still waiting for a first appointment", ())])
    _, rows = suggested(learnt[1], file, tmp_path / "out.csv")
    assert {row["chosen"] for row in rows if row["comment_id"] == rows[0]["comment_id"]} == {"0"}
    assert any(row["chosen"] == "1" for row in rows)

    taught = tmp_path / "taught.csv"
    write(
        taught, [*LABELLED, *((one, (WAIT,)) for one in ("n/a", "N/A", "none", "no", "-", "nil"))]
    )
    train(taught, COLUMNS, out=tmp_path / "taught", nlp_models=NLP_MODELS)
    assert learnt_how(tmp_path / "taught")[1]


def test_contexts_are_named_for_both_or_for_neither(learnt, tmp_path):
    file = tmp_path / "new.csv"
    write(file, [("late", ())])
    with_context, _ = learnt_how(learnt[1])
    other = Columns("comment") if with_context else Columns("comment", "question")
    with pytest.raises(BadInput, match="--context"):
        apply(learnt[1], file, other, out=tmp_path / "o.csv", nlp_models=NLP_MODELS)
