"""The short codes printed beside questions and answers, so that paper and screen agree.

Questions are counted from 1; the pages that only tell something are not counted. The answers of
question 3 are 3a, 3b and so on; a number from 0 to 10 is its own code.
"""

from string import ascii_lowercase

from voice.languages.say import say
from voice.surveys.questions import AnyPage, ChooseMany, ChooseOne, Option, Scale, When
from voice.surveys.survey import Survey


def numbers(survey: Survey) -> dict[str, int]:
    """Return {question id: its number on paper}, from 1, in the order of the survey."""
    return {question.id: place for place, question in enumerate(survey.questions, 1)}


def coded(page: AnyPage, number: int) -> list[tuple[str, Option]]:
    """Return the page's options, each after its code; none for a page without options."""
    options = page.options if isinstance(page, ChooseOne | ChooseMany) else ()
    return [
        (f"{number}{letter}", option)
        for letter, option in zip(ascii_lowercase, options, strict=False)
    ]


def only_if(survey: Survey, page: AnyPage) -> str:
    """Return for whom the page is, in words for paper; empty when it is for everybody.

    It is said in the language that is spoken: speak the language of the paper.
    """
    asked = survey.page(page.when.question) if page.when else None
    if page.when is None or asked is None:
        return ""
    number = numbers(survey)[asked.id]
    if isinstance(asked, Scale):
        values = [
            asked.dont_know if value == "dont_know" else value for value in page.when.is_one_of
        ]
        return say(
            "Did you tick %(answers)s in question %(n)s? Then answer this.",
            answers=_any_of(values),
            n=number,
        )
    marks = [code for code, option in coded(asked, number) if _meets(option, page.when)]
    return say("Did you tick %(answers)s? Then answer this.", answers=_any_of(marks))


def _meets(option: Option, when: When) -> bool:
    return ("dont_know" if option.dont_know else option.value) in when.is_one_of


def _any_of(marks: list[str]) -> str:
    *most, last = marks
    return say("%(most)s or %(last)s", most=say(", ").join(most), last=last) if most else last
