"""What people agreed on about one question helps with the next."""

import pytest

from tests.themes.comments import KIND_STAFF, TRANSPORT, WAITING
from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder
from voice.settings import shipped_home
from voice.themes.readers import AgreedTopic, Readers, also_here, read_for

NLP_MODELS = shipped_home() / "nlp_models"
GOATS = [
    "The goats at the farm project calm him down",
    "Feeding the goats on Fridays is the best part of her week",
    "Please keep the goat farm visits going",
    "He learnt to speak to people by looking after the goats",
    "The farm with the goats made my son smile again",
]


@pytest.fixture(scope="module")
def readers():
    embedder = Embedder.open(NLP_MODELS, threads=1)
    return Readers(embedder=embedder, codebook=Codebook.open(NLP_MODELS))


def test_an_agreed_theme_that_the_codebook_does_not_know_becomes_a_topic(readers):
    topic = AgreedTopic("The goat farm", {}, GOATS, readers.embedder.read(GOATS))
    said = ["I love to see the goats at the farm", *TRANSPORT, *WAITING, *KIND_STAFF]

    known = read_for(readers, said, readers.embedder.read(said), [topic])

    assert known.learnt == 1
    assert known.codebook is not None
    likely = known.codebook.probabilities(known.domain).argmax(axis=1)
    names = [known.codebook.topics[int(one)].name for one in likely]
    assert names[0] == "The goat farm"
    assert "The goat farm" not in names[1:], "it draws in nothing else"


def test_a_theme_of_another_question_that_nobody_here_speaks_of_is_left_out(readers):
    topic = AgreedTopic("The goat farm", {}, GOATS, readers.embedder.read(GOATS))
    taxis = readers.embedder.read(TRANSPORT)
    assert also_here([topic], taxis, 3) == []
    assert also_here([topic], readers.embedder.read([*TRANSPORT, *GOATS[:4]]), 3) == [topic]
    assert also_here([], taxis, 3) == []


def test_an_agreed_theme_that_is_a_topic_already_is_not_learnt_twice(readers):
    taxis = [f"The school taxi was {n} minutes late again" for n in range(5, 12)]
    topic = AgreedTopic("Late taxis", {}, taxis, readers.embedder.read(taxis))

    known = read_for(readers, taxis, readers.embedder.read(taxis), [topic])

    assert known.learnt == 0
    assert known.codebook is readers.codebook
