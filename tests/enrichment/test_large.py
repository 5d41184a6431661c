"""The large model, where somebody has made it."""

import shutil

import numpy as np
import pytest

from voice.enrichment.codebook import Codebook
from voice.enrichment.large import WIDTH, Large
from voice.enrichment.models import ModelProblem
from voice.settings import shipped_home

NLP_MODELS = shipped_home() / "nlp_models"
MADE = (NLP_MODELS / "large/model.onnx").exists()


def test_without_the_large_model_there_is_none_and_no_complaint(tmp_path):
    assert Large.open(tmp_path) is None


def test_a_large_model_that_is_not_the_one_of_its_card_is_refused(tmp_path):
    shutil.copytree(NLP_MODELS / "large", tmp_path / "large")
    (tmp_path / "large/model.onnx").write_bytes(b"something else")
    with pytest.raises(ModelProblem, match=r"not the one its card describes|is missing"):
        Large.open(tmp_path)


def test_tokens_are_told_apart_singly_when_near_and_coarsely_when_far():
    large = Large(NLP_MODELS / "large", 1)
    apart = large._apart_for(200)

    assert apart.shape == (1, 12, 200, 200)
    first = apart[0, 0]
    before, after = first[199, ::-1], first[0]
    assert len(set(before[:8])) == len(set(after[:8])) == 8
    assert len(set(before[128:199])) == len(set(after[128:])) == 1
    assert before[3] == first[50, 47]
    assert after[3] == first[50, 53]
    assert before[3] != after[3]


def test_its_classifier_knows_the_same_topics():
    small = Codebook.open(NLP_MODELS)
    large = Large(NLP_MODELS / "large", 1).codebook(small)

    assert large.topics == small.topics
    assert large.weights.shape == (len(small.topics) + 1, WIDTH)
    assert large.knows(small.middles[:1]) == small.knows(small.middles[:1])


@pytest.mark.skipif(not MADE, reason="made by hand: make large")
def test_it_hears_what_plain_comments_are_about():
    large = Large.open(NLP_MODELS, threads=1)
    assert large
    codebook = large.codebook(Codebook.open(NLP_MODELS))
    texts = ["The taxi to school did not turn up again", "Nobody returns my calls or emails"]

    vectors = large.read(texts)

    best = codebook.probabilities(vectors).argmax(axis=1)
    assert [codebook.topics[one].id for one in best] == ["transport", "no_reply"]
    assert large.read(texts[1:]).tobytes() == vectors[1:].tobytes()
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
