"""The codebook: its topics, and what it makes of a comment."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.themes.comments import KIND_STAFF, TRANSPORT, WAITING
from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder
from voice.enrichment.models import ModelProblem
from voice.surveys.framework import load_frameworks

HOME = Path(__file__).parents[2]
NLP_MODELS = HOME / "nlp_models"


@pytest.fixture(scope="module")
def codebook():
    return Codebook.open(NLP_MODELS)


@pytest.fixture(scope="module")
def read():
    return Embedder.open(NLP_MODELS, threads=1).read


def test_plain_cases_get_their_topic(codebook, read):
    said = {
        "The taxi to school did not turn up again": "transport",
        "Two years on the list for an autism assessment": "autism_wait",
        "Nobody returns my calls or emails": "no_reply",
        "other kids call me names and push me": "bullying",
    }
    likely = codebook.probabilities(read(list(said)).domain)
    assert [codebook.topics[best].id for best in likely.argmax(axis=1)] == list(said.values())


def test_probabilities_are_one_row_a_comment_and_add_up_to_one(codebook, read):
    likely = codebook.probabilities(read(["a taxi", "a bus", "a train"]).domain)
    assert likely.shape == (3, len(codebook.topics))
    assert likely.dtype == np.float32
    assert likely.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_it_knows_comments_about_send_and_not_those_about_banks(codebook, read):
    about_banks = ["My card was declined", "How do I top up?", "The exchange rate is wrong"]
    assert codebook.knows(read([*WAITING, *TRANSPORT, *KIND_STAFF]).vectors) > 0.7
    assert codebook.knows(read(about_banks).vectors) == 0


def test_every_topic_has_comments_a_name_and_areas_that_exist(codebook):
    lines = (NLP_MODELS / "codebook/comments.jsonl").read_text(encoding="utf-8").splitlines()
    spoken = [json.loads(line)["topic"] for line in lines]
    frameworks = load_frameworks(HOME / "surveys/frameworks")
    exist = {(framework.id, area.id) for framework in frameworks for area in framework.areas}
    assert set(spoken) - {"none"} == {topic.id for topic in codebook.topics}
    assert min(spoken.count(topic.id) for topic in codebook.topics) >= 25
    for topic in codebook.topics:
        assert {(name, area) for name, areas in topic.areas.items() for area in areas} <= exist
    assert len({topic.name for topic in codebook.topics}) == len(codebook.topics)


def test_changed_topics_are_refused(tmp_path):
    shutil.copytree(NLP_MODELS / "codebook", tmp_path / "codebook")
    topics = tmp_path / "codebook/topics.json"
    topics.write_text(topics.read_text(encoding="utf-8").replace("Bullying", "Fun"), "utf-8")
    with pytest.raises(ModelProblem, match=r"topics\.json"):
        Codebook.open(tmp_path)
