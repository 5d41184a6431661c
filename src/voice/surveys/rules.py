"""What makes a survey fit to be asked, beyond what its types say: one function for each rule.

To add a rule: one function here (for easy words, in `easy_rules` or in `voice.easy_words`), its
place in `RULES`, and a test with a tiny bad survey.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from voice.surveys.easy_rules import EASY_RULES
from voice.surveys.problem import Around, Problem, choices_on, options_of
from voice.surveys.questions import AnyPage, ChooseOne, Faces, Information, Scale
from voice.surveys.sources import pictures_in
from voice.surveys.survey import Survey

Rule = Callable[[Survey, Around], Iterator[Problem]]


YOUNGEST = "4-7"


def ids_are_unique(survey: Survey, around: Around) -> Iterator[Problem]:
    """No two pages have one id: their answers would be kept in one place."""
    for page_id, times in Counter(page.id for page in survey.all_pages).items():
        if times > 1:
            yield around.problem(
                f"page “{page_id}”", f"{times} pages have this id.", "Give each page its own id."
            )


def values_are_unique(survey: Survey, around: Around) -> Iterator[Problem]:
    """No two options of a page have one value."""
    for page in survey.all_pages:
        for value, times in Counter(option.value for option in options_of(page)).items():
            if times > 1:
                yield around.problem(
                    page,
                    f"{times} options have the value “{value}”.",
                    "Give each option its own value.",
                )


def unsure_is_called_dont_know(survey: Survey, around: Around) -> Iterator[Problem]:
    """The option that is stored as "dont_know" has that value, and no other option has."""
    for page in survey.all_pages:
        for option in options_of(page):
            if option.dont_know != (option.value == "dont_know"):
                yield around.problem(
                    page,
                    f"The option “{option.value}” is half a “don’t know”.",
                    'Write value = "dont_know" together with dont_know = true, or neither.',
                )


def when_looks_back(survey: Survey, around: Around) -> Iterator[Problem]:
    """A `when` asks about answers that an earlier question offers, so every page can be reached."""
    earlier: dict[str, AnyPage] = {}
    for page in survey.pages:
        if page.when is not None:
            asked = earlier.get(page.when.question)
            if asked is None:
                yield around.problem(
                    page,
                    f"It waits for the question “{page.when.question}”, which is not before it.",
                    "Name a question that comes earlier, or move the page.",
                )
            else:
                yield from _offers(asked, page, around)
        earlier[page.id] = page


def _offers(asked: AnyPage, page: AnyPage, around: Around) -> Iterator[Problem]:
    """Find the answers that `page` waits for and that `asked` does not offer."""
    wanted = page.when.is_one_of if page.when else ()
    offered = choices_on(asked)
    for value in wanted:
        if value not in offered:
            yield around.problem(
                page,
                f"It waits for the answer “{value}”, which “{asked.id}” does not offer.",
                f"Wait for one of: {', '.join(offered) or 'another question’s answers'}.",
            )


def every_page_can_be_reached(survey: Survey, around: Around) -> Iterator[Problem]:
    """No page waits behind one that nobody sees; `when_looks_back` finds where that begins."""
    reached: dict[str, bool] = {}
    choices: dict[str, list[str]] = {}
    for page in survey.pages:
        asked = page.when.question if page.when else ""
        if not reached.get(asked, True):
            yield around.problem(
                page,
                f"It waits for the page “{asked}”, which nobody can ever see.",
                f"Put right the `when` that leads to “{asked}”.",
            )
        offered = page.when is None or set(page.when.is_one_of) & set(choices.get(asked, ()))
        reached[page.id] = bool(offered) and reached.get(asked, True)
        choices[page.id] = choices_on(page)


def opposites_look_back(survey: Survey, around: Around) -> Iterator[Problem]:
    """A question that means the opposite of another comes after it and offers the same answers."""
    earlier: dict[str, AnyPage] = {}
    for page in survey.pages:
        named = page.opposite_of if isinstance(page, ChooseOne) else None
        if named is not None and choices_on(page) != choices_on(earlier.get(named, page)):
            what_to_do = f"Give both the answers of “{named}”, in the same order."
            yield around.problem(page, "It offers other answers than its opposite.", what_to_do)
        elif named is not None and named not in earlier:
            why = f"It is the opposite of “{named}”, which is no earlier question."
            yield around.problem(page, why, "Name a question that comes earlier.")
        earlier[page.id] = page


def an_adult_is_beside_children_only(survey: Survey, around: Around) -> Iterator[Problem]:
    """Only what a child answers can be seen and written down by an adult."""
    if survey.adult_beside and survey.voice != "child":
        why = "An adult beside is for surveys that children answer."
        yield around.problem("survey", why, "Leave adult_beside out, or change the voice.")


def something_is_read_first(survey: Survey, around: Around) -> Iterator[Problem]:
    """Before the first question people read who reads this, and that it brings no help fast."""
    if not isinstance(survey.pages[0], Information):
        yield around.problem(
            survey.pages[0],
            "The first page is a question.",
            "Begin with an information page: not for emergencies, who reads it and when.",
        )


def words_can_be_said(survey: Survey, around: Around) -> Iterator[Problem]:
    """Everybody can say something in their own words."""
    if not survey.comments:
        yield around.problem(
            "survey",
            "No page lets people say something in their own words.",
            'Add a page of the kind "comment".',
        )


def scale_is_for_parents(survey: Survey, around: Around) -> Iterator[Problem]:
    """A 0 to 10 scale is for parents and carers; numbers are hard to mean something by."""
    for page in survey.pages:
        if isinstance(page, Scale) and survey.voice != "parent":
            yield around.problem(
                page, "A scale from 0 to 10 is for parents and carers only.", "Use faces or words."
            )


def nothing_is_blank(survey: Survey, around: Around) -> Iterator[Problem]:
    """Each page and each option has words: a picture never stands alone."""
    for page in survey.all_pages:
        if not page.ask.strip():
            yield around.problem(page, "The page has no words.", "Write what it asks.")
        for option in options_of(page):
            if not option.label.strip():
                yield around.problem(
                    page, f"The option “{option.value}” has no words.", "Give it a label."
                )


def faces_have_pictures(survey: Survey, around: Around) -> Iterator[Problem]:
    """Each option of a page of faces has a picture."""
    for page in survey.all_pages:
        for option in options_of(page) if isinstance(page, Faces) else ():
            if not option.picture:
                yield around.problem(
                    page, f"The option “{option.value}” has no face.", "Give it a picture."
                )


def pictures_exist(survey: Survey, around: Around) -> Iterator[Problem]:
    """Each picture is in one of the three folders, and has a record of its licence."""
    for place, picture in pictures_in(survey):
        if picture not in around.pictures:
            yield around.problem(
                place,
                f"There is no picture “{picture}”.",
                "Bring it in with “voice pictures import”, or name another.",
            )
        elif not around.pictures[picture]:
            yield around.problem(
                place,
                f"The picture “{picture}” has no licence record.",
                "Add who drew it and its licence to LICENCES.toml beside it.",
            )


def family_agrees(survey: Survey, around: Around) -> Iterator[Problem]:
    """A page with one id offers the same answers in every survey of the family."""
    for other in around.family:
        for page in survey.pages:
            twin = other.page(page.id)
            if twin is not None and not _can_be_compared(survey, page, other, twin):
                yield around.problem(
                    page,
                    f"It offers other answers than the same page of “{other.id}”.",
                    "Give both the same values in the same order, or give one another id.",
                )


def _can_be_compared(survey: Survey, page: AnyPage, other: Survey, twin: AnyPage) -> bool:
    """Say whether two pages offer the same; the youngest may be offered fewer of the answers."""
    (kind, offered), (twin_kind, twin_offered) = _compared_by(page), _compared_by(twin)
    if kind != twin_kind:
        return False
    if survey.age_group == YOUNGEST:
        twin_offered = [value for value in twin_offered if value in offered]
    if other.age_group == YOUNGEST:
        offered = [value for value in offered if value in twin_offered]
    return offered == twin_offered


def _compared_by(page: AnyPage) -> tuple[str, list[str]]:
    """Return what has to be the same for answers to be compared. Faces are another look only."""
    kind = ChooseOne if isinstance(page, Faces) else type(page)
    return kind.__name__, choices_on(page)


RULES: tuple[Rule, ...] = (
    ids_are_unique,
    values_are_unique,
    unsure_is_called_dont_know,
    when_looks_back,
    every_page_can_be_reached,
    opposites_look_back,
    an_adult_is_beside_children_only,
    something_is_read_first,
    words_can_be_said,
    scale_is_for_parents,
    nothing_is_blank,
    faces_have_pictures,
    pictures_exist,
    family_agrees,
    *EASY_RULES,
)
