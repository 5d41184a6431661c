"""Themes from a CSV file, all or nothing."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from tests.themes.comments import KIND_STAFF, NON_ANSWERS, TRANSPORT, WAITING
from voice.errors import BadInput
from voice.themes import discover as module
from voice.themes.discover import FILES, Parameters, discover

NLP_MODELS = Path(__file__).parents[2] / "nlp_models"
ODD = "Ünïcödé, “quotes”\nand more"
TEXTS = ["", *WAITING, *NON_ANSWERS, *TRANSPORT, *KIND_STAFF, WAITING[0], ODD]


def write(path, texts=TEXTS, ids=None):
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["comment_id", "comment", "voice"])
        rows.writerows(
            [f"c{place}" if ids is None else ids[place], text, "parent"]
            for place, text in enumerate(texts)
        )
    return path


def run(file, out, **settings):
    others = {name: settings.pop(name) for name in ("map_file", "progress") if name in settings}
    wanted = Parameters(**{"text": "comment"} | settings)
    return discover(file, wanted, out=out, nlp_models=NLP_MODELS, **others)


def themes(out):
    return json.loads((out / "themes.json").read_text())


def assignments(out):
    text = (out / "assignments.csv").read_bytes().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("found")
    return run(write(folder / "in.csv"), folder / "out"), folder / "out"


def test_three_files_are_written_and_nothing_else(found):
    _, out = found

    assert {path.name for path in out.iterdir()} == set(FILES)
    assert [path.name for path in out.parent.iterdir() if path.name.startswith(".")] == []


def test_a_theme_has_its_name_size_share_terms_and_quotes(found):
    _, out = found

    first = themes(out)[0]
    assert list(first)[:6] == ["id", "name", "size", "share", "terms", "quotes"]
    assert first["id"] == "T001"
    assert first["size"] == len(WAITING) + 1
    assert first["share"] == round(13 / 32, 4)
    assert set(first["quotes"]) <= set(WAITING)


def test_every_comment_is_in_the_assignments_in_the_order_of_the_file(found):
    _, out = found

    rows = assignments(out)
    assert [row["comment_id"] for row in rows] == [f"c{place}" for place in range(len(TEXTS))]
    sizes = {theme["id"]: theme["size"] for theme in themes(out)}
    for theme_id, size in sizes.items():
        assert sum(row["theme_id"] == theme_id for row in rows) == size
    assert {row["theme_id"] for row in rows} == {*sizes, ""}
    assert all((row["score"] == "") == (row["theme_id"] == "") for row in rows)


def test_the_run_counts_what_is_in_no_theme_and_why(found):
    result, out = found

    kept = json.loads((out / "run.json").read_text())
    assert kept["counts"] == {
        "comments": len(TEXTS),
        "themed": len(TEXTS) - 12,
        "empty": 1,
        "non_answers": len(NON_ANSWERS),
        "not_themed": 1,
        "themes": 3,
    }
    assert kept["parameters"] == {
        "text": "comment",
        "id": None,
        "themes": None,
        "smallest": 5,
        "levels": 1,
        "vectors": "auto",
        "clauses": False,
        "engine": "local",
        "device": "cpu",
    }
    assert kept["vectors"] == "full"
    assert set(kept["seconds"]) == {"read", "embed", "find", "write"}
    assert kept["peak_memory_mb"] == result.peak_memory_mb > 20


def test_the_same_file_gives_the_same_bytes(found, tmp_path):
    _, out = found

    run(write(tmp_path / "again.csv"), tmp_path / "again")

    for name in FILES[:2]:
        assert (tmp_path / "again" / name).read_bytes() == (out / name).read_bytes()


def test_a_shuffled_file_gives_the_same_themes_to_the_same_comments(found, tmp_path):
    _, out = found
    order = np.random.default_rng(5).permutation(len(TEXTS))

    shuffled = write(
        tmp_path / "in.csv", [TEXTS[place] for place in order], [f"c{place}" for place in order]
    )
    run(shuffled, tmp_path / "out")

    assert (tmp_path / "out" / "themes.json").read_bytes() == (out / "themes.json").read_bytes()
    rows = {row["comment_id"]: row for row in assignments(out)}
    assert assignments(tmp_path / "out") == [rows[f"c{place}"] for place in order]


def test_as_many_themes_as_were_asked_for(tmp_path):
    run(write(tmp_path / "in.csv"), tmp_path / "out", themes=2)

    assert len(themes(tmp_path / "out")) == 2


def test_a_file_of_non_answers_has_no_themes_and_still_every_row(tmp_path):
    run(write(tmp_path / "in.csv", NON_ANSWERS), tmp_path / "out")

    assert themes(tmp_path / "out") == []
    assert [row["theme_id"] for row in assignments(tmp_path / "out")] == [""] * len(NON_ANSWERS)


def test_running_again_replaces_what_was_there(tmp_path):
    file = write(tmp_path / "in.csv")
    run(file, tmp_path / "out", themes=2)
    run(file, tmp_path / "out", themes=3)

    assert len(themes(tmp_path / "out")) == 3


def test_progress_is_told(tmp_path):
    told = []

    run(write(tmp_path / "in.csv"), tmp_path / "out", progress=lambda *news: told.append(news))

    different = len({*WAITING, *TRANSPORT, *KIND_STAFF}) + 1
    assert told[-1] == ("embed", different, different)


@pytest.mark.parametrize(
    ("content", "settings", "sentence"),
    [
        (b"", {}, "is empty"),
        (b"id,text\n1,a\n", {}, "no column called"),
        (b"comment\nfine\n", {"id": "ref"}, "no column called"),
        (b"comment\ncaf\xe9\n", {}, "UTF-8"),
        (b"comment\n" + b"x" * 3_000_000, {}, "longer than"),
        (b"PK\x03\x04" + bytes(5_000), {}, "Excel"),
        (b"comment_id,comment\n1,a\n1,b\n", {}, "same id"),
        (b"comment\nfine\n", {"themes": 0}, "1 or more"),
    ],
)
def test_a_file_we_cannot_use_writes_nothing(tmp_path, content, settings, sentence):
    (tmp_path / "in.csv").write_bytes(content)

    with pytest.raises(BadInput, match=sentence):
        run(tmp_path / "in.csv", tmp_path / "new" / "out", **settings)

    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_folder_that_cannot_be_written_to_is_said_in_a_sentence(tmp_path):
    file = write(tmp_path / "in.csv")

    with pytest.raises(BadInput, match="is a file"):
        run(file, file)
    with pytest.raises(BadInput, match="We cannot write to"):
        run(file, file / "below")
    with pytest.raises(BadInput, match="We cannot write to"):
        run(file, Path("/proc/voice"))


def test_what_was_there_stays_when_something_goes_wrong_at_the_end(tmp_path, monkeypatch):
    file = write(tmp_path / "in.csv")
    run(file, tmp_path / "out", themes=2)
    before = {name: (tmp_path / "out" / name).read_bytes() for name in FILES}

    def full_disk(what):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "readable", full_disk)
    with pytest.raises(BadInput, match="No space left"):
        run(file, tmp_path / "out", themes=3)

    assert {name: (tmp_path / "out" / name).read_bytes() for name in FILES} == before
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv", "out"}


def test_two_levels_name_sub_themes_and_the_part_of_each_comment(tmp_path):
    texts = [f"{text} {n}" for n in range(3) for text in (*WAITING, *TRANSPORT)]
    file = write(tmp_path / "in.csv", texts)

    run(file, tmp_path / "out", levels=2)

    rows = assignments(tmp_path / "out")
    assert list(rows[0]) == ["comment_id", "theme_id", "score", "part_id"]
    found = themes(tmp_path / "out")
    parts = {part["id"]: part["size"] for theme in found for part in theme["parts"]}
    assert parts
    for part_id, size in parts.items():
        inside = [row for row in rows if row["part_id"] == part_id]
        assert len(inside) == size
        assert {row["theme_id"] for row in inside} == {part_id.split(".")[0]}


def test_a_sample_may_be_read_in_place_of_all_and_the_run_says_so(tmp_path):
    file = write(tmp_path / "in.csv")

    done = run(file, tmp_path / "out", vectors="ridge")

    assert done.vectors == "ridge"
    assert done.counts.themes == 3


def test_a_theme_says_what_it_is_about_and_how_sure_it_is(found):
    _, out = found

    for theme in themes(out):
        assert "people wrote about this" in theme["description"]
        assert sum(theme["split"].values()) == theme["size"]
        assert -1 <= theme["separation"] <= 1
        assert 0 <= theme["between"] <= 1


def test_a_map_is_drawn_where_it_was_asked_for(tmp_path):
    run(write(tmp_path / "in.csv"), tmp_path / "out", map_file=tmp_path / "map.svg")
    assert (tmp_path / "map.svg").read_text(encoding="utf-8").startswith("<svg")
