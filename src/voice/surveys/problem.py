"""A mistake in a survey: where it is and what to do about it; and what a survey is held against."""

from collections.abc import Mapping

from msgspec import Struct, field

from voice.easy_words.fault import Fault
from voice.easy_words.lists import Lists, shipped_lists
from voice.surveys.questions import AnyPage, ChooseMany, ChooseOne, Option, Scale
from voice.surveys.survey import Survey


class Problem(Struct, frozen=True, order=True):
    """One mistake, where it is, and what to do about it.

    `stops` is False for advice: the survey may be shown all the same. `rule` is R1 to R23 for a
    rule of easy words, else what was looked at: "file" where that is all there is to say.
    `accepted` is the reason an editor wrote, if any.
    """

    file: str
    place: str
    message: str
    what_to_do: str
    stops: bool = True
    rule: str = "file"
    accepted: str = ""

    @property
    def id(self) -> str:
        """The id of the page or the area it is on, or the place as it is."""
        return self.place.split("“")[-1].rstrip("”")

    @property
    def level(self) -> str:
        """How bad it is: "error", "warn" for advice, or "accepted"."""
        return "accepted" if self.accepted else "error" if self.stops else "warn"

    @property
    def line(self) -> str:
        """The problem in one line: file, place, rule, what is wrong, what to do or why it stays."""
        kind = "" if self.stops else "(accepted) " if self.accepted else "(advice) "
        rule = f"{self.rule} " if self.rule.startswith("R") else ""
        end = f"Because: {self.accepted}" if self.accepted else self.what_to_do
        return f"{self.file}: {self.place}: {rule}{kind}{self.message} {end}"


class Around(Struct, frozen=True):
    """What a survey is checked against.

    Attributes:
        file: the file to name in a problem.
        pictures: the names of the pictures it may show; True for those with a licence record.
        family: the other surveys of its family.
        english: whether it is in English.
        help_lines: whether there is a number to call on every page.
        publishing: whether it is to be published now: then every question has its picture.
        lists: what is known about English words.
    """

    file: str
    pictures: Mapping[str, bool]
    family: tuple[Survey, ...] = ()
    english: bool = True
    help_lines: bool = True
    publishing: bool = False
    lists: Lists = field(default_factory=shipped_lists)

    def problem(
        self,
        page: AnyPage | str,
        message: str,
        what_to_do: str,
        *,
        stops: bool = True,
        rule: str = "",
    ) -> Problem:
        """Return a problem with the whole survey ("survey"), or on this page."""
        place = page if isinstance(page, str) else f"page “{page.id}”"
        return Problem(self.file, place, message, what_to_do, stops, rule)

    def fault(self, page: AnyPage | str, fault: Fault, *, stops: bool = True) -> Problem:
        """Return a rule that a text breaks as a problem; with `stops` False it is advice."""
        return self.problem(
            page,
            fault.why,
            fault.what_to_do,
            stops=stops and fault.level == "error",
            rule=fault.rule,
        )


def options_of(page: AnyPage) -> tuple[Option, ...]:
    """Return the options a page offers; none for a page of another kind."""
    return page.options if isinstance(page, ChooseOne | ChooseMany) else ()


def choices_on(page: AnyPage) -> list[str]:
    """Return the answers that a `when` can ask about."""
    if isinstance(page, Scale):
        return [*map(str, range(11)), "dont_know"]
    return [option.value for option in options_of(page)]
