"""Patterns that may show that somebody did not understand: found, and nothing else done to them."""

from voice.answering.patterns import patterns_in
from voice.surveys.order import swapped
from voice.surveys.questions import Answer, Faces, Option
from voice.surveys.survey import Survey, Welcome


def faces(page_id: str, opposite_of: str | None = None) -> Faces:
    options = (
        Option(value="yes", label="Yes"),
        Option(value="sometimes", label="Sometimes"),
        Option(value="no", label="No"),
        Option(value="dont_know", label="Not sure", dont_know=True),
    )
    return Faces(id=page_id, ask=f"{page_id}?", options=options, opposite_of=opposite_of)


def survey(*pages: Faces) -> Survey:
    return Survey(
        id="s", title="t", audience="a", voice="child", wave="w", pages=pages,
        welcome=Welcome(text=("w",)),
    )  # fmt: skip


FOUR = survey(*(faces(name) for name in "abcd"))
OPPOSITES = survey(faces("listened"), faces("ignored", opposite_of="listened"))


def given(**values: str) -> dict[str, Answer]:
    return {name: Answer("answered", value) for name, value in values.items()}


def test_the_same_answer_to_a_question_and_its_opposite_is_a_pattern():
    assert patterns_in(OPPOSITES, given(listened="yes", ignored="yes")) == ["opposites_alike"]
    assert patterns_in(OPPOSITES, given(listened="yes", ignored="no")) == []
    assert patterns_in(OPPOSITES, given(listened="yes")) == []


def test_who_is_not_sure_twice_shows_no_pattern():
    unsure = {"listened": Answer("dont_know"), "ignored": Answer("dont_know")}
    assert patterns_in(OPPOSITES, unsure) == []


def test_always_the_first_or_the_last_answer_is_a_pattern_from_four_answers_on():
    assert patterns_in(FOUR, given(a="yes", b="yes", c="yes", d="yes")) == ["always_first"]
    assert patterns_in(FOUR, given(a="no", b="no", c="no", d="no")) == ["always_last"]
    assert patterns_in(FOUR, given(a="yes", b="yes", c="yes", d="no")) == []
    assert patterns_in(FOUR, given(a="yes", b="yes", c="yes")) == []


def test_a_place_is_the_one_that_the_person_saw():
    answers = given(a="no", b="no", c="no", d="no")
    assert patterns_in(swapped(FOUR), answers) == ["always_first"]


def test_the_other_order_keeps_not_sure_last_and_twice_is_as_it_was():
    other = swapped(FOUR)
    page = other.pages[0]
    assert isinstance(page, Faces)
    assert [option.value for option in page.options] == [
        "no", "sometimes", "yes", "dont_know",
    ]  # fmt: skip
    assert swapped(other) == FOUR
