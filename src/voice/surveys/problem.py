"""A mistake in a survey: where it is and what to do about it; and what a survey is held against."""

from collections.abc import Mapping

from msgspec import Struct

from voice.surveys.questions import AnyPage, ChooseMany, ChooseOne, Option, Scale
from voice.surveys.survey import Survey


class Problem(Struct, frozen=True, order=True):
    """One mistake, where it is, and what to do about it.

    `stops` is False for advice: the survey may be shown all the same.
    """

    file: str
    place: str
    message: str
    what_to_do: str
    stops: bool = True


class Around(Struct, frozen=True):
    """What a survey is checked against.

    Attributes:
        file: the file to name in a problem.
        pictures: the names of the pictures it may show; True for those with a licence record.
        family: the other surveys of its family.
    """

    file: str
    pictures: Mapping[str, bool]
    family: tuple[Survey, ...] = ()

    def problem(
        self, page: AnyPage | str, message: str, what_to_do: str, *, stops: bool = True
    ) -> Problem:
        """Return a problem with the whole survey ("survey"), or on this page."""
        place = page if isinstance(page, str) else f"page “{page.id}”"
        return Problem(self.file, place, message, what_to_do, stops)


def options_of(page: AnyPage) -> tuple[Option, ...]:
    """Return the options a page offers; none for a page of another kind."""
    return page.options if isinstance(page, ChooseOne | ChooseMany) else ()


def choices_on(page: AnyPage) -> list[str]:
    """Return the answers that a `when` can ask about."""
    if isinstance(page, Scale):
        return [*map(str, range(11)), "dont_know"]
    return [option.value for option in options_of(page)]
