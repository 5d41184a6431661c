"""Worries found by the phrase book and by what was learnt, together, with the real models."""

import json

import pytest

from voice.enrichment.embed import Embedder
from voice.enrichment.worry import WorryFinder, parts_of
from voice.safeguarding.detect import CONCERN_FROM, Detector
from voice.settings import Settings

MODELS = Settings().nlp_models


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder.open(MODELS, threads=1)


@pytest.fixture(scope="module")
def finder(embedder) -> WorryFinder:
    return WorryFinder.open(MODELS, embedder)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("i keep thinking everybody gets a better life once im out of it", "suicidal"),
        ("mummy crys and the plates get smashd wen he comes in", "domestic_abuse"),
        ("nobody is in wen i get home and the fridge is emty agen", "neglect"),
        ("a man off the game wants to pick me up from skool", "online_contact"),
        ("they shut me in the litle room til i stop cryin", "restraint_or_seclusion"),
    ],
)
def test_indirect_misspelt_and_childlike_words_are_noticed(finder, said, kind):
    found = finder.concerns([said])[0]
    assert found.concern
    assert kind in found.kinds


def test_what_the_phrase_book_alone_does_not_hear_is_heard(finder):
    said = "i keep thinking everybody gets a better life once im out of it"
    assert not Detector.open(MODELS).concern(said).concern
    assert finder.concerns([said])[0].concern


@pytest.mark.parametrize(
    "said",
    [
        "The art club is brilliant.",
        "We waited fourteen months for the plan and the officer never replies.",
        "i like my teacher she is kind",
        "More parking at the clinic, please.",
        "Dinner is cold",
        "The wait is 18 months and nobody rings",
        "My TA is off on Fridays",
        "",
        "😀😀😀",
    ],
)
def test_ordinary_comments_are_no_concern(finder, said):
    assert not finder.concerns([said])[0].concern


def test_because_is_the_sentence_that_tells_in_the_answers_own_words(finder):
    telling = "Some days I think everybody gets a better life once I am out of it."
    found = finder.concerns([f"The bus is late. {telling} Lunch is nice."])[0]
    assert found.because == [telling]


def test_because_of_a_plain_phrase_is_the_phrase(finder):
    assert finder.concerns(["School is ok. I want to die!"])[0].because == ["want to die"]


def test_a_comment_is_judged_the_same_alone_and_among_others(finder):
    texts = ["he hits me", "more clubs", "i dont want to be alive any more"]
    together = finder.concerns(texts)
    assert together == [finder.concerns([text])[0] for text in texts]


def test_vectors_that_are_there_already_are_used_and_change_nothing(finder, embedder):
    texts = ["he hits me", "more clubs"]
    assert finder.concerns(texts, embedder.read(texts)) == finder.concerns(texts)


def test_a_score_says_concern_from_one_number_up_and_is_never_outside_0_to_1(finder):
    lines = (MODELS / "safeguarding" / "comments.jsonl").read_text("utf-8").splitlines()[::40]
    for found in finder.concerns([json.loads(line)["text"] for line in lines]):
        assert 0 <= found.score <= 1
        assert found.concern == (found.score >= CONCERN_FROM)
        assert bool(found.kinds) == bool(found.because) == found.concern


def test_because_is_always_found_in_the_answer(finder):
    lines = (MODELS / "safeguarding" / "comments.jsonl").read_text("utf-8").splitlines()[::40]
    texts = [json.loads(line)["text"] for line in lines]
    for text, found in zip(texts, finder.concerns(texts), strict=True):
        assert all(" ".join(part.split()) in " ".join(text.split()) for part in found.because)


def test_nothing_in_gives_nothing_out(finder):
    assert finder.concerns([]) == []


def test_a_long_sentence_is_looked_at_by_its_clauses():
    assert parts_of("One. Two!\nThree") == ["One.", "Two!", "Three"]
    long = "The bus was late and " + "the driver was kind, " * 5 + "but nobody told us"
    assert parts_of(long)[0] == "The bus was late"
    assert parts_of(long)[-1] == "but nobody told us"
    assert parts_of("?!") == ["?!"]
