"""Models are opened whole and unchanged, or refused in words that say what to do."""

import hashlib
from pathlib import Path

import pytest

from voice.enrichment.models import ModelProblem, card, open_model

NLP_MODELS = Path(__file__).parents[2] / "nlp_models"
WORDS = b"lily\nmax\n"
CARD = f"""\
name = "names"
version = "1"
licence = "MIT"
made_from = {{ source = "written for this test" }}
how_well = ["not measured"]
where_it_fails = ["everywhere"]

[files]
"names.txt" = "{hashlib.sha256(WORDS).hexdigest()}"
"""


@pytest.fixture
def home(tmp_path):
    (tmp_path / "names").mkdir()
    (tmp_path / "names/names.txt").write_bytes(WORDS)
    (tmp_path / "names/card.toml").write_text(CARD)
    return tmp_path


def test_a_model_that_matches_its_card_is_opened(home):
    assert open_model(home, "names") == home / "names"


def test_a_tampered_file_is_refused_by_name_with_what_to_do(home):
    (home / "names/names.txt").write_bytes(WORDS + b"\n")
    with pytest.raises(ModelProblem) as refused:
        open_model(home, "names")
    assert "names.txt is not the one its card describes" in refused.value.message
    assert "Fetch it again" in refused.value.message


def test_a_missing_file_is_named(home):
    (home / "names/names.txt").unlink()
    with pytest.raises(ModelProblem, match=r"names\.txt is missing"):
        open_model(home, "names")


def test_a_file_outside_the_models_own_folder_is_refused(home):
    (home / "names/card.toml").write_text(CARD.replace("names.txt", "../names/names.txt"))
    with pytest.raises(ModelProblem, match="outside its folder"):
        open_model(home, "names")


def test_a_refused_model_is_looked_at_again(home):
    (home / "names/names.txt").write_bytes(b"max\n")
    with pytest.raises(ModelProblem):
        open_model(home, "names")
    (home / "names/names.txt").write_bytes(WORDS)
    assert open_model(home, "names") == home / "names"


def test_an_opened_model_is_not_read_again(home):
    open_model(home, "names")
    (home / "names/names.txt").unlink()
    assert open_model(home, "names") == home / "names"


def test_a_folder_without_a_card_is_refused(home):
    (home / "names/card.toml").unlink()
    with pytest.raises(ModelProblem, match=r"There is no .*card\.toml"):
        open_model(home, "names")


def test_a_card_that_lacks_its_licence_is_refused(home):
    (home / "names/card.toml").write_text(CARD.replace('licence = "MIT"\n', ""))
    with pytest.raises(ModelProblem, match="licence"):
        card(home / "names")


def test_the_embedding_model_matches_its_card_and_names_its_licence():
    folder = open_model(NLP_MODELS, "embedding")
    assert card(folder).licence == "Apache-2.0"
    assert set(card(folder).files) == {"model.onnx", "words.bin", "tokenizer.json"}
