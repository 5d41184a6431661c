from pathlib import Path

import pytest

from voice.enrichment.models import open_model
from voice.errors import BadInput
from voice.safeguarding.detect import Detector

MODELS = Path(__file__).parents[2] / "nlp_models"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector.open(MODELS)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("i want to be ded", "suicidal"),
        ("everyone would be better off without me", "suicidal"),
        ("i dont want to be alive", "suicidal"),
        ("i cut myself when it gets too much", "self_harm"),
        ("my step dad hits me wiv his belt", "physical_abuse"),
        ("he toches me were i dont like it", "sexual_abuse"),
        ("mummy says she wishes she never had me", "emotional_abuse"),
        ("there is no food in are house on sundays", "neglect"),
        ("daddy hits mummy", "domestic_abuse"),
        ("they all bulley me", "bullying"),
        ("older lads give me vapes to carry stuff", "exploitation"),
        ("they lock me in the small room", "restraint_or_seclusion"),
        ("i am going to run away", "running_away"),
        ("ive stopped eating", "eating"),
        ("met a guy online, hes 30", "online_contact"),
        ("Nobody gave him his insulin at school", "medical_neglect"),
        ("I am at breaking point", "breaking_point"),
    ],
)
def test_every_kind_of_worry_is_noticed_in_the_words_people_use(detector, said, kind):
    found = detector.concern(said)
    assert found.concern
    assert kind in found.kinds


@pytest.mark.parametrize(
    "said",
    [
        "I could kill for a lunch club",
        "dying to get to college",
        "the chips are to die for",
        "im killing time in the library",
        "my phone was dead so I was late",
        "We cut and paste the same targets every year.",
        "We were beaten to the last place.",
        "He is a beautiful boy who hurts nobody.",
        "The caseworker never replies to e-mails.",
        "",
        "😀😀😀",
    ],
)
def test_sayings_and_plain_complaints_are_no_concern(detector, said):
    assert not detector.concern(said).concern


def test_a_denial_lowers_the_score_but_never_clears_it(detector):
    said, denied = detector.concern("i am bullied"), detector.concern("i am not bullied")
    assert 0 < denied.score < said.score
    assert not denied.concern


def test_no_one_noticing_is_not_a_denial(detector):
    assert detector.concern("no one noticed that i cut myself").concern


def test_because_gives_the_answers_own_words(detector):
    found = detector.concern("School is ok. Sumtimes I “WISH I was ded”!")
    assert found.because == ["WISH I was ded"]


def test_a_phrase_never_reaches_from_one_sentence_into_the_next(detector):
    assert detector.concern("I want to go. Die Hard is on.").score < 0.9


def test_more_worries_score_higher_and_no_word_counts_twice(detector):
    one = detector.concern("i am bullied")
    two = detector.concern("i am bullied and i want to die")
    assert one.score < two.score <= 1
    assert detector.concern("i am bullied").score == one.score


def test_the_county_is_not_read_as_hurts(detector):
    assert detector.concern("Herts is a big county").score == 0


def test_the_phrases_are_those_their_card_describes():
    assert open_model(MODELS, "safeguarding").name == "safeguarding"


def test_a_broken_phrase_book_is_named_without_a_stack_trace(tmp_path):
    folder = tmp_path / "safeguarding"
    folder.mkdir()
    (folder / "phrases.toml").write_text("worries = 3")
    with pytest.raises(BadInput, match=r"phrases\.toml"):
        Detector.open(tmp_path)
