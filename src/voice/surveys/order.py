"""The faces of a question in the other order, for every second person.

Some people choose what stands first, or last, whatever is asked. When half of them see the other
order, a report can tell how much of an answer is its place.
"""

from msgspec import structs

from voice.surveys.questions import AnyPage, Faces
from voice.surveys.survey import Survey

SWAPPED = ".swapped"
"""What stands behind a page's id where its words are said in the other order."""


def swapped(survey: Survey) -> Survey:
    """Return the survey with the faces of each question in the other order; twice is as it was."""
    return structs.replace(
        survey,
        pages=tuple(swapped_page(page) for page in survey.pages),
        practice=survey.practice and swapped_page(survey.practice),
    )


def swapped_page(page: AnyPage) -> AnyPage:
    """Return the page with its faces in the other order; “I’m not sure” stays the last."""
    if not isinstance(page, Faces):
        return page
    chosen = [option for option in page.options if not option.dont_know]
    unsure = [option for option in page.options if option.dont_know]
    return structs.replace(page, options=(*reversed(chosen), *unsure))
