"""What was asked: a question of one survey, or of a family of surveys that share it."""

from collections.abc import Sequence

from msgspec import Struct

from voice.errors import VoiceError
from voice.staff.people import Person
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import Survey


class QuestionNotFound(VoiceError):
    """The survey has no such question, or it does not ask for words."""

    status = 404
    title = "We cannot find that question"


class Wording(Struct, frozen=True):
    """How one survey asks the question."""

    survey: str
    words: str


class Asked(Struct, frozen=True):
    """A question that people answer in words, as one survey or a whole family asks it.

    `name` says of whom it was asked, `words` how the first of the surveys puts it.
    """

    asked_of: str
    question_id: str
    name: str
    words: str
    survey_ids: list[str]
    wordings: list[Wording]
    family: bool

    @property
    def address(self) -> str:
        """The address of the question's page."""
        return f"/staff/questions/{self.asked_of}/{self.question_id}"

    def job_key(self, wave: str | None) -> str:
        """Return the key under which finding its themes is queued once."""
        return f"{self.asked_of}/{self.question_id}/{wave or ''}"


def find(catalogue: Catalogue, asked_of: str, question_id: str) -> Asked:
    """Return the question with this id of a survey or a family.

    Raises:
        SurveyNotFound: there is no such survey or family.
        QuestionNotFound: none of its surveys asks this for words.
    """
    surveys = [s for s in catalogue.members(asked_of) if _words(s, question_id)]
    if not surveys:
        raise QuestionNotFound("Go to the list of questions and choose one there.")
    return _asked(asked_of, question_id, surveys, family=asked_of not in catalogue.by_id)


def find_for(person: Person, catalogue: Catalogue, asked_of: str, question_id: str) -> Asked:
    """Return a question that this person may see.

    Raises:
        SurveyNotFound, QuestionNotFound: as `find`, and where the person may not see it: nobody
            learns from the answer that there is such a question.
    """
    found = find(catalogue, asked_of, question_id)
    if not person.may_see(found.survey_ids):
        raise QuestionNotFound("Go to the list of questions and choose one there.")
    return found


def every(catalogue: Catalogue) -> list[Asked]:
    """Return each question that asks for words: families first, then survey by survey."""
    found: dict[tuple[str, str], list[Survey]] = {}
    for survey in catalogue.surveys:
        for question in survey.comments:
            found.setdefault((survey.family, question.id), []).append(survey)
    together = [
        _asked(family, question_id, surveys, family=True)
        for (family, question_id), surveys in found.items()
        if family and len(surveys) > 1
    ]
    alone = [
        _asked(survey.id, question.id, [survey], family=False)
        for survey in catalogue.surveys
        for question in survey.comments
    ]
    return together + alone


def every_for(person: Person, catalogue: Catalogue) -> list[Asked]:
    """Return each question of `every` that this person may see."""
    return [one for one in every(catalogue) if person.may_see(one.survey_ids)]


def _asked(asked_of: str, question_id: str, surveys: Sequence[Survey], *, family: bool) -> Asked:
    wordings = [Wording(survey.title, _words(survey, question_id)) for survey in surveys]
    name = "All surveys together" if family else surveys[0].title
    ids = [survey.id for survey in surveys]
    return Asked(asked_of, question_id, name, wordings[0].words, ids, wordings, family)


def _words(survey: Survey, question_id: str) -> str:
    return next((question.ask for question in survey.comments if question.id == question_id), "")
