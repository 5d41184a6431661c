"""Whether people are asked for words: only while somebody is there to read them."""

from collections.abc import Mapping

from msgspec import structs

from voice.languages.say import later
from voice.surveys.questions import Answer, Comment
from voice.surveys.survey import Survey, SurveyNotFound


def without_words(survey: Survey, answers: Mapping[str, Answer] | None = None) -> Survey:
    """Return the survey without the questions for words; what was written already stays on it.

    Raises:
        SurveyNotFound: nothing else is asked, so there is nothing to answer now.
    """
    written = {page_id for page_id, one in (answers or {}).items() if one.state == "answered"}
    pages = tuple(
        page for page in survey.pages if not isinstance(page, Comment) or page.id in written
    )
    if not pages:
        raise SurveyNotFound(later("Go back to the start of the survey."))
    return structs.replace(survey, pages=pages)
