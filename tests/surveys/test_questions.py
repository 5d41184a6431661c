"""Each kind of question reads its own answer."""

import pytest

from voice.surveys.questions import (
    DONT_KNOW,
    SKIPPED,
    Answer,
    AnswerProblem,
    ChooseMany,
    ChooseOne,
    Comment,
    Faces,
    Option,
    Scale,
)

OPTIONS = (
    Option(value="good", label="Good", picture="happy.svg"),
    Option(value="bad", label="Bad", picture="sad.svg"),
    Option(value="dont_know", label="I’m not sure", picture="not-sure.svg", dont_know=True),
)
ONE = ChooseOne(id="food", ask="How is the food?", options=OPTIONS)
FACES = Faces(id="food", ask="How is the food?", options=OPTIONS)
MANY = ChooseMany(id="food", ask="What is the food like?", options=OPTIONS)
SCALE = Scale(id="score", ask="How is lunch?", low="Bad", high="Good")
COMMENT = Comment(id="more", ask="What else?", max_characters=10)

READ = [
    (ONE, [], SKIPPED),
    (ONE, ["good"], Answer("answered", "good")),
    (ONE, ["dont_know"], DONT_KNOW),
    (FACES, [], SKIPPED),
    (FACES, ["bad"], Answer("answered", "bad")),
    (FACES, ["dont_know"], DONT_KNOW),
    (MANY, [], SKIPPED),
    (MANY, ["bad", "good", "bad"], Answer("answered", ["good", "bad"])),
    (MANY, ["dont_know"], DONT_KNOW),
    (SCALE, [], SKIPPED),
    (SCALE, ["0"], Answer("answered", 0)),
    (SCALE, ["10"], Answer("answered", 10)),
    (SCALE, ["dont_know"], DONT_KNOW),
    (COMMENT, [], SKIPPED),
    (COMMENT, [" \r\n\t "], SKIPPED),
    (COMMENT, ["chips"], Answer("answered", "chips")),
    (COMMENT, [" hot\r\nchips "], Answer("answered", "hot\nchips")),
    (COMMENT, ["0123456789"], Answer("answered", "0123456789")),
]

REFUSED = [
    (ONE, ["soup"], "Choose one of the answers on this page."),
    (ONE, [""], "Choose one of the answers on this page."),
    (ONE, ["good", "bad"], "Choose one of the answers on this page."),
    (FACES, ["soup"], "Choose one of the answers on this page."),
    (MANY, ["good", "soup"], "Tick only answers that are on this page."),
    (MANY, ["good", "dont_know"], "Tick “I’m not sure” on its own, or untick it."),
    (SCALE, ["11"], "Choose one number from 0 to 10."),
    (SCALE, ["-1"], "Choose one number from 0 to 10."),
    (SCALE, ["5.5"], "Choose one number from 0 to 10."),
    (SCALE, ["٣"], "Choose one number from 0 to 10."),
    (SCALE, ["5", "6"], "Choose one number from 0 to 10."),
    (
        COMMENT,
        ["0123456789abc"],
        "That is 3 letters too long. Take some words out, then press Next. "
        "All your words are still here.",
    ),
]


@pytest.mark.parametrize(("question", "given", "answer"), READ)
def test_a_question_reads_what_the_form_sent(question, given, answer):
    assert question.read(given) == answer


@pytest.mark.parametrize(("question", "given", "message"), REFUSED)
def test_a_question_refuses_what_it_cannot_keep(question, given, message):
    with pytest.raises(AnswerProblem) as refused:
        question.read(given)

    assert refused.value.message == message
    assert not any(words in refused.value.message for words in given if words in ("soup", "abc"))
