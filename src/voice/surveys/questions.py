"""The kinds of page a survey can show, and how each reads its own answer.

To add a kind: one class here, one template in `templates/questions/`, one row in
`tests/surveys/test_questions.py`. The tag is the name of the template. A kind that is answered in a
new way must be told to paper and to devices without a connection as well: docs/change-drill.md.
"""

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct

from voice.errors import VoiceError
from voice.languages.say import later, say, say_many

Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]

State = Literal["answered", "skipped", "dont_know", "not_shown"]
"""What became of a question. The four are stored apart, because they mean different things."""


class AnswerProblem(VoiceError):
    """The answer cannot be kept as given. The message is shown beside the question."""

    status = 422
    title = later("There is a problem with your answer")


class Answer(Struct, frozen=True):
    """What became of one question; `value` is None unless `state` is "answered".

    `observed`: an adult wrote down what they saw, because the child could not choose.
    """

    state: State
    value: str | int | list[str] | None = None
    observed: bool = False


SKIPPED = Answer("skipped")
DONT_KNOW = Answer("dont_know")


class When(Struct, frozen=True, forbid_unknown_fields=True):
    """Show the page only when the earlier `question` was answered with one of `is_one_of`."""

    question: Id
    is_one_of: Annotated[tuple[str, ...], Meta(min_length=1)]


class Option(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing a person can choose.

    `picture` is a file in the survey's `pictures/` or in `surveys/pictures/`. An option with
    `dont_know` is stored as the state "dont_know", never counted as an answer.
    """

    value: Id
    label: str
    picture: str = ""
    dont_know: bool = False


class Page(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every page has: one thing to read or to answer. No question must be answered.

    `photo` says which photo of their own somebody may put in the picture's place.
    """

    id: Id
    ask: str
    hint: str = ""
    picture: str = ""
    photo: str = ""
    when: When | None = None


class Information(Page, frozen=True, tag="information"):
    """Something to read, a sentence or two to a paragraph; nothing to answer."""

    text: Annotated[tuple[str, ...], Meta(min_length=1)]


class Question(Page, frozen=True):
    """A page that can be answered."""

    def read(self, given: Sequence[str]) -> Answer:
        """Return what was answered.

        Args:
            given: the values the form sent for this question; empty when nothing was picked.

        Raises:
            AnswerProblem: the answer cannot be kept as given.
        """
        raise NotImplementedError


class ChooseOne(Question, frozen=True, tag="choose_one"):
    """Radio buttons: the respondent chooses one option, or misses the question.

    `opposite_of` names an earlier question whose answers mean the opposite: who gives both the
    same answer may not have understood, and reports say how many do.
    """

    options: Annotated[tuple[Option, ...], Meta(min_length=2, max_length=12)]
    opposite_of: Id | None = None

    def read(self, given: Sequence[str]) -> Answer:
        """Return the chosen option's value.

        Raises:
            AnswerProblem: several values, or one that is not on offer.
        """
        if not given:
            return SKIPPED
        chosen = [option for option in self.options if option.value == given[0]]
        if len(given) != 1 or not chosen:
            raise AnswerProblem(say("Choose one of the answers on this page."))
        return DONT_KNOW if chosen[0].dont_know else Answer("answered", given[0])


class Faces(ChooseOne, frozen=True, tag="faces"):
    """Radio buttons with a face and words for each option; `check` wants a picture on each."""


class ChooseMany(Question, frozen=True, tag="choose_many"):
    """Tick boxes: the respondent ticks any number of options, or misses the question."""

    options: Annotated[tuple[Option, ...], Meta(min_length=2, max_length=20)]

    def read(self, given: Sequence[str]) -> Answer:
        """Return the ticked options' values in the order of the survey, each once.

        Raises:
            AnswerProblem: a value that is not on offer, or "I don't know" beside another answer.
        """
        if not given:
            return SKIPPED
        if not set(given) <= {option.value for option in self.options}:
            raise AnswerProblem(say("Tick only answers that are on this page."))
        ticked = [option for option in self.options if option.value in given]
        if any(option.dont_know for option in ticked):
            if len(ticked) > 1:
                unsure = next(option.label for option in ticked if option.dont_know)
                raise AnswerProblem(
                    say("Tick “%(answer)s” on its own, or untick it.", answer=unsure)
                )
            return DONT_KNOW
        return Answer("answered", [option.value for option in ticked])


class Scale(Question, frozen=True, tag="scale"):
    """A whole number from 0 to 10, for parents and carers: it keeps the forum's yearly trend."""

    low: str
    high: str
    dont_know: str = "I don’t know"

    def read(self, given: Sequence[str]) -> Answer:
        """Return the number.

        Raises:
            AnswerProblem: anything but one whole number from 0 to 10.
        """
        if not given:
            return SKIPPED
        if list(given) == ["dont_know"]:
            return DONT_KNOW
        if len(given) != 1 or given[0] not in {str(number) for number in range(11)}:
            raise AnswerProblem(say("Choose one number from 0 to 10."))
        return Answer("answered", int(given[0]))


class Comment(Question, frozen=True, tag="comment"):
    """A box to write in. The words go on to enrichment; nothing else does."""

    max_characters: Annotated[int, Meta(ge=1, le=5000)] = 2000

    def read(self, given: Sequence[str]) -> Answer:
        """Return the words with browser line ends made plain.

        Raises:
            AnswerProblem: longer than `max_characters`.
        """
        words = "\n".join(given).replace("\r\n", "\n").strip()
        over = len(words) - self.max_characters
        if over > 0:
            raise AnswerProblem(
                say_many(
                    "That is %(n)s letter too long. Take some words out, then press Next. "
                    "All your words are still here.",
                    "That is %(n)s letters too long. Take some words out, then press Next. "
                    "All your words are still here.",
                    over,
                )
            )
        return Answer("answered", words) if words else SKIPPED


AnyPage = Information | ChooseOne | Faces | ChooseMany | Scale | Comment
