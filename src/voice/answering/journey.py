"""The way through a survey, worked out afresh from the answers each time.

Nothing about the journey is stored: given the survey and the answers so far, the pages
a person sees and the page that comes next follow.
"""

from collections.abc import Mapping

from msgspec import Struct

from voice.languages.language import Language, language_of
from voice.languages.say import say
from voice.surveys.questions import (
    Answer,
    AnyPage,
    ChooseMany,
    ChooseOne,
    Information,
    Option,
    Scale,
    When,
)
from voice.surveys.survey import Survey

Answers = Mapping[str, Answer]


class Progress(Struct, frozen=True):
    """Where a question stands: `number` from 1 to `total`; both change with the route."""

    number: int
    total: int


class Line(Struct, frozen=True):
    """One line of the page where a person checks their answers.

    `language` is that of a chosen answer; None for what the person wrote, and for our own words.
    """

    page_id: str
    ask: str
    words: str
    answered: bool
    language: Language | None


def pages_for(survey: Survey, answers: Answers) -> list[AnyPage]:
    """Return the pages this person sees, in order, given their answers so far.

    A page that hangs on a question which is not shown itself is not shown either.
    """
    shown: dict[str, AnyPage] = {}
    for page in survey.pages:
        if page.when is None or (page.when.question in shown and _met(page.when, answers)):
            shown[page.id] = page
    return list(shown.values())


def _met(when: When, answers: Answers) -> bool:
    answer = answers.get(when.question)
    if answer is None:
        return False
    if answer.state == "dont_know":
        return "dont_know" in when.is_one_of
    given = answer.value if isinstance(answer.value, list) else [str(answer.value)]
    return answer.state == "answered" and not set(given).isdisjoint(when.is_one_of)


def page_after(survey: Survey, answers: Answers, page_id: str) -> AnyPage | None:
    """Return the page that follows `page_id`, or None at the end."""
    pages = pages_for(survey, answers)
    here = [page.id for page in pages].index(page_id)
    return pages[here + 1] if here + 1 < len(pages) else None


def page_before(survey: Survey, answers: Answers, page_id: str) -> AnyPage | None:
    """Return the page that stands before `page_id`, or None at the start."""
    pages = pages_for(survey, answers)
    here = [page.id for page in pages].index(page_id)
    return pages[here - 1] if here else None


def first_unanswered(survey: Survey, answers: Answers, after: str = "") -> AnyPage | None:
    """Return the first question with nothing kept for it yet, or None when all have something.

    With `after`, look only behind that page: where a person goes who came back to change it.
    """
    pages = pages_for(survey, answers)
    if after:
        pages = pages[[page.id for page in pages].index(after) + 1 :]
    for page in pages:
        if not isinstance(page, Information) and page.id not in answers:
            return page
    return None


def progress(survey: Survey, answers: Answers, page_id: str) -> Progress | None:
    """Return where a question stands; None for a page with nothing to answer."""
    asked = [p.id for p in pages_for(survey, answers) if not isinstance(p, Information)]
    return Progress(asked.index(page_id) + 1, len(asked)) if page_id in asked else None


def summary(survey: Survey, answers: Answers) -> list[Line]:
    """Return what a person said, question by question, in the words of the survey."""
    return [
        _line(page, answers.get(page.id))
        for page in pages_for(survey, answers)
        if not isinstance(page, Information)
    ]


def in_words(page: AnyPage, answer: Answer | None) -> str:
    """Return an answer as the person saw it: labels for choices, the words of a comment."""
    if answer is None or answer.state in ("skipped", "not_shown"):
        return say("You missed this question")
    if answer.state == "dont_know":
        return _unsure(page)
    if isinstance(page, ChooseOne | ChooseMany):
        given = answer.value if isinstance(answer.value, list) else [answer.value]
        return say(", ").join(option.label for option in page.options if option.value in given)
    return str(answer.value)


def as_given(page: AnyPage, answer: Answer | None) -> list[str]:
    """Return the form values that an answer came from, to fill the page in again."""
    if answer is None:
        return []
    if answer.state == "dont_know":
        unsure = _unsure_option(page)
        return [unsure.value if unsure else "dont_know"]
    if answer.state != "answered":
        return []
    return answer.value if isinstance(answer.value, list) else [str(answer.value)]


def _unsure(page: AnyPage) -> str:
    option = _unsure_option(page)
    if option:
        return option.label
    return page.dont_know if isinstance(page, Scale) else say("I don’t know")


def _unsure_option(page: AnyPage) -> Option | None:
    options = page.options if isinstance(page, ChooseOne | ChooseMany) else ()
    return next((option for option in options if option.dont_know), None)


def _line(page: AnyPage, answer: Answer | None) -> Line:
    answered = answer is not None and answer.state in ("answered", "dont_know")
    chosen = answered and isinstance(page, ChooseOne | ChooseMany | Scale)
    language = language_of(page.ask) if chosen else None
    return Line(page.id, page.ask, in_words(page, answer), answered, language)
