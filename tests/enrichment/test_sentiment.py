"""Praise and complaint, with the model that is shipped."""

import numpy as np
import pytest

from voice.enrichment.embed import Embedder
from voice.enrichment.sentiment import Sentiment
from voice.settings import shipped_home

NLP_MODELS = shipped_home() / "nlp_models"


@pytest.fixture(scope="module")
def feelings():
    model, embed = Sentiment.open(NLP_MODELS), Embedder.open(NLP_MODELS, threads=1).embed
    return lambda texts: model.feelings(embed(texts)).tolist()


def test_plain_praise_and_plain_complaint_are_told_apart(feelings):
    praise = [
        "The staff are wonderful and so kind to my son",
        "Everything was explained clearly, thank you",
        "I love my school",
    ]
    complaint = [
        "We have waited two years and nobody answers",
        "The plan is full of mistakes and they refuse to correct it",
        "It is too loud and I hate it",
    ]
    assert feelings(praise) == [1, 1, 1]
    assert feelings(complaint) == [-1, -1, -1]


def test_a_comment_that_was_not_read_is_neither(feelings):
    model = Sentiment.open(NLP_MODELS)
    assert model.feelings(np.zeros((2, 384), dtype=np.float32)).tolist() == [0, 0]
