"""All surveys in all their wordings, read once when the program starts."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Self, get_args

from msgspec import Struct

from voice.languages.language import (
    ENGLISH,
    Language,
    language_of_wording,
    translated_wording,
)
from voice.languages.say import later
from voice.surveys.pictures import PictureNotFound
from voice.surveys.sources import Shown, own_pictures, shared_pictures
from voice.surveys.survey import BadSurvey, Survey, SurveyNotFound, Voice, load
from voice.surveys.words import Words, lay_over, load_words

CHECK_THE_LINK = later("Check the link you were given, or ask someone you trust.")
VOICES = get_args(Voice)


class Catalogue(Struct, frozen=True):
    """The surveys on offer, by id: children's first, then in the order of `Voice`, then by id.

    `shown` has the pictures that each survey may show, by survey id and name; `pictures` their
    files alone.
    """

    by_id: Mapping[str, Survey]
    words: Mapping[str, Mapping[str, Words]]
    worded: Mapping[tuple[str, str], Survey]
    pictures: Mapping[str, Mapping[str, Path]]
    shown: Mapping[str, Mapping[str, Shown]]

    @classmethod
    def read(cls, home: Path, council: Path | None = None) -> Self:
        """Return every survey in `home`, the folder with one folder for each survey.

        `council` is the folder with the council's own pictures, which come before those of `home`.

        Raises:
            BadSurvey: a file cannot be read, or its words do not fit the survey.
        """
        surveys = sorted(
            (load(file.parent) for file in home.glob("*/survey.toml")),
            key=lambda survey: (VOICES.index(survey.voice), survey.id),
        )
        words = {survey.id: load_words(home / survey.id) for survey in surveys}
        shared = shared_pictures(home, council)
        shown = {survey.id: shared | own_pictures(home / survey.id) for survey in surveys}
        return cls(
            by_id={survey.id: survey for survey in surveys},
            words=words,
            worded={
                (survey.id, wording): worded
                for survey in surveys
                for wording, worded in _every_wording(survey, words[survey.id]).items()
            },
            pictures={
                survey_id: {name: one.file for name, one in these.items()}
                for survey_id, these in shown.items()
            },
            shown=shown,
        )

    @property
    def surveys(self) -> list[Survey]:
        """All surveys in their own words, in the catalogue's order."""
        return list(self.by_id.values())

    def find(self, survey_id: str, wording: str = "") -> Survey:
        """Return the survey in its own words, or in another wording.

        Raises:
            SurveyNotFound: there is no such survey, or it has no such wording.
        """
        found = self.worded.get((survey_id, wording)) if wording else self.by_id.get(survey_id)
        if found is None:
            raise SurveyNotFound(CHECK_THE_LINK)
        return found

    def wordings(self, survey_id: str) -> dict[str, str]:
        """Return the survey's other wordings: the name to show, by the name of the file.

        Raises:
            SurveyNotFound: there is no such survey.
        """
        self.find(survey_id)
        return {wording: words.name for wording, words in self.words[survey_id].items()}

    def wording_in(self, survey_id: str, language: Language, like: str = "") -> str:
        """Return the wording in this language that says what the wording `like` says.

        A survey that is not in the language keeps the English; a survey that has other words in
        it keeps to the language.

        Raises:
            SurveyNotFound: there is no such survey.
        """
        english = translated_wording(like) if language_of_wording(like) != ENGLISH else like
        if language == ENGLISH:
            return english
        wanted = f"{language.code}-{english}".rstrip("-")
        there = [w for w in self.wordings(survey_id) if language_of_wording(w) == language]
        return wanted if wanted in there else next(iter(there), english)

    def languages_of(self, survey_id: str) -> list[Language]:
        """Return the languages that a survey can be answered in, English first.

        Raises:
            SurveyNotFound: there is no such survey.
        """
        found = {language_of_wording(wording) for wording in self.wordings(survey_id)} - {ENGLISH}
        return [ENGLISH, *sorted(found, key=lambda language: language.code)]

    def is_draft(self, survey_id: str, wording: str) -> bool:
        """Tell whether a wording is a translation that no native speaker has checked in full.

        Raises:
            SurveyNotFound: there is no such survey.
        """
        self.find(survey_id)
        words = self.words[survey_id].get(wording)
        return bool(words and words.translation and words.translation.is_draft)

    def members(self, survey_or_family: str) -> list[Survey]:
        """Return the one survey of this id, or all surveys of this family, in order.

        Raises:
            SurveyNotFound: no survey has this id or this family.
        """
        if survey_or_family in self.by_id:
            return [self.by_id[survey_or_family]]
        found = [survey for survey in self.surveys if survey.family == survey_or_family != ""]
        if not found:
            raise SurveyNotFound(CHECK_THE_LINK)
        return found

    def asked_within(self, survey_ids: Collection[str]) -> list[str]:
        """Return these surveys, and each family all of whose surveys are among them."""
        known = [survey.id for survey in self.surveys if survey.id in survey_ids]
        families = dict.fromkeys(survey.family for survey in self.surveys if survey.family)
        whole = [
            family
            for family in families
            if all(survey.id in survey_ids for survey in self.members(family))
        ]
        return [*known, *whole]

    def picture(self, survey_id: str, name: str) -> Path:
        """Return the file of a picture: the survey's own, else the council's, else a shipped one.

        Raises:
            SurveyNotFound: there is no such survey.
            PictureNotFound: the survey has no such picture.
        """
        self.find(survey_id)
        found = self.pictures[survey_id].get(name)
        if found is None:
            raise PictureNotFound(later("The page works without it."))
        return found


def _every_wording(survey: Survey, words: Mapping[str, Words]) -> dict[str, Survey]:
    """Return the survey in each of its other wordings; a translation lies over its English."""
    worded = {"": survey}
    for wording in sorted(words, key=lambda wording: words[wording].translation is not None):
        english = translated_wording(wording) if words[wording].translation else ""
        if english not in worded:
            raise BadSurvey(f"{survey.id}/words/{wording}.toml translates no wording there is.")
        worded[wording] = _in_words(worded[english], wording, words[wording])
    del worded[""]
    return worded


def _in_words(survey: Survey, wording: str, words: Words) -> Survey:
    """Return the survey in other words; a mistake in them names their file."""
    try:
        return lay_over(survey, words)
    except BadSurvey as error:
        raise BadSurvey(f"{survey.id}/words/{wording}.toml: {error.message}") from error
